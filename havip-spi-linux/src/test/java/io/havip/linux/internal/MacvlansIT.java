package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.linux.internal.Member.Heard;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import io.havip.spi.VirtualMacs.VirtualLink;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Interfaces with a virtual MAC address on real kernels. */
class MacvlansIT {

  private static final String NAME = "vrrp.51";
  private static final MacAddress VMAC = MacAddress.virtualRouter(51, IpFamily.IPV4);
  private static final VirtualAddress VIP = VirtualAddress.parse("172.17.16.3/32");
  private static final VirtualAddress VIP6 = VirtualAddress.parse("fd00:9::50/64");
  private static final IpAddress GROUP = IpAddress.parse("224.0.0.18");
  private static final IpAddress GROUP6 = IpAddress.parse("ff02::12");
  private static final byte[] MESSAGE = HexFormat.of().parseHex("3133640100640000ac111003");
  private static final byte[] MESSAGE6 =
      HexFormat.of().parseHex("3133640100640000fd000009000000000000000000000050");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static Lab lab;
  private static Member holder;
  private static Member other;
  private static LabHost client;

  private VirtualLink link;

  @BeforeAll
  static void open() {
    RealNetwork.assume("tcpdump", "arping");
    lab = Lab.open();
    holder = new Member(lab.addHost("holder", "172.17.16.7", "fd00:9::7/64"));
    other = new Member(lab.addHost("other", "172.17.16.13"));
    client = lab.addHost("client", "172.17.16.100", "fd00:9::100/64");
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      holder.close();
      other.close();
      lab.close();
    }
  }

  @BeforeEach
  void make() {
    link = open(NAME);
  }

  @AfterEach
  void remove() {
    holder.run(link::close);
    holder.closePorts();
    other.closePorts();
  }

  private static VirtualLink open(String name) {
    return holder.call(
        () -> holder.platform.virtualMacs().orElseThrow().open(LabHost.INTERFACE, name, VMAC));
  }

  private void serve(VirtualAddress address) {
    assertThat(holder.call(link::raise)).isEqualTo(Outcome.DONE);
    assertThat(holder.call(() -> holder.platform.addresses().add(NAME, address)))
        .isEqualTo(Outcome.DONE);
  }

  @Test
  void itIsDownUntilRaisedAndDownAgainWhenLowered() {
    assertThat(isUp()).isFalse();
    assertThat(holder.call(link::raise)).isEqualTo(Outcome.DONE);
    assertThat(isUp()).isTrue();
    assertThat(holder.call(link::lower)).isEqualTo(Outcome.DONE);
    assertThat(isUp()).isFalse();
  }

  private boolean isUp() {
    return holder.call(() -> holder.platform.links().find(NAME).orElseThrow().up());
  }

  @Test
  void onlyTheVirtualMacAnswersForTheAddress() {
    serve(VIP);
    assertThat(client.allArpAnswers("172.17.16.3")).isEqualTo(Set.of(VMAC.toString()));
    assertThat(client.exec("ping", "-c1", "-W2", "172.17.16.3")).contains("1 received");
    assertThat(client.neighbourMac("172.17.16.3")).contains(VMAC.toString());
  }

  @Test
  void onlyTheInterfacesMacAnswersForTheHostsOwnAddress() {
    serve(VIP);
    assertThat(client.allArpAnswers(holder.host.address())).isEqualTo(Set.of(holder.host.mac()));
  }

  @Test
  void anIpv6AddressIsReachableAtTheVirtualMacAtOnce() {
    serve(VIP6);
    assertThat(client.exec("ping", "-c1", "-W2", "fd00:9::50")).contains("1 received");
    assertThat(client.neighbourMac("fd00:9::50")).contains(VMAC.toString());
  }

  @Test
  void nobodyAnswersOnceItIsLowered() {
    serve(VIP);
    assertThat(holder.call(link::lower)).isEqualTo(Outcome.DONE);
    assertThat(client.allArpAnswers("172.17.16.3")).isEmpty();
  }

  @Test
  void theHostAsksForNeighboursWithItsOwnAddress() {
    serve(VIP);
    try (Capture capture = lab.capture()) {
      long since = System.nanoTime();
      holder.host.tryExec("ping", "-c1", "-W1", "-I", "172.17.16.3", "172.17.16.200");
      Frame question =
          capture.awaitFrame(
              "the question for 172.17.16.200",
              frame -> frame.hex().contains("0806") && frame.hex().endsWith("ac1110c8"),
              since,
              LIMIT);
      assertThat(question.hex()).doesNotContain("ac111003");
    }
  }

  @Test
  void advertsLeaveFromTheVirtualMacWithTheSourceOfTheInterfaceBelow() {
    sendFromTheVirtualInterface(IpFamily.IPV4, GROUP, holder.address(), MESSAGE);
  }

  @Test
  void ipv6AdvertsLeaveFromTheVirtualMacWithTheLinkLocalAddressOfTheInterfaceBelow() {
    sendFromTheVirtualInterface(IpFamily.IPV6, GROUP6, holder.linkLocal(), MESSAGE6);
  }

  private void sendFromTheVirtualInterface(
      IpFamily family, IpAddress group, IpAddress source, byte[] message) {
    assertThat(holder.call(link::raise)).isEqualTo(Outcome.DONE);
    AdvertPort sending = holder.open(NAME, family);
    AdvertPort hearing = other.open(family);
    other.run(() -> hearing.join(group));
    try (Capture capture = lab.capture()) {
      long since = System.nanoTime();
      holder.run(() -> sending.send(source, group, 255, message, message.length));
      Heard heard = other.take();
      assertThat(heard.source()).isEqualTo(source);
      assertThat(heard.hopLimit()).isEqualTo(255);
      String virtual = VMAC.toString().replace(":", "");
      capture.awaitFrame(
          "an advert from the virtual MAC",
          frame -> frame.isAdvert(51) && frame.hex().startsWith(virtual, 12),
          since,
          LIMIT);
    }
    assertThat(holder.failures).isEmpty();
  }

  @Test
  void theInterfaceBelowIsLeftAsItWas() {
    assertThat(setting("eth0/arp_ignore")).isEqualTo("1");
    assertThat(setting("eth0/arp_announce")).isEqualTo("2");
    holder.run(link::close);
    assertThat(setting("eth0/arp_ignore")).isEqualTo("0");
    assertThat(setting("eth0/arp_announce")).isEqualTo("0");
    assertThat(holder.host.exec("ip", "link")).doesNotContain(NAME);
  }

  private static String setting(String path) {
    return holder.host.exec("cat", "/proc/sys/net/ipv4/conf/" + path).strip();
  }

  @Test
  void aLeftOverOfADeadProcessIsMadeAnew() {
    holder.run(link::close);
    holder.host.exec(
        "ip",
        "link",
        "add",
        "link",
        "eth0",
        "name",
        NAME,
        "address",
        VMAC.toString(),
        "type",
        "macvlan");
    holder.host.exec("ip", "link", "set", NAME, "up");
    holder.host.exec("ip", "addr", "add", "172.17.16.3/32", "dev", NAME);
    link = open(NAME);
    assertThat(isUp()).isFalse();
    assertThat(holder.host.hasAddress("172.17.16.3")).isFalse();
  }

  @Test
  void anInterfaceOfAnotherMacIsNotTouched() {
    holder.host.exec("ip", "link", "add", "link", "eth0", "name", "mine0", "type", "macvlan");
    try {
      assertThatThrownBy(() -> open("mine0"))
          .isInstanceOf(PlatformException.class)
          .hasMessageContaining("mine0 exists and its MAC address is");
      assertThat(holder.host.exec("ip", "link")).contains("mine0");
    } finally {
      holder.host.exec("ip", "link", "del", "mine0");
    }
  }

  @Test
  void oneThatSomebodyRemovedIsMadeAnewWhenRaised() {
    holder.host.exec("ip", "link", "del", NAME);
    serve(VIP);
    assertThat(client.allArpAnswers("172.17.16.3")).isEqualTo(Set.of(VMAC.toString()));
  }

  @Test
  void closingThePlatformRemovesIt() {
    Member brief = new Member(lab.addHost("brief", "172.17.16.20"));
    brief.run(() -> brief.platform.virtualMacs().orElseThrow().open(LabHost.INTERFACE, NAME, VMAC));
    assertThat(brief.host.exec("ip", "link")).contains(NAME);
    brief.close();
    assertThat(brief.host.exec("ip", "link")).doesNotContain(NAME);
  }
}
