package io.havip.testkit.contract;

import io.havip.core.vpc.VpcCommand;
import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.testkit.cloud.AnnouncedCloud;
import io.havip.testkit.cloud.OneCallCloud;
import io.havip.testkit.cloud.SimCloud;
import io.havip.testkit.cloud.TwoCallCloud;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.NetworkInterface;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A simulated cloud as the contract tests want it, its bindings perhaps broken on purpose. */
class SimCloudFixture implements CloudFixture {

  static final IpAddress VIP = IpAddress.parse("10.0.0.3");

  final Simulation sim;
  private final SimCloud cloud;
  private final Consumer<Member> announce;
  private final UnaryOperator<CloudBinding> wrap;
  private final Map<Member, CloudBinding> bindings = new EnumMap<>(Member.class);

  SimCloudFixture(
      Simulation sim, SimCloud cloud, Consumer<Member> announce, UnaryOperator<CloudBinding> wrap) {
    this.sim = sim;
    this.cloud = cloud;
    this.announce = announce;
    this.wrap = wrap;
  }

  static SimCloudFixture announced(UnaryOperator<CloudBinding> wrap) {
    Simulation sim = Simulation.seeded(1);
    SimVpc vpc = vpc(sim);
    vpc.convergence(Duration.ofMillis(100), Duration.ofSeconds(4));
    sim.run(vpc.api().profile().lagMost());
    return new SimCloudFixture(
        sim,
        new AnnouncedCloud(sim, vpc),
        member -> {
          NetworkInterface own = own(vpc, member);
          vpc.apply(new VpcCommand.Announce(own.id(), own.mac(), VIP, vpc.clock()));
        },
        wrap);
  }

  /** A VPC with a subnet, two hosts and the address. */
  static SimVpc vpc(Simulation sim) {
    SimVpc vpc = new SimVpc(sim, "vpc-1", "10.0.0.0/16");
    SimNetwork subnet = vpc.subnet("10.0.0.0/24");
    subnet.host(host(Member.FIRST), "10.0.0.11");
    subnet.host(host(Member.SECOND), "10.0.0.12");
    vpc.register(VIP);
    return vpc;
  }

  static NetworkInterface own(SimVpc vpc, Member member) {
    return vpc.state().interfaces().get(vpc.interfaceOf(host(member), "eth0"));
  }

  private static void nothing(Member member) {}

  static SimCloudFixture oneCall(UnaryOperator<CloudBinding> wrap) {
    Simulation sim = Simulation.seeded(1);
    return new SimCloudFixture(
        sim, new OneCallCloud(sim).register(VIP), SimCloudFixture::nothing, wrap);
  }

  static SimCloudFixture twoCall(UnaryOperator<CloudBinding> wrap, boolean careless) {
    Simulation sim = Simulation.seeded(1);
    TwoCallCloud cloud = new TwoCallCloud(sim);
    if (careless) {
      cloud.careless();
    }
    return new SimCloudFixture(sim, cloud.register(VIP), SimCloudFixture::nothing, wrap);
  }

  @Override
  public IpAddress address() {
    return VIP;
  }

  @Override
  public IpAddress unknownAddress() {
    return IpAddress.parse("10.0.0.99");
  }

  @Override
  public CloudBinding binding(Member member) {
    return bindings.computeIfAbsent(member, m -> wrap.apply(cloud.member(host(m))));
  }

  @Override
  public void announce(Member member) {
    announce.accept(member);
  }

  @Override
  public Set<Trouble> troubles() {
    return EnumSet.allOf(Trouble.class);
  }

  @Override
  public void begin(Trouble trouble, Member member) {
    switch (trouble) {
      case BLACKOUT -> cloud.faults().blackout(host(member), true);
      case LOST_REPLY -> cloud.faults().loseReplies(host(member), true);
      case THROTTLED -> cloud.faults().refuse(host(member), CloudFailureKind.THROTTLED);
      case SILENCE -> cloud.faults().latency(Duration.ofHours(1), Duration.ofHours(1));
      case AUTHENTICATION -> cloud.faults().refuse(host(member), CloudFailureKind.AUTHENTICATION);
      case CLOCK_SKEW -> cloud.faults().refuse(host(member), CloudFailureKind.CLOCK_SKEW);
    }
  }

  @Override
  public void heal() {
    cloud.faults().heal();
  }

  @Override
  public void pass(Duration length) {
    sim.run(length);
  }

  @Override
  public <T> T await(CompletableFuture<T> call) {
    sim.runUntil("the end of the call", call::isDone, Duration.ofMinutes(1));
    if (call.isCompletedExceptionally()) {
      throw new AssertionError("a call completed exceptionally", call.exceptionNow());
    }
    return call.join();
  }

  @Override
  public Duration now() {
    return sim.now();
  }

  @Override
  public void close() {
    bindings.values().forEach(CloudBinding::close);
  }

  private static String host(Member member) {
    return member.name().toLowerCase(Locale.ROOT);
  }
}
