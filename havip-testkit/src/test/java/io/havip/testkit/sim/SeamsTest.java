package io.havip.testkit.sim;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Fence;
import io.havip.spi.GuardedRouter;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import io.havip.spi.ReceivedAdvert;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code AdvertChannel}, {@code NeighborAnnouncer} and {@code AddressBinder} promise. */
class SeamsTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.0.50/24");

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");
  private final SimHost c = lan.host("c", "10.0.0.3");
  private final SimClient client = lan.client("client", "10.0.0.100");
  private final Talker onA = Talker.on(a);
  private final Talker onB = Talker.on(b);
  private final Talker onC = Talker.on(c);

  @Test
  void multicastReachesAllMembersButTheSender() {
    onA.say("10.0.0.1", Talker.GROUP, "hello");
    sim.run(ofSeconds(1));
    assertThat(onA.heard).isEmpty();
    assertThat(onB.heard)
        .containsExactly(
            new Talker.Heard(100_000, 100_000, IpAddress.parse("10.0.0.1"), Talker.GROUP, "hello"));
    assertThat(onC.texts()).containsExactly("hello");
  }

  @Test
  void groupThatWasNotJoinedIsNotHeard() {
    onA.say("10.0.0.1", "224.0.0.99", "hello");
    sim.run(ofSeconds(1));
    assertThat(onB.heard).isEmpty();
  }

  @Test
  void unicastReachesItsPeerOnlyOnceArpHasFoundIt() {
    onA.say("10.0.0.1", "10.0.0.2", "one");
    onA.say("10.0.0.1", "10.0.0.2", "two");
    sim.run(ofSeconds(1));
    onA.say("10.0.0.1", "10.0.0.2", "three");
    sim.run(ofSeconds(1));
    assertThat(onB.texts()).containsExactly("one", "two", "three");
    assertThat(onB.heard.get(0).at()).isEqualTo(300_000); // request, reply, message
    assertThat(onB.heard.get(2).at()).isEqualTo(1_000_100_000);
    assertThat(onC.heard).isEmpty();
  }

  @Test
  void unicastToNobodyIsGivenUpAfterThreeQuestions() {
    onA.say("10.0.0.1", "10.0.0.77", "hello");
    sim.run(ofSeconds(10));
    assertThat(sim.trace().records(TraceKind.DROP))
        .singleElement()
        .satisfies(r -> assertThat(r.nanos()).isEqualTo(3_000_000_000L));
  }

  @Test
  void bytesAreCopiedBySendAndTheBufferIsUsedAgainAfterDelivery() {
    byte[] bytes = {1, 2, 3};
    List<ReceivedAdvert> kept = new ArrayList<>();
    List<byte[]> seen = new ArrayList<>();
    b.platform()
        .orElseThrow()
        .adverts()
        .open(
            "eth0",
            IpFamily.IPV4,
            new AdvertReceiver() {
              @Override
              public void received(ReceivedAdvert m) {
                kept.add(m);
                seen.add(
                    java.util.Arrays.copyOfRange(m.buffer(), m.offset(), m.offset() + m.length()));
              }

              @Override
              public void sendFailed(IpAddress destination, Outcome.Failed failure) {}
            });
    onA.port().send(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 7, bytes, 2);
    onA.port().send(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 7, bytes, 3);
    bytes[0] = 99;
    sim.run(ofSeconds(1));
    assertThat(seen).containsExactly(new byte[] {1, 2}, new byte[] {1, 2, 3});
    ReceivedAdvert m = kept.getFirst();
    assertThat(m.hopLimit()).isEqualTo(7);
    assertThat(m.buffer()[m.offset()]).isEqualTo((byte) 0x5a);
  }

  @Test
  void sendFailureIsReportedAfterTheCallThatFailed() {
    sim.inject(new Fault.LinkDown("a", "eth0"));
    sim.run(ZERO);
    onA.log.clear();
    onA.say("10.0.0.1", "10.0.0.2", "hello");
    assertThat(onA.log).isEmpty();
    sim.run(ZERO);
    assertThat(onA.log).containsExactly("send failed: ENETDOWN (network is down)");
  }

  @Test
  void sendRefusesAForeignSourceAndAMessageBeyondTheMtu() {
    onA.say("10.0.0.9", "10.0.0.2", "hello");
    onA.say("10.0.0.1", "10.0.0.2", "x".repeat(1481));
    sim.run(ZERO);
    assertThat(onA.log)
        .containsExactly(
            "send failed: EADDRNOTAVAIL (cannot assign requested address)",
            "send failed: EMSGSIZE (message too long)");
    assertThatThrownBy(
            () -> onA.port().send(IpAddress.parse("10.0.0.1"), Talker.GROUP, 0, new byte[1], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closedPortHearsAndSendsNothing() {
    onA.port().close();
    onA.port().close();
    onA.say("10.0.0.1", Talker.GROUP, "from a");
    onB.say("10.0.0.2", Talker.GROUP, "from b");
    sim.run(ofSeconds(1));
    assertThat(onA.heard).isEmpty();
    assertThat(onB.heard).isEmpty();
    assertThat(onC.texts()).containsExactly("from b");
  }

  @Test
  void openNamesWhatIsWrong() {
    var adverts = onA.platform().adverts();
    AdvertReceiver nobody =
        new AdvertReceiver() {
          @Override
          public void received(ReceivedAdvert message) {}

          @Override
          public void sendFailed(IpAddress destination, Outcome.Failed failure) {}
        };
    assertThatThrownBy(() -> adverts.open("eth9", IpFamily.IPV4, nobody))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("eth9")
        .hasMessageContaining("[lo, eth0]");
    assertThatThrownBy(() -> adverts.open("lo", IpFamily.IPV4, nobody))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("loopback");
    sim.inject(new Fault.Refuse("a", Operation.OPEN));
    assertThatThrownBy(() -> adverts.open("eth0", IpFamily.IPV4, nobody))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("EPERM");
  }

  @Test
  void announcementIsFollowedByClients() {
    onA.platform().addresses().add("eth0", BOUND);
    assertThat(onA.platform().announcer().announce("eth0", VIP)).isEqualTo(Outcome.DONE);
    assertThat(client.cached(VIP)).isEmpty();
    sim.run(ofMillis(1));
    assertThat(client.cached(VIP)).contains(a);
    assertThat(client.reaches(VIP)).contains(a);
    onB.platform().announcer().announce("eth0", VIP);
    sim.run(ofMillis(1));
    assertThat(client.cached(VIP)).contains(b);
    assertThat(client.reaches(VIP)).as("b does not have the address").isEmpty();
  }

  @Test
  void ipv6AnnouncementIsFollowedByClients() {
    IpAddress six = IpAddress.parse("fd00::50");
    onA.platform().announcer().announce("eth0", six);
    sim.run(ofMillis(1));
    assertThat(client.cached(six)).contains(a);
  }

  @Test
  void announceRefusesLoopbackZeroMacMissingAndDownInterfaces() {
    a.attach(lan, "tun0", "10.0.0.9", MacAddress.ZERO);
    NeighborAnnouncer announcer = onA.platform().announcer();
    assertThat(announcer.announce("lo", VIP)).isInstanceOf(Outcome.Failed.class);
    assertThat(announcer.announce("tun0", VIP)).isInstanceOf(Outcome.Failed.class);
    assertThat(announcer.announce("eth9", VIP)).isInstanceOf(Outcome.Failed.class);
    sim.inject(new Fault.LinkDown("a", "eth0"));
    assertThat(announcer.announce("eth0", VIP)).isInstanceOf(Outcome.Failed.class);
    sim.run(ofSeconds(1));
    assertThat(client.cached(VIP)).isEmpty();
    assertThat(sim.trace().records(TraceKind.SEND)).isEmpty();
  }

  @Test
  void probeIsAnsweredByAKernelAndEndsInSilenceOtherwise() {
    onB.platform().addresses().add("eth0", BOUND);
    List<String> ends = new ArrayList<>();
    NeighborAnnouncer announcer = onA.platform().announcer();
    IpAddress free = IpAddress.parse("10.0.0.51");
    announcer.probe("eth0", VIP, 10_000_000, answered -> ends.add(answered + " " + sim.nanos()));
    announcer.probe("eth0", free, 10_000_000, answered -> ends.add(answered + " " + sim.nanos()));
    sim.run(ofSeconds(1));
    assertThat(ends).containsExactly("true 200000", "false 10000000");
  }

  @Test
  void probeDoesNotHearItselfAndTeachesNobody() {
    onA.platform().addresses().add("eth0", BOUND);
    List<Boolean> ends = new ArrayList<>();
    onA.platform().announcer().probe("eth0", VIP, 1_000_000, ends::add);
    sim.run(ofSeconds(1));
    assertThat(ends).containsExactly(false);
    assertThat(client.cached(VIP)).isEmpty();
  }

  @Test
  void probeThatCannotBeSentIsNotAnsweredAndEndsOnce() {
    List<Boolean> ends = new ArrayList<>();
    onA.platform().announcer().probe("eth9", VIP, 1_000_000, ends::add);
    assertThat(ends).isEmpty();
    sim.run(ofSeconds(1));
    assertThat(ends).containsExactly(false);
  }

  @Test
  void ipv6ProbeIsAnsweredToo() {
    IpAddress six = IpAddress.parse("fd00::50");
    b.address("eth0", "fd00::50/64");
    List<Boolean> ends = new ArrayList<>();
    onA.platform().announcer().probe("eth0", six, 10_000_000, ends::add);
    sim.run(ofSeconds(1));
    assertThat(ends).containsExactly(true);
  }

  @Test
  void hostAnswersFromTheMomentAddReturnsUntilRemoveReturns() {
    assertThat(lan.answering(VIP)).isEmpty();
    assertThat(onA.platform().addresses().add("eth0", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(lan.answering(VIP)).containsExactly(a);
    assertThat(onA.platform().addresses().remove("eth0", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(lan.answering(VIP)).isEmpty();
  }

  @Test
  void binderIsIdempotent() {
    var binder = onA.platform().addresses();
    assertThat(binder.add("eth0", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(binder.add("eth0", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(a.link("eth0").orElseThrow().addresses()).hasSize(2);
    assertThat(binder.remove("eth0", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(binder.remove("eth0", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(binder.remove("eth9", BOUND)).isEqualTo(Outcome.DONE);
    assertThat(a.link("eth0").orElseThrow().addresses()).hasSize(1);
  }

  @Test
  void binderUsesTheDeviceOfTheAddressAndNamesWhatIsWrong() {
    var binder = onA.platform().addresses();
    assertThat(binder.add("eth9", BOUND.withDevice("eth0"))).isEqualTo(Outcome.DONE);
    assertThat(binder.add("eth0", BOUND.withDevice("eth9")))
        .isEqualTo(new Outcome.Failed("add 10.0.0.50/24 to eth9", "ENODEV (no such device)", ""));
    sim.inject(new Fault.Refuse("a", Operation.UNBIND));
    assertThat(binder.remove("eth0", BOUND)).isInstanceOf(Outcome.Failed.class);
    assertThat(a.has(VIP)).isTrue();
    sim.inject(new Fault.Allow("a", Operation.UNBIND));
    assertThat(binder.remove("eth0", BOUND)).isEqualTo(Outcome.DONE);
  }

  @Test
  void reservationBelongsToOneProcessUntilItEnds() {
    var binder = onA.platform().addresses();
    assertThat(binder.reserve(VIP)).isEqualTo(Outcome.DONE);
    assertThat(binder.reserve(VIP)).isInstanceOf(Outcome.Failed.class);
    binder.release(VIP);
    binder.release(VIP);
    sim.inject(new Fault.Refuse("a", Operation.RESERVE));
    assertThat(binder.reserve(VIP)).isInstanceOf(Outcome.Failed.class);
    sim.inject(new Fault.Allow("a", Operation.RESERVE));
    assertThat(binder.reserve(VIP)).isEqualTo(Outcome.DONE);
    a.kill();
    Talker again = Talker.on(a);
    assertThat(again.platform().addresses().reserve(VIP)).isEqualTo(Outcome.DONE);
  }

  @Test
  void fenceIsTheOneTheHostWasGiven() {
    GuardedRouter router =
        new GuardedRouter("any", "eth0", List.of(), ofSeconds(1), ofSeconds(3), List.of());
    assertThat(onA.platform().fencing().guard(router, () -> {}).fence())
        .isEqualTo(new Fence.None());
  }

  @Test
  void platformCloseReleasesTheAddresses() {
    onA.platform().addresses().add("eth0", BOUND);
    onA.platform().close();
    assertThat(a.has(VIP)).isFalse();
    assertThat(a.has(IpAddress.parse("10.0.0.1"))).isTrue();
  }
}
