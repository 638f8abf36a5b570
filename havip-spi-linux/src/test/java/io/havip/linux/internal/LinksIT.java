package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinksIT {

  private static Lab lab;
  private static Member a;

  @BeforeAll
  static void open() {
    RealNetwork.assume();
    lab = Lab.open();
    a = new Member(lab.addHost("a", "172.17.16.7"));
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      a.close();
      lab.close();
    }
  }

  private static Optional<Link> find(String name) {
    return a.call(() -> a.platform.links().find(name));
  }

  private static Recorder watch(String name) {
    Recorder recorder = new Recorder();
    LinkMonitor.Watch unused = a.call(() -> a.platform.links().watch(name, recorder));
    assertThat(unused).isNotNull();
    return recorder;
  }

  @Test
  void findTellsWhatTheHostHas() {
    Link link = find(LabHost.INTERFACE).orElseThrow();
    assertThat(link.name()).isEqualTo("eth0");
    assertThat(link.mac()).isEqualTo(MacAddress.parse(a.host.mac()));
    assertThat(link.up()).isTrue();
    assertThat(link.loopback()).isFalse();
    assertThat(link.mtu()).isEqualTo(1500);
    assertThat(link.sources(IpFamily.IPV4)).containsExactly(IpAddress.parse("172.17.16.7"));
    assertThat(link.index())
        .isEqualTo(Integer.parseInt(a.host.exec("cat", "/sys/class/net/eth0/ifindex").strip()));

    Link loopback = find("lo").orElseThrow();
    assertThat(loopback.loopback()).isTrue();
    assertThat(loopback.mac().isZero()).isTrue();
    assertThat(find("eth9")).isEmpty();
  }

  @Test
  void administrativeDownAndUpAreReported() {
    Recorder recorder = watch(LabHost.INTERFACE);
    a.host.linkDown();
    assertThat(recorder.until(a, link -> !link.up()).name()).isEqualTo("eth0");
    a.host.linkUp();
    assertThat(recorder.until(a, Link::up).name()).isEqualTo("eth0");
  }

  @Test
  void lossOfCarrierIsReported() {
    Recorder recorder = watch(LabHost.INTERFACE);
    a.host.cutCable();
    recorder.until(a, link -> !link.up());
    a.host.plugCable();
    recorder.until(a, Link::up);
  }

  @Test
  void interfaceThatIsNotThereYetIsReportedWhenItComesGoesAndComesBack() {
    Recorder recorder = watch("late");
    makePair("late", "late-peer");
    Link first = recorder.until(a, Link::up);
    removePair("late");
    recorder.untilGone(a);
    makePair("late", "late-peer");
    assertThat(recorder.until(a, Link::up).index()).isNotEqualTo(first.index());
    removePair("late");
  }

  @Test
  void renameIsGoneUnderTheOldNameAndChangedUnderTheNew() {
    a.host.exec("ip", "link", "add", "before", "type", "veth", "peer", "name", "before-peer");
    Recorder old = watch("before");
    Recorder renamed = watch("after");
    a.host.exec("ip", "link", "set", "before", "name", "after");
    old.untilGone(a);
    assertThat(renamed.next(a, Recorder.Event.Changed.class).link().name()).isEqualTo("after");
    removePair("after");
  }

  @Test
  void closedWatchIsSilent() {
    Recorder recorder = new Recorder();
    LinkMonitor.Watch watch = a.call(() -> a.platform.links().watch("quiet", recorder));
    Recorder witness = watch("quiet");
    a.run(watch::close);
    a.run(watch::close);
    makePair("quiet", "quiet-peer");
    witness.until(a, Link::up);
    assertThat(recorder.events).isEmpty();
    removePair("quiet");
  }

  @Test
  void aPortOfAnInterfaceThatIsGoneFails_andTheOneThatComesBackTakesAnother() {
    IpAddress group = IpAddress.parse("224.0.0.18");
    IpAddress source = IpAddress.parse("10.1.0.2");
    byte[] message = {0x31, 1, 100, 0};
    // One host hears itself here: its own address as a source would be refused otherwise.
    a.host.exec("sysctl", "-qw", "net.ipv4.conf.all.accept_local=1");
    a.host.exec("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0");
    a.host.exec("sysctl", "-qw", "net.ipv4.conf.default.rp_filter=0");
    makePair("veth1", "veth2");
    AdvertPort hears = a.open("veth1", IpFamily.IPV4);
    AdvertPort sends = a.open("veth2", IpFamily.IPV4);
    a.run(() -> hears.join(group));
    a.run(() -> sends.send(source, group, 255, message, message.length));
    assertThat(a.take().source()).isEqualTo(source);

    Recorder recorder = watch("veth2");
    removePair("veth1");
    recorder.untilGone(a);
    a.run(() -> sends.send(source, group, 255, message, message.length));
    assertThat(a.take(a.failures, "failure").describe()).contains("veth2 failed");

    makePair("veth1", "veth2");
    recorder.until(a, Link::up);
    a.run(() -> sends.send(source, group, 255, message, message.length));
    assertThat(a.take(a.failures, "failure").describe()).contains("veth2 failed");
    AdvertPort hearsAgain = a.open("veth1", IpFamily.IPV4);
    AdvertPort sendsAgain = a.open("veth2", IpFamily.IPV4);
    a.run(() -> hearsAgain.join(group));
    a.run(() -> sendsAgain.send(source, group, 255, message, message.length));
    assertThat(a.take().source()).isEqualTo(source);
    a.run(hears::close);
    a.run(sends::close);
    a.run(hearsAgain::close);
    a.run(sendsAgain::close);
    removePair("veth1");
  }

  /** Two interfaces of the host on one cable, the second with an address. */
  private static void makePair(String one, String other) {
    a.host.exec("ip", "link", "add", one, "type", "veth", "peer", "name", other);
    a.host.exec("ip", "addr", "add", "10.1.0.2/24", "dev", other);
    a.host.exec("ip", "link", "set", other, "up");
    a.host.exec("ip", "link", "set", one, "up");
  }

  private static void removePair(String one) {
    a.host.exec("ip", "link", "del", one);
  }

  @Test
  void lostEventsAreMadeUpForByReadingEverythingAgain() {
    makePair("flood", "flood-peer");
    Recorder recorder = watch("flood");
    // Each makes an event of more than a KiB; the queue holds 2 MiB of them.
    a.run(() ->
        a.host.exec(
            "sh",
            "-c",
            "for i in $(seq 2000 5999); do echo link set flood mtu $i; done | ip -batch -"));
    assertThat(recorder.until(a, link -> link.mtu() == 5999).up()).isTrue();
    assertThat(find("flood").orElseThrow().mtu()).isEqualTo(5999);
    removePair("flood");
  }
}
