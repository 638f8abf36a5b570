package io.havip.linux.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two members that have NET_RAW and NET_ADMIN and nothing else, as a user without a name and
 * without a way to more, live through a crash, a return and a hand-over.
 */
class PrivilegesIT {

  private static final String NOBODY = "65534";
  private static final String VIP = "172.17.16.3";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Bits 12 and 13: NET_ADMIN and NET_RAW. */
  private static final String BOTH = "0000000000003000";

  @TempDir private Path folder;
  private String classPath = "";

  private LabProcess start(LabHost host, int priority) {
    String both = "=-all,+net_raw,+net_admin";
    LabProcess process =
        host.start(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps" + both,
            "--ambient-caps" + both,
            "--bounding-set" + both,
            "--no-new-privs",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            classPath,
            CapableMain.class.getName(),
            Integer.toString(priority),
            VIP + "/32");
    process.awaitLine(line -> line.startsWith("state BACKUP"), LIMIT);
    assertThat(process.lines())
        .extracting(LabProcess.Line::text)
        .contains(
            "Uid: 65534 65534 65534 65534",
            "CapPrm: " + BOTH,
            "CapEff: " + BOTH,
            "CapBnd: " + BOTH);
    return process;
  }

  private static void awaitState(LabProcess process, String state, long since) {
    process.awaitLine(line -> line.equals("state " + state), since, LIMIT);
  }

  private static void assertServes(Capture capture, LabHost holder, LabHost client, long since) {
    capture.awaitFrame(
        "an announcement by " + holder.name(),
        frame -> frame.isAnnouncement(VIP, holder.mac()),
        since,
        LIMIT);
    Await.until(
        "the client to reach the address at " + holder.name(),
        LIMIT,
        () -> client.arpAnswer(VIP).filter(holder.mac()::equals).isPresent());
  }

  @Test
  void twoCapabilitiesSufficeForTakeoverReturnAndHandOver() throws IOException {
    RealNetwork.assume("tcpdump", "arping", "setpriv");
    classPath = ReadableClassPath.in(folder);
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost one = lab.addHost("one", "172.17.16.7");
      LabHost other = lab.addHost("other", "172.17.16.13");
      LabHost client = lab.addHost("client", "172.17.16.100");
      long start = System.nanoTime();
      LabProcess first = start(one, 200);
      awaitState(first, "ACTIVE", start);
      LabProcess second = start(other, 100);
      assertServes(capture, one, client, start);

      long killed = first.kill();
      awaitState(second, "ACTIVE", killed);
      assertServes(capture, other, client, killed);

      long back = System.nanoTime();
      LabProcess again = start(one, 200);
      awaitState(again, "ACTIVE", back);
      awaitState(second, "BACKUP", back);
      assertServes(capture, one, client, back);

      long asked = again.signal(LabProcess.Signal.TERM);
      capture.awaitFrame(
          "a resignation",
          frame ->
              frame.isAdvert(51, one.address())
                  && ((Packet.VrrpAdvert) frame.packet()).priority() == 0,
          asked,
          LIMIT);
      awaitState(second, "ACTIVE", asked);
      assertServes(capture, other, client, asked);
      assertThat(again.awaitExit(LIMIT)).isEqualTo(143);
      assertThat(one.hasAddress(VIP)).isFalse();
      for (LabProcess each : List.of(first, second, again)) {
        assertThat(each.lines())
            .extracting(LabProcess.Line::text)
            .noneMatch(line -> line.startsWith("failed"));
      }
    }
  }
}
