package io.havip.examples;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows two databases whose primary is always where the address is. */
@Command(
    name = "database",
    mixinStandardHelpOptions = true,
    description =
        "Shows a primary and a secondary database that change places, in the simulated network.")
final class DatabaseCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Option(names = "--seed", description = "The seed of the run; the same seed gives the same run.")
  private long seed = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    new Run(seed, out).tell();
    out.flush();
    return ExitStatus.OK;
  }

  private static final class Run {

    private final DatabasePair pair;
    private final Story story;

    private Run(long seed, PrintWriter out) {
      pair = new DatabasePair(seed, this::line);
      story = new Story(pair.sim, out);
    }

    private void line(String where, String what) {
      story.line(where, what);
    }

    private void tell() {
      story.text(
          "Two databases behind the HAVIP " + DatabasePair.HAVIP + ", seed " + pair.sim.seed());
      story.text("  db1 172.17.16.13, priority 100     db2 172.17.16.7, priority 80");
      story.text(
          "  A client writes 50 times a second; writes are acknowledged before they are copied.");
      story.columns();
      story.watch("client", this::whatTheClientSees);
      story.say("both start: whoever is elected promotes its database, then shows the address");
      start(pair.db1);
      start(pair.db2);
      pair.work();
      await(pair.db1);
      pair.sim.run(Duration.ofSeconds(4));

      story.say("db1 is closed for maintenance: demoted first, then the address goes");
      pair.db1.stop();
      await(pair.db2);
      int lost = pair.missingFrom(pair.db2).size();
      pair.sim.run(Duration.ofSeconds(2));
      Duration handOver = pair.lastGap();
      story.say("db1 is back and catches up as secondary", pair.db1::restart);
      pair.sim.run(Duration.ofSeconds(6));

      story.say("the host of db2 dies without a word", pair.db2::crash);
      await(pair.db1);
      int lostByCrash = pair.missingFrom(pair.db1).size();
      pair.sim.run(Duration.ofSeconds(2));
      Duration crash = pair.lastGap();
      story.say("db2 is back", pair.db2::restart);
      pair.sim.run(Duration.ofSeconds(4));
      end(handOver, lost, crash, lostByCrash);
    }

    private void end(Duration handOver, int lost, Duration crash, int lostByCrash) {
      story.text("");
      String costs = "%s: %.3f s without writes, %d of the acknowledged writes lost.";
      story.text(
          String.format(Locale.ROOT, costs, "Orderly hand-over", Story.seconds(handOver), lost));
      story.text(String.format(Locale.ROOT, costs, "Crash", Story.seconds(crash), lostByCrash));
      story.text(
          "Two primaries at a time: %s. Writes acknowledged: %d."
              .formatted(
                  pair.violations().isEmpty() ? "never" : pair.violations(), pair.acknowledged()));
      story.end();
    }

    private void start(DatabasePair.Node node) {
      node.start(event -> line(node.host.name(), Story.text(event)));
    }

    private void await(DatabasePair.Node node) {
      pair.sim.runUntil(node.host + " serves", node::serves, LIMIT);
    }

    private String whatTheClientSees() {
      if (pair.db1.serves()) {
        return "writes to db1";
      }
      return pair.db2.serves() ? "writes to db2" : "cannot write";
    }
  }
}
