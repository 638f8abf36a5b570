package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that are kept as files. */
class RegressionTest {

  static List<Path> files() throws IOException, URISyntaxException {
    URL one = RegressionTest.class.getResource("everything.scenario");
    Path folder = Objects.requireNonNull(Path.of(Objects.requireNonNull(one).toURI()).getParent());
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(ScenarioFile.SUFFIX)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void soundNodesDoWhatTheFileSaysAndAgainExactly(Path path) {
    ScenarioFile file = ScenarioFile.read(path);
    Outcome outcome = ScenarioRunner.nodes().run(file.scenario());

    assertThat(outcome.violated())
        .as(() -> outcome.findings().toString())
        .isEqualTo(file.violates());
    assertThat(outcome.records()).isNotEmpty();
    Outcome again = ScenarioRunner.nodes().run(ScenarioFile.read(path).scenario());
    assertThat(again.trace()).isEqualTo(outcome.trace());
    assertThat(again.records()).isEqualTo(outcome.records());
    assertThat(again.sightings()).isEqualTo(outcome.sightings());
  }

  /** What the shrinker once made of a random run still shows the bug that it was made of. */
  @ParameterizedTest
  @EnumSource
  void aShrunkFileStillShowsItsBug(PlantedBug bug) throws IOException, URISyntaxException {
    String name = bug.name().toLowerCase(Locale.ROOT).replace('_', '-') + ScenarioFile.SUFFIX;
    Path path = files().stream().filter(f -> f.endsWith(name)).findFirst().orElseThrow();

    assertThat(bug.runner().judge(ScenarioFile.read(path).scenario()).violated())
        .contains(bug.property);
  }

  @Test
  void everyKindOfStepStandsInAFile() throws IOException, URISyntaxException {
    Set<String> verbs = new TreeSet<>();
    for (Path path : files()) {
      ScenarioFile.read(path)
          .scenario()
          .steps()
          .forEach(step -> verbs.add(HappeningText.text(step.what()).split(" ", 2)[0]));
    }
    assertThat(verbs).containsExactlyInAnyOrderElementsOf(HappeningText.VERBS);
  }
}
