package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.Simulation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A run of the simulator told line by line: when, where, what. */
final class Story {

  private final Simulation sim;
  private final PrintWriter out;
  private final List<Watch> watches = new ArrayList<>();

  Story(Simulation sim, PrintWriter out) {
    this.sim = sim;
    this.out = out;
  }

  /** Prints text without a time. */
  void text(String text) {
    out.println(text);
  }

  void columns() {
    out.println();
    out.printf("%10s  %-7s %s%n", "time", "where", "what");
  }

  /** What the teller does or wants noticed. */
  void say(String what) {
    line("", "--- " + what);
  }

  void line(String where, String what) {
    out.printf(Locale.ROOT, "%9.3fs  %-7s %s%n", seconds(sim.now()), where, what);
  }

  /** Starts a member and tells what it reports. */
  void start(SimHost host, HavipConfig config) {
    host.start(config, event -> line(host.name(), text(event)));
  }

  static String text(HavipEvent event) {
    return event.subject() + " " + event.describe();
  }

  /** Says what happens and lets it happen; what changes by it is told at the same moment. */
  void say(String what, Runnable happens) {
    say(what);
    happens.run();
    watches.forEach(Watch::look);
  }

  /** Tells a text whenever it changes, from now on and at every moment of the run. */
  void watch(String where, Supplier<String> look) {
    Watch watch = new Watch(where, look);
    watches.add(watch);
    sim.afterEachEvent(watch::look);
  }

  private final class Watch {

    private final String where;
    private final Supplier<String> look;
    private String before = "";

    private Watch(String where, Supplier<String> look) {
      this.where = where;
      this.look = look;
    }

    private void look() {
      String now = look.get();
      if (!now.equals(before)) {
        before = now;
        line(where, now);
      }
    }
  }

  /** The last line of a story that is the same for the same seed. */
  void end() {
    out.printf(
        Locale.ROOT,
        "%d events; the same seed gives the same run: %016x%n",
        sim.events(),
        sim.trace().hash());
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
