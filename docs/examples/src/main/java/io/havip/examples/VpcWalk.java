package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.core.vpc.ConsolePage;
import io.havip.core.vpc.ConsoleView;
import io.havip.core.vpc.VpcAdvice;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.DriftRange;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The five steps by which cloud documentation explains a HAVIP, on its own addresses and with its
 * own configuration file: two instances, a HAVIP, an election, an elastic IP, a takeover.
 */
final class VpcWalk {

  private static final IpAddress ADDRESS = IpAddress.parse("172.17.16.3");
  private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.80");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Simulation sim;
  private final Story story;
  private final SimVpc vpc;
  private final SimHost cvm1;
  private final SimHost cvm2;
  private final SimClient outside;
  private Optional<SimHost> active = Optional.empty();
  private Duration announced = Duration.ZERO;
  private final List<ConsolePage.Moment> moments = new ArrayList<>();

  VpcWalk(long seed, PrintWriter out) {
    sim = Simulation.seeded(seed);
    story = new Story(sim, out);
    vpc = new SimVpc(sim, "vpc-1", "172.17.0.0/16");
    vpc.place("cvm1", "machine-1", "pg-orders").place("cvm2", "machine-2", "pg-orders");
    SimNetwork subnet = vpc.subnet("172.17.16.0/20");
    cvm1 = subnet.host("cvm1", "172.17.16.13");
    cvm2 = subnet.host("cvm2", "172.17.16.7");
    outside = vpc.internet().client("outside", "198.51.100.7");
  }

  void tell() {
    story.text(title());
    story.columns();
    HavipId havip = request();
    configure();
    announce(havip);
    fail(havip, bindElasticIp(havip));
    story.end();
  }

  private String title() {
    return "A HAVIP in a simulated VPC, from its request to its takeover, seed " + sim.seed();
  }

  /** {@return what the console showed in the story, as a page} */
  ConsolePage page() {
    return new ConsolePage(title(), moments);
  }

  private HavipId request() {
    story.say("1. two instances of one placement group, and a HAVIP for them");
    story.line("cloud", vpc.id() + " 172.17.0.0/16 with the subnet 172.17.16.0/20");
    story.line("cloud", "cvm1 172.17.16.13 on machine-1, cvm2 172.17.16.7 on machine-2");
    HavipId havip =
        vpc.allocate(
            "havip-orders",
            ADDRESS,
            DriftRange.of(new InstanceId(cvm1.name()), new InstanceId(cvm2.name())));
    story.line("cloud", ADDRESS + " is allocated; only cvm1 and cvm2 may take it");
    var warnings = VpcAdvice.of(vpc.state());
    story.line("cloud", warnings.isEmpty() ? "nothing to warn of" : warnings.toString());
    console(havip, "the HAVIP is allocated");
    return havip;
  }

  private void configure() {
    story.say("2. both read their keepalived.conf, and the priorities are compared");
    start(cvm1);
    start(cvm2);
  }

  private void start(SimHost host) {
    String file = host.name() + ".conf";
    HavipConfig config = ExampleFiles.config(file, host.name());
    int priority = config.routers().getFirst().priority();
    story.line(host.name(), "starts with " + file + ": priority " + priority);
    host.start(
        config,
        event -> {
          story.line(host.name(), Story.text(event));
          if (event instanceof HavipEvent.StateChanged changed
              && changed.to() == RouterState.ACTIVE) {
            active = Optional.of(host);
            announced = sim.now();
          }
        });
  }

  private void announce(HavipId havip) {
    awaitActive(cvm1);
    story.say("3. the elected one has announced the address; the cloud has yet to follow");
    awaitServer(havip, cvm1);
    story.line("cloud", "follows " + seconds(sim.now().minus(announced)) + " later");
    console(havip, "cvm1 has announced it");
  }

  private Exposure bindElasticIp(HavipId havip) {
    story.say("4. an elastic IP is bound to the HAVIP");
    vpc.bindElasticIp(PUBLIC, havip);
    Exposure traffic = outside.observeTraffic(PUBLIC);
    story.watch("outside", this::whatIsSeenOutside);
    story.line("cloud", PUBLIC + " leads to " + ADDRESS);
    sim.run(Duration.ofSeconds(5));
    return traffic;
  }

  private void fail(HavipId havip, Exposure traffic) {
    story.say("5. cvm1 fails", cvm1::crash);
    Duration failed = sim.now();
    awaitActive(cvm2);
    Duration noticed = sim.now().minus(failed);
    story.say("cvm2 has announced itself; packets still go to cvm1 until the cloud follows");
    awaitServer(havip, cvm2);
    Duration followed = sim.now().minus(announced);
    sim.runUntil("reached from outside", () -> reached().equals(Optional.of(cvm2)), LIMIT);
    console(havip, "cvm1 has failed, cvm2 has announced it");
    story.text("");
    story.text(
        String.format(
            Locale.ROOT,
            "Without service: %s. The failure was noticed after %s, the cloud followed after"
                + " another %s.",
            seconds(traffic.gap()),
            seconds(noticed),
            seconds(followed)));
  }

  private void awaitActive(SimHost host) {
    sim.runUntil(host + " is ACTIVE", () -> active.equals(Optional.of(host)), LIMIT);
  }

  private void awaitServer(HavipId havip, SimHost host) {
    sim.runUntil(
        "the console shows " + host, () -> vpc.console(havip).server().equals(host.name()), LIMIT);
  }

  private Optional<SimHost> reached() {
    return outside.reaches(PUBLIC);
  }

  private String whatIsSeenOutside() {
    return reached()
        .map(host -> PUBLIC + " is answered by " + host)
        .orElse(PUBLIC + " is not answered");
  }

  /** What a person sees in the cloud's console. */
  private void console(HavipId havip, String what) {
    ConsoleView view = vpc.console(havip);
    moments.add(new ConsolePage.Moment(sim.now(), what, view));
    List<String> lines = view.text().lines().toList();
    story.text("            +-- console " + "-".repeat(40));
    lines.forEach(line -> story.text("            | " + line));
    story.text("            +" + "-".repeat(51));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", Story.seconds(duration));
  }
}
