package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs without a lab; needs Linux but not root. */
class LabProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Signals signals = Signals.open();

  @AfterEach
  void closeSignals() {
    signals.close();
  }

  @Test
  void linesOfBothStreamsAreKeptWithIncreasingTimes() {
    long before = System.nanoTime();
    try (LabProcess process = shell("echo one; echo two >&2; exit 3")) {
      assertThat(process.awaitExit(LIMIT)).isEqualTo(3);
      assertThat(process.lines())
          .extracting(line -> line.source() + " " + line.text())
          .containsExactlyInAnyOrder("STDOUT one", "STDERR two");
      assertThat(process.lines())
          .allSatisfy(line -> assertThat(line.nanos()).isGreaterThan(before));
      assertThat(process.exitCode()).contains(3);
    }
  }

  @Test
  void aLineThatComesLaterIsAwaited() {
    String script = "trap 'echo late' USR1; echo ready; while :; do sleep 0.01; done";
    try (LabProcess process = shell(script)) {
      process.awaitLine("ready"::equals, LIMIT);
      long asked = process.signal(LabProcess.Signal.USR1);
      LabProcess.Line late = process.awaitLine("late"::equals, asked, LIMIT);
      assertThat(late.nanos()).isGreaterThan(asked);
      long askedAgain = process.signal(LabProcess.Signal.USR1);
      assertThat(process.awaitLine("late"::equals, askedAgain, LIMIT).nanos())
          .isGreaterThan(late.nanos());
    }
  }

  @Test
  void aMissingLineFailsWithTheLastLinesAndTheCommand() {
    try (LabProcess process = shell("echo hello; exec sleep 60")) {
      process.awaitLine("hello"::equals, LIMIT);
      assertThatThrownBy(() -> process.awaitLine("bye"::equals, Duration.ofMillis(20)))
          .isInstanceOf(LabTimeoutException.class)
          .hasMessageContaining("hello")
          .hasMessageContaining("sleep 60")
          .hasMessageContaining("20 ms");
    }
  }

  @Test
  void waitingForALineEndsWhenTheProgramEnds() {
    try (LabProcess process = shell("echo last words")) {
      assertThatThrownBy(() -> process.awaitLine("never"::equals, Duration.ofMinutes(5)))
          .isInstanceOf(LabException.class)
          .isNotInstanceOf(LabTimeoutException.class)
          .hasMessageContaining("last words");
    }
  }

  @Test
  void closeKillsDescendantsEvenOfADeadLeader() {
    LabProcess process = shell("sleep 61 & echo $!; exit 0");
    long child = Long.parseLong(process.awaitLine(line -> true, LIMIT).text());
    Await.until("the leader's end", LIMIT, () -> !process.isAlive());
    assertThat(ProcessTable.find(child)).isPresent();
    process.close();
    assertThat(ProcessTable.find(child)).isEmpty();
    process.close();
  }

  @Test
  void closeKillsAStoppedProgramAndOneThatIgnoresTerm() {
    LabProcess process = shell("trap '' TERM; echo ready; while :; do sleep 0.01; done");
    process.awaitLine("ready"::equals, LIMIT);
    process.signal(LabProcess.Signal.TERM);
    process.signalAll(LabProcess.Signal.STOP);
    assertThat(process.isAlive()).isTrue();
    process.close();
    assertThat(process.exitCode()).contains(128 + 9);
    assertThat(ProcessTable.inSession(process.pid())).isEmpty();
  }

  @Test
  void stopFreezesAndContGoesOn() {
    try (LabProcess process = shell("while :; do echo tick; sleep 0.01; done")) {
      process.awaitLine("tick"::equals, LIMIT);
      process.signalAll(LabProcess.Signal.STOP);
      // What the pipe still held arrives; then nothing more may come.
      Await.until(
          "silence",
          LIMIT,
          () -> {
            int before = process.lines().size();
            LockSupport.parkNanos(100_000_000);
            return process.lines().size() == before;
          });
      long resumed = process.signalAll(LabProcess.Signal.CONT);
      process.awaitLine("tick"::equals, resumed, LIMIT);
    }
  }

  @Test
  void signallingTheDeadIsAnErrorButKillingThemIsNot() {
    LabProcess process = shell("exit 0");
    process.awaitExit(LIMIT);
    assertThatThrownBy(() -> process.signal(LabProcess.Signal.HUP))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("HUP");
    process.kill();
  }

  @Test
  void aMissingProgramIsNamed() {
    try (LabProcess process = LabProcess.start("nothing", List.of("no-such-program"), signals)) {
      // 127, or 126 where a folder of the search path may not be looked into.
      assertThat(process.awaitExit(LIMIT)).isIn(126, 127);
      assertThat(process.lines().getFirst().text()).contains("no-such-program");
    }
  }

  @Test
  void failedCommandsTellEverything() {
    assertThatThrownBy(() -> Command.of("sh", "-c", "echo out; echo err >&2; exit 7").run())
        .isInstanceOf(LabException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("out")
        .hasMessageContaining("err");
  }

  @Test
  void hangingCommandsAreGivenUpAndKilled() {
    assertThatThrownBy(() -> Command.of("sleep", "62").result(Duration.ofMillis(50)))
        .isInstanceOf(LabTimeoutException.class)
        .hasMessageContaining("sleep 62");
  }

  private LabProcess shell(String script) {
    return LabProcess.start("shell", List.of("sh", "-c", script), signals);
  }
}
