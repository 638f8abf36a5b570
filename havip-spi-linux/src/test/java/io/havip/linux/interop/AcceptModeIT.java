package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.Reconfiguration;
import io.havip.RouterState;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.CommandResult;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ACTIVE member does with packets to its address, with and without {@code no_accept}. */
class AcceptModeIT {

  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int VRID = 92;

  /** Behind the members: what is sent there goes through the virtual address, not to it. */
  private static final String BEHIND = "198.51.100.1";

  private static Scene scene;

  @BeforeAll
  static void open() {
    RealNetwork.assume("keepalived", "tcpdump", "arping", "nft", "timeout");
    scene = new Scene();
    for (LabHost host : List.of(scene.ours, scene.theirs)) {
      host.exec("ip", "addr", "add", BEHIND + "/32", "dev", "lo");
    }
  }

  @AfterEach
  void endRow() throws Exception {
    scene.client.tryExec("ip", "route", "del", BEHIND);
    scene.client.exec("ip", "neigh", "flush", "all");
    scene.endRow();
    assertThat(scene.ours.exec("nft", "list", "ruleset")).isEmpty();
  }

  @AfterAll
  static void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private static String vip(boolean six) {
    return six ? "fd00:9::92" : "172.17.16.92";
  }

  private static KeepalivedConfig file(boolean six, boolean vmac, boolean accept) {
    KeepalivedConfig.Instance instance =
        KeepalivedConfig.instance(VRID)
            .version(3)
            .priority(200)
            .advertInterval(INTERVAL)
            .vip(vip(six))
            .garp(2, Duration.ZERO, Duration.ZERO);
    if (vmac) {
      instance = instance.set("use_vmac", "");
    }
    return KeepalivedConfig.of(accept ? instance : instance.set("no_accept", ""));
  }

  private static boolean ping(String address) {
    return scene.client.tryExec("ping", "-c1", "-W1", address).ok();
  }

  /** Nobody listens there: a host that takes the packet in says so. */
  private static boolean tcp(String address) {
    CommandResult result =
        scene.client.tryExec(
            "timeout", "1", "bash", "-c", "exec 2>&1; echo > /dev/tcp/" + address + "/9");
    return result.output().contains("refused");
  }

  private static void assertAnswersAsNeighbour(LabHost host, boolean six, boolean vmac) {
    String mac = vmac ? "00:00:5e:00:0" + (six ? "2" : "1") + ":5c" : host.mac();
    if (six) {
      scene.client.exec("ip", "neigh", "flush", "all");
      var _ = ping(vip(true)); // asks for the neighbour, whatever becomes of the packet
      assertThat(scene.client.neighbourMac(vip(true))).contains(mac);
      assertAnswersUnicastSolicitation(vip(true), mac);
    } else {
      assertThat(scene.client.arpAnswer(vip(false))).contains(mac);
    }
  }

  /** Sent to the address itself, while the first one is sent to a group. */
  private static void assertAnswersUnicastSolicitation(String vip, String mac) {
    String[] probing = {
      "ip", "neigh", "replace", vip, "lladdr", mac, "dev", "eth0", "nud", "probe"
    };
    scene.client.exec(probing);
    Await.until(
        "a unicast solicitation to be answered",
        Scene.LIMIT,
        () -> scene.client.exec("ip", "neigh", "show", vip).contains("REACHABLE"));
  }

  private static void assertTakesNothingIn(LabHost host, boolean six, boolean vmac) {
    assertThat(ping(vip(six))).isFalse();
    assertThat(tcp(vip(six))).isFalse();
    assertAnswersAsNeighbour(host, six, vmac);
    assertThat(ping(host.address())).as("the host's own address").isTrue();
    if (!six) {
      scene.client.exec("ip", "route", "replace", BEHIND, "via", vip(false));
      assertThat(ping(BEHIND)).as("what goes through the address").isTrue();
    }
  }

