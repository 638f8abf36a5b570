package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two programs are called arping; the lab can read the answers of one. */
@EnabledOnOs(OS.LINUX)
class ArpingFlavourTest {

  @TempDir Path folder;

  @Test
  void theOneOfIputilsIsAvailable() throws IOException {
    Path program = program("echo 'arping from iputils 20221126'");
    assertThat(LabAvailability.arpingOfIputils(program).available()).isTrue();
  }

  @Test
  void theOtherOneIsRefusedWithTheNameOfThePackageToInstall() throws IOException {
    Path program = program("echo 'ARPing 2.23, by Thomas Habets' >&2; exit 1");
    LabAvailability there = LabAvailability.arpingOfIputils(program);
    assertThat(there.available()).isFalse();
    assertThat(there.reason()).contains(program.toString(), "iputils-arping");
  }

  @Test
  void oneThatCannotBeRunIsRefusedWithTheReason() {
    LabAvailability there = LabAvailability.arpingOfIputils(folder.resolve("none"));
    assertThat(there.available()).isFalse();
    assertThat(there.reason()).contains("none");
  }

  private Path program(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("arping"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
