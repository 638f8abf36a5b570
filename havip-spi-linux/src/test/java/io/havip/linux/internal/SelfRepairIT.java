package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * L11 on a real host, through a real node: what somebody else takes away is put back, or the member
 * stands down and says why. The bound of property and issue is 50 ms; a loaded machine gets more.
 */
class SelfRepairIT {

  private static final String VIP = "172.17.16.3";
  private static final String OWN = "172.17.16.7";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** From before the command starts, so that the command's own time is in it. */
  private static final Duration NOTICED = Duration.ofSeconds(2);

  private final List<HavipEvent> events = new CopyOnWriteArrayList<>();
  private Lab lab;
  private LabHost host;
  private Capture capture;
  private LinuxPlatform platform;
  private HavipNode node;

  @BeforeEach
  void open() {
    RealNetwork.assume("tcpdump");
    lab = Lab.open();
    host = lab.addHost("ours", OWN);
    var _ = lab.addHost("client", "172.17.16.100");
    capture = lab.capture();
  }

  @AfterEach
  void close() {
    if (node != null) {
      node.close();
    }
    if (platform != null) {
      platform.close();
    }
    if (lab != null) {
      capture.close();
      lab.close();
    }
  }

  private void serve(String interfaceName, String vip) {
    platform =
        LinuxPlatform.open(
            new PlatformOptions("ours", FenceOptions.NONE),
            NetworkNamespace.threads(host.namespace()));
    node =
        HavipNode.builder(
                HavipConfig.of(
                    VirtualRouterConfig.builder("web")
                        .interfaceName(interfaceName)
                        .vrid(51)
                        .advertInterval(Duration.ofMillis(200))
                        .address(VirtualAddress.parse(vip))
                        .build()))
            .platform(platform)
            .listener(events::add)
            .start();
    awaitState(RouterState.ACTIVE);
    host.awaitAddress(VIP, LIMIT);
  }

  private void awaitState(RouterState wanted) {
    Await.until(
        "our member to be " + wanted,
        LIMIT,
        () -> node.snapshot().routers().getFirst(),
        router -> router.state() == wanted);
  }

