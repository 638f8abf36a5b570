package io.havip.testkit.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model in {@code docs/model} for Spin: its properties, its mutants, and paths of the code. */
class ModelIT {

  private static final Path MODEL = Path.of("..", "docs", "model", "vrrp.pml");
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** In a model that follows the code, an interval has as many ticks as there are priorities. */
  private static final int TICKS = 256;

  private static final int DELAY_TICKS = 25;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @BeforeAll
  static void needsSpin() {
    RealNetwork.assume("spin", "cc");
  }

  @BeforeEach
  void copyTheModel() throws IOException {
    Files.copy(MODEL, folder.resolve("vrrp.pml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-DN=2",
        "-DN=2 -DLOSSES=3 -DFAILURES=2",
        "-DN=2 -DEQUAL",
        "-DN=2 -DT=4 -DD=2 -DLOSSES=3",
        "-DN=3 -DLOSSES=0 -DFAILURES=1"
      })
  void thePropertiesHold(String options) throws Exception {
    assertThat(verify(options)).contains("errors: 0").doesNotContain("max search depth too small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-DNO_YIELD", "-DNO_REARM", "-DDEAF", "-DEQUAL -DNO_TIE"})
  void aMutantOfTheModelIsFound(String options) throws Exception {
    assertThat(verify(options)).contains("assertion violated");
  }

  @Test
  void theCodeDoesWhatTheModelDoes() throws Exception {
    List<Predicate<Transition>> ends =
        List.of(
            step -> step.after().actives() == 2,
            step -> step.after().members().get(1).active() && step.after().failures() == 0,
            step ->
                step.before().actives() == 2
                    && step.after().actives() == 1
                    && step.after().members().get(0).active(),
            step -> step.move() instanceof Move.Start && step.before().actives() == 1);
    for (Predicate<Transition> end : ends) {
      Group group =
          new Group(
              Group.of(200, 100).routers(),
              SECOND.dividedBy(TICKS).multipliedBy(DELAY_TICKS),
              3,
              1);
      io.havip.testkit.explore.Path path = Explorer.find(group, 60, end).orElseThrow();

      assertThat(follow(path)).as(path.describe()).doesNotContain("assertion violated");
    }
  }

  @Test
  void aWrongPathIsNoticed() throws Exception {
    Files.writeString(folder.resolve("run.pml"), "assert(state[0] == ACTIVE)\n");

    assertThat(followScript()).contains("assertion violated");
  }

  private String verify(String options) throws Exception {
    List<String> spin = new ArrayList<>(List.of("spin"));
    spin.addAll(Arrays.asList(options.split(" ")));
    spin.addAll(List.of("-a", "vrrp.pml"));
    run(spin);
    run(List.of("cc", "-O2", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c"));
    return run(List.of("./pan", "-m2000000", "-w22"));
  }

  private String follow(io.havip.testkit.explore.Path path) throws Exception {
    Files.writeString(folder.resolve("run.pml"), script(path));
    return followScript();
  }

  private String followScript() throws Exception {
    Files.writeString(
        folder.resolve("followed.pml"),
        """
        #define N 2
        #define T %d
        #define D %d
        #define PRIORITY(i) ((i) == 0 -> 200 : 100)
        #define SKEW(i) (256 - PRIORITY(i))
        #define SCRIPT "run.pml"
        #include "vrrp.pml"
        """
            .formatted(TICKS, DELAY_TICKS));
    String output = run(List.of("spin", "followed.pml"));
    assertThat(output).contains("1 process created");
    return output;
  }

  /** The moves as statements of the model; after each the states must be those of the path. */
  private static String script(io.havip.testkit.explore.Path path) {
    List<String> lines = new ArrayList<>();
    for (Transition step : path.steps()) {
      lines.add(
          switch (step.move()) {
            case Move.Pass pass ->
                "ticks = "
                    + pass.nanos() / SECOND.dividedBy(TICKS).toNanos()
                    + "; do :: ticks > 0 -> tick(); ticks-- :: else -> break od";
            case Move.Fire fire -> "fire(" + fire.member() + ")";
            case Move.Answer answer -> throw new AssertionError("not in the model: " + answer);
            case Move.Silence silence -> throw new AssertionError("not in the model: " + silence);
            case Move.Deliver deliver -> hear(deliver.message());
            case Move.Lose lose -> "skip";
            case Move.Crash crash -> "quiet(" + crash.member() + ")";
            case Move.Stop stop -> "quiet(" + stop.member() + ")";
            case Move.Start start -> "start(" + start.member() + ")";
          });
      for (int i = 0; i < step.after().members().size(); i++) {
        Member member = step.after().members().get(i);
        String state = member.up() ? member.state().state().name() : "DOWN";
        lines.add("assert(state[" + i + "] == " + state + ")");
      }
    }
    return String.join(";\n", lines) + "\n";
  }

  private static String hear(Message message) {
    String inline = message.priority() == 0 ? "hearResignation" : "hear";
    return inline + "(" + message.from() + ", " + message.to() + ")";
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within " + LIMIT);
    }
    return Files.readString(output);
  }
}
