package io.havip.testkit.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends signals, also to whole process groups. Java can send only TERM and KILL and only to one
 * process; starting {@code kill} costs milliseconds, which would blur every "killed → noticed"
 * measurement. So one shell per lab stands ready and signals with its built-in {@code kill}; an
 * order takes about 0.02 ms.
 */
final class Signals implements AutoCloseable {

  private static final String LOOP =
      "while read -r s t; do kill -s \"$s\" -- \"$t\" 2>/dev/null; echo $?; done";

  private final @Nullable Process shell;
  private final @Nullable BufferedReader answers;

  private Signals(@Nullable Process shell) {
    this.shell = shell;
    this.answers =
        shell == null
            ? null
            : new BufferedReader(
                new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Sends nothing; for short commands, which are killed one by one if they hang. */
  static Signals none() {
    return new Signals(null);
  }

  static Signals open() {
    String shell = Tools.find("sh").orElseThrow(() -> new LabException("no sh")).toString();
    try {
      Signals signals =
          new Signals(
              new ProcessBuilder(List.of(shell, "-c", LOOP))
                  .redirectError(Redirect.DISCARD)
                  .start());
      signals.send("0", ProcessHandle.current().pid());
      return signals;
    } catch (IOException e) {
      throw new LabException("cannot start a shell for sending signals", e);
    }
  }

  /**
   * Sends a signal and returns when the kernel has taken it.
   *
   * @param target a process id, or minus a process group id
   * @return false if there is no such process or group
   */
  synchronized boolean send(String signal, long target) {
    if (shell == null || answers == null) {
      return false;
    }
    try {
      OutputStream orders = shell.getOutputStream();
      orders.write((signal + " " + target + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new LabException("the shell that sends signals has died");
      }
      return answer.equals("0");
    } catch (IOException e) {
      throw new LabException("the shell that sends signals has died", e);
    }
  }

  @Override
  public synchronized void close() {
    if (shell == null) {
      return;
    }
    shell.destroyForcibly();
    try {
      shell.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
