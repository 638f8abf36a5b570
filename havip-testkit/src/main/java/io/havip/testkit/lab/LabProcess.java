package io.havip.testkit.lab;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running program. Its output is kept line by line with the time each line arrived. It leads a
 * session of its own, so it can be signalled together with everything it started, and {@link
 * #close} leaves none of that behind.
 *
 * <p>Two daemon threads named after the process read its output until it ends. All methods may be
 * called from any thread. Times are on the axis of {@link System#nanoTime}, which on Linux all JVMs
 * of the machine share.
 */
public final class LabProcess implements AutoCloseable {

  /** The signals a lab needs. */
  public enum Signal {
    /** Ends the process without asking it. */
    KILL,
    /** Asks the process to end. */
    TERM,
    /** What Ctrl-C sends. */
    INT,
    /** Freezes the process; its kernel-side sockets and addresses stay as they are. */
    STOP,
    /** Ends {@link #STOP}. */
    CONT,
    /** By custom: read the configuration again. */
    HUP,
    /** For the program's own use. */
    USR1,
    /** For the program's own use. */
    USR2
  }

  /** Where a line came from. */
  public enum Source {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR
  }

  /**
   * One line of output.
   *
   * @param nanos when this JVM read it, on the axis of {@link System#nanoTime}
   * @param source where it came from
   * @param text the line without its end
   */
  public record Line(long nanos, Source source, String text) {}

  /** What is done with standard output; runs on a reader thread until the end of the stream. */
  interface StdoutReader {
    void readAll(InputStream stdout) throws IOException;
  }

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int LINES_IN_MESSAGES = 40;

  private final String name;
  private final List<String> command;
  private final Process process;
  private final Signals signals;
  private final List<Thread> readers = new ArrayList<>();
  private final List<Runnable> onClose = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Line> lines = new ArrayList<>();
  private int openStreams = 2;

  private LabProcess(String name, List<String> command, Process process, Signals signals) {
    this.name = name;
    this.command = List.copyOf(command);
    this.process = process;
    this.signals = signals;
  }

  static LabProcess start(String name, List<String> command, Signals signals) {
    LabProcess started = launch(name, command, signals);
    started.readWith("stdout", stdout -> started.readLines(Source.STDOUT, stdout));
    return started;
  }

  static LabProcess start(
      String name, List<String> command, Signals signals, StdoutReader stdoutReader) {
    LabProcess started = launch(name, command, signals);
    started.readWith("stdout", stdoutReader);
    return started;
  }

  private static LabProcess launch(String name, List<String> command, Signals signals) {
    String setsid =
        Tools.find("setsid").orElseThrow(() -> new LabException("no setsid")).toString();
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(setsid), command.stream()).toList())
            .redirectInput(Redirect.from(new File("/dev/null")));
    builder.environment().put("PATH", Tools.searchPath());
    builder.environment().put("LC_ALL", "C");
    try {
      LabProcess started = new LabProcess(name, command, builder.start(), signals);
      started.readWith("stderr", stderr -> started.readLines(Source.STDERR, stderr));
      started.awaitSession();
      return started;
    } catch (IOException e) {
      throw new LabException("cannot start '" + String.join(" ", command) + "'", e);
    }
  }

  /** Until setsid has done its work, the group that later signals go to does not exist. */
  private void awaitSession() {
    Await.until(
        name + " to lead its own session",
        GRACE,
        () -> ProcessTable.find(pid()).map(entry -> entry.session() == pid()).orElse(true));
  }

  private void readWith(String stream, StdoutReader reader) {
    InputStream in = stream.equals("stderr") ? process.getErrorStream() : process.getInputStream();
    Thread thread =
        new Thread(
            () -> {
              try (in) {
                reader.readAll(in);
              } catch (IOException e) {
                add(new Line(System.nanoTime(), Source.STDERR, "[" + stream + ": " + e + "]"));
              } finally {
                streamEnded();
              }
            },
            "lab-" + name + "-" + stream);
    thread.setDaemon(true);
    readers.add(thread);
    thread.start();
  }

  private void readLines(Source source, InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      add(new Line(System.nanoTime(), source, text));
    }
  }

  private void add(Line line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void streamEnded() {
    lock.lock();
    try {
      openStreams--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void onClose(Runnable action) {
    onClose.add(action);
  }

  /**
   * The process id, which is also its session and process group id.
   *
   * @return the id; the program's own, not that of a wrapper
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Tells whether the program still runs (or is stopped).
   *
   * @return false once it has ended
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * All lines read so far, in the order they were read.
   *
   * @return a snapshot
   */
  public List<Line> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  String text(Source source) {
    return lines().stream()
        .filter(line -> line.source() == source)
        .map(line -> line.text() + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /**
   * Waits for a line, also among those already read.
   *
   * @param wanted tells the wanted line by its text; runs on the calling thread
   * @param timeout how long to wait
   * @return the first such line
   * @throws LabTimeoutException when the time is over; the message contains the last lines
   * @throws LabException when the program ends without such a line
   */
  public Line awaitLine(Predicate<String> wanted, Duration timeout) {
    return awaitLine(line -> wanted.test(line.text()), "a line", timeout);
  }

  /**
   * Waits for a line that arrived at or after a given time.
   *
   * @param wanted tells the wanted line by its text; runs on the calling thread
   * @param since a value of {@link System#nanoTime}
   * @param timeout how long to wait
   * @return the first such line
   * @throws LabTimeoutException when the time is over; the message contains the last lines
   * @throws LabException when the program ends without such a line
   */
  public Line awaitLine(Predicate<String> wanted, long since, Duration timeout) {
    return awaitLine(
        line -> line.nanos() - since >= 0 && wanted.test(line.text()), "a new line", timeout);
  }

  Line awaitLine(Predicate<Line> wanted, String what, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lock();
    try {
      int next = 0;
      while (true) {
        for (; next < lines.size(); next++) {
          if (wanted.test(lines.get(next))) {
            return lines.get(next);
          }
        }
        if (openStreams == 0) {
          throw new LabException(name + " ended without " + what + " that was awaited" + tail());
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new LabTimeoutException(
              "waited " + Await.text(timeout) + " for " + what + " of " + name + tail());
        }
        changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for " + what + " of " + name, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a signal to the program alone, not to what it started.
   *
   * @param signal the signal
   * @return the time just before the signal was sent, on the axis of {@link System#nanoTime}; the
   *     kernel has taken the signal when this method returns, typically 0.02 ms later
   * @throws LabException if the program has already ended
   */
  public long signal(Signal signal) {
    long at = System.nanoTime();
    if (!process.isAlive() || !signals.send(signal.name(), pid())) {
      throw new LabException("cannot send " + signal + ", " + name + " has ended" + tail());
    }
    return at;
  }

  /**
   * Sends a signal to the program and all processes of its group by one system call. With KILL no
   * parent gets to see its child die and no child its parent: of some fifty keepalived killed like
   * this, none sent a last advert.
   *
   * @param signal the signal
   * @return the time just before the signal was sent, on the axis of {@link System#nanoTime}
   * @throws LabException if the program has already ended
   */
  public long signalAll(Signal signal) {
    long at = System.nanoTime();
    if (!process.isAlive() || !signals.send(signal.name(), -pid())) {
      throw new LabException("cannot send " + signal + ", " + name + " has ended" + tail());
    }
    return at;
  }

  /**
   * Kills the program and everything it started, and waits until all are gone.
   *
   * @return the time just before the signal was sent, on the axis of {@link System#nanoTime}
   */
  public long kill() {
    long at = System.nanoTime();
    boolean stillLeads = process.isAlive();
    if (stillLeads) {
      signals.send(Signal.KILL.name(), -pid());
      process.destroyForcibly();
    }
    // The group is empty, or what is left of it either moved to a group of its own or outlived its
    // leader; the session id still tells them.
    Await.until(
        "the end of all processes of " + name,
        GRACE,
        () -> {
          List<ProcessTable.Entry> left = ProcessTable.inSession(pid());
          left.forEach(
              entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
          return left;
        },
        List::isEmpty);
    awaitExit(GRACE);
    return at;
  }

  /**
   * Waits for the end of the program and of its output.
   *
   * @param timeout how long to wait
   * @return the exit code; 128 + n if signal n ended it
   * @throws LabTimeoutException if it still runs; the message contains the last lines
   */
  public int awaitExit(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new LabTimeoutException(
            "waited " + Await.text(timeout) + " for the end of " + name + tail());
      }
      for (Thread reader : readers) {
        // A daemon that the program left behind may hold the pipe open; do not wait for that.
        reader.join(Duration.ofSeconds(1));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for the end of " + name, e);
    }
  }

  /**
   * The exit code.
   *
   * @return empty while the program runs; 128 + n if signal n ended it
   */
  public Optional<Integer> exitCode() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  /** Kills the program and everything it started. Does nothing the second time. */
  @Override
  public void close() {
    kill();
    onClose.forEach(Runnable::run);
  }

  private String tail() {
    List<Line> all = lines();
    String text =
        all.stream()
            .skip(Math.max(0, all.size() - LINES_IN_MESSAGES))
            .map(Line::text)
            .collect(Collectors.joining(System.lineSeparator() + "  "));
    return "%n  command: %s%n  state: %s%n  last of %d lines:%n  %s"
        .formatted(
            String.join(" ", command),
            exitCode().map(code -> "ended with exit code " + code).orElse("running"),
            all.size(),
            text);
  }

  @Override
  public String toString() {
    return name + " (process " + pid() + ")";
  }
}
