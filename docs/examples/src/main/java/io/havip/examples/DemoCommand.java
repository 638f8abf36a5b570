package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.core.check.Scene;
import io.havip.net.IpAddress;
import io.havip.testkit.report.FailoverReport;
import io.havip.testkit.report.FailoverRun;
import io.havip.testkit.report.WatchedRun;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a failover in the simulated network: two members, one of which crashes and returns. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Shows a failover in the simulated network. Nothing leaves the process.")
final class DemoCommand implements Callable<Integer> {

  private static final IpAddress HAVIP = IpAddress.parse("172.17.16.3");

  @Option(names = "--seed", description = "The seed of the run; the same seed gives the same run.")
  private long seed = 1;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Where to draw the run, as one HTML file; a new file in the system's temporary folder if"
              + " not given.")
  private Optional<Path> report = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Story story = new Story(seed, out);
    story.tell();
    out.println("The run as a page for a browser: " + draw(story.drawn()).toAbsolutePath());
    out.flush();
    return ExitStatus.OK;
  }

  private Path draw(FailoverRun run) {
    try {
      Path file = report.isPresent() ? report.get() : Files.createTempFile("havip-demo-", ".html");
      return FailoverReport.write(run, file);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "the page could not be written, name another file by --report: " + e,
          e);
    }
  }

  /** One run and its timeline. */
  private static final class Story {

    private final Simulation sim;
    private final PrintWriter out;
    private final SimHost cvm1;
    private final SimHost cvm2;
    private final SimClient client;
    private final WatchedRun run;
    private String answering = "nobody";

    private Story(long seed, PrintWriter out) {
      this.out = out;
      sim = Simulation.seeded(seed);
      SimNetwork subnet = sim.segment("172.17.16.0/24");
      cvm1 = subnet.host("cvm1", "172.17.16.13");
      cvm2 = subnet.host("cvm2", "172.17.16.7");
      client = subnet.client("client", "172.17.16.100");
      Scene scene =
          new Scene(
              List.of(actor(cvm1), actor(cvm2)),
              Duration.ofMillis(1),
              Duration.ZERO,
              Watch.senses(true));
      run = WatchedRun.begin(sim, scene, client);
      sim.afterEachEvent(this::showWhoAnswers);
    }

    private void tell() {
      out.println(
          "Two members share the HAVIP " + HAVIP + " on a simulated subnet, seed " + sim.seed());
      out.println("  cvm1 172.17.16.13, priority 100     cvm2 172.17.16.7, priority 80");
      out.println();
      out.printf("%10s  %-6s %s%n", "time", "where", "what");
      say("both members start");
      start(cvm1);
      start(cvm2);
      sim.run(Duration.ofSeconds(8));

      say("cvm1 crashes: its host is gone at once");
      cvm1.crash();
      showWhoAnswers();
      Duration crashed = sim.now();
      sim.runUntil("cvm2 answers", () -> servedBy(cvm2), Duration.ofSeconds(10));
      Duration outage = sim.now().minus(crashed);
      sim.run(Duration.ofSeconds(4));

      say("cvm1 returns; by nopreempt it leaves the live cvm2 alone");
      cvm1.restart();
      sim.run(Duration.ofSeconds(6));

      say("cvm2 is closed in order: address off, then it resigns");
      Duration closed = sim.now();
      cvm2.stop();
      sim.runUntil("cvm1 answers", () -> servedBy(cvm1), Duration.ofSeconds(10));
      Duration handOver = sim.now().minus(closed);
      sim.run(Duration.ofSeconds(2));

      out.println();
      out.printf(
          Locale.ROOT,
          "Crash to service: %.3f s. Orderly hand-over: %.3f s.%n"
              + "%d events; the same seed gives the same run: %016x%n",
          seconds(outage),
          seconds(handOver),
          sim.events(),
          sim.trace().hash());
    }

    /** The run for the report, and what the checks say of it. */
    private FailoverRun drawn() {
      return run.soFar(
          "Demo: a crash and an orderly hand-over", "./build demo --seed " + sim.seed());
    }

    private static Scene.Actor actor(SimHost host) {
      HavipConfig config = ExampleFiles.config(host.name() + ".conf", host.name());
      return new Scene.Actor(host.name(), config.routers().getFirst());
    }

    private boolean servedBy(SimHost host) {
      return client.reaches(HAVIP).equals(Optional.of(host));
    }

    private void start(SimHost host) {
      host.start(
          ExampleFiles.config(host.name() + ".conf", host.name()), event -> show(host, event));
    }

    private void show(SimHost host, HavipEvent event) {
      line(host.name(), event.subject() + " " + event.describe());
    }

    private void say(String what) {
      line("", "--- " + what);
    }

    /** Whose kernel would answer an ARP request of the client now. */
    private void showWhoAnswers() {
      List<SimHost> hosts = client.answering(HAVIP);
      String names = hosts.stream().map(SimHost::name).collect(Collectors.joining(" and "));
      String now = names.isEmpty() ? "nobody" : names;
      if (!now.equals(answering)) {
        answering = now;
        line("client", now + " answers for " + HAVIP);
      }
    }

    private void line(String where, String what) {
      out.printf(Locale.ROOT, "%9.3fs  %-6s %s%n", seconds(sim.now()), where, what);
    }

    private static double seconds(Duration duration) {
      return duration.toNanos() / 1e9;
    }
  }
}
