package io.havip.testkit.scenario;

import io.havip.testkit.sim.CloudFault;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.StrangerFault;
import java.util.List;

/**
 * What a fault names.
 *
 * @param hosts the hosts that it strikes
 * @param stations the hosts and clients whose paths it touches
 * @param interfaces the interfaces
 * @param segments the segments
 */
record FaultParts(
    List<String> hosts, List<String> stations, List<String> interfaces, List<String> segments) {

  private static final FaultParts NOTHING =
      new FaultParts(List.of(), List.of(), List.of(), List.of());

  static FaultParts of(Fault fault) {
    return switch (fault) {
      case Fault.Crash f -> host(f.host());
      case Fault.Kill f -> host(f.host());
      case Fault.Stop f -> host(f.host());
      case Fault.Restart f -> host(f.host());
      case Fault.Pause f -> host(f.host());
      case Fault.Resume f -> host(f.host());
      case Fault.Freeze f -> host(f.host());
      case Fault.Thaw f -> host(f.host());
      case Fault.Slow f -> host(f.host());
      case Fault.LinkDown f -> link(f.host(), f.interfaceName());
      case Fault.LinkUp f -> link(f.host(), f.interfaceName());
      case Fault.InterfaceGone f -> link(f.host(), f.interfaceName());
      case Fault.InterfaceBack f -> link(f.host(), f.interfaceName());
      case Fault.CableCut f -> stations(List.of(f.station()));
      case Fault.CableMended f -> stations(List.of(f.station()));
      case Fault.Cut f -> stations(List.of(f.from(), f.to()));
      case Fault.Mend f -> stations(List.of(f.from(), f.to()));
      case Fault.Partition f -> stations(f.side());
      case Fault.Unite f -> stations(f.side());
      case Fault.MendAll() -> NOTHING;
      case Fault.Impair f -> stations(List.of(f.from(), f.to()));
      case Fault.ImpairAll f -> segment(f.network());
      case Fault.RemoveAddress f -> link(f.host(), f.interfaceName());
      case Fault.JumpWallClock f -> host(f.host());
      case Fault.Refuse f -> host(f.host());
      case Fault.Allow f -> host(f.host());
      case StrangerFault.Forged f -> segment(f.network());
      case StrangerFault.Rival f -> segment(f.network());
      case StrangerFault.RivalGone f -> segment(f.network());
      case CloudFault f -> NOTHING;
    };
  }

  private static FaultParts host(String host) {
    return new FaultParts(List.of(host), List.of(), List.of(), List.of());
  }

  private static FaultParts link(String host, String interfaceName) {
    return new FaultParts(List.of(host), List.of(), List.of(interfaceName), List.of());
  }

  private static FaultParts stations(List<String> stations) {
    return new FaultParts(List.of(), stations, List.of(), List.of());
  }

  private static FaultParts segment(String segment) {
    return new FaultParts(List.of(), List.of(), List.of(), List.of(segment));
  }
}
