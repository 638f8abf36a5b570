package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Outcome;
import io.havip.spi.VirtualMacs;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.CommandResult;
import io.havip.testkit.lab.Conversation;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Probe;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stall fence of the kernel, renewed by hand. */
class GateIT {

  private static final FenceOptions GATE = new FenceOptions(Use.OFF, Use.REQUIRED, Use.OFF);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final VirtualAddress FOUR = VirtualAddress.parse("172.17.16.3/32");
  private static final VirtualAddress SIX = VirtualAddress.parse("fd00::3/64");

  private static Lab lab;
  private static LabHost host;
  private static LabHost neighbour;
  private Member member;

  @BeforeAll
  static void open() {
    RealNetwork.assume("nft", "arping", "ping");
    lab = Lab.open();
    host = lab.addHost("a", "172.17.16.7", "fd00::7");
    neighbour = lab.addHost("b", "172.17.16.13", "fd00::13");
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void start() {
    member = new Member(host, GATE);
  }

  @AfterEach
  void stop() {
    member.close();
    assertThat(host.exec("nft", "list", "ruleset")).isEmpty();
  }

  private static GuardedRouter router(Duration interval, VirtualAddress... addresses) {
    return new GuardedRouter(
        "r", LabHost.INTERFACE, List.of(addresses), interval, interval.multipliedBy(3), List.of());
  }

  /** A guard whose address is on the host, and open. */
  private Guard held(Duration interval, VirtualAddress... addresses) {
    Guard guard =
        member.call(() -> member.platform.fencing().guard(router(interval, addresses), () -> {}));
    member.run(guard::renew);
    for (VirtualAddress address : addresses) {
      assertThat(member.call(() -> member.platform.addresses().add(LabHost.INTERFACE, address)))
          .isEqualTo(Outcome.DONE);
    }
    return guard;
  }

  private static boolean arp() {
    return neighbour.arpAnswer("172.17.16.3").isPresent();
  }

  private static boolean ping(VirtualAddress address) {
    return neighbour.tryExec("ping", "-c1", "-W", "0.3", address.address().toString()).ok();
  }

  private static void forgetNeighbours() {
    neighbour.exec("ip", "neigh", "flush", "all");
  }

  private static void awaitSilence() {
    Await.until("silence of " + FOUR, LIMIT, () -> !arp() && !ping(FOUR));
  }

  @Test
  void anOpenAddressAnswersAndAShutOneDoesNot() {
    Guard guard = held(Duration.ofSeconds(60), FOUR, SIX);
    assertThat(arp()).isTrue();
    assertThat(ping(FOUR)).isTrue();
    assertThat(ping(SIX)).isTrue();
    member.run(guard::shut);
    forgetNeighbours();
    assertThat(arp()).isFalse();
    assertThat(ping(FOUR)).isFalse();
    assertThat(ping(SIX)).isFalse();
    forgetNeighbours();
    member.run(guard::renew);
    assertThat(arp()).isTrue();
    assertThat(ping(FOUR)).isTrue();
    assertThat(ping(SIX)).isTrue();
    member.run(guard::close);
  }

  @Test
  void anAddressThatIsNotRenewedFallsSilentInItsBoundAndAnswersAgain() {
    Guard guard = held(Duration.ofMillis(500), FOUR);
    Fence fence = member.call(guard::fence);
    assertThat(fence).isInstanceOf(Fence.OnExitAndStall.class);
    long bound = ((Fence.OnExitAndStall) fence).stallBound().toNanos();
    assertThat(bound).isBetween(1_480_000_000L, 1_500_000_000L);
    long since = System.nanoTime();
    member.run(guard::renew);
    assertThat(arp()).isTrue();
    LockSupport.parkNanos(since + bound - System.nanoTime());
    assertThat(arp()).isFalse();
    member.run(guard::renew);
    assertThat(arp()).isTrue();
  }

  /** Where an address on a device of its own would be silent (decision 11). */
  @Test
  void anOpenAddressAnswersOnAHostThatIgnoresArpForOthersAndFiltersBySource() {
    settings("arp_ignore=2", "rp_filter=1");
    try {
      Guard guard = held(Duration.ofSeconds(60), FOUR);
      forgetNeighbours();
      assertThat(arp()).isTrue();
      assertThat(ping(FOUR)).isTrue();
      member.run(guard::close);
    } finally {
      settings("arp_ignore=0", "rp_filter=0");
    }
  }

  private static void settings(String... each) {
    for (String setting : each) {
      host.exec("sysctl", "-qw", "net.ipv4.conf.all." + setting);
    }
  }

  @Test
  void theRestOfTheHostIsNotConcerned() {
    Guard guard = held(Duration.ofSeconds(60), FOUR);
    member.run(guard::shut);
    assertThat(neighbour.tryExec("ping", "-c1", "-W1", "172.17.16.7").ok()).isTrue();
    assertThat(neighbour.arpAnswer("172.17.16.7")).contains(host.mac());
  }

  @Test
  void whoFlushesTheRulesDoesNotOpenTheGate() {
    Guard guard = held(Duration.ofSeconds(60), FOUR);
    member.run(guard::shut);
    host.tryExec("nft", "flush", "ruleset");
    awaitSilence();
    member.run(guard::renew);
    assertThat(arp()).isTrue();
  }

  @Test
  void twoPlatformsOnAHostHaveTablesOfTheirOwn() {
    Guard guard = held(Duration.ofSeconds(60), FOUR);
    try (Member second = new Member(host, GATE)) {
      assertThat(host.exec("nft", "list", "tables")).contains("inet havip_0", "inet havip_1");
      VirtualAddress other = VirtualAddress.parse("172.17.16.4/32");
      Guard shut =
          second.call(() -> second.platform.fencing().guard(router(LIMIT, other), () -> {}));
      second.run(() -> {
        shut.renew();
        shut.shut();
        second.platform.addresses().add(LabHost.INTERFACE, other);
      });
      assertThat(arp()).isTrue();
      assertThat(neighbour.arpAnswer("172.17.16.4")).isEmpty();
    }
    assertThat(host.exec("nft", "list", "tables"))
        .contains("inet havip_0")
        .doesNotContain("havip_1");
    assertThat(arp()).isTrue();
    member.run(guard::close);
  }

  @Test
  void anAddressBehindAVirtualMacIsFencedToo() {
    VirtualMacs.VirtualLink link =
        member.call(() ->
            member
                .platform
                .virtualMacs()
                .orElseThrow()
                .open(
                    LabHost.INTERFACE,
                    "vrrp.51",
                    MacAddress.virtualRouter(51, FOUR.address().family())));
    assertThat(member.call(link::raise)).isEqualTo(Outcome.DONE);
    Guard guard = held(Duration.ofSeconds(60), FOUR.withDevice("vrrp.51"));
    assertThat(neighbour.arpAnswer("172.17.16.3")).contains("00:00:5e:00:01:33");
    assertThat(ping(FOUR)).isTrue();
    member.run(guard::shut);
    assertThat(arp()).isFalse();
    assertThat(ping(FOUR)).isFalse();
    member.run(() -> {
      guard.close();
      link.close();
    });
  }

  /** Peers wait for a resignation, and the kernel may need milliseconds to change its tables. */
  @Test
  void whatIsQueuedIsSentBeforeAGuardIsClosed() {
    Guard guard = held(Duration.ofSeconds(60), FOUR);
    byte[] message = {0x31, 51, 0, 1, 0, 100, 0, 0};
    try (Member peer = new Member(neighbour)) {
      peer.open(IpFamily.IPV4);
      AdvertPort port = member.open(IpFamily.IPV4);
      long closed =
          member.call(() -> {
            port.send(member.address(), peer.address(), 255, message, message.length);
            guard.close();
            return member.platform.timers().now();
          });
      assertThat(peer.take().receivedAt()).isLessThan(closed);
    }
  }

  /**
   * The address is open for 295 ms and renewed about every millisecond, so whatever is lost is lost
   * by a renewal.
   */
  @Test
  void fourThousandRenewalsLoseNoPacket() {
    Guard guard = held(Duration.ofMillis(100), FOUR);
    String vip = FOUR.address().toString();
    for (LabHost each : List.of(host, neighbour)) {
      // The kernel would send again what is late, and not only what is lost.
      each.exec("sh", "-c", "echo 0 > /proc/sys/net/ipv4/tcp_early_retrans");
    }
    long sentAgain = host.tcpRetransmissions() + neighbour.tcpRetransmissions();
    try (Repeated renewals = new Repeated(member, 1, guard::renew);
        LabProcess server = Probe.answerOn(host);
        Conversation talk = Conversation.start(neighbour, vip, Duration.ofMillis(2));
        Probe connections =
            Probe.start(neighbour, vip, Duration.ofMillis(5), Duration.ofSeconds(10));
        Member asker = new Member(neighbour);
        ArpQuestions questions = new ArpQuestions(asker, FOUR.address())) {
      CommandResult pings = neighbour.tryExec("ping", "-q", "-i", "0.002", "-c", "4000", vip);
      assertThat(pings.output()).contains("4000 received");
      Await.until(
          "4,000 renewals and 1,000 questions",
          LIMIT.multipliedBy(3),
          () -> renewals.times() >= 4000 && questions.asked() >= 1000);
      assertThat(questions.lost()).as("ARP questions that were lost").isZero();
      assertThat(host.tcpRetransmissions() + neighbour.tcpRetransmissions())
          .as("TCP segments that were sent again")
          .isEqualTo(sentAgain);
      assertThat(talk.echoes()).hasSizeGreaterThan(500);
      assertThat(connections.attempts())
          .hasSizeGreaterThan(100)
          .allMatch(attempt -> attempt.outcome() == Probe.Outcome.ANSWERED);
      assertThat(server.isAlive()).isTrue();
    }
  }
}
