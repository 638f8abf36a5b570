package io.havip.testkit.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A client that asks "who serves this address?" over and over: it connects by TCP and reads the
 * name of the host that answers. Members answer by {@link #answerOn}. Both ends are small Java
 * programs inside the hosts.
 */
public final class Probe implements AutoCloseable {

  /** How an attempt ended. */
  public enum Outcome {
    /** Connected and read the name of a host. */
    ANSWERED,
    /** Nothing came in time. */
    TIMED_OUT,
    /** A host has the address, but nothing listens there. */
    REFUSED,
    /** No neighbour has the address. */
    NO_ROUTE,
    /** Connected, but the connection broke before a name was read. */
    BROKEN
  }

  /**
   * One attempt.
   *
   * @param nanos when it began, on the axis of {@link System#nanoTime}
   * @param duration how long it took
   * @param outcome how it ended
   * @param host the name of the host that answered; empty unless {@link Outcome#ANSWERED}
   */
  public record Attempt(long nanos, Duration duration, Outcome outcome, String host) {

    /**
     * When it ended.
     *
     * @return on the axis of {@link System#nanoTime}
     */
    public long endNanos() {
      return nanos + duration.toNanos();
    }

    String line() {
      return "attempt %d %d %s %s".formatted(nanos, duration.toNanos(), outcome, host);
    }

    static Optional<Attempt> parse(String line) {
      String[] words = line.split(" ", -1);
      return words.length == 5 && words[0].equals("attempt")
          ? Optional.of(
              new Attempt(
                  Long.parseLong(words[1]),
                  Duration.ofNanos(Long.parseLong(words[2])),
                  Outcome.valueOf(words[3]),
                  words[4]))
          : Optional.empty();
    }
  }

  /** The port that {@link #answerOn} listens on and probes connect to. */
  public static final int PORT = 7000;

  private static final List<String> SMALL_JVM =
      List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m");
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final LabProcess process;

  private Probe(LabProcess process) {
    this.process = process;
  }

  /**
   * Makes a host answer with its name to whoever connects to any of its addresses, and then send
   * back whatever it is sent.
   *
   * @param host the host
   * @return the running program, which listens when this method returns
   */
  public static LabProcess answerOn(LabHost host) {
    LabProcess responder =
        startSmall(host, ResponderMain.class, host.name(), Integer.toString(PORT));
    responder.awaitLine(line -> line.equals(ResponderMain.READY), START_LIMIT);
    return responder;
  }

  /**
   * Starts to ask.
   *
   * @param client the host that asks
   * @param address the address it asks about
   * @param interval from the start of one attempt to the start of the next; attempts do not
   *     overlap, so a slow one delays the next
   * @param timeout after which an attempt is given up
   * @return the running probe, which has made its first attempt when this method returns
   */
  public static Probe start(LabHost client, String address, Duration interval, Duration timeout) {
    Probe probe =
        new Probe(
            startSmall(
                client,
                ProberMain.class,
                address,
                Integer.toString(PORT),
                Long.toString(interval.toNanos()),
                Integer.toString(Math.toIntExact(timeout.toMillis()))));
    probe.process.awaitLine(line -> Attempt.parse(line).isPresent(), START_LIMIT);
    return probe;
  }

  static LabProcess startSmall(LabHost host, Class<?> mainClass, String... arguments) {
    // These need nothing but this package, so they get nothing else.
    return host.start(
        mainClass.getSimpleName(),
        JavaCommand.of(
            SMALL_JVM, JavaCommand.rootOf(mainClass).toString(), mainClass, List.of(arguments)));
  }

  /**
   * All attempts so far.
   *
   * @return a snapshot, in order
   */
  public List<Attempt> attempts() {
    return process.lines().stream().flatMap(line -> Attempt.parse(line.text()).stream()).toList();
  }

  /**
   * Waits for an answer of a host to an attempt that began at or after a given time.
   *
   * @param host who is to answer
   * @param since a value of {@link System#nanoTime}
   * @param timeout how long to wait
   * @return the first such attempt
   * @throws LabTimeoutException when the time is over; the message has the last attempts
   */
  public Attempt awaitAnswer(LabHost host, long since, Duration timeout) {
    LabProcess.Line answer =
        process.awaitLine(
            line ->
                Attempt.parse(line.text())
                    .filter(attempt -> attempt.nanos() - since >= 0)
                    .filter(attempt -> attempt.host().equals(host.name()))
                    .isPresent(),
            "an answer of " + host.name(),
            timeout);
    return Attempt.parse(answer.text()).orElseThrow();
  }

  /** Ends the probe; its attempts stay readable. */
  @Override
  public void close() {
    process.close();
  }
}
