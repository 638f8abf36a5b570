package io.havip.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running keepalived, with all of its files private to it. Its log is its output; states are read
 * from there. Needs the program {@code keepalived}, best 2.2.7 or later.
 *
 * <p>keepalived logs that it enters MASTER before it adds the addresses and announces them. Who
 * needs those waits for {@link LabHost#awaitAddress} or for the announcement in a {@link Capture},
 * which also has the better time.
 */
public final class Keepalived implements AutoCloseable {

  /** The state of a VRRP instance in keepalived's words. */
  public enum State {
    /** Holds the addresses. */
    MASTER,
    /** Listens. */
    BACKUP,
    /** Takes no part, because its interface or something it tracks is down. */
    FAULT
  }

  private static final Pattern ENTERING =
      Pattern.compile("\\((\\S+)\\) Entering (MASTER|BACKUP|FAULT) STATE");
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final LabHost host;
  private final LabProcess process;

  private Keepalived(LabHost host, LabProcess process) {
    this.host = host;
    this.process = process;
  }

  /**
   * Starts keepalived and waits until every instance has entered its first state.
   *
   * @param host where it runs
   * @param config its configuration
   * @return the running keepalived
   * @throws LabException if it ends or an instance is refused; the message has its log
   */
  public static Keepalived start(LabHost host, KeepalivedConfig config) {
    LabAvailability.ofTool("keepalived").orThrow();
    Path file;
    Path folder;
    try {
      folder = Files.createTempDirectory(host.lab().folder(), "keepalived-" + host.name() + "-");
      file = Files.writeString(folder.resolve("keepalived.conf"), config.render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LabProcess process =
        host.start(
            "keepalived",
            List.of(
                "keepalived",
                "--dont-fork",
                "--log-console",
                "--no-syslog",
                "--log-detail",
                "--vrrp",
                "--use-file=" + file,
                "--pid=" + folder.resolve("keepalived.pid"),
                "--vrrp_pid=" + folder.resolve("vrrp.pid"),
                "--checkers_pid=" + folder.resolve("checkers.pid")));
    Keepalived keepalived = new Keepalived(host, process);
    for (KeepalivedConfig.Instance instance : config.instances()) {
      process.awaitLine(
          line -> {
            Matcher entering = ENTERING.matcher(line);
            return entering.find() && entering.group(1).equals(instance.name());
          },
          START_LIMIT);
    }
    return keepalived;
  }

  /**
   * The host it runs on.
   *
   * @return the host
   */
  public LabHost host() {
    return host;
  }

  /**
   * The program, for its log and for signals such as {@link LabProcess.Signal#HUP}.
   *
   * @return keepalived's parent process
   */
  public LabProcess process() {
    return process;
  }

  /**
   * The state an instance entered last.
   *
   * @param vrid the virtual router id; the instance is named {@code VI_} + VRID
   * @return empty before the first
   */
  public Optional<State> state(int vrid) {
    return process.lines().stream()
        .flatMap(line -> entered(vrid, line).stream())
        .reduce((earlier, later) -> later);
  }

  /**
   * Waits until an instance is in a state, now or later.
   *
   * @param vrid the virtual router id; the instance is named {@code VI_} + VRID
   * @param state the wanted state
   * @param timeout how long to wait
   * @throws LabTimeoutException when the time is over; the message has the end of the log
   */
  public void awaitState(int vrid, State state, Duration timeout) {
    process.awaitLine(
        line -> state(vrid).equals(Optional.of(state)),
        "state " + state + " of router " + vrid,
        timeout);
  }

  /**
   * Waits until an instance enters a state at or after a given time.
   *
   * @param vrid the virtual router id; the instance is named {@code VI_} + VRID
   * @param state the wanted state
   * @param since a value of {@link System#nanoTime}
   * @param timeout how long to wait
   * @return the log line that says so
   * @throws LabTimeoutException when the time is over; the message has the end of the log
   */
  public LabProcess.Line awaitEntering(int vrid, State state, long since, Duration timeout) {
    return process.awaitLine(
        line -> line.nanos() - since >= 0 && entered(vrid, line).equals(Optional.of(state)),
        "entering state " + state + " of router " + vrid,
        timeout);
  }

  private static Optional<State> entered(int vrid, LabProcess.Line line) {
    Matcher entering = ENTERING.matcher(line.text());
    return entering.find() && entering.group(1).equals("VI_" + vrid)
        ? Optional.of(State.valueOf(entering.group(2)))
        : Optional.empty();
  }

  /**
   * Crashes it: SIGKILL to parent and child in one system call, so the child has no time for a
   * clean exit and the parent none for a restart. The addresses stay on the host.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}; all are gone on return
   */
  public long kill() {
    return process.kill();
  }

  /**
   * Freezes parent and child.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long pause() {
    return process.signalAll(LabProcess.Signal.STOP);
  }

  /**
   * Ends {@link #pause}.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long resume() {
    return process.signalAll(LabProcess.Signal.CONT);
  }

  /**
   * Stops it in good order by SIGTERM and waits for its end: it sends priority 0 and removes its
   * addresses.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long stop() {
    long at = process.signal(LabProcess.Signal.TERM);
    process.awaitExit(Duration.ofSeconds(10));
    return at;
  }

  /** Kills it, if it still runs. */
  @Override
  public void close() {
    process.close();
  }
}
