package io.havip.testkit.contract;

import io.havip.core.vpc.VpcCommand;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.cloud.CloudAdministration.Allocation;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.testkit.cloud.AnnouncedCloud;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A simulated VPC to be administrated, by a binding that is perhaps broken on purpose. */
final class SimAdministrationFixture implements AdministrationFixture {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.3");
  private static final List<IpAddress> PUBLIC =
      List.of(IpAddress.parse("203.0.113.5"), IpAddress.parse("203.0.113.6"));

  private final Simulation sim = Simulation.seeded(1);
  private final SimVpc vpc = new SimVpc(sim, "vpc-1", "10.0.0.0/16");
  private final AnnouncedCloud cloud;
  private final UnaryOperator<CloudBinding> wrap;
  private final Map<Member, CloudBinding> bindings = new EnumMap<>(Member.class);

  SimAdministrationFixture(UnaryOperator<CloudBinding> wrap) {
    this.wrap = wrap;
    SimNetwork subnet = vpc.subnet("10.0.0.0/24");
    subnet.host(host(Member.FIRST), "10.0.0.11");
    subnet.host(host(Member.SECOND), "10.0.0.12");
    vpc.register(VIP);
    for (IpAddress each : PUBLIC) {
      vpc.apply(new VpcCommand.AllocateElasticIp(new ElasticIpId("eip-" + each), each));
    }
    sim.run(vpc.api().profile().lagMost());
    cloud = new AnnouncedCloud(sim, vpc);
  }

  private static String host(Member member) {
    return member.name().toLowerCase(Locale.ROOT);
  }

  private NetworkInterface own(Member member) {
    InterfaceId id = vpc.interfaceOf(host(member), "eth0");
    return vpc.state().interfaces().get(id);
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
  public IpAddress freeAddress() {
    return IpAddress.parse("10.0.0.50");
  }

  @Override
  public IpAddress reservedAddress() {
    return IpAddress.parse("10.0.0.255");
  }

  @Override
  public Allocation allocation(Optional<IpAddress> address, boolean onlyAuthorised, String token) {
    return new Allocation(
        "orders", "vpc-1", own(Member.FIRST).subnet().value(), address, onlyAuthorised, token);
  }

  @Override
  public List<IpAddress> publicIps() {
    return PUBLIC;
  }

  @Override
  public CloudMember name(Member member) {
    return new CloudMember(own(member).attachment().instance().value(), "");
  }

  @Override
  public void claim(Member member, IpAddress address) {
    MacAddress mac = own(member).mac();
    var unused = vpc.attempt(new VpcCommand.Announce(own(member).id(), mac, address, vpc.clock()));
  }

  @Override
  public CloudBinding binding(Member member) {
    return bindings.computeIfAbsent(member, m -> wrap.apply(cloud.member(host(m))));
  }

  @Override
  public void announce(Member member) {
    claim(member, VIP);
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
}
