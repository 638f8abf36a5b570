package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The pair of load balancers in the simulated network, with the files that run it for real. Only
 * the command that asks HAProxy is replaced by a look at the simulated one.
 */
@Command(
    name = "load-balancer",
    mixinStandardHelpOptions = true,
    description = "Shows a pair of load balancers whose HAProxy fails, in the simulated network.")
final class LoadBalancerCommand implements Callable<Integer> {

  private static final IpAddress HAVIP = IpAddress.parse("172.17.16.3");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Option(names = "--seed", description = "The seed of the run; the same seed gives the same run.")
  private long seed = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    new Pair(seed, out).tell();
    out.flush();
    return ExitStatus.OK;
  }

  /** A host with an HAProxy on it. */
  private static final class LoadBalancer {

    private final SimHost host;
    private boolean haproxyRuns = true;
    private boolean reachesServers = true;

    private LoadBalancer(SimHost host) {
      this.host = host;
    }

    /** What http://127.0.0.1:8404/health would say. */
    private boolean healthy() {
      return haproxyRuns && reachesServers;
    }

    private HavipConfig config() {
      HavipConfig file = ExampleFiles.config("load-balancer/" + host.name() + ".conf", host.name());
      List<VirtualRouterConfig> routers = file.routers().stream().map(this::looking).toList();
      return new HavipConfig(file.name(), routers, file.startDelay());
    }

    private VirtualRouterConfig looking(VirtualRouterConfig router) {
      return router.toBuilder()
          .tracks(router.tracks().stream().map(this::looking).toList())
          .build();
    }

    private Track looking(Track track) {
      if (track instanceof Track.Check(HealthCheckConfig check, int weight, boolean reverse)) {
        HealthCheck.Probe probe = this::healthy;
        HealthCheckConfig same =
            new HealthCheckConfig(
                check.name(),
                probe,
                check.interval(),
                check.timeout(),
                check.rise(),
                check.fall(),
                check.initiallyFailed());
        return new Track.Check(same, weight, reverse);
      }
      return track;
    }
  }

  /** One run. */
  private static final class Pair {

    private final Simulation sim;
    private final Story story;
    private final LoadBalancer lb1;
    private final LoadBalancer lb2;
    private final SimClient client;

    private Pair(long seed, PrintWriter out) {
      sim = Simulation.seeded(seed);
      story = new Story(sim, out);
      SimNetwork subnet = sim.segment("172.17.16.0/20");
      lb1 = new LoadBalancer(subnet.host("lb1", "172.17.16.7"));
      lb2 = new LoadBalancer(subnet.host("lb2", "172.17.16.13"));
      client = subnet.client("client", "172.17.16.100");
    }

    private void tell() {
      story.text("Two load balancers share the HAVIP " + HAVIP + ", seed " + sim.seed());
      story.text("  lb1 172.17.16.7      lb2 172.17.16.13     the first of higher priority");
      story.columns();
      story.watch("client", this::whatTheClientSees);
      story.say("both members start; HAProxy runs on both hosts");
      story.start(lb1.host, lb1.config());
      story.start(lb2.host, lb2.config());
      sim.runUntil("somebody serves", () -> serving().isPresent(), LIMIT);
      sim.run(Duration.ofSeconds(5));

      LoadBalancer first = serving().orElseThrow();
      LoadBalancer second = first == lb1 ? lb2 : lb1;
      story.say(
          "HAProxy on " + first.host + " dies; its host and its member live on",
          () -> first.haproxyRuns = false);
      Duration died = until(second);
      sim.run(Duration.ofSeconds(5));

      story.say(
          "HAProxy on " + first.host + " is started again; " + second.host + " goes on serving",
          () -> first.haproxyRuns = true);
      sim.run(Duration.ofSeconds(6));

      story.say(
          second.host + " loses the way to its web servers; HAProxy itself runs",
          () -> second.reachesServers = false);
      Duration lost = until(first);
      sim.run(Duration.ofSeconds(3));

      story.text("");
      story.text(
          String.format(
              Locale.ROOT,
              "Without service: %.3f s after HAProxy died, %.3f s after the servers were lost.",
              Story.seconds(died),
              Story.seconds(lost)));
      story.end();
    }

    private Duration until(LoadBalancer next) {
      Duration from = sim.now();
      sim.runUntil(next.host + " serves", () -> serving().equals(Optional.of(next)), LIMIT);
      return sim.now().minus(from);
    }

    /** The load balancer that answers the client, if one does. */
    private Optional<LoadBalancer> serving() {
      return reached().filter(LoadBalancer::healthy);
    }

    private Optional<LoadBalancer> reached() {
      return client.reaches(HAVIP).map(host -> host == lb1.host ? lb1 : lb2);
    }

    private String whatTheClientSees() {
      if (reached().isEmpty()) {
        return "no answer from " + HAVIP;
      }
      LoadBalancer at = reached().get();
      if (!at.haproxyRuns) {
        return at.host + " refuses the connection: no HAProxy there";
      }
      return at.reachesServers
          ? "the web page, by way of " + at.host
          : "503 from " + at.host + ": no server behind it";
    }
  }
}
