package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.CommandResult;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.RealNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A member that cannot run says why in one line, ends with the right status, and leaves no address.
 */
class BadStartIT {

  private PeerScene scene;

  @BeforeEach
  void open() {
    RealNetwork.assume("tcpdump", "arping");
    scene = new PeerScene();
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void aMissingFileIsStatus2() {
    CommandResult result =
        scene.a.tryExec(Member.command(List.of(), "node", "-f", "/nowhere/keepalived.conf"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(text(result)).contains("/nowhere/keepalived.conf");
    assertNoAddress();
  }

  @Test
  void noSuchInterfaceIsStatus2() {
    assertFails(run(scene.seed(scene.a, 100).set("interface", "eth9"), List.of()), 2, "eth9");
  }

  @Test
  void aBadValueIsStatus2() {
    assertFails(run(scene.seed(scene.a, 100).set("virtual_router_id", "256"), List.of()), 2, "256");
  }

  @Test
  void deniedNativeAccessIsStatus3AndNamesTheFlag() throws Exception {
    // Enable-Native-Access in the jar's manifest grants it to java -jar, so that it is denied only
    // on the class path.
    Path file = write(scene.seed(scene.a, 100));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--illegal-native-access=deny");
    command.add("-cp");
    command.add(Member.jar().toString());
    command.add("io.havip.examples.Main");
    command.add("node");
    command.add("-f");
    command.add(file.toString());
    CommandResult result = scene.a.tryExec(command.toArray(String[]::new));
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(text(result)).contains("--enable-native-access");
    assertNoAddress();
  }

  @Test
  void missingPrivilegeIsStatus3AndNamesTheCapability() throws Exception {
    RealNetwork.assume("setpriv");
    for (String capability : List.of("net_raw", "net_admin")) {
      List<String> without =
          List.of("setpriv", "--bounding-set", "-" + capability, "--inh-caps", "-" + capability);
      CommandResult result = scene.a.tryExec(startedBy(without, scene.seed(scene.a, 100)));
      assertThat(result.exitCode()).as(text(result)).isEqualTo(3);
      assertThat(text(result).toLowerCase(java.util.Locale.ROOT)).contains(capability);
      assertNoAddress();
    }
  }

  @Test
  void requiredFencesOnAKernelWithoutNftablesAreStatus3() throws Exception {
    assertFails(withoutNetfilter("--fence", "required"), 3, "nftables");
  }

  /** Two adverts of 10 ms are less than two ticks of the kernel's clock and what a gate needs. */
  @Test
  void requiredFencesThatAdvertsOutrunAreStatus3() throws Exception {
    KeepalivedConfig.Instance fast =
        scene.multicast(100, Duration.ofMillis(10)).set("down_timer_adverts", "2");
    Path file = write(fast);
    LabProcess process =
        scene.a.start(
            Member.command(List.of(), "node", "-f", file.toString(), "--fence", "required"));
    assertFails(process, 3, "adverts every 10 ms");
  }

  @Test
  void withoutNftablesTheNextBestFenceIsUsedAndOneWarningSaysSo() throws Exception {
    LabProcess process = withoutNetfilter();
    process.awaitLine(line -> line.contains(" -> ACTIVE,"), PeerScene.LIMIT);
    assertThat(process.lines())
        .filteredOn(line -> line.text().contains("no stall fence (this kernel has no nftables"))
        .hasSize(1);
    assertThat(scene.a.exec("ip", "addr", "show")).contains("valid_lft 2sec");
    assertEndsInOrder(process);
  }

  /** As in many containers. No fence needs either. */
  @Test
  void aReadOnlyProcSysAndNoTunDeviceTakeNoFenceAway() throws Exception {
    LabProcess process = inContainer(scene.seed(scene.a, 100), "--fence", "required");
    process.awaitLine(line -> line.contains(" -> ACTIVE,"), PeerScene.LIMIT);
    assertThat(process.lines()).noneMatch(line -> line.text().contains("weaker protection"));
    assertEndsInOrder(process);
  }

  @Test
  void aVirtualMacOnAReadOnlyProcSysIsStatus3AndNamesTheSetting() throws Exception {
    assertFails(inContainer(scene.seed(scene.a, 100).set("use_vmac", "")), 3, "arp_ignore");
  }

  private LabProcess inContainer(KeepalivedConfig.Instance instance, String... options)
      throws java.io.IOException {
    RealNetwork.assume("unshare", "mount");
    String mounts =
        "mount -o bind,ro /proc/sys /proc/sys"
            + "; if [ -d /dev/net ]; then mount -t tmpfs none /dev/net; fi"
            + "; exec \"$@\"";
    List<String> container = List.of("unshare", "--mount", "sh", "-ec", mounts, "sh");
    return scene.a.start(startedBy(container, instance, options));
  }

  /** The command line of a member that another program starts, with less than it wants. */
  private String[] startedBy(
      List<String> program, KeepalivedConfig.Instance instance, String... options)
      throws java.io.IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(Member.command(List.of(), "node", "-f", write(instance).toString())));
    command.addAll(List.of(options));
    return command.toArray(String[]::new);
  }

  private LabProcess withoutNetfilter(String... options) throws java.io.IOException {
    List<String> arguments =
        new ArrayList<>(List.of("node", "-f", write(scene.seed(scene.a, 100)).toString()));
    arguments.addAll(List.of(options));
    return scene.a.startJava(
        List.of("--enable-native-access=ALL-UNNAMED"),
        NoNetfilter.class,
        arguments.toArray(String[]::new));
  }

  @Test
  void anUnknownChoiceOfFencesIsStatus2() throws Exception {
    String file = write(scene.seed(scene.a, 100)).toString();
    CommandResult result =
        scene.a.tryExec(Member.command(List.of(), "node", "-f", file, "--fence", "maybe"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(text(result)).contains("auto, required, off");
  }

  @Test
  void aSecondMemberOnTheSameHostWithTheSameAddressIsStatus3() {
    KeepalivedConfig config = KeepalivedConfig.of(scene.seed(scene.a, 100));
    Member first = scene.closeLater(Member.start(scene.a, config));
    first.awaitActive(PeerScene.LIMIT);
    Member second = scene.closeLater(Member.launch(scene.a, config, List.of()));
    assertThat(second.process().awaitExit(Duration.ofSeconds(20))).isEqualTo(3);
    assertThat(second.process().lines())
        .anyMatch(l -> l.text().contains(PeerScene.VIP) && l.text().startsWith("error: "));
    assertThat(scene.a.hasAddress(PeerScene.VIP)).as("the first member goes on").isTrue();
    assertThat(first.terminate()).isZero();
    assertNoAddress();
  }

  @Test
  void anAddressLeftBehindByAKilledMemberIsRemovedAtTheNextStart() {
    KeepalivedConfig config = KeepalivedConfig.of(scene.seed(scene.a, 100));
    Member first = scene.closeLater(Member.start(scene.a, config));
    first.awaitActive(PeerScene.LIMIT);
    first.kill();
    long again = System.nanoTime();
    Member second = scene.closeLater(Member.start(scene.a, config));
    second.process().awaitLine(l -> l.contains("INITIALIZE -> BACKUP"), again, PeerScene.LIMIT);
    second.awaitActive(PeerScene.LIMIT);
    assertThat(second.terminate()).isZero();
    assertNoAddress();
  }

  private LabProcess run(KeepalivedConfig.Instance instance, List<String> jvmOptions) {
    Member member =
        scene.closeLater(Member.launch(scene.a, KeepalivedConfig.of(instance), jvmOptions));
    return member.process();
  }

  private void assertFails(LabProcess process, int status, String names) {
    assertThat(process.awaitExit(Duration.ofSeconds(20))).isEqualTo(status);
    assertThat(process.lines()).anyMatch(l -> l.text().contains(names));
    assertThat(process.lines()).filteredOn(l -> l.text().startsWith("error: ")).hasSize(1);
    assertNoAddress();
  }

  private void assertEndsInOrder(LabProcess process) {
    assertThat(Member.terminate(process)).isZero();
    assertNoAddress();
  }

  private static String text(CommandResult result) {
    return result.output() + result.errors();
  }

  private void assertNoAddress() {
    assertThat(scene.a.hasAddress(PeerScene.VIP)).isFalse();
  }

  private Path write(KeepalivedConfig.Instance instance) throws java.io.IOException {
    LabHost host = scene.a;
    Path file = host.lab().folder().resolve("bad.conf");
    return Files.writeString(file, KeepalivedConfig.of(instance).render());
  }
}
