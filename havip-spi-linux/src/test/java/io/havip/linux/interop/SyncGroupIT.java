package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import io.havip.testkit.lab.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two gateways between an inside and an outside network, one of them ours and the other Keepalived,
 * with the same sync group in both of their files: the two addresses are never at home on different
 * hosts.
 */
class SyncGroupIT {

  private static final Duration LIMIT = Scene.LIMIT;
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final String OUTSIDE = "eth1";
  private static final int INSIDE_VRID = 61;
  private static final int OUTSIDE_VRID = 62;
  private static final String INSIDE_VIP = "172.17.16.61";
  private static final String OUTSIDE_VIP = "10.62.0.62";

  private Scene scene;

  @BeforeEach
  void open() {
    RealNetwork.assume("keepalived", "tcpdump", "nft");
    scene = new Scene();
    scene.client.exec("ip", "link", "add", "outside", "type", "bridge", "mcast_snooping", "0");
    scene.client.exec("ip", "addr", "add", "10.62.0.100/24", "dev", "outside");
    scene.client.exec("ip", "link", "set", "outside", "up");
    plugIn(scene.ours, "10.62.0.7/24");
    plugIn(scene.theirs, "10.62.0.13/24");
  }

  /** A second interface, on a bridge in the client: the cable at its other end can be pulled. */
  private void plugIn(LabHost host, String address) {
    String port = "to-" + host.name();
    scene.client.exec(
        "ip",
        "link",
        "add",
        port,
        "type",
        "veth",
        "peer",
        "name",
        OUTSIDE,
        "netns",
        host.namespace());
    scene.client.exec("ip", "link", "set", port, "master", "outside", "up");
    host.exec("ip", "addr", "add", address, "dev", OUTSIDE);
    host.exec("ip", "link", "set", OUTSIDE, "up");
  }

  private long pullOutside(LabHost host) {
    long at = System.nanoTime();
    scene.client.exec("ip", "link", "set", "to-" + host.name(), "down");
    return at;
  }

  private long plugOutside(LabHost host) {
    long at = System.nanoTime();
    scene.client.exec("ip", "link", "set", "to-" + host.name(), "up");
    return at;
  }

  @AfterEach
  void close() throws Exception {
    if (scene != null) {
      scene.endRow();
      scene.close();
    }
  }

  /** What both programs read; only the priority differs. */
  private static KeepalivedConfig gateway(int priority) {
    return KeepalivedConfig.of(
            instance(INSIDE_VRID, "eth0", INSIDE_VIP, priority),
            instance(OUTSIDE_VRID, OUTSIDE, OUTSIDE_VIP, priority))
        .block("vrrp_sync_group GATEWAY", "group {", "VI_61", "VI_62", "}");
  }

  private static KeepalivedConfig.Instance instance(int vrid, String on, String vip, int priority) {
    return KeepalivedConfig.instance(vrid)
        .set("interface", on)
        .state("BACKUP")
        .version(3)
        .priority(priority)
        .advertInterval(INTERVAL)
        .vip(vip)
        .garp(2, Duration.ofSeconds(1), Duration.ZERO);
  }

  private FileMember ours(int priority) {
    return scene.closeLater(FileMember.start(scene.ours, gateway(priority)));
  }

  private Keepalived theirs(int priority) {
    return scene.closeLater(Keepalived.start(scene.theirs, gateway(priority)));
  }

  private static void await(Keepalived keepalived, State state) {
    keepalived.awaitState(INSIDE_VRID, state, LIMIT);
    keepalived.awaitState(OUTSIDE_VRID, state, LIMIT);
  }

  /** Both addresses are on this host, on no other, and the client reaches them there. */
  private void assertServedBy(LabHost holder) {
    LabHost other = holder == scene.ours ? scene.theirs : scene.ours;
    for (String vip : List.of(INSIDE_VIP, OUTSIDE_VIP)) {
      holder.awaitAddress(vip, LIMIT);
      other.awaitNoAddress(vip, LIMIT);
      Await.until(
          "the client to reach " + vip,
          LIMIT,
          () -> scene.client.tryExec("ping", "-c1", "-W1", vip).ok());
    }
    assertThat(scene.client.neighbourMac(INSIDE_VIP)).contains(holder.mac());
  }

