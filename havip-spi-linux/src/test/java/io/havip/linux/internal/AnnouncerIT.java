package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnnouncerIT {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final IpAddress FOUR = IpAddress.parse("172.17.16.3");
  private static final IpAddress SIX = IpAddress.parse("fd00::3");

  private static Lab lab;
  private static Member a;
  private static Member b;

  @BeforeAll
  static void open() {
    RealNetwork.assume("tcpdump");
    lab = Lab.open();
    a = new Member(lab.addHost("a", "172.17.16.7", "fd00::7"));
    b = new Member(lab.addHost("b", "172.17.16.13", "fd00::13"));
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      a.close();
      b.close();
      lab.close();
    }
  }

  private static Outcome announce(String interfaceName, IpAddress address) {
    return a.call(() -> a.platform.announcer().announce(interfaceName, address));
  }

  @Test
  void gratuitousArpIsThatOfKeepalived() {
    try (Capture capture = lab.capture()) {
      assertThat(announce(LabHost.INTERFACE, FOUR)).isEqualTo(Outcome.DONE);
      assertThat(capture.awaitFrame("GARP", f -> f.isAnnouncement("172.17.16.3"), LIMIT).hex())
          .isEqualTo(
              "ffffffffffff"
                  + "0a0000000001"
                  + "0806"
                  + "0001080006040001"
                  + "0a0000000001"
                  + "ac111003"
                  + "ffffffffffff"
                  + "ac111003");
    }
  }

  @Test
  void announcesAsOftenAsAskedAlsoMoreThanOneCallTakes() {
    try (Capture capture = lab.capture()) {
      for (int times : new int[] {5, 40}) {
        int before = announcements(capture);
        assertThat(a.call(() -> a.platform.announcer().announce(LabHost.INTERFACE, FOUR, times)))
            .isEqualTo(Outcome.DONE);
        Await.until("the frames", LIMIT, () -> announcements(capture) == before + times);
      }
    }
  }

  private static int announcements(Capture capture) {
    return (int) capture.frames().stream().filter(f -> f.isAnnouncement("172.17.16.3")).count();
  }

  @Test
  void neighbourAdvertisementOverridesAndIsAccepted() {
    try (Capture capture = lab.capture()) {
      // Fills b's cache with another answer first.
      b.host.exec(
          "ip", "neigh", "replace", "fd00::3", "lladdr", "0a:00:00:00:00:99", "dev", "eth0");
      assertThat(announce(LabHost.INTERFACE, SIX)).isEqualTo(Outcome.DONE);
      String hex = capture.awaitFrame("NA", f -> f.isAnnouncement("fd00::3"), LIMIT).hex();
      assertThat(hex).hasSize(2 * 86).startsWith("333300000001" + "0a0000000001" + "86dd");
      // Router and override set, solicited clear (RFC 9568 section 6.4.1).
      assertThat(hex.substring(2 * 58, 2 * 62)).isEqualTo("a0000000");
    }
  }

  @Test
  void gratuitousArpMovesTheNeighboursCache() {
    b.host.exec(
        "ip",
        "neigh",
        "replace",
        "172.17.16.3",
        "lladdr",
        "0a:00:00:00:00:99",
        "nud",
        "stale",
        "dev",
        "eth0");
    announce(LabHost.INTERFACE, FOUR);
    Await.until(
        "b to learn the address",
        LIMIT,
        () -> b.host.neighbourMac("172.17.16.3").equals(Optional.of(a.host.mac())));
  }

  @Test
  void loopbackAndMissingInterfacesAreRefused() {
    assertThat(announce("lo", FOUR))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.describe()).contains("loopback"));
    assertThat(announce("eth9", FOUR))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.describe()).contains("no interface eth9"));
  }

  @Test
  void interfaceThatIsDownFails() {
    a.host.linkDown();
    assertThat(announce(LabHost.INTERFACE, FOUR))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.describe()).contains("ENETDOWN"));
    a.host.linkUp();
    a.host.addAddress("fd00::7");
  }

  /** Probes and returns the answer with the time it took. */
  private static Answer probe(IpAddress address, Duration wait) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    long start = System.nanoTime();
    a.run(() ->
        a.platform
            .announcer()
            .probe(
                LabHost.INTERFACE,
                address,
                start + wait.toNanos(),
                answered -> {
                  if (!answer.complete(
                      new Answer(answered, Duration.ofNanos(System.nanoTime() - start)))) {
                    throw new AssertionError("called twice");
                  }
                }));
    return answer.orTimeout(Member.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private record Answer(boolean answered, Duration after) {}

  @Test
  void probeOfAUsedAddressIsAnsweredBeforeTheEnd() {
    for (IpAddress address : new IpAddress[] {FOUR, SIX}) {
      VirtualAddress virtual = VirtualAddress.of(address);
      b.run(() -> b.platform.addresses().add(LabHost.INTERFACE, virtual));
      Answer answer = probe(address, Duration.ofSeconds(3));
      assertThat(answer.answered()).isTrue();
      assertThat(answer.after()).isLessThan(Duration.ofSeconds(3));
      b.run(() -> b.platform.addresses().remove(LabHost.INTERFACE, virtual));
    }
  }

  @Test
  void probeOfAFreeAddressEndsInSilenceAtTheGivenTime() {
    for (IpAddress address : new IpAddress[] {FOUR, SIX}) {
      Answer answer = probe(address, Duration.ofMillis(30));
      assertThat(answer.answered()).isFalse();
      assertThat(answer.after()).isBetween(Duration.ofMillis(30), Duration.ofSeconds(2));
    }
  }

  @Test
  void ownAddressIsNoAnswer() {
    for (IpAddress address : new IpAddress[] {FOUR, SIX}) {
      VirtualAddress virtual = VirtualAddress.of(address);
      a.run(() -> a.platform.addresses().add(LabHost.INTERFACE, virtual));
      assertThat(probe(address, Duration.ofMillis(30)).answered()).isFalse();
      a.run(() -> a.platform.addresses().remove(LabHost.INTERFACE, virtual));
    }
  }

  /** Two backups that ask at the same moment must not take each other for the holder. */
  @Test
  void anotherHostsProbeIsNoAnswer() {
    for (IpAddress address : new IpAddress[] {FOUR, SIX}) {
      CompletableFuture<Boolean> atB = new CompletableFuture<>();
      b.run(() ->
          b.platform
              .announcer()
              .probe(
                  LabHost.INTERFACE,
                  address,
                  System.nanoTime() + Duration.ofMillis(300).toNanos(),
                  atB::complete));
      probe(address, Duration.ofMillis(30));
      assertThat(atB.orTimeout(Member.PATIENCE_SECONDS, TimeUnit.SECONDS).join()).isFalse();
    }
  }

  @Test
  void probeTeachesNobody() {
    b.host.tryExec("ip", "neigh", "flush", "all");
    probe(FOUR, Duration.ofMillis(20));
    assertThat(b.host.neighbourMac("172.17.16.3")).isEmpty();
    assertThat(b.host.neighbourMac("0.0.0.0")).isEmpty();
  }

  @Test
  void probeOnAMissingInterfaceIsSilence() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    a.run(() -> a.platform.announcer().probe("eth9", FOUR, Long.MAX_VALUE, answer::complete));
    assertThat(answer.orTimeout(Member.PATIENCE_SECONDS, TimeUnit.SECONDS).join()).isFalse();
  }
}