  private HavipEvent awaitEvent(long since, Predicate<HavipEvent> wanted) {
    return Await.until(
            "an event among " + events,
            LIMIT,
            () -> events.stream().filter(e -> e.at().nanos() >= since).filter(wanted).findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  private static Predicate<HavipEvent> faultBecause(String words) {
    return event ->
        event instanceof HavipEvent.StateChanged change
            && change.to() == RouterState.FAULT
            && change.cause().describe().contains(words);
  }

  private static void assertSoon(long since, HavipEvent noticed) {
    assertThat(Duration.ofNanos(noticed.at().nanos() - since)).isLessThan(NOTICED);
  }

  @Test
  void anAddressThatSomebodyDeletesIsPutBackAndAnnounced() {
    serve(LabHost.INTERFACE, VIP + "/32");
    long since = System.nanoTime();
    host.removeAddress(VIP + "/32");

    assertSoon(since, awaitEvent(since, e -> e instanceof HavipEvent.AddressLost));
    host.awaitAddress(VIP, NOTICED);
    capture.awaitFrame(
        "another announcement", f -> f.isAnnouncement(VIP, host.mac()), since, LIMIT);
    assertThat(node.snapshot().routers().getFirst().state()).isEqualTo(RouterState.ACTIVE);
  }

  /** A secondary address goes with the primary one of its subnet. */
  @Test
  void anAddressThatGoesWithTheHostsOwnIsNotLeftInLimbo() {
    serve(LabHost.INTERFACE, VIP + "/24");
    long since = System.nanoTime();
    host.removeAddress(OWN + "/24");

    assertSoon(since, awaitEvent(since, faultBecause("does not have an IPv4 address")));
    host.awaitNoAddress(VIP, LIMIT);
    host.addAddress(OWN + "/24");
    awaitState(RouterState.ACTIVE);
    host.awaitAddress(VIP, LIMIT);
  }

  @Test
  void whoLosesItsSourceAddressGivesTheVirtualOneUp() {
    serve(LabHost.INTERFACE, VIP + "/32");
    long since = System.nanoTime();
    host.removeAddress(OWN + "/24");

    assertSoon(since, awaitEvent(since, faultBecause("does not have an IPv4 address")));
    host.awaitNoAddress(VIP, NOTICED);
    host.addAddress(OWN + "/24");
    awaitState(RouterState.ACTIVE);
    host.awaitAddress(VIP, LIMIT);
  }

  @Test
  void aFlushByANetworkManagerEndsInFaultOrRepairAndNeverInSilence() {
    serve(LabHost.INTERFACE, VIP + "/32");
    long since = System.nanoTime();
    host.exec(
        "sh", "-c", "ip addr flush dev eth0 scope global && ip addr add " + OWN + "/24 dev eth0");

    awaitEvent(
        since,
        e ->
            e instanceof HavipEvent.AddressLost
                || faultBecause("does not have an IPv4 address").test(e));
    awaitState(RouterState.ACTIVE);
    host.awaitAddress(VIP, LIMIT);
    capture.awaitFrame(
        "another announcement", f -> f.isAnnouncement(VIP, host.mac()), since, LIMIT);
  }

  /** The address would stay on the interface under its other name. */
  @Test
  void aRenamedInterfaceDoesNotKeepTheAddress() {
    serve(LabHost.INTERFACE, VIP + "/32");
    long since = System.nanoTime();
    host.exec(
        "sh", "-c", "ip link set eth0 down && ip link set eth0 name other && ip link set other up");

    assertSoon(since, awaitEvent(since, faultBecause("interface eth0")));
    host.awaitNoAddress(VIP, LIMIT);
    long back = System.nanoTime();
    host.exec(
        "sh", "-c", "ip link set other down && ip link set other name eth0 && ip link set eth0 up");
    awaitState(RouterState.ACTIVE);
    host.awaitAddress(VIP, LIMIT);
    capture.awaitFrame("another announcement", f -> f.isAnnouncement(VIP, host.mac()), back, LIMIT);
  }

  @Test
  void anInterfaceThatIsMadeAnewIsServedAnew() {
    makeCable();
    serve("cable0", VIP + "/32");
    long since = System.nanoTime();
    host.exec("ip", "link", "del", "cable0");

    assertSoon(since, awaitEvent(since, faultBecause("interface cable0")));
    makeCable();
    awaitState(RouterState.ACTIVE);
    assertThat(host.exec("ip", "-o", "addr", "show", "dev", "cable0")).contains(VIP + "/32");
    long settled = node.snapshot().routers().getFirst().counters().advertsSent();
    Await.until(
        "adverts on the new interface",
        LIMIT,
        () -> node.snapshot().routers().getFirst().counters().advertsSent() > settled + 2);
    assertThat(events)
        .noneMatch(e -> e.at().nanos() > since && e instanceof HavipEvent.OperationFailed);
  }

  private void makeCable() {
    host.exec("ip", "link", "add", "cable0", "type", "veth", "peer", "name", "cable1");
    host.exec("ip", "addr", "add", "172.17.17.7/24", "dev", "cable0");
    host.exec("ip", "link", "set", "cable1", "up");
    host.exec("ip", "link", "set", "cable0", "up");
  }

  @Test
  void aFlappingLinkCostsTheRoleAndGivesItBack() {
    serve(LabHost.INTERFACE, VIP + "/32");
    for (int i = 0; i < 3; i++) {
      long since = host.cutCable();
      assertSoon(since, awaitEvent(since, faultBecause("interface eth0 is down")));
      assertSoon(
          since,
          awaitEvent(since, e -> e instanceof HavipEvent.LinkChanged change && !change.up()));
      long back = host.plugCable();
      awaitState(RouterState.ACTIVE);
      capture.awaitFrame(
          "an announcement after the flap", f -> f.isAnnouncement(VIP, host.mac()), back, LIMIT);
    }
  }
}
