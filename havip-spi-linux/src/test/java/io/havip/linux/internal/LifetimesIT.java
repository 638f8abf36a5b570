package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.internal.netlink.Addresses;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.LinkMonitor;
import io.havip.spi.Outcome;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Addresses that the kernel takes off by itself. */
class LifetimesIT {

  private static final String ETH0 = LabHost.INTERFACE;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final VirtualAddress FOUR = VirtualAddress.parse("172.17.16.3/32");
  private static final VirtualAddress SIX = VirtualAddress.parse("fd00::3/64");
  private static final List<IpAddress> BOTH = List.of(FOUR.address(), SIX.address());

  private static Lab lab;
  private static Member a;

  @BeforeAll
  static void open() {
    RealNetwork.assume();
    lab = Lab.open();
    a = new Member(lab.addHost("a", "172.17.16.7", "fd00::7"));
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      a.close();
      lab.close();
    }
  }

  @AfterEach
  void forget() {
    a.run(() -> BOTH.forEach(address -> addresses().lifetime(address, 0)));
  }

  private static Addresses addresses() {
    return ((LinuxBinder) a.platform.addresses()).addresses();
  }

  private static void add(int seconds) {
    a.run(() -> {
      for (VirtualAddress address : List.of(FOUR, SIX)) {
        addresses().lifetime(address.address(), seconds);
        assertThat(addresses().add(ETH0, address)).isEqualTo(Outcome.DONE);
      }
    });
  }

  private static void remove() {
    a.run(() -> {
      addresses().remove(ETH0, FOUR);
      addresses().remove(ETH0, SIX);
    });
  }

  private static boolean present() {
    return a.host.hasAddress("172.17.16.3") && a.host.hasAddress("fd00::3");
  }

  @Test
  void anAddressThatNobodyRenewsGoesAndIsLost() {
    Recorder recorder = new Recorder();
    LinkMonitor.Watch watch = a.call(() -> a.platform.links().watch(ETH0, recorder));
    add(1);
    assertThat(present()).isTrue();
    a.host.awaitNoAddress("172.17.16.3", LIMIT);
    a.host.awaitNoAddress("fd00::3", LIMIT);
    List<IpAddress> lost = new ArrayList<>();
    while (lost.size() < 2) {
      if (a.take(recorder.events, "event") instanceof Recorder.Event.Lost event) {
        lost.add(event.address().address());
      }
    }
    assertThat(lost).containsExactlyInAnyOrderElementsOf(BOTH);
    a.run(watch::close);
  }

  @Test
  void renewalsKeepItAndAreNoChange() {
    add(2);
    Recorder recorder = new Recorder();
    LinkMonitor.Watch watch = a.call(() -> a.platform.links().watch(ETH0, recorder));
    long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
    Await.until(
        "twice the lifetime to pass",
        LIMIT,
        () -> {
          a.run(() -> addresses().renew(BOTH, Long.MAX_VALUE));
          assertThat(present()).isTrue();
          return System.nanoTime() > end;
        });
    assertThat(recorder.events).isEmpty();
    a.run(watch::close);
    remove();
    assertThat(present()).isFalse();
  }

  @Test
  void aRenewalBringsNoRemovedAddressBack() {
    for (int i = 0; i < 50; i++) {
      add(2);
      a.run(() -> addresses().renew(BOTH, Long.MAX_VALUE));
      remove();
    }
    a.run(() -> addresses().renew(BOTH, Long.MAX_VALUE));
    assertThat(a.host.exec("ip", "addr", "show")).doesNotContain("172.17.16.3/", "fd00::3/");
  }

  @Test
  void whatWasThereForEverGetsALifetimeToo() {
    a.host.addAddress("172.17.16.3/32");
    add(2);
    Await.until(
        "a lifetime", LIMIT, () -> a.host.exec("ip", "addr", "show").contains("valid_lft 2sec"));
    remove();
  }

  @Test
  void aRenewalThatComesTooLateIsNone() {
    add(1);
    long past = a.call(() -> a.platform.timers().now()) - 1;
    Await.until(
        "the end of the lifetime",
        LIMIT,
        () -> {
          a.run(() -> addresses().renew(BOTH, past));
          return !a.host.hasAddress("172.17.16.3") && !a.host.hasAddress("fd00::3");
        });
  }
}
