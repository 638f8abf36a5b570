package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.RunAs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of real commands, as a check's worker makes them. */
@Timeout(60)
class CommandRunTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Worker worker = new Worker();

  @AfterEach
  void endWorker() {
    worker.thread.interrupt();
  }

  @Test
  void exitStatus0_isASuccess() throws Exception {
    assertThat(CommandRun.run(List.of("sh", "-c", "exit 0")))
        .isEqualTo(new CheckRunner.Result(true, "exit status 0"));
  }

  @Test
  void anyOtherExitStatus_isAFailureThatNamesIt() throws Exception {
    assertThat(CommandRun.run(List.of("sh", "-c", "exit 7")))
        .isEqualTo(new CheckRunner.Result(false, "exit status 7"));
  }

  @Test
  void aMissingProgram_isAFailureThatNamesIt() throws Exception {
    CheckRunner.Result result = CommandRun.run(List.of("/nowhere/check", "x"));
    assertThat(result.success()).isFalse();
    assertThat(result.detail()).contains("/nowhere/check");
  }

  private static CheckRunner.Result runAs(RunAs user, String script) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can change the user");
    return CommandRun.run(List.of("sh", "-c", script, "sh", "$HOME *"), Optional.of(user));
  }

  @Test
  void anotherUser_runsItWithItsOwnGroupAlone() throws Exception {
    String test =
        "test \"$(id -un) $(id -G)\" = \"nobody $(id -g nobody)\" && test \"$1\" = '$HOME *'";
    assertThat(runAs(RunAs.user("nobody"), test).detail()).isEqualTo("exit status 0");
  }

  @Test
  void anotherGroup_isTheOnlyOne() throws Exception {
    String test = "test \"$(id -un) $(id -Gn)\" = 'nobody daemon' && test \"$1\" = '$HOME *'";
    assertThat(runAs(new RunAs("nobody", Optional.of("daemon")), test).detail())
        .isEqualTo("exit status 0");
  }

  @Test
  void supplementaryGroups_areThoseOfTheUser() throws Exception {
    String member =
        Files.readAllLines(Path.of("/etc/group")).stream()
            .map(line -> line.substring(line.lastIndexOf(':') + 1))
            .filter(members -> !members.isEmpty())
            .map(members -> members.replaceAll(",.*", ""))
            .findFirst()
            .orElse("");
    assumeFalse(member.isEmpty(), "no group of this host has members");
    String test = "test \"$(id -G)\" = \"$(id -G " + member + ")\"";
    RunAs user = RunAs.user(member);
    assertThat(runAs(user.withSupplementaryGroups(), test).detail()).isEqualTo("exit status 0");
    assertThat(runAs(user, test).detail()).isEqualTo("exit status 1");
  }

  @Test
  void aUserThatIsMissing_isAFailureThatNamesIt() throws Exception {
    CheckRunner.Result result = runAs(RunAs.user("no-such-user"), "echo ran > " + folder + "/ran");
    assertThat(result.success()).isFalse();
    assertThat(result.detail()).contains("may not run it as no-such-user");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void theOwnUser_needsNothing() throws Exception {
    RunAs own = RunAs.user(System.getProperty("user.name"));
    assertThat(CommandRun.run(List.of("sh", "-c", "exit 7"), Optional.of(own)).detail())
        .isEqualTo("exit status 7");
  }

  @Test
  void argumentsReachTheProgramAsTheyAre_withoutAShell() throws Exception {
    assertThat(
            CommandRun.run(List.of("sh", "-c", "test \"$1\" = '$HOME *'", "check", "$HOME *"))
                .success())
        .isTrue();
  }

  @Test
  void aCommandThatReadsItsInput_findsItEmpty() throws Exception {
    assertThat(CommandRun.run(List.of("sh", "-c", "test -z \"$(cat)\"")).success()).isTrue();
  }

  @Test
  void aCommandThatWritesMuch_isNotHeldUpByIt() throws Exception {
    assertThat(CommandRun.run(List.of("sh", "-c", "head -c 1000000 /dev/zero; exit 3")).detail())
        .isEqualTo("exit status 3");
  }

  @Test
  void anInterruptedRun_asksTheCommandToEndInOrder() throws Exception {
    start("trap 'echo asked > asked; exit 0' TERM; echo > ready; while :; do sleep 0.05; done");
    long took = interrupt();
    assertThat(folder.resolve("asked")).exists();
    assertThat(took).isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void aCommandThatIgnoresTheRequest_isKilledTwoSecondsLater() throws Exception {
    start("trap 'echo asked > asked' TERM; echo $$ > ready; while :; do sleep 0.05; done");
    ProcessHandle command = handle("ready");
    long took = interrupt();
    assertThat(folder.resolve("asked")).exists();
    assertThat(took).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(2));
    awaitEnd(command);
  }

  @Test
  void whatTheCommandStarted_endsWithIt() throws Exception {
    start("sh -c 'echo $$ > child; exec sleep 1000' & echo > ready; wait");
    ProcessHandle child = handle("child");
    interrupt();
    awaitEnd(child);
  }

  @Test
  void whatTheCommandStarted_hasTwoSecondsAsWell() throws Exception {
    start(
        "sh -c 'trap \"sleep 0.5; echo done > child-done; exit\" TERM; echo $$ > child;"
            + " while :; do sleep 0.05; done' & echo > ready; wait");
    ProcessHandle child = handle("child");
    interrupt();
    awaitEnd(child);
    assertThat(folder.resolve("child-done")).as("ended in order, not killed").exists();
  }

  @Test
  void aSecondInterrupt_killsAtOnceAndIsNotForgotten() throws Exception {
    start("trap 'echo > asked' TERM; echo $$ > ready; while :; do sleep 0.05; done");
    ProcessHandle command = handle("ready");
    long start = System.nanoTime();
    worker.thread.interrupt();
    awaitFile("asked");
    worker.thread.interrupt();
    awaitEnd(command);
    assertThat(worker.interruptedAtEnd()).isTrue();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  /** Runs a script on a worker until it says that it is ready. */
  private void start(String script) throws Exception {
    List<String> argv = List.of("sh", "-c", "cd '" + folder + "'; " + script);
    worker = new Worker(argv);
    worker.thread.start();
    awaitFile("ready");
  }

  /** Interrupts the worker and returns how long the run went on, in nanoseconds. */
  private long interrupt() throws Exception {
    long start = System.nanoTime();
    worker.thread.interrupt();
    assertThat(worker.interruptedAtEnd()).as("the interrupt was answered, and used up").isFalse();
    return System.nanoTime() - start;
  }

  private ProcessHandle handle(String file) throws Exception {
    return ProcessHandle.of(Long.parseLong(awaitFile(file))).orElseThrow();
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until a file has a whole line, and returns it. */
  private String awaitFile(String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < limit) {
      if (Files.exists(file) && Files.readString(file).endsWith("\n")) {
        return Files.readString(file).strip();
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new AssertionError("the command never wrote " + name);
  }

  /** A thread of its own, as a platform's worker is. */
  private static final class Worker {

    private final CompletableFuture<Boolean> interruptedAtEnd = new CompletableFuture<>();
    private final Thread thread;

    Worker(List<String> argv) {
      thread = new Thread(() -> run(argv), "worker");
      thread.setDaemon(true);
    }

    Worker() {
      this(List.of("true"));
    }

    private void run(List<String> argv) {
      try {
        CommandRun.run(argv);
        interruptedAtEnd.completeExceptionally(new AssertionError("the run was not interrupted"));
      } catch (InterruptedException e) {
        interruptedAtEnd.complete(Thread.currentThread().isInterrupted());
      }
    }

    boolean interruptedAtEnd() throws InterruptedException, ExecutionException, TimeoutException {
      return interruptedAtEnd.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
