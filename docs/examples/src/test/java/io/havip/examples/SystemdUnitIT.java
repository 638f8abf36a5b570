package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/havip.service} in a systemd that is booted for it. */
class SystemdUnitIT {

  private static final String UNIT = "havip.service";
  private static final String VIP = "172.17.16.3";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Bits 12 and 13: NET_ADMIN and NET_RAW. */
  private static final String BOTH = "0000000000003000";

  private static Lab lab;
  private static LabHost host;
  private static Capture capture;
  private static Path settings;
  private static BootedSystemd systemd;

  @BeforeAll
  static void boot() throws IOException {
    RealNetwork.assume("systemd-nspawn", "nsenter", "tcpdump");
    lab = Lab.open();
    host = lab.addHost("member", "172.17.16.7");
    capture = lab.capture();
    settings = Files.createDirectory(lab.folder().resolve("havip"));
    String unit =
        Files.readString(Path.of("..", UNIT))
            .replace("/usr/bin/java", System.getProperty("java.home") + "/bin/java");
    Path file = Files.writeString(lab.folder().resolve(UNIT), unit);
    List<String> files = new ArrayList<>(BootedSystemd.java());
    files.add(Member.jar() + ":/opt/havip/havip-examples.jar");
    files.add(settings + ":/etc/havip");
    files.add(file + ":/etc/systemd/system/" + UNIT);
    systemd = BootedSystemd.on(host, files);
  }

  @AfterAll
  static void close() {
    if (systemd != null) {
      systemd.close();
    }
    if (lab != null) {
      capture.close();
      lab.close();
    }
  }

  @AfterEach
  void stop() {
    if (systemd != null) {
      systemd.tryRun("systemctl", "stop", UNIT);
      systemd.tryRun("systemctl", "reset-failed", UNIT);
    }
  }

  @Test
  void aMemberWithTwoCapabilitiesAlone_serves_readsItsFileAnew_andHandsOver() throws IOException {
    configure(100);
    systemd.tryRun("systemctl", "daemon-reload");
    assertThat(systemd.tryRun("systemctl", "enable", "--now", "havip")).contains("Created symlink");
    host.awaitAddress(VIP, LIMIT);
    assertThat(systemd.tryRun("cat", "/proc/" + mainPid() + "/status").replaceAll("[\\t ]+", " "))
        .contains("CapPrm: " + BOTH, "CapEff: " + BOTH, "CapBnd: " + BOTH, "NoNewPrivs: 1")
        .doesNotContain("Uid: 0 ");

    configure(120);
    long reload = System.nanoTime();
    systemd.tryRun("systemctl", "reload", "havip");
    awaitAdvert(120, reload);

    long stop = System.nanoTime();
    systemd.tryRun("systemctl", "stop", "havip");
    awaitAdvert(0, stop);
    assertThat(host.hasAddress(VIP)).isFalse();
    assertThat(systemd.property(UNIT, "Result")).isEqualTo("success");
  }

  /** The guardian stands still meanwhile: only a systemd that spares it lets it act afterwards. */
  @Test
  void systemdSparesTheGuardianOfAKilledMember_andStartsAnother() throws IOException {
    configure(100);
    systemd.tryRun("systemctl", "start", "havip");
    host.awaitAddress(VIP, LIMIT);
    Await.until("the guardian", LIMIT, () -> !guardian().isEmpty());
    String first = mainPid();
    String guardian = guardian();

    systemd.tryRun("kill", "-STOP", guardian);
    systemd.tryRun("kill", "-KILL", first);
    Await.until("the end of the member to be seen", LIMIT, () -> !mainPid().equals(first));
    assertThat(guardian()).contains(guardian);
    long resumed = System.nanoTime();
    systemd.tryRun("kill", "-CONT", guardian);

    awaitAdvert(0, resumed);
    Await.until("another member", LIMIT, () -> !List.of("0", first).contains(mainPid()));
    awaitAdvert(100, resumed);
    host.awaitAddress(VIP, LIMIT);
    Await.until("the guardian to end", LIMIT, () -> !guardian().contains(guardian));
  }

  @Test
  void aFileThatCannotBeUsed_isNotTriedAgain() throws IOException {
    Files.writeString(settings.resolve("keepalived.conf"), "vrrp_instance orders {\n}\n");
    systemd.tryRun("systemctl", "start", "havip");
    Await.until("the end", LIMIT, () -> systemd.property(UNIT, "ActiveState").equals("failed"));
    assertThat(systemd.property(UNIT, "ExecMainStatus"))
        .isEqualTo(Integer.toString(ExitStatus.CONFIGURATION));
    assertThat(systemd.property(UNIT, "NRestarts")).isEqualTo("0");
    assertThat(systemd.tryRun("journalctl", "--no-pager", "-o", "cat", "-u", UNIT))
        .contains("keepalived.conf cannot be used");
  }

  private static void configure(int priority) throws IOException {
    KeepalivedConfig config =
        KeepalivedConfig.of(
            KeepalivedConfig.instance(51)
                .set("interface", LabHost.INTERFACE)
                .state("BACKUP")
                .version(3)
                .priority(priority)
                .advertInterval(Duration.ofMillis(500))
                .vip(VIP));
    Files.writeString(settings.resolve("keepalived.conf"), config.render());
  }

  private static String mainPid() {
    return systemd.property(UNIT, "MainPID");
  }

  /** The processes of guardians there, by their numbers there; usually one. */
  private static String guardian() {
    return systemd.tryRun("pgrep", "-f", "guardian[.]GuardianMain").strip();
  }

  private static void awaitAdvert(int priority, long since) {
    capture.awaitFrame(
        String.format(Locale.ROOT, "an advert of priority %d", priority),
        frame ->
            frame.isAdvert(51, host.address())
                && ((Packet.VrrpAdvert) frame.packet()).priority() == priority,
        since,
        LIMIT);
  }
}
