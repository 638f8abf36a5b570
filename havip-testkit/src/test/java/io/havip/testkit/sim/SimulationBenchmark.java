package io.havip.testkit.sim;

import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers.Deadline;
import io.havip.wire.VrrpCodec;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * Measures events per second and simulated time per second on one core. Events are deliveries to a
 * host, deadlines, and turns of loops and workers. Not a test; run its main method.
 */
public final class SimulationBenchmark {

  private static final double SECONDS_PER_YEAR = 365.25 * 86_400;
  private static final int ROUNDS = 3;

  private SimulationBenchmark() {}

  /**
   * Runs every scene and prints a line for each.
   *
   * @param args the seconds of real time for each round, 3 by default
   */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    PrintStream out = System.out;
    out.printf(Locale.ROOT, "%-44s %14s %18s%n", "scene", "events/s", "sim. years/minute");
    Quality jitter = Quality.LAN.withDelay(Duration.ofNanos(50_000), Duration.ofNanos(100_000));
    Quality lossy = jitter.withLoss(0.01);
    Duration second = Duration.ofSeconds(1);
    scene(out, seconds, "SPI, 3 hosts, 1 s", s -> beats(s, 3, second, Quality.LAN));
    scene(out, seconds, "SPI, 3 hosts, 1 s, jitter, loss 1 %", s -> beats(s, 3, second, lossy));
    scene(out, seconds, "SPI, 20 hosts, 1 s, jitter", s -> beats(s, 20, second, jitter));
    scene(
        out,
        seconds,
        "SPI, 3 hosts, 1 s, trace tail",
        s -> {
          s.tracing(Trace.Mode.TAIL);
          beats(s, 3, second, Quality.LAN);
          return s;
        });
    scene(
        out,
        seconds,
        "SPI, 3 hosts, 1 s, check after each event",
        s -> {
          beats(s, 3, second, Quality.LAN);
          long[] last = {0};
          s.afterEachEvent(() -> {
            if (s.nanos() < last[0]) {
              throw new AssertionError("time went back");
            }
            last[0] = s.nanos();
          });
          return s;
        });
    scene(out, seconds, "real nodes, 3 hosts, 1 s", s -> nodes(s, Quality.LAN));
    scene(out, seconds, "real nodes, 3 hosts, 1 s, jitter, loss 1 %", s -> nodes(s, lossy));
  }

  private static void scene(
      PrintStream out, double seconds, String name, Function<Simulation, Simulation> build) {
    double bestRate = 0;
    double bestYears = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Simulation sim =
          build.apply(
              Simulation.seeded(round).tracing(Trace.Mode.OFF).eventLimit(Long.MAX_VALUE / 2));
      long start = System.nanoTime();
      long end = start + (long) (seconds * 1e9);
      while (System.nanoTime() < end) {
        sim.run(Duration.ofSeconds(10_000));
      }
      double took = (System.nanoTime() - start) / 1e9;
      bestRate = Math.max(bestRate, sim.events() / took);
      bestYears = Math.max(bestYears, sim.nanos() / 1e9 / SECONDS_PER_YEAR / took * 60);
    }
    out.printf(Locale.ROOT, "%-44s %14.0f %18.2f%n", name, bestRate, bestYears);
  }

  /** One host beats, the others set their deadlines anew with every beat they hear. */
  private static Simulation beats(Simulation sim, int hosts, Duration interval, Quality quality) {
    SimNetwork lan = sim.segment("10.0.0.0/16").quality(quality);
    for (int i = 0; i < hosts; i++) {
      boolean leads = i == 0;
      lan.host("h" + i, "10.0.1." + i)
          .start(platform -> new Beat(platform, leads, interval.toNanos()));
    }
    return sim;
  }

  private static Simulation nodes(Simulation sim, Quality quality) {
    SimNetwork lan = sim.segment("10.0.0.0/24").quality(quality);
    for (int i = 0; i < 3; i++) {
      lan.host("h" + i, "10.0.0." + (i + 1))
          .start(
              HavipConfig.of(
                  VirtualRouterConfig.builder("vr")
                      .interfaceName("eth0")
                      .vrid(7)
                      .priority(100 + 50 * i)
                      .address("10.0.0.50/24")
                      .build()));
    }
    return sim;
  }

  private static final class Beat implements AutoCloseable, AdvertReceiver {

    private final Platform platform;
    private final IpAddress self;
    private final AdvertPort port;
    private final Deadline deadline;
    private final boolean leads;
    private final long interval;
    private final byte[] message = new byte[16];

    Beat(Platform platform, boolean leads, long interval) {
      this.platform = platform;
      this.leads = leads;
      this.interval = interval;
      self = platform.links().find("eth0").orElseThrow().addresses().getFirst().address();
      port = platform.adverts().open("eth0", IpFamily.IPV4, this);
      port.join(VrrpCodec.GROUP_IPV4);
      deadline = platform.timers().newDeadline(this::due);
      deadline.arm(platform.timers().now() + (leads ? 0 : 4 * interval));
    }

    private void due() {
      deadline.arm(platform.timers().now() + interval);
      if (leads) {
        port.send(self, VrrpCodec.GROUP_IPV4, 255, message, message.length);
      }
    }

    @Override
    public void received(ReceivedAdvert received) {
      deadline.arm(received.receivedAt() + 4 * interval);
    }

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      throw new IllegalStateException(failure.describe());
    }

    @Override
    public void close() {
      port.close();
    }
  }
}
