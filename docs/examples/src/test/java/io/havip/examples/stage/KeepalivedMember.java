package io.havip.examples.stage;

import io.havip.Preemption;
import io.havip.core.check.TroubleKind;
import io.havip.net.IpAddress;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.scenario.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Keepalived. */
final class KeepalivedMember implements StageMember {

  private final LabHost host;
  private final Member member;
  private final KeepalivedConfig config;
  private final List<Keepalived> used = new ArrayList<>();
  private final List<Long> stoppedAt = new ArrayList<>();
  private @Nullable Keepalived running;

  KeepalivedMember(LabHost host, Member member, IpAddress vip) {
    this.host = host;
    this.member = member;
    config = config(member, vip);
  }

  /** The same settings as Keepalived's, and so as ours, who read its files. */
  static KeepalivedConfig config(Member member, IpAddress vip) {
    Instance instance =
        KeepalivedConfig.instance(member.router().vrid())
            .set("interface", LabHost.INTERFACE)
            .state("BACKUP")
            .version(3)
            .priority(member.router().priority())
            .advertInterval(member.router().interval())
            .vip(vip + "/24")
            .garp(1, Duration.ZERO, Duration.ZERO);
    return KeepalivedConfig.of(
        switch (member.router().preemption()) {
          case Preemption.Never never -> instance.noPreempt();
          case Preemption.After after -> instance;
        });
  }

  @Override
  public void start() {
    startAgain();
  }

  @Override
  public long startAgain() {
    Keepalived started = Keepalived.start(host, config);
    running = started;
    used.add(started);
    return System.nanoTime();
  }

  private Keepalived running() {
    Keepalived process = running;
    if (process == null) {
      throw new IllegalStateException(member.name() + " does not run");
    }
    return process;
  }

  @Override
  public void stop() {
    stoppedAt.add(running().process().signal(Signal.TERM));
    running = null;
  }

  @Override
  public long kill() {
    Keepalived process = running();
    running = null;
    return process.kill();
  }

  @Override
  public long pause() {
    return running().pause();
  }

  @Override
  public long resume() {
    return running().resume();
  }

  @Override
  public void end() {
    used.forEach(Keepalived::close);
  }

  @Override
  public void tell(LabSightings to) {
    stoppedAt.forEach(at -> to.trouble(at, TroubleKind.STOP, List.of(member.name()), true));
    for (Keepalived each : used) {
      to.keepalived(member.name(), member.router().priority(), each.process().lines());
    }
  }
}
