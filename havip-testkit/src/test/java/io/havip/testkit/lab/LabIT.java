package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lab itself: hosts, cables, what is lost and what is cleaned up. */
class LabIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @BeforeEach
  void needsARealNetwork() {
    RealNetwork.assume("tcpdump", "ping", "arping", "nft");
  }

  @Test
  void hostsReachEachOtherAtOnceByIpv4AndLinkLocalIpv6() {
    try (Lab lab = Lab.open()) {
      LabHost a = lab.addHost("a", "172.17.16.7");
      LabHost b = lab.addHost("b", "172.17.16.13", "fd00:9::13");
      assertThat(a.mac()).isEqualTo("0a:00:00:00:00:01");
      assertThat(b.addresses())
          .contains("127.0.0.1", "172.17.16.13", "fd00:9::13", "fe80::800:ff:fe00:2");
      assertThat(a.neighbourMac("172.17.16.13")).isEmpty();
      a.exec("ping", "-c", "1", "-W", "1", "172.17.16.13");
      a.exec("ping", "-c", "1", "-W", "1", "fe80::800:ff:fe00:2%eth0");
      assertThat(a.neighbourMac("172.17.16.13")).contains(b.mac());
      assertThat(a.arpAnswer("172.17.16.13")).contains(b.mac());
      assertThat(a.arpAnswer("172.17.16.99")).isEmpty();
    }
  }

  @Test
  void aConversationOutlivesTheSilenceOfItsServerAndIsHeardOfOnlyOutsideIt() {
    try (Lab lab = Lab.open()) {
      LabHost a = lab.addHost("a", "172.17.16.7");
      LabHost b = lab.addHost("b", "172.17.16.13");
      Probe.answerOn(b);
      Conversation talk = Conversation.start(a, "172.17.16.13", Duration.ofMillis(5));
      Await.until("echoes", LIMIT, () -> talk.echoes().size() > 10);
      b.cutCable();
      int before = talk.echoes().size();
      assertThat(a.tryExec("ping", "-c", "2", "-W", "1", "172.17.16.13").ok()).isFalse();
      // One may have been on its way when the cable was cut.
      assertThat(talk.echoes()).hasSizeLessThanOrEqualTo(before + 1);
      b.plugCable();
      Await.until("more echoes", LIMIT, () -> talk.echoes().size() > before + 10);
    }
  }

  @Test
  void nothingShowsOutsideAndNothingIsLeft() {
    String before = Command.of("ip", "-o", "link").run();
    String name;
    Path folder;
    LabProcess sleeper;
    try (Lab lab = Lab.open()) {
      name = lab.name();
      folder = lab.folder();
      LabHost a = lab.addHost("a", "172.17.16.7");
      sleeper = a.start("sleep", "63");
      assertThat(Command.of("ip", "-o", "link").run()).isEqualTo(before);
      assertThat(LabName.namespaces()).contains(name + "-a", name + "-bridge");
      assertThat(folder).isDirectory();
    }
    assertThat(sleeper.isAlive()).isFalse();
    assertThat(LabName.namespaces()).noneMatch(other -> other.startsWith(name + "-"));
    assertThat(Files.exists(folder)).isFalse();
  }

  @Test
  void anInterruptedTestStillLeavesNothing() {
    Lab lab = Lab.open();
    LabProcess sleeper = lab.addHost("a").start("sleep", "65");
    Thread.currentThread().interrupt();
    lab.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sleeper.isAlive()).isFalse();
    assertThat(LabName.namespaces()).noneMatch(other -> other.startsWith(lab.name() + "-"));
    lab.close();
  }

  @Test
  void labsWithTheSameAddressesLiveSideBySide() {
    try (Lab one = Lab.open();
        Lab two = Lab.open()) {
      assertThat(one.name()).isNotEqualTo(two.name());
      LabHost a1 = one.addHost("a", "172.17.16.7");
      LabHost b1 = one.addHost("b", "172.17.16.13");
      LabHost a2 = two.addHost("a", "172.17.16.7");
      b1.exec("ping", "-c", "1", "-W", "1", "172.17.16.7");
      a2.linkDown();
      b1.exec("ping", "-c", "1", "-W", "1", "172.17.16.7");
      assertThat(a1.allArpAnswers("172.17.16.13")).containsExactly(b1.mac());
    }
  }

  @Test
  void theProcessIdIsTheProgramsOwnAndItRunsInTheNamespace() {
    try (Lab lab = Lab.open()) {
      LabHost a = lab.addHost("a");
      LabProcess sleeper = a.start("sleep", "64");
      Await.until(
          "exec of sleep",
          LIMIT,
          () -> ProcessHandle.of(sleeper.pid()).flatMap(handle -> handle.info().command()),
          command -> command.orElse("").contains("sleep"));
      assertThat(Command.of("ip", "netns", "pids", a.namespace()).run().lines())
          .containsExactly(Long.toString(sleeper.pid()));
    }
  }

  @Test
  void failedCommandsSayWhere() {
    try (Lab lab = Lab.open()) {
      LabHost a = lab.addHost("a");
      assertThatThrownBy(() -> a.exec("ip", "link", "show", "eth7"))
          .isInstanceOf(LabException.class)
          .hasMessageContaining(a.namespace())
          .hasMessageContaining("eth7");
      assertThat(a.tryExec("false").exitCode()).isEqualTo(1);
    }
  }

  @Test
  void cutCableTakesTheCarrierAndLinkDownDoesNot() {
    try (Lab lab = Lab.open()) {
      LabHost a = lab.addHost("a", "172.17.16.7");
      LabHost b = lab.addHost("b", "172.17.16.13");
      a.cutCable();
      assertThat(a.exec("ip", "-o", "link", "show", "eth0")).contains("NO-CARRIER", ",UP>");
      assertThat(b.arpAnswer("172.17.16.7")).isEmpty();
      a.plugCable();
      assertThat(b.arpAnswer("172.17.16.7")).contains(a.mac());
      a.linkDown();
      assertThat(a.exec("ip", "-o", "link", "show", "eth0")).doesNotContain("UP");
      assertThat(a.hasAddress("172.17.16.7")).isTrue();
      assertThat(b.arpAnswer("172.17.16.7")).isEmpty();
      a.linkUp();
      assertThat(b.arpAnswer("172.17.16.7")).contains(a.mac());
    }
  }

  @Test
  void theWireLosesOneDirectionAndOneKindAndTheCaptureStillSeesIt() {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost a = lab.addHost("a", "172.17.16.7");
      LabHost b = lab.addHost("b", "172.17.16.13");
      LabHost c = lab.addHost("c", "172.17.16.20");
      lab.wire().lose(a, b, Traffic.ARP);
      capture.drain();
      int before = capture.frames().size();
      assertThat(a.arpAnswer("172.17.16.13")).isEmpty();
      assertThat(a.arpAnswer("172.17.16.20")).contains(c.mac());
      assertThat(c.arpAnswer("172.17.16.13")).contains(b.mac());
      capture.drain();
      assertThat(capture.frames().stream().skip(before))
          .anyMatch(frame ->
              frame.packet() instanceof Packet.Arp arp
                  && arp.senderMac().equals(a.mac())
                  && arp.targetIp().equals("172.17.16.13"));
      lab.wire().heal();
      assertThat(a.arpAnswer("172.17.16.13")).contains(b.mac());
      lab.wire().loseTo(b, Traffic.ALL);
      assertThat(c.tryExec("ping", "-c", "1", "-W", "1", "172.17.16.13").ok()).isFalse();
      lab.wire().heal();
      lab.wire().loseFrom(b, Traffic.VRRP);
      assertThat(c.tryExec("ping", "-c", "1", "-W", "1", "172.17.16.13").ok()).isTrue();
    }
  }

  @Test
  void drainedCaptureHasEveryFrameSentBeforeAndItsTimesLieBetween() {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost a = lab.addHost("a", "172.17.16.7");
      LabHost b = lab.addHost("b", "172.17.16.13");
      long before = System.nanoTime();
      a.exec("ping", "-q", "-c", "2000", "-f", "-i", "0", b.address());
      long after = System.nanoTime();
      capture.drain();
      assertThat(capture.dropped()).isZero();
      var echoes =
          capture.frames(frame ->
              frame.packet() instanceof Packet.Other other && other.what().equals("IP protocol 1"));
      assertThat(echoes).hasSize(4000);
      assertThat(echoes.getFirst().nanos()).isBetween(before, after);
      assertThat(echoes.getLast().nanos()).isBetween(before, after);
    }
  }

  @Test
  void addressesAreWatched() {
    try (Lab lab = Lab.open()) {
      LabHost a = lab.addHost("a", "172.17.16.7");
      LabProcess monitor = a.monitorAddresses();
      long before = System.nanoTime();
      a.addAddress("172.17.16.3/32");
      LabProcess.Line added =
          monitor.awaitLine(line -> line.contains("172.17.16.3/32"), before, LIMIT);
      assertThat(added.text()).doesNotContain("Deleted");
      assertThat(a.hasAddress("172.17.16.3")).isTrue();
      long between = System.nanoTime();
      a.removeAddress("172.17.16.3/32");
      assertThat(monitor.awaitLine(line -> line.contains("172.17.16.3/32"), between, LIMIT).text())
          .startsWith("Deleted");
      assertThat(a.hasAddress("172.17.16.3")).isFalse();
    }
  }

  @Test
  void wrongNamesAndSubnetsAreRefused() {
    assertThatThrownBy(() -> Lab.open("fd00::/64")).isInstanceOf(LabException.class);
    try (Lab lab = Lab.open("10.9.0.0/16")) {
      assertThatThrownBy(() -> lab.addHost("bridge")).hasMessageContaining("bridge");
      assertThatThrownBy(() -> lab.addHost("A b")).isInstanceOf(LabException.class);
      LabHost a = lab.addHost("a", "10.9.1.1");
      assertThat(a.exec("ip", "-o", "addr", "show", "eth0")).contains("10.9.1.1/16");
      assertThatThrownBy(() -> lab.addHost("a")).hasMessageContaining("File exists");
    }
  }
}
