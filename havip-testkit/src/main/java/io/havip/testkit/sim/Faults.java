package io.havip.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Does to a simulation what a {@link Fault} says. */
final class Faults {

  private final Simulation simulation;

  Faults(Simulation simulation) {
    this.simulation = simulation;
  }

  void apply(Fault fault) {
    switch (fault) {
      case Fault.Crash f -> host(f.host()).life().powerOff();
      case Fault.Kill f -> host(f.host()).life().kill();
      case Fault.Stop f -> host(f.host()).life().stop();
      case Fault.Restart f -> host(f.host()).life().restart();
      case Fault.Pause f -> pause(host(f.host()));
      case Fault.Resume f -> resume(host(f.host()));
      case Fault.Freeze f -> freeze(host(f.host()));
      case Fault.Thaw f -> thaw(host(f.host()));
      case Fault.Slow f -> slow(host(f.host()), f);
      case Fault.LinkDown f ->
          withNic(f.host(), f.interfaceName(), (kernel, nic) -> kernel.setUp(nic, false));
      case Fault.LinkUp f ->
          withNic(f.host(), f.interfaceName(), (kernel, nic) -> kernel.setUp(nic, true));
      case Fault.InterfaceGone f -> withNic(f.host(), f.interfaceName(), Kernel::unplug);
      case Fault.InterfaceBack f -> withNic(f.host(), f.interfaceName(), Kernel::replug);
      case Fault.CableCut f -> cable(f.station(), true);
      case Fault.CableMended f -> cable(f.station(), false);
      case Fault.Cut f -> cut(f.from(), f.to(), f.bothWays(), true);
      case Fault.Mend f -> cut(f.from(), f.to(), f.bothWays(), false);
      case Fault.Partition f -> partition(f.side(), true);
      case Fault.Unite f -> partition(f.side(), false);
      case Fault.MendAll() -> simulation.topology().segments().forEach(SimNetwork::mendAll);
      case Fault.Impair f -> {
        known(f.from(), f.to());
        simulation.topology().segments().forEach(s -> s.impair(f.from(), f.to(), f.quality()));
      }
      case Fault.ImpairAll f -> simulation.topology().segment(f.network()).quality(f.quality());
      case Fault.RemoveAddress f -> host(f.host()).removeAddress(f.interfaceName(), f.address());
      case Fault.JumpWallClock f -> host(f.host()).jumpWallClock(f.by());
      case Fault.Refuse f -> host(f.host()).refuse(f.operation(), true);
      case Fault.Allow f -> host(f.host()).refuse(f.operation(), false);
      case StrangerFault.Forged f ->
          simulation.topology().segment(f.network()).stranger().forge(f.forgery());
      case StrangerFault.Rival f ->
          simulation.topology().segment(f.network()).stranger().rival(f.priority());
      case StrangerFault.RivalGone f ->
          simulation.topology().segment(f.network()).stranger().rival(0);
      case CloudFault f -> simulation.cloudOrThrow(f).strike(f);
    }
  }

  private SimHost host(String name) {
    return simulation.host(name);
  }

  private static void pause(SimHost host) {
    SimProcess process = host.kernel().process();
    if (process != null && !process.paused()) {
      process.pause();
    }
  }

  private static void resume(SimHost host) {
    SimProcess process = host.kernel().process();
    if (process != null && process.paused()) {
      process.resume();
    }
  }

  private static void freeze(SimHost host) {
    if (host.kernel().alive()) {
      host.kernel().freeze();
    }
  }

  private static void thaw(SimHost host) {
    Kernel kernel = host.kernel();
    if (kernel.frozen()) {
      kernel.thaw();
      SimProcess process = kernel.process();
      if (process != null) {
        process.thawed();
      }
    }
  }

  private static void slow(SimHost host, Fault.Slow fault) {
    SimProcess process = host.kernel().process();
    if (process != null) {
      process.slow(fault.by(), fault.jitter());
    }
  }

  private void withNic(String hostName, String interfaceName, BiConsumer<Kernel, Nic> action) {
    Kernel kernel = host(hostName).kernel();
    Nic nic = kernel.slot(interfaceName);
    if (nic == null) {
      throw new IllegalArgumentException(hostName + " has no interface " + interfaceName);
    }
    if (kernel.on()) {
      action.accept(kernel, nic);
    }
  }

  private void cable(String station, boolean cut) {
    known(station);
    simulation.topology().segments().forEach(s -> s.cutCable(station, cut));
  }

  private void cut(String from, String to, boolean bothWays, boolean cut) {
    known(from, to);
    for (SimNetwork segment : simulation.topology().segments()) {
      segment.cut(from, to, cut);
      if (bothWays) {
        segment.cut(to, from, cut);
      }
    }
  }

  private void partition(List<String> side, boolean cut) {
    known(side.toArray(String[]::new));
    List<String> rest = new ArrayList<>(simulation.topology().stations());
    rest.removeAll(side);
    for (String here : side) {
      for (String there : rest) {
        cut(here, there, true, cut);
      }
    }
  }

  private void known(String... stations) {
    for (String station : stations) {
      if (!simulation.topology().stations().contains(station)) {
        throw new IllegalArgumentException("there is no host or client named " + station);
      }
    }
  }
}
