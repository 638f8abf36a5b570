package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfigException;
import io.havip.HealthCheck.Processes;
import io.havip.HealthCheck.Processes.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, of a program that nothing else on this host runs. */
@Timeout(60)
class ProcessCountTest {

  private static final int ANY = Integer.MAX_VALUE;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private Path program = Path.of("");

  @BeforeEach
  void makeProgram() throws IOException {
    String unique = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    program = Files.createSymbolicLink(folder.resolve("p" + unique), realShell());
  }

  private static Path realShell() throws IOException {
    return Path.of("/bin/sh").toRealPath();
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  /** Starts the program, which waits for its input to end, with further arguments. */
  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-c", "read line"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    processes.add(process);
    return process;
  }

  private boolean fit(String name, Match match, int atLeast, int atMost, String... arguments)
      throws InterruptedException {
    return ProcessCount.run(new Processes(name, List.of(arguments), match, atLeast, atMost))
        .success();
  }

  private boolean matches(Match match, String... arguments) throws InterruptedException {
    return fit(program.toString(), match, 1, ANY, arguments);
  }

  private String name() {
    return program.getFileName().toString();
  }

  @Test
  void a_process_is_found_by_its_name() throws Exception {
    assertThat(fit(name(), Match.NAME, 1, ANY)).isFalse();
    start();
    assertThat(fit(name(), Match.NAME, 1, ANY)).isTrue();
    assertThat(fit(name().substring(1), Match.NAME, 1, ANY)).as("no part of it").isFalse();
  }

  @Test
  void a_long_name_is_compared_as_linux_keeps_it() throws Exception {
    program = Files.createSymbolicLink(folder.resolve(name() + "-and-more"), realShell());
    start();
    assertThat(name().length()).isGreaterThan(15);
    assertThat(fit(name(), Match.NAME, 1, ANY)).isTrue();
  }

  @Test
  void the_number_of_processes_must_be_within_the_bounds() throws Exception {
    start();
    assertThat(fit(name(), Match.NAME, 2, ANY)).isFalse();
    start();
    assertThat(fit(name(), Match.NAME, 2, ANY)).isTrue();
    assertThat(fit(name(), Match.NAME, 0, 1)).isFalse();
    assertThat(fit(name(), Match.NAME, 0, 0)).isFalse();
  }

  @Test
  void at_most_0_means_that_the_program_must_not_run() throws Exception {
    assertThat(fit(name(), Match.NAME, 0, 0)).isTrue();
  }

  @Test
  void the_result_names_the_number_and_what_is_needed() throws Exception {
    assertThat(ProcessCount.run(new Processes("x y", List.of(), Match.NAME, 2, 3)))
        .isEqualTo(new CheckRunner.Result(false, "0 of \"x y\", needed are at least 2, at most 3"));
  }

  @Test
  void a_process_that_has_ended_and_waits_for_its_parent_does_not_count() throws Exception {
    // The shell does not wait for its child, as it becomes another program.
    Process parent =
        new ProcessBuilder("/bin/sh", "-c", program + " -c : & exec sleep 1000").start();
    processes.add(parent);
    ProcessHandle child;
    do {
      child = parent.toHandle().children().findFirst().orElse(null);
    } while (child == null || !isZombie(child));
    assertThat(fit(name(), Match.NAME, 1, ANY)).isFalse();
    assertThat(fit(program.toString(), Match.PARTIAL, 1, ANY)).isFalse();
  }

  private boolean isZombie(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return stat.contains("(" + name() + ") Z");
  }

  @Test
  void exact_means_these_arguments_and_no_others() throws Exception {
    start("x", "a b");
    assertThat(matches(Match.EXACT, "-c", "read line", "x", "a b")).isTrue();
    assertThat(matches(Match.EXACT, "-c", "read line", "x")).isFalse();
    assertThat(matches(Match.EXACT, "-c", "read line", "x", "a")).isFalse();
    assertThat(matches(Match.EXACT)).isFalse();
  }

  @Test
  void partial_means_these_arguments_first() throws Exception {
    start("x", "a b");
    assertThat(matches(Match.PARTIAL)).isTrue();
    assertThat(matches(Match.PARTIAL, "-c", "read line")).isTrue();
    assertThat(matches(Match.PARTIAL, "-c", "read")).isFalse();
    assertThat(matches(Match.PARTIAL, "-c", "read line", "x", "a b", "")).isFalse();
    assertThat(fit(name(), Match.PARTIAL, 1, ANY)).as("without its folder").isFalse();
  }

  @Test
  void initial_means_that_the_last_argument_may_be_longer() throws Exception {
    start("x", "\u00e4 b");
    assertThat(matches(Match.INITIAL)).isTrue();
    assertThat(matches(Match.INITIAL, "-c", "read")).isTrue();
    assertThat(matches(Match.INITIAL, "-", "read line")).as("only the last").isFalse();
    assertThat(matches(Match.INITIAL, "-c", "read line", "x", "\u00e4")).isTrue();
  }

  @Test
  void a_check_by_name_needs_a_program_and_takes_no_arguments() {
    assertThatThrownBy(() -> new Processes("a", List.of("b"), Match.NAME, 1, 1))
        .isInstanceOf(HavipConfigException.class);
    assertThatThrownBy(() -> new Processes("a", List.of(), Match.NAME, 2, 1))
        .hasMessageContaining("atLeast <= atMost, not 2 and 1");
    assertThatThrownBy(() -> Processes.named(" ")).isInstanceOf(HavipConfigException.class);
  }
}
