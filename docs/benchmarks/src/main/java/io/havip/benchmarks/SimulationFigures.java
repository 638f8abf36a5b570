package io.havip.benchmarks;

import io.havip.VirtualRouterConfig;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Scene;
import io.havip.core.check.Trial;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Trace;
import io.havip.testkit.sim.Watch;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How fast the simulator runs three real nodes with 1 s adverts: events and simulated time per
 * second of one core, with the checks of the catalogue and without. An event is a delivery to a
 * host, a deadline, or a turn of a loop or worker. A run in which a check fails ends the program.
 */
public final class SimulationFigures {

  private static final double SECONDS_PER_YEAR = 365.25 * 86_400;
  private static final int MEMBERS = 3;
  private static final Quality JITTERY =
      Quality.LAN.withDelay(Duration.ofNanos(50_000), Duration.ofNanos(100_000));

  /** What happens in a run. */
  private enum Story {
    QUIET("nothing goes wrong"),
    JITTER("delays of 50 to 150 us"),
    CRASHES("the ACTIVE member crashes for 30 s every 2 min");

    private final String words;

    Story(String words) {
      this.words = words;
    }
  }

  private final PrintStream out;
  private final int runs;
  private final double seconds;

  private SimulationFigures(PrintStream out, int runs, double seconds) {
    this.out = out;
    this.runs = runs;
    this.seconds = seconds;
  }

  /**
   * Measures and prints a Markdown table.
   *
   * @param args the number of runs of each row, 12 by default, and the seconds of each, 2 by
   *     default
   */
  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 12;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 2;
    new SimulationFigures(System.out, runs, seconds).table();
  }

  private void table() {
    out.printf("%d runs of %s s each, after one that is not counted.%n%n", runs, seconds);
    out.println("| scene | checks | trace | events/s median | worst | years/min median | worst |");
    out.println("|---|---|---|---|---|---|---|");
    for (Story story : Story.values()) {
      for (boolean checked : new boolean[] {true, false}) {
        row(story, checked, Trace.Mode.OFF);
      }
    }
    row(Story.QUIET, true, Trace.Mode.TAIL);
  }

  private void row(Story story, boolean checked, Trace.Mode trace) {
    double[] rates = new double[runs];
    double[] years = new double[runs];
    measure(story, checked, trace, 0);
    for (int run = 0; run < runs; run++) {
      double[] one = measure(story, checked, trace, run + 1);
      rates[run] = one[0];
      years[run] = one[1];
    }
    Arrays.sort(rates);
    Arrays.sort(years);
    out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %,.0f | %,.0f | %.2f | %.2f |%n",
        story.words,
        checked ? "all" : "none",
        trace.name().toLowerCase(Locale.ROOT),
        rates[runs / 2],
        rates[0],
        years[runs / 2],
        years[0]);
  }

  /** Events a second, and simulated years a minute. */
  private double[] measure(Story story, boolean checked, Trace.Mode trace, long seed) {
    Simulation sim = Simulation.seeded(seed).tracing(trace).eventLimit(Long.MAX_VALUE / 2);
    Trial trial = build(sim, story, checked);
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      if (story == Story.CRASHES) {
        sim.inject(new Fault.Crash("h2"));
        sim.run(Duration.ofSeconds(30));
        sim.inject(new Fault.Restart("h2"));
        sim.run(Duration.ofSeconds(90));
      } else {
        sim.run(Duration.ofSeconds(10_000));
      }
    }
    double took = (System.nanoTime() - start) / 1e9;
    if (!trial.findings().isEmpty()) {
      throw new IllegalStateException("a check fails: " + trial.findings().getFirst());
    }
    return new double[] {sim.events() / took, sim.nanos() / 1e9 / SECONDS_PER_YEAR / took * 60};
  }

  private static Trial build(Simulation sim, Story story, boolean checked) {
    SimNetwork lan =
        sim.segment("10.0.0.0/24").quality(story == Story.JITTER ? JITTERY : Quality.LAN);
    List<Scene.Actor> actors = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      lan.host("h" + i, "10.0.0." + (i + 1));
      actors.add(
          new Scene.Actor(
              "h" + i,
              VirtualRouterConfig.builder("vr")
                  .interfaceName("eth0")
                  .vrid(7)
                  .priority(100 + 50 * i)
                  .address("10.0.0.50/24")
                  .build()));
    }
    SimClient client = lan.client("client", "10.0.0.100");
    Scene scene = new Scene(actors, Duration.ofMillis(1), Duration.ZERO, Watch.senses(true));
    Trial trial =
        checked ? Watch.judge(sim, scene, Catalogue.all(), client) : new Trial(scene, List.of());
    for (Scene.Actor actor : actors) {
      sim.host(actor.name()).start(actor.router());
    }
    return trial;
  }
}