  private static void assertTakesPacketsIn(LabHost host, boolean six, boolean vmac) {
    Await.until("an answer of " + vip(six), Scene.LIMIT, () -> ping(vip(six)));
    assertThat(tcp(vip(six))).isTrue();
    assertAnswersAsNeighbour(host, six, vmac);
  }

  @ParameterizedTest(name = "IPv6 {0}, virtual MAC {1}")
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void withNoAccept_theAddressIsAnsweredForAndNothingIsTakenIn(boolean six, boolean vmac) {
    FileMember ours = scene.closeLater(FileMember.start(scene.ours, file(six, vmac, false)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    scene.ours.awaitAddress(vip(six), Scene.LIMIT);
    assertTakesNothingIn(scene.ours, six, vmac);
    // Nothing of it is in the way of a later life.
    ours.close();
    FileMember next = scene.closeLater(FileMember.start(scene.ours, file(six, vmac, true)));
    next.await(RouterState.ACTIVE, Scene.LIMIT);
    assertTakesPacketsIn(scene.ours, six, vmac);
  }

  /** Keepalived 2.2.7 with the same file. */
  @ParameterizedTest(name = "IPv6 {0}")
  @CsvSource({"false", "true"})
  void keepalivedDoesTheSame(boolean six) {
    Keepalived theirs = scene.closeLater(Keepalived.start(scene.theirs, file(six, false, false)));
    theirs.awaitState(VRID, State.MASTER, Scene.LIMIT);
    scene.theirs.awaitAddress(vip(six), Scene.LIMIT);
    assertTakesNothingIn(scene.theirs, six, false);
  }

  @ParameterizedTest(name = "IPv6 {0}")
  @CsvSource({"false", "true"})
  void itIsChangedWithoutAFailover(boolean six) {
    FileMember ours = scene.closeLater(FileMember.start(scene.ours, file(six, false, true)));
    ours.await(RouterState.ACTIVE, Scene.LIMIT);
    assertTakesPacketsIn(scene.ours, six, false);
    long states = states(ours);

    apply(ours, false);
    assertTakesNothingIn(scene.ours, six, false);
    apply(ours, true);
    assertTakesPacketsIn(scene.ours, six, false);
    assertThat(states(ours)).isEqualTo(states);
  }

  private static long states(FileMember of) {
    return of.events().stream().filter(HavipEvent.StateChanged.class::isInstance).count();
  }

  private static void apply(FileMember to, boolean accept) {
    HavipNode node = to.node();
    HavipConfig next =
        HavipConfig.of(node.config().routers().getFirst().toBuilder().acceptMode(accept).build());
    assertThat(node.apply(next).changes())
        .singleElement()
        .isInstanceOf(Reconfiguration.Change.Updated.class);
  }

  /** The strongest fences are in force too. */
  @Test
  void afterSigkill_theNextStartClearsUp() {
    Spec spec = scene.nextGroup(false, 200).withInterval(INTERVAL);
    List<String> refusing = List.of("-Xmx64m", "-D" + MemberMain.ACCEPT_MODE + "=false");
    Ours.OfProcess killed = scene.closeLater(Ours.process(scene.ours, spec, refusing));
    killed.await(RouterState.ACTIVE, Scene.LIMIT);
    scene.ours.awaitAddress(spec.vip(), Scene.LIMIT);
    assertThat(ping(spec.vip())).isFalse();
    assertThat(scene.client.arpAnswer(spec.vip())).contains(scene.ours.mac());
    var _ = killed.kill();
    scene.ours.awaitNoAddress(spec.vip(), Scene.LIMIT);
    assertThat(scene.ours.exec("nft", "list", "tables")).contains("havipaccept_0");

    Ours.OfProcess next = scene.closeLater(Ours.process(scene.ours, spec));
    next.await(RouterState.ACTIVE, Scene.LIMIT);
    Await.until("an answer", Scene.LIMIT, () -> ping(spec.vip()));
    assertThat(scene.ours.exec("nft", "list", "tables")).doesNotContain("havipaccept");
    var _ = next.stop();
  }
}
