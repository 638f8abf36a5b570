package io.havip.testkit.vpc;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.core.vpc.VpcAdvice;
import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcRefusedException;
import io.havip.core.vpc.VpcWarning;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.TraceKind;
import io.havip.vpc.DriftRange;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SecurityGroupId;
import io.havip.wire.VrrpCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What section 6 of the facts about cloud HAVIPs lists, behaviour by behaviour. */
class SimVpcTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.1.50");
  private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.9");

  private final Simulation sim = Simulation.seeded(7);
  private final SimVpc vpc =
      new SimVpc(sim, "vpc-1", "10.0.0.0/16").convergence(ofSeconds(2), ofSeconds(2));
  private final SimNetwork subnet = vpc.subnet("10.0.1.0/24");
  private final SimNetwork other = vpc.subnet("10.0.2.0/24");
  private final SimHost a = subnet.host("a", "10.0.1.7");
  private final SimHost b = subnet.host("b", "10.0.1.8");
  private final Platform onA = a.start(platform -> () -> {});
  private final Platform onB = b.start(platform -> () -> {});

  private static void take(Platform platform) {
    platform.addresses().add("eth0", VirtualAddress.parse("10.0.1.50/24"));
    platform.announcer().announce("eth0", VIP);
  }

  private HavipId havip() {
    return vpc.allocate("havip-1", VIP, new DriftRange.Open());
  }

  private List<String> said() {
    return sim.trace().records(TraceKind.VPC).stream().map(r -> r.detail()).toList();
  }

  private List<String> heardBy(Platform platform) {
    List<String> heard = new ArrayList<>();
    var port =
        platform
            .adverts()
            .open(
                "eth0",
                IpFamily.IPV4,
                new AdvertReceiver() {
                  @Override
                  public void received(ReceivedAdvert message) {
                    heard.add(message.source().toString());
                  }

                  @Override
                  public void sendFailed(IpAddress destination, Outcome.Failed failure) {}
                });
    port.join(VrrpCodec.GROUP_IPV4);
    return heard;
  }

  private static void say(Platform platform, String source, IpAddress destination) {
    AdvertReceiver deaf =
        new AdvertReceiver() {
          @Override
          public void received(ReceivedAdvert message) {}

          @Override
          public void sendFailed(IpAddress to, Outcome.Failed failure) {}
        };
    platform
        .adverts()
        .open("eth0", IpFamily.IPV4, deaf)
        .send(IpAddress.parse(source), destination, 255, new byte[] {1}, 1);
  }

  @Test
  void hostsAreInstancesWithTheirInterfaces() {
    a.attach(other, "eth1", "10.0.2.7");
    assertThat(vpc.state().instances()).containsOnlyKeys(new InstanceId("a"), new InstanceId("b"));
    assertThat(vpc.interfaceOf("a", "eth0")).hasToString("eni-a");
    assertThat(vpc.interfaceOf("a", "eth1")).hasToString("eni-a-eth1");
  }

  @Test
  void announcementFromOutsideTheDriftRangeIsDroppedWithoutASignal() {
    vpc.allocate("havip-1", VIP, DriftRange.of(new InstanceId("a")));
    assertThat(onB.announcer().announce("eth0", VIP)).isEqualTo(Outcome.DONE);
    sim.run(ofSeconds(10));
    assertThat(vpc.holder(VIP)).isEmpty();
    assertThat(said()).anyMatch(line -> line.contains("outside-drift-range"));
    onA.announcer().announce("eth0", VIP);
    sim.run(ofSeconds(10));
    assertThat(vpc.holder(VIP)).contains(a);
  }

  @Test
  void ruleIsAskedAgainWhenTheAnnouncementTakesEffect() {
    vpc.allocate("havip-1", VIP, DriftRange.of(new InstanceId("a")));
    take(onA);
    sim.run(ofSeconds(1));
    vpc.apply(
        new VpcCommand.RemoveDriftMembers(
            new HavipId("havip-1"), DriftRange.of(new InstanceId("a"))));
    sim.run(ofSeconds(10));
    assertThat(vpc.holder(VIP)).isEmpty();
  }

  @Test
  void clientOfAnotherSubnetReachesTheHolderOnceTheMappingHasMoved() {
    havip();
    SimClient client = other.client("client", "10.0.2.100");
    take(onA);
    assertThat(client.reaches(VIP)).isEmpty();
    sim.run(ofSeconds(3));
    assertThat(client.reaches(VIP)).contains(a);
    take(onB);
    sim.run(ofSeconds(1));
    assertThat(client.reaches(VIP)).contains(a);
    sim.run(ofSeconds(2));
    assertThat(client.reaches(VIP)).contains(b);
    onB.addresses().remove("eth0", VirtualAddress.parse("10.0.1.50/24"));
    assertThat(client.reaches(VIP)).as("mapped to a host without the address").isEmpty();
  }

  @Test
  void elasticIpFollowsTheMapping() {
    HavipId havip = havip();
    vpc.bindElasticIp(PUBLIC, havip);
    SimClient outside = vpc.internet().client("outside", "198.51.100.7");
    var traffic = outside.observeTraffic(PUBLIC);
    assertThat(VpcAdvice.of(vpc.state())).first().isInstanceOf(VpcWarning.IdleElasticIp.class);
    assertThat(outside.reaches(PUBLIC)).isEmpty();
    take(onA);
    sim.run(ofSeconds(3));
    assertThat(outside.reaches(PUBLIC)).contains(a);
    assertThat(outside.reaches(VIP)).as("private addresses are not routed outside").isEmpty();
    onA.addresses().remove("eth0", VirtualAddress.parse("10.0.1.50/24"));
    take(onB);
    sim.run(ofSeconds(3));
    assertThat(outside.reaches(PUBLIC)).contains(b);
    assertThat(traffic.gap()).isEqualTo(ofSeconds(2));
    assertThat(vpc.console(havip).elasticIp()).isEqualTo("203.0.113.9");
    assertThat(vpc.console(havip).server()).isEqualTo("b");
  }

  @Test
  void announcementsBeyondTheRateOfAnInterfaceAreDropped() {
    vpc.profile(VpcProfile.DEFAULT.withAnnounceLimit(3, 1));
    havip();
    for (int i = 0; i < 5; i++) {
      onA.announcer().announce("eth0", VIP);
    }
    onB.announcer().announce("eth0", VIP);
    assertThat(said()).filteredOn(line -> line.endsWith("accepted")).hasSize(4);
    assertThat(said()).filteredOn(line -> line.endsWith("too many")).hasSize(2);
    sim.run(ofSeconds(1));
    onA.announcer().announce("eth0", VIP);
    onA.announcer().announce("eth0", VIP);
    assertThat(said()).filteredOn(line -> line.endsWith("accepted")).hasSize(5);
  }

  @Test
  void slowRegionTakesOneToTwoMinutes() {
    vpc.profile(VpcProfile.SLOW_REGION);
    havip();
    take(onA);
    assertThat(sim.runUntil(() -> vpc.holder(VIP).isPresent(), ofSeconds(200)))
        .isBetween(ofSeconds(60), ofSeconds(120));
  }

  @Test
  void reorderedAnnouncementsMayEndAtTheFirstSender() {
    vpc.profile(VpcProfile.DEFAULT.withReorder(1).withAnnounceLimit(1000, 1000));
    havip();
    int first = 0;
    for (int i = 0; i < 40; i++) {
      onA.announcer().announce("eth0", VIP);
      onB.announcer().announce("eth0", VIP);
      sim.run(ofSeconds(11));
      first += vpc.holder(VIP).orElseThrow().equals(a) ? 1 : 0;
    }
    assertThat(first).isBetween(5, 35);
  }

  @Test
  void staleAnnouncementTakesTheMappingBackFromANewerOne() {
    vpc.profile(VpcProfile.DEFAULT.withConvergence(ZERO, ZERO).withStale(1, ofSeconds(15)));
    havip();
    take(onA);
    sim.run(ofSeconds(1));
    vpc.profile(VpcProfile.DEFAULT.withConvergence(ZERO, ZERO));
    take(onB);
    sim.run(ofSeconds(1));
    assertThat(vpc.holder(VIP)).contains(b);
    sim.run(ofSeconds(15));
    assertThat(vpc.holder(VIP)).contains(a);
  }

  @Test
  void mappingIsKeptWhenTheHolderStopsUnlessThePolicySaysOtherwise() {
    HavipId havip = havip();
    take(onA);
    sim.run(ofSeconds(3));
    vpc.apply(new VpcCommand.StopInstance(new InstanceId("a")));
    sim.run(ofMinutes(10));
    assertThat(vpc.holder(VIP)).contains(a);
    vpc.apply(new VpcCommand.StartInstance(new InstanceId("a")));
    vpc.profile(VpcProfile.DEFAULT.withLossOfHolder(new LossOfHolder.Unbind()));
    vpc.apply(new VpcCommand.StopInstance(new InstanceId("a")));
    assertThat(vpc.holder(VIP)).isEmpty();
    assertThat(vpc.console(havip).status()).isEqualTo("not bound with CVM yet");
    assertThat(vpc.state().havips().get(havip).flushed()).isEqualTo(vpc.clock());
  }

  @Test
  void mappingAgesOutWhenNothingConfirmsIt() {
    vpc.profile(
        VpcProfile.DEFAULT
            .withConvergence(ZERO, ZERO)
            .withLossOfHolder(new LossOfHolder.AgeOut(ofSeconds(20))));
    havip();
    for (int i = 0; i < 10; i++) {
      take(onA);
      sim.run(ofSeconds(15));
      assertThat(vpc.holder(VIP)).contains(a);
    }
    sim.run(ofSeconds(6));
    assertThat(vpc.holder(VIP)).isEmpty();
  }

  @Test
  void detachedInterfaceVanishesFromItsHostAndOneInARangeStays() {
    a.attach(subnet, "eth1", "10.0.1.17");
    HavipId havip = vpc.allocate("havip-1", VIP, DriftRange.of(vpc.interfaceOf("a", "eth1")));
    var detach = new VpcCommand.DetachInterface(vpc.interfaceOf("a", "eth1"));
    assertThatThrownBy(() -> vpc.apply(detach))
        .isInstanceOf(VpcRefusedException.class)
        .hasMessageContaining("interface-in-drift-range");
    assertThat(a.links()).contains("eth1");
    vpc.apply(
        new VpcCommand.RemoveDriftMembers(havip, DriftRange.of(vpc.interfaceOf("a", "eth1"))));
    vpc.apply(detach);
    assertThat(a.links()).doesNotContain("eth1");
  }

  @Test
  void multicastReachesTheWholeVpcOrNobody() {
    SimHost c = other.host("c", "10.0.2.7");
    List<String> heardByB = heardBy(onB);
    List<String> heardByC = heardBy(c.start(platform -> () -> {}));
    say(onA, "10.0.1.7", VrrpCodec.GROUP_IPV4);
    sim.run(ofSeconds(1));
    assertThat(heardByB).isEmpty();
    vpc.multicast(true);
    say(onA, "10.0.1.7", VrrpCodec.GROUP_IPV4);
    sim.run(ofSeconds(1));
    assertThat(heardByB).containsExactly("10.0.1.7");
    assertThat(heardByC).containsExactly("10.0.1.7");
  }

  @Test
  void unicastAdvertsObeySecurityGroups() {
    List<String> heard = heardBy(onB);
    say(onA, "10.0.1.7", IpAddress.parse("10.0.1.8"));
    sim.run(ofMillis(100));
    assertThat(heard).hasSize(1);
    SecurityGroupId group = new SecurityGroupId("sg-web");
    SecurityGroup.Rule web = new SecurityGroup.Rule(6, Cidr.parse("0.0.0.0/0"));
    vpc.apply(new VpcCommand.PutSecurityGroup(new SecurityGroup(group, List.of(web))));
    vpc.apply(new VpcCommand.SetSecurityGroups(vpc.interfaceOf("b", "eth0"), Set.of(group)));
    say(onA, "10.0.1.7", IpAddress.parse("10.0.1.8"));
    sim.run(ofMillis(100));
    assertThat(heard).hasSize(1);
    SecurityGroup.Rule vrrp = new SecurityGroup.Rule(SecurityGroup.VRRP, Cidr.parse("10.0.1.0/24"));
    vpc.apply(new VpcCommand.PutSecurityGroup(new SecurityGroup(group, List.of(web, vrrp))));
    say(onA, "10.0.1.7", IpAddress.parse("10.0.1.8"));
    sim.run(ofMillis(100));
    assertThat(heard).hasSize(2);
  }

  @Test
  void cutBetweenSubnetsCutsTraffic() {
    havip();
    SimClient client = other.client("client", "10.0.2.100");
    take(onA);
    sim.run(ofSeconds(3));
    sim.during(ofSeconds(5), new Fault.Cut("client", "a", true));
    assertThat(client.reaches(VIP)).isEmpty();
    sim.run(ofSeconds(6));
    assertThat(client.reaches(VIP)).contains(a);
  }

  @Test
  void cutCableKeepsAnnouncementsFromTheCloud() {
    havip();
    sim.inject(new Fault.CableCut("a"));
    take(onA);
    sim.run(ofSeconds(5));
    assertThat(vpc.holder(VIP)).isEmpty();
  }

  @Test
  void secondaryAddressLeadsToTheInterfaceThatHasIt() {
    SimClient client = other.client("client", "10.0.2.100");
    vpc.apply(new VpcCommand.AssignAddress(vpc.interfaceOf("a", "eth0"), VIP, false));
    take(onA);
    take(onB);
    assertThat(client.reaches(VIP)).contains(a);
    vpc.apply(new VpcCommand.AssignAddress(vpc.interfaceOf("b", "eth0"), VIP, true));
    assertThat(client.reaches(VIP)).contains(b);
    sim.run(ofSeconds(20));
    assertThat(client.reaches(VIP)).as("announcing moves no plain address").contains(b);
  }

  @Test
  void membersOfAPlacementGroupArePlacedApart() {
    vpc.place("c", "machine-1", "apart").place("d", "machine-1", "apart");
    subnet.host("c", "10.0.1.9");
    assertThatThrownBy(() -> subnet.host("d", "10.0.1.10"))
        .isInstanceOf(VpcRefusedException.class)
        .hasMessageContaining("physical-host-shared");
  }

  @Test
  void ipv6HavipMovesByNeighbourAdvertisements() {
    SimVpc six = new SimVpc(sim, "vpc-2", "fd00::/48").convergence(ofSeconds(2), ofSeconds(2));
    SimNetwork six64 = six.subnet("fd00::/64");
    SimHost host = six64.host("six", "fd00::7");
    SimClient client = six64.client("client6", "fd00::100");
    IpAddress vip = IpAddress.parse("fd00::50");
    six.allocate("havip-6", vip, new DriftRange.Open());
    Platform on = host.start(platform -> () -> {});
    on.addresses().add("eth0", VirtualAddress.parse("fd00::50/64"));
    on.announcer().announce("eth0", vip);
    client.ask(vip);
    sim.run(ofSeconds(1));
    assertThat(client.answers(vip)).isEmpty();
    sim.run(ofSeconds(2));
    client.ask(vip);
    sim.run(ofSeconds(1));
    assertThat(client.answers(vip)).containsExactly(host);
    assertThat(client.reaches(vip)).contains(host);
  }
}
