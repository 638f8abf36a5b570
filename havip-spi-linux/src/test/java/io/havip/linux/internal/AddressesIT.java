package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.AddressScope;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.Outcome;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AddressesIT {

  private static final String ETH0 = LabHost.INTERFACE;

  private static Lab lab;
  private static Member a;
  private static LabHost neighbour;

  @BeforeAll
  static void open() {
    RealNetwork.assume();
    lab = Lab.open();
    a = new Member(lab.addHost("a", "172.17.16.7", "fd00::7"));
    neighbour = lab.addHost("b", "172.17.16.13", "fd00::13");
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      a.close();
      lab.close();
    }
  }

  @AfterEach
  void nothingStaysBehind() {
    assertThat(a.host.exec("ip", "addr", "show"))
        .doesNotContain("172.17.16.3")
        .doesNotContain("fd00::3");
  }

  private static Outcome add(VirtualAddress address) {
    return a.call(() -> a.platform.addresses().add(ETH0, address));
  }

  private static Outcome remove(VirtualAddress address) {
    return a.call(() -> a.platform.addresses().remove(ETH0, address));
  }

  private static Link link() {
    return a.call(() -> a.platform.links().find(ETH0).orElseThrow());
  }

  @Test
  void addedAddressHasAllItsParts() {
    VirtualAddress address =
        VirtualAddress.parse("172.17.16.3/32")
            .withLabel("eth0:vip")
            .withScope(AddressScope.LINK)
            .withBroadcast(IpAddress.parse("172.17.16.255"));
    assertThat(add(address)).isEqualTo(Outcome.DONE);
    assertThat(a.host.exec("ip", "-o", "addr", "show", "dev", ETH0))
        .contains("172.17.16.3/32 brd 172.17.16.255 scope link eth0:vip");
    assertThat(remove(address)).isEqualTo(Outcome.DONE);
  }

  @Test
  void addingAndRemovingTwiceIsDone() {
    VirtualAddress address = VirtualAddress.parse("172.17.16.3/32");
    assertThat(add(address)).isEqualTo(Outcome.DONE);
    assertThat(add(address)).isEqualTo(Outcome.DONE);
    assertThat(remove(address)).isEqualTo(Outcome.DONE);
    assertThat(remove(address)).isEqualTo(Outcome.DONE);
  }

  @Test
  void aLeftoverUnderAnotherPrefixOrLabelIsRemovedToo() {
    a.host.exec("ip", "addr", "add", "172.17.16.3/32", "dev", ETH0);
    a.host.exec("ip", "addr", "add", "172.17.16.3/24", "dev", ETH0, "label", "eth0:old");
    assertThat(remove(VirtualAddress.parse("172.17.16.3/24").withLabel("eth0:vip")))
        .isEqualTo(Outcome.DONE);
    assertThat(a.host.hasAddress("172.17.16.3")).isFalse();
  }

  @Test
  void linkShowsOwnChangesAtOnce() {
    for (String text : new String[] {"172.17.16.3/32", "fd00::3/64"}) {
      VirtualAddress address = VirtualAddress.parse(text);
      a.run(() -> {
        LinkMonitor links = a.platform.links();
        a.platform.addresses().add(ETH0, address);
        assertThat(links.find(ETH0).orElseThrow().has(address.address())).isTrue();
        a.platform.addresses().remove(ETH0, address);
        assertThat(links.find(ETH0).orElseThrow().has(address.address())).isFalse();
      });
    }
  }

  @Test
  void ipv6AddressIsUsableWhenAddReturns() {
    VirtualAddress address = VirtualAddress.parse("fd00::3/64");
    for (int i = 0; i < 20; i++) {
      String table =
          a.call(() -> {
            assertThat(a.platform.addresses().add(ETH0, address)).isEqualTo(Outcome.DONE);
            // The command's start takes longer than the kernel's worker, so the loop asks too.
            return a.host.exec("ip", "-6", "route", "get", "fd00::3");
          });
      assertThat(table).startsWith("local fd00::3");
      assertThat(a.host.exec("ip", "-6", "-o", "addr", "show", "dev", ETH0))
          .contains("fd00::3/64")
          .doesNotContain("tentative");
      assertThat(remove(address)).isEqualTo(Outcome.DONE);
    }
  }

  @Test
  void neighboursReachTheAddressFromThenOn() {
    VirtualAddress address = VirtualAddress.parse("172.17.16.3/32");
    assertThat(neighbour.arpAnswer("172.17.16.3")).isEmpty();
    add(address);
    assertThat(neighbour.arpAnswer("172.17.16.3")).contains(a.host.mac());
    remove(address);
    assertThat(neighbour.arpAnswer("172.17.16.3")).isEmpty();
  }

  @Test
  void addressMayNameItsOwnDevice() {
    VirtualAddress address = VirtualAddress.parse("172.17.16.3/32").withDevice("lo");
    assertThat(add(address)).isEqualTo(Outcome.DONE);
    assertThat(a.host.exec("ip", "-o", "addr", "show", "dev", "lo")).contains("172.17.16.3/32");
    assertThat(remove(address)).isEqualTo(Outcome.DONE);
  }

  @Test
  void missingInterfaceFailsOnAddAndIsDoneOnRemove() {
    VirtualAddress address = VirtualAddress.parse("172.17.16.3/32").withDevice("eth9");
    assertThat(add(address))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.describe())
                    .contains("add 172.17.16.3/32 to eth9")
                    .contains("ENODEV"));
    assertThat(remove(address)).isEqualTo(Outcome.DONE);
  }

  @Test
  void foreignRemovalIsReportedAfterTheChange() {
    VirtualAddress address = VirtualAddress.parse("172.17.16.3/32");
    Recorder recorder = new Recorder();
    LinkMonitor.Watch watch = a.call(() -> a.platform.links().watch(ETH0, recorder));
    add(address);
    assertThat(recorder.next(a, Recorder.Event.Changed.class).link().has(address.address()))
        .isTrue();
    a.host.removeAddress("172.17.16.3/32");
    assertThat(recorder.next(a, Recorder.Event.Changed.class).link().has(address.address()))
        .isFalse();
    assertThat(recorder.next(a, Recorder.Event.Lost.class).address()).isEqualTo(address);
    a.run(watch::close);
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void ownRemovalIsAChangeButNoLoss() {
    VirtualAddress address = VirtualAddress.parse("172.17.16.3/32");
    add(address);
    Recorder recorder = new Recorder();
    LinkMonitor.Watch watch = a.call(() -> a.platform.links().watch(ETH0, recorder));
    remove(address);
    assertThat(recorder.next(a, Recorder.Event.Changed.class).link().has(address.address()))
        .isFalse();
    // Another address makes a later event: a loss would have come before it.
    a.host.addAddress("172.17.16.4/32");
    assertThat(recorder.next(a, Recorder.Event.Changed.class).link().has(address.address()))
        .isFalse();
    a.host.removeAddress("172.17.16.4/32");
    recorder.next(a, Recorder.Event.Changed.class);
    a.run(watch::close);
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void addressThatTheKernelRemovesWithItsPrimaryIsLost() {
    a.host.addAddress("10.9.0.1/24");
    VirtualAddress address = VirtualAddress.parse("10.9.0.3/24");
    Recorder recorder = new Recorder();
    add(address);
    LinkMonitor.Watch watch = a.call(() -> a.platform.links().watch(ETH0, recorder));
    a.host.exec("sysctl", "-qw", "net.ipv4.conf.all.promote_secondaries=0");
    a.host.exec("sysctl", "-qw", "net.ipv4.conf.eth0.promote_secondaries=0");
    a.host.removeAddress("10.9.0.1/24");
    Recorder.Event event = a.take(recorder.events, "event");
    while (event instanceof Recorder.Event.Changed) {
      event = a.take(recorder.events, "event");
    }
    assertThat(event).isEqualTo(new Recorder.Event.Lost(address));
    a.run(watch::close);
  }

  @Test
  void orderOfIpv4AddressesIsThatOfTheKernel() {
    String[] added = {"10.9.0.1/24", "10.9.0.2/24", "10.8.0.1/24", "10.9.0.3/32", "10.6.0.1/24"};
    for (String address : added) {
      String scope = address.startsWith("10.8") ? "link" : "global";
      a.host.exec("ip", "addr", "add", address, "dev", ETH0, "scope", scope);
    }
    try (Member fresh = new Member(a.host)) {
      Link dumped = fresh.call(() -> fresh.platform.links().find(ETH0).orElseThrow());
      assertThat(link().addresses().stream().filter(AddressesIT::isIpv4).toList())
          .isEqualTo(dumped.addresses().stream().filter(AddressesIT::isIpv4).toList())
          .hasSize(1 + added.length);
    } finally {
      for (String address : added) {
        a.host.tryExec("ip", "addr", "del", address, "dev", ETH0);
      }
    }
  }

  private static boolean isIpv4(Link.LinkAddress address) {
    return address.address().family() == IpFamily.IPV4;
  }

  @Test
  void reservationExcludesOthersOnTheHostUntilReleased() {
    IpAddress address = IpAddress.parse("172.17.16.3");
    Member other = new Member(a.host);
    try {
      assertThat(a.call(() -> a.platform.addresses().reserve(address))).isEqualTo(Outcome.DONE);
      assertThat(a.call(() -> a.platform.addresses().reserve(address)))
          .as("another node on the same platform")
          .isInstanceOf(Outcome.Failed.class);
      assertThat(other.call(() -> other.platform.addresses().reserve(address)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.describe()).contains("another member on this host"));
      a.run(() -> a.platform.addresses().release(address));
      a.run(() -> a.platform.addresses().release(address));
      assertThat(other.call(() -> other.platform.addresses().reserve(address)))
          .isEqualTo(Outcome.DONE);
    } finally {
      other.close();
    }
    assertThat(a.call(() -> a.platform.addresses().reserve(address))).isEqualTo(Outcome.DONE);
    a.run(() -> a.platform.addresses().release(address));
  }

  @Test
  void reservationOfAnotherHostDoesNotMatter() {
    IpAddress address = IpAddress.parse("172.17.16.3");
    Member b = new Member(neighbour);
    try {
      assertThat(a.call(() -> a.platform.addresses().reserve(address))).isEqualTo(Outcome.DONE);
      assertThat(b.call(() -> b.platform.addresses().reserve(address))).isEqualTo(Outcome.DONE);
    } finally {
      a.run(() -> a.platform.addresses().release(address));
      b.close();
    }
  }
}
