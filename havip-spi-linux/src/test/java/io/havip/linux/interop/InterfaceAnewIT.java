package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The interface of our member is deleted and made again under the same name, or made after the
 * start, as hot-plugged network cards and restarted network services do it.
 */
class InterfaceAnewIT {

  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int VRID = 91;
  private static final String PORT = "eth1";

  private Scene scene;

  @BeforeEach
  void open() {
    RealNetwork.assume("keepalived", "tcpdump");
    scene = new Scene();
    scene.client.exec("ip", "link", "add", "other", "type", "bridge", "mcast_snooping", "0");
    scene.client.exec("ip", "addr", "add", "10.63.0.100/24", "dev", "other");
    scene.client.exec("ip", "addr", "add", "fd00:63::100/64", "dev", "other", "nodad");
    scene.client.exec("ip", "link", "set", "other", "up");
    plugIn(scene.ours, 7);
    plugIn(scene.theirs, 13);
  }

  private void plugIn(LabHost host, int number) {
    String end = "to-" + host.name();
    scene.client.exec(
        "ip", "link", "add", end, "type", "veth", "peer", "name", PORT, "netns", host.namespace());
    scene.client.exec("ip", "link", "set", end, "master", "other", "up");
    host.exec("ip", "addr", "add", "10.63.0." + number + "/24", "dev", PORT);
    host.exec("ip", "addr", "add", "fd00:63::" + number + "/64", "dev", PORT, "nodad");
    host.exec("ip", "link", "set", PORT, "up");
  }

  @AfterEach
  void close() throws Exception {
    if (scene != null) {
      scene.endRow();
      scene.close();
    }
  }

  private static KeepalivedConfig file(boolean six, boolean vmac, int priority) {
    KeepalivedConfig.Instance instance =
        KeepalivedConfig.instance(VRID)
            .set("interface", PORT)
            .version(3)
            .priority(priority)
            .advertInterval(INTERVAL)
            .vip(vip(six))
            .garp(2, Duration.ZERO, Duration.ZERO);
    return KeepalivedConfig.of(vmac ? instance.set("use_vmac", "") : instance);
  }

  private static String vip(boolean six) {
    return six ? "fd00:63::91" : "10.63.0.91";
  }

  @ParameterizedTest(name = "IPv6 {0}, virtual MAC {1}")
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void ourMemberIsInFaultMeanwhile_andTakesTheRoleAgain(boolean six, boolean vmac) {
    FileMember ours = scene.closeLater(FileMember.start(scene.ours, file(six, vmac, 200)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    Keepalived theirs = scene.closeLater(Keepalived.start(scene.theirs, file(six, vmac, 100)));
    theirs.awaitState(VRID, State.BACKUP, Scene.LIMIT);

    scene.ours.exec("ip", "link", "del", PORT);
    ours.await(RouterState.FAULT, Scene.LIMIT);
    theirs.awaitState(VRID, State.MASTER, Scene.LIMIT);

    plugIn(scene.ours, 7);
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    theirs.awaitState(VRID, State.BACKUP, Scene.LIMIT);
    scene.ours.awaitAddress(vip(six), Scene.LIMIT);
    assertThat(scene.client.exec("ping", "-c1", "-W5", vip(six))).contains(" 0% packet loss");
  }

  /** As Keepalived does with the same file. */
  @ParameterizedTest(name = "IPv6 {0}, virtual MAC {1}")
  @CsvSource({"false,false", "true,true"})
  void anInterfaceThatAppearsLater_isAwaitedInFault_ifTheFileSaysSo(boolean six, boolean vmac) {
    scene.ours.exec("ip", "link", "del", PORT);
    KeepalivedConfig file = file(six, vmac, 200).global("dynamic_interfaces", "");
    Keepalived theirs = scene.closeLater(Keepalived.start(scene.theirs, file(six, vmac, 100)));
    theirs.awaitState(VRID, State.MASTER, Scene.LIMIT);
    FileMember ours = scene.closeLater(FileMember.start(scene.ours, file));
    ours.await(RouterState.FAULT, Scene.LIMIT);
    Await.until(
        "the warning",
        Scene.LIMIT,
        () ->
            ours.events().stream()
                .filter(HavipEvent.Warning.class::isInstance)
                .anyMatch(e -> e.toString().contains("no interface \"eth1\" yet")));

    plugIn(scene.ours, 7);
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    theirs.awaitState(VRID, State.BACKUP, Scene.LIMIT);
    scene.ours.awaitAddress(vip(six), Scene.LIMIT);
    assertThat(scene.client.exec("ping", "-c1", "-W5", vip(six))).contains(" 0% packet loss");
  }

  @Test
  void withoutTheKeyword_theStartIsRefused() {
    scene.ours.exec("ip", "link", "del", PORT);
    assertThatThrownBy(() -> FileMember.start(scene.ours, file(false, false, 200)))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("dynamic_interfaces");
  }
}
