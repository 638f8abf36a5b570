package io.havip.testkit.sim;

import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Fence;
import io.havip.spi.Link;
import io.havip.spi.Link.LinkAddress;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers.Deadline;
import io.havip.wire.VrrpCodec;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Small random scenarios of three hosts and a client, and programs to run in them. */
final class Scenarios {

  static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  static final List<String> HOSTS = List.of("a", "b", "c");

  private Scenarios() {}

  /**
   * A fault and when it strikes.
   *
   * @param millis virtual time of the fault
   * @param fault the fault
   */
  record Step(int millis, Fault fault) {}

  /**
   * What goes wrong when.
   *
   * @param quality of the segment
   * @param fence of all hosts
   * @param steps in any order
   */
  record Scenario(Quality quality, Fence fence, List<Step> steps) {

    Simulation run(long seed, Duration length, Starter starter) {
      return run(seed, Trace.Mode.ALL, length, starter);
    }

    Simulation run(long seed, Trace.Mode mode, Duration length, Starter starter) {
      Simulation sim = Simulation.seeded(seed).tracing(mode);
      SimNetwork lan = sim.segment("10.0.0.0/24").quality(quality);
      for (int i = 0; i < HOSTS.size(); i++) {
        lan.host(HOSTS.get(i), "10.0.0." + (i + 1)).fence(fence);
      }
      lan.client("client", "10.0.0.100");
      for (Step step : steps) {
        sim.at(Duration.ofMillis(step.millis()), step.fault());
      }
      for (int i = 0; i < HOSTS.size(); i++) {
        starter.start(sim.host(HOSTS.get(i)), i);
      }
      sim.run(length);
      return sim;
    }
  }

  /** Starts what a host runs. */
  @FunctionalInterface
  interface Starter {
    void start(SimHost host, int number);
  }

  /** Every host runs a program that uses every seam. */
  static final Starter CHATTER = (host, number) -> host.start(Scenarios::chatter);

  /** Every host runs a real node. */
  static final Starter NODE = (host, number) -> host.start(config(number));

  /** The node of a host: priorities 100, 150 and 200, a tenth of a second. */
  static HavipConfig config(int number) {
    return HavipConfig.of(
        VirtualRouterConfig.builder("vr")
            .interfaceName("eth0")
            .vrid(7)
            .priority(100 + 50 * number)
            .advertInterval(Duration.ofMillis(100))
            .address("10.0.0.50/24")
            .build());
  }

  static Arbitrary<Scenario> scenarios(int lastMillis) {
    return Combinators.combine(
            qualities(), fences(), steps(lastMillis).list().ofMinSize(0).ofMaxSize(10))
        .as(Scenario::new);
  }

  static Arbitrary<Quality> qualities() {
    return Arbitraries.of(
        Quality.LAN,
        Quality.LAN.withDelay(Duration.ofMillis(1), Duration.ofMillis(4)),
        Quality.LAN.withLoss(0.2),
        new Quality(
            Duration.ofMillis(2), Duration.ofMillis(1), 0.05, 0.05, 0.1, Duration.ofMillis(9)));
  }

  private static Arbitrary<Fence> fences() {
    return Arbitraries.of(
        new Fence.None(),
        new Fence.OnExit(Duration.ofMillis(10)),
        new Fence.OnExitAndStall(Duration.ofMillis(10), Duration.ofMillis(150)));
  }

  private static Arbitrary<Step> steps(int lastMillis) {
    return Combinators.combine(Arbitraries.integers().between(0, lastMillis), faults())
        .as(Step::new);
  }

  private static Arbitrary<Fault> faults() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 19), Arbitraries.of(HOSTS), Arbitraries.of(HOSTS))
        .as(Scenarios::fault);
  }

  private static Fault fault(int kind, String one, String other) {
    return switch (kind) {
      case 0 -> new Fault.Crash(one);
      case 1 -> new Fault.Kill(one);
      case 2 -> new Fault.Stop(one);
      case 3 -> new Fault.Pause(one);
      case 4 -> new Fault.Freeze(one);
      case 5 -> new Fault.Slow(one, Duration.ofMillis(5), Duration.ofMillis(50));
      case 6 -> new Fault.LinkDown(one, "eth0");
      case 7 -> new Fault.LinkUp(one, "eth0");
      case 8 -> new Fault.InterfaceGone(one, "eth0");
      case 9 -> new Fault.InterfaceBack(one, "eth0");
      case 10 -> new Fault.CableCut(one);
      case 11 -> new Fault.Cut(one, other, one.compareTo(other) < 0);
      case 12 -> new Fault.Partition(List.of(one));
      case 13 -> new Fault.RemoveAddress(one, "eth0", VIP);
      case 14 -> new Fault.JumpWallClock(one, Duration.ofDays(1));
      case 15 -> new Fault.MendAll();
      case 16 -> new Fault.Resume(one);
      case 17 -> new Fault.Thaw(one);
      case 18 -> new Fault.Impair(one, other, Quality.of(Duration.ofMillis(30)));
      default -> new Fault.Restart(one);
    };
  }

  /** A program that uses every seam: it shouts ten times a second and fights for the address. */
  static AutoCloseable chatter(Platform platform) {
    List<LinkAddress> addresses =
        platform.links().find("eth0").map(Link::addresses).orElse(List.of());
    if (addresses.isEmpty()) {
      return () -> {};
    }
    return new Chatter(platform, addresses.getFirst().address());
  }

  private static final class Chatter implements AutoCloseable, AdvertReceiver {

    private static final VirtualAddress BOUND = VirtualAddress.of(VIP);

    private final Platform platform;
    private final IpAddress self;
    private final AdvertPort port;
    private final Deadline next;
    private int said;

    Chatter(Platform platform, IpAddress self) {
      this.platform = platform;
      this.self = self;
      port = platform.adverts().open("eth0", IpFamily.IPV4, this);
      port.join(VrrpCodec.GROUP_IPV4);
      next = platform.timers().newDeadline(this::speak);
      next.arm(platform.timers().now());
    }

    private void speak() {
      next.arm(platform.timers().now() + 100_000_000);
      byte[] word = {(byte) said++, 1, 2};
      port.send(self, VrrpCodec.GROUP_IPV4, 255, word, word.length);
      if (said % 5 == 0) {
        platform.addresses().add("eth0", BOUND);
        platform.announcer().announce("eth0", VIP);
      } else if (said % 5 == 3) {
        platform.addresses().remove("eth0", BOUND);
        platform
            .announcer()
            .probe("eth0", VIP, platform.timers().now() + 20_000_000, answered -> {});
      }
    }

    @Override
    public void received(ReceivedAdvert message) {
      if (message.destination().isMulticast()) {
        byte[] answer = {9};
        port.send(self, message.source(), 64, answer, 1);
      } else {
        platform.workers().execute(() -> platform.execute(() -> {}));
      }
    }

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {}

    @Override
    public void close() {
      next.disarm();
      port.close();
    }
  }
}
