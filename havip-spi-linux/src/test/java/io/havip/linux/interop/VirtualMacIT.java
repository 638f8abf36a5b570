package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.Reconfiguration.Change;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.Packet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code use_vmac} and {@code vmac_xmit_base} as a file says them, and files that change them. */
class VirtualMacIT extends OnScene {

  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final int VRID = 81;
  private static final String VIP = "172.17.16.81";
  private static final String OTHER_VIP = "172.17.16.82";
  private static final String VMAC = "00:00:5e:00:01:51";
  private static final String DEVICE = "vrrp.81";

  @BeforeAll
  static void openScene() {
    open("keepalived", "tcpdump");
  }

  private static KeepalivedConfig.Instance instance(int priority) {
    return KeepalivedConfig.instance(VRID)
        .version(3)
        .priority(priority)
        .advertInterval(INTERVAL)
        .vip(VIP)
        .garp(2, Duration.ZERO, Duration.ZERO)
        .set("use_vmac", "");
  }

  private static FileMember ours(KeepalivedConfig.Instance instance) {
    return scene.closeLater(FileMember.start(scene.ours, KeepalivedConfig.of(instance)));
  }

  private static Change apply(FileMember ours, KeepalivedConfig.Instance instance) {
    HavipConfig next =
        KeepalivedReader.read(
                KeepalivedConfig.of(instance).render(), "keepalived.conf", ReadOptions.DEFAULT)
            .orElseThrow();
    return ours.node().apply(next).changes().getFirst();
  }

  /** The source MAC address of the next advert of a host. */
  private static String advertMac(LabHost host) {
    Frame advert =
        scene.capture.awaitFrame(
            "an advert",
            frame -> frame.isAdvert(VRID, host.address()),
            System.nanoTime(),
            Scene.LIMIT);
    return ((Packet.VrrpAdvert) advert.packet()).sourceMac();
  }

  private static RouterSnapshot router(FileMember ours) {
    return ours.node().snapshot().routers().getFirst();
  }

  private static void awaitReachedAt(String vip, String mac) {
    Await.until(
        "the client to find " + vip + " at " + mac,
        Scene.LIMIT,
        () ->
            scene.client.tryExec("ping", "-c1", "-W1", vip).ok()
                && scene.client.neighbourMac(vip).filter(mac::equals).isPresent());
  }

  @Test
  void advertsComeFromTheVirtualMac_orWithXmitBaseFromTheInterfacesOwn() {
    FileMember plain = ours(instance(200));
    plain.await(RouterState.ACTIVE, Scene.LIMIT);
    assertThat(advertMac(scene.ours)).isEqualTo(VMAC);
    awaitReachedAt(VIP, VMAC);
    plain.close();

    long since = System.nanoTime();
    FileMember fromBase = ours(instance(200).set("vmac_xmit_base", ""));
    fromBase.await(RouterState.ACTIVE, Scene.LIMIT);
    assertThat(advertMac(scene.ours)).isEqualTo(scene.ours.mac());
    scene.capture.awaitFrame(
        "its announcement", f -> f.isAnnouncement(VIP, VMAC), since, Scene.LIMIT);
    assertThat(scene.capture.frames(f -> f.nanos() - since >= 0 && f.isAnnouncement(VIP)))
        .allMatch(frame -> frame.isAnnouncement(VIP, VMAC));
    awaitReachedAt(VIP, VMAC);
  }

  @Test
  void withXmitBaseWeAndKeepalivedTakeOverFromEachOther() {
    Keepalived theirs =
        scene.closeLater(
            Keepalived.start(
                scene.theirs, KeepalivedConfig.of(instance(100).set("vmac_xmit_base", ""))));
    theirs.awaitState(VRID, State.MASTER, Scene.LIMIT);
    assertThat(advertMac(scene.theirs)).isEqualTo(scene.theirs.mac());

    FileMember ours = ours(instance(200).set("vmac_xmit_base", ""));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    theirs.awaitState(VRID, State.BACKUP, Scene.LIMIT);
    awaitReachedAt(VIP, VMAC);

    ours.close();
    theirs.awaitState(VRID, State.MASTER, Scene.LIMIT);
    scene.assertOnlySpeaker(scene.theirs, spec());
    assertThat(scene.ours.hasAddress(VIP)).isFalse();
  }

  private static Spec spec() {
    return Spec.multicast(VRID, VIP, 100).withInterval(INTERVAL);
  }

  @Test
  void whatAFileChangesInPlaceLeavesTheInterfaceAlone() {
    FileMember ours = ours(instance(200));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    awaitReachedAt(VIP, VMAC);
    String before = scene.ours.exec("ip", "-o", "link", "show", DEVICE).split(":", -1)[0];

    assertThat(apply(ours, instance(150).vip(OTHER_VIP)))
        .isEqualTo(new Change.Updated("VI_81", List.of("priority", "addresses")));

    awaitReachedAt(OTHER_VIP, VMAC);
    awaitReachedAt(VIP, VMAC);
    assertThat(apply(ours, instance(150)))
        .isEqualTo(new Change.Updated("VI_81", List.of("addresses")));
    scene.ours.awaitNoAddress(OTHER_VIP, Scene.LIMIT);
    assertThat(scene.ours.exec("ip", "-o", "link", "show", DEVICE)).startsWith(before + ":");
    assertThat(router(ours).counters().becameActive()).isEqualTo(1);
    assertThat(advertMac(scene.ours)).isEqualTo(VMAC);
  }

  @Test
  void aFileThatTakesTheVirtualMacAwayMovesTheAddressToTheInterface_andBack() {
    FileMember ours = ours(instance(200));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    awaitReachedAt(VIP, VMAC);

    KeepalivedConfig.Instance without =
        KeepalivedConfig.instance(VRID)
            .version(3)
            .priority(200)
            .advertInterval(INTERVAL)
            .vip(VIP)
            .garp(2, Duration.ZERO, Duration.ZERO);
    assertThat(apply(ours, without))
        .isEqualTo(new Change.Restarted("VI_81", List.of("virtualMac")));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    awaitReachedAt(VIP, scene.ours.mac());
    assertThat(advertMac(scene.ours)).isEqualTo(scene.ours.mac());
    assertThat(scene.ours.tryExec("ip", "link", "show", DEVICE).ok()).isFalse();

    assertThat(apply(ours, instance(200).set("vmac_xmit_base", "")))
        .isEqualTo(new Change.Restarted("VI_81", List.of("virtualMac")));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    awaitReachedAt(VIP, VMAC);
    assertThat(advertMac(scene.ours)).isEqualTo(scene.ours.mac());
  }
}
