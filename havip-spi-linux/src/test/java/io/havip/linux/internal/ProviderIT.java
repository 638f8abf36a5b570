package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.LinuxPlatformProvider;
import io.havip.linux.child.ProviderMain;
import io.havip.spi.PlatformProvider;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The provider in processes that lack something. */
class ProviderIT {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @BeforeAll
  static void root() {
    RealNetwork.assume("setpriv");
  }

  /** The folder or archive of a class, also where it is patched into a module. */
  private static String place(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    String url = String.valueOf(type.getResource(file));
    assertThat(url).endsWith(file);
    String place = url.substring(0, url.length() - file.length());
    return place.replaceFirst("^jar:", "").replaceFirst("^file:", "").replaceFirst("!$", "");
  }

  private static List<String> classPath() {
    String path =
        String.join(
            ":",
            place(ProviderMain.class),
            place(LinuxPlatformProvider.class),
            place(PlatformProvider.class));
    return List.of("-cp", path);
  }

  private static List<String> modulePath() {
    return List.of(
        "-p",
        place(LinuxPlatformProvider.class) + ":" + place(PlatformProvider.class),
        "--add-modules",
        "io.havip.spi.linux",
        "-cp",
        place(ProviderMain.class));
  }

  @SafeVarargs
  private static List<String> run(List<String>... parts) {
    List<String> command = new ArrayList<>();
    for (List<String> part : parts) {
      command.addAll(part);
    }
    command.add(ProviderMain.class.getName());
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output.lines().toList();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> without(String capabilities) {
    return List.of("setpriv", "--bounding-set", capabilities, "--inh-caps", "-all", JAVA);
  }

  @Test
  void worksOnClassPathAndModulePathWithTheFlag() {
    List<String> expected = List.of("name: linux", "available", "opened", "available", "opened");
    assertThat(run(List.of(JAVA, "--enable-native-access=ALL-UNNAMED"), classPath()))
        .isEqualTo(expected);
    assertThat(run(List.of(JAVA, "--enable-native-access=io.havip.spi.linux"), modulePath()))
        .isEqualTo(expected);
  }

  @Test
  void deniedNativeAccessNamesTheFlagOfTheClassPath() {
    String reason =
        "native access is denied to the class path; start java with"
            + " --enable-native-access=ALL-UNNAMED";
    assertThat(run(List.of(JAVA, "--illegal-native-access=deny"), classPath()))
        .containsExactly(
            "name: linux",
            "unavailable: " + reason,
            "refused: " + reason,
            "unavailable: " + reason,
            "refused: " + reason);
  }

  @Test
  void deniedNativeAccessNamesTheFlagOfTheModule() {
    String reason =
        "native access is denied to module io.havip.spi.linux; start java with"
            + " --enable-native-access=io.havip.spi.linux";
    assertThat(run(List.of(JAVA, "--illegal-native-access=deny"), modulePath()))
        .containsExactly(
            "name: linux",
            "unavailable: " + reason,
            "refused: " + reason,
            "unavailable: " + reason,
            "refused: " + reason);
  }

  @Test
  void missingNetRawIsNamed() {
    List<String> lines =
        run(without("-net_raw"), List.of("--enable-native-access=ALL-UNNAMED"), classPath());
    assertThat(lines.get(1))
        .startsWith("unavailable: opening a raw VRRP socket failed: EPERM")
        .contains("CAP_NET_RAW");
    assertThat(lines.get(2)).startsWith("refused:").contains("EPERM").contains("CAP_NET_RAW");
  }

  @Test
  void missingNetAdminIsNamed() {
    List<String> lines =
        run(without("-net_admin"), List.of("--enable-native-access=ALL-UNNAMED"), classPath());
    assertThat(lines.get(1))
        .startsWith("unavailable: changing addresses is not permitted")
        .contains("CAP_NET_ADMIN");
    assertThat(lines.get(2))
        .startsWith("refused: changing addresses is not permitted")
        .contains("CAP_NET_ADMIN");
  }
}
