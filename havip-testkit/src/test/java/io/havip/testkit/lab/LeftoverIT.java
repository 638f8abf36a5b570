package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a killed JVM leaves behind goes away when the next lab opens; the living are spared. */
class LeftoverIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Seen(String name, long pid, Path folder) {
    static Seen parse(String line) {
      String[] words = line.split(" ", 4);
      return new Seen(words[1], Long.parseLong(words[2]), Path.of(words[3]));
    }

    boolean namespacesExist() {
      return LabName.namespaces().stream().anyMatch(other -> other.startsWith(name + "-"));
    }
  }

  @BeforeEach
  void needsARealNetwork() {
    RealNetwork.assume();
  }

  @Test
  void theNextLabRemovesWhatAKilledJvmLeft() {
    try (Signals signals = Signals.open();
        LabProcess jvm = start(signals)) {
      Seen seen = Seen.parse(jvm.awaitLine(line -> line.startsWith("ready "), LIMIT).text());
      assertThat(ProcessTable.find(seen.pid())).isPresent();

      Lab.open().close();
      assertThat(seen.namespacesExist()).as("namespaces of a living run").isTrue();
      assertThat(ProcessTable.find(seen.pid())).as("program of a living run").isPresent();

      jvm.signal(LabProcess.Signal.KILL);
      jvm.awaitExit(LIMIT);
      Lab.open().close();
      assertThat(seen.namespacesExist()).as("namespaces of a killed run").isFalse();
      Await.until(
          "the leftover program to die",
          LIMIT,
          () -> ProcessTable.find(seen.pid()),
          found -> found.isEmpty());
      assertThat(seen.folder()).doesNotExist();
    }
  }

  @Test
  void namesOfOthersAreNoLeftovers() {
    String mine = LabName.ofThisRun("1-bridge");
    assertThat(LabName.isLeftover(mine)).isFalse();
    assertThat(LabName.isLeftover("docker-123")).isFalse();
    assertThat(LabName.isLeftover("haviplab-backup")).isFalse();
    String sameIdOtherStart = mine.replaceFirst("-(\\d+)-1-bridge$", "-1-1-bridge");
    assertThat(sameIdOtherStart).isNotEqualTo(mine);
    assertThat(LabName.isLeftover(sameIdOtherStart)).isTrue();
  }

  private static LabProcess start(Signals signals) {
    return LabProcess.start(
        "leftover",
        JavaCommand.of(
            List.of("-Xmx64m"),
            JavaCommand.rootOf(LeftoverMain.class)
                + File.pathSeparator
                + JavaCommand.rootOf(Lab.class),
            LeftoverMain.class,
            List.of()),
        signals);
  }
}