  /** What our group told of itself, from the beginning. */
  private static List<RouterState> groupStates(FileMember ours) {
    return ours.events().stream()
        .filter(HavipEvent.GroupChanged.class::isInstance)
        .map(event -> ((HavipEvent.GroupChanged) event).to())
        .toList();
  }

  /** Our two routers became ACTIVE at one moment, each time. */
  private static void assertTogether(FileMember ours) {
    List<Long> inside = activeAt(ours, "VI_61");
    List<Long> outside = activeAt(ours, "VI_62");
    assertThat(inside).hasSameSizeAs(outside);
    for (int i = 0; i < inside.size(); i++) {
      assertThat(Duration.ofNanos(inside.get(i) - outside.get(i)).abs())
          .isLessThan(INTERVAL.dividedBy(2));
    }
  }

  private static List<Long> activeAt(FileMember ours, String router) {
    return ours.events().stream()
        .flatMap(event ->
            event instanceof HavipEvent.StateChanged changed
                    && changed.subject().equals(router)
                    && changed.to() == RouterState.ACTIVE
                ? Stream.of(changed.at().nanos())
                : Stream.empty())
        .toList();
  }

  @Test
  void aCableOfOursThatIsPulledMovesBothAddressesToKeepalived_andBothReturn() {
    FileMember ours = ours(200);
    ours.await(RouterState.ACTIVE, LIMIT);
    Keepalived theirs = theirs(100);
    await(theirs, State.BACKUP);
    assertServedBy(scene.ours);

    pullOutside(scene.ours);
    ours.await(RouterState.FAULT, LIMIT);
    await(theirs, State.MASTER);
    Await.until(
        "the inside address to be theirs alone",
        LIMIT,
        () -> scene.client.allArpAnswers(INSIDE_VIP).equals(java.util.Set.of(scene.theirs.mac())));

    plugOutside(scene.ours);
    ours.await(RouterState.ACTIVE, LIMIT);
    await(theirs, State.BACKUP);
    assertServedBy(scene.ours);
    assertThat(groupStates(ours))
        .containsExactly(
            RouterState.BACKUP,
            RouterState.ACTIVE,
            RouterState.FAULT,
            RouterState.BACKUP,
            RouterState.ACTIVE);
    assertTogether(ours);
  }

  @Test
  void aCableOfTheirsThatIsPulledMovesBothAddressesToUs_andBothReturn() {
    Keepalived theirs = theirs(200);
    await(theirs, State.MASTER);
    FileMember ours = ours(100);
    ours.await(RouterState.BACKUP, LIMIT);

    pullOutside(scene.theirs);
    await(theirs, State.FAULT);
    ours.await(RouterState.ACTIVE, LIMIT);
    Await.until(
        "the inside address to be ours alone",
        LIMIT,
        () -> scene.client.allArpAnswers(INSIDE_VIP).equals(java.util.Set.of(scene.ours.mac())));

    plugOutside(scene.theirs);
    await(theirs, State.MASTER);
    ours.await(RouterState.BACKUP, LIMIT);
    assertServedBy(scene.theirs);
    assertThat(groupStates(ours))
        .containsExactly(RouterState.BACKUP, RouterState.ACTIVE, RouterState.BACKUP);
    assertTogether(ours);
  }

  /** Keepalived is alive outside: taking the inside address would part the two. */
  @Test
  void silenceOnOneSideAloneElectsNobody() {
    Keepalived theirs = theirs(200);
    await(theirs, State.MASTER);
    FileMember ours = ours(100);
    ours.await(RouterState.BACKUP, LIMIT);
    scene.lab.wire().lose(scene.theirs, scene.ours, Traffic.VRRP);
    long until = System.nanoTime() + 10 * INTERVAL.toNanos();
    Await.until("ten intervals to pass", LIMIT, () -> System.nanoTime() - until > 0);
    assertThat(groupStates(ours)).containsExactly(RouterState.BACKUP);
    assertThat(scene.ours.hasAddress(INSIDE_VIP)).isFalse();
    scene.lab.wire().heal();
    theirs.stop();
    ours.await(RouterState.ACTIVE, LIMIT);
    assertServedBy(scene.ours);
  }
}
