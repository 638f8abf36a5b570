package io.havip.testkit.lab;

import java.time.Duration;
import java.util.List;

/**
 * A TCP connection that stays open: the client writes a byte again and again, and the host that
 * serves the address, by {@link Probe#answerOn}, sends it back. What is lost the kernels send
 * again, so a connection outlives every silence of its server that is shorter than some minutes.
 */
public final class Conversation implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final LabProcess process;

  private Conversation(LabProcess process) {
    this.process = process;
  }

  /**
   * Connects and begins to talk.
   *
   * @param client the host that connects
   * @param address the address it connects to
   * @param interval between bytes
   * @return the running conversation, in which a byte has come back when this method returns
   */
  public static Conversation start(LabHost client, String address, Duration interval) {
    LabProcess process =
        Probe.startSmall(
            client,
            TalkerMain.class,
            address,
            Integer.toString(Probe.PORT),
            Long.toString(interval.toNanos()));
    process.awaitLine(line -> line.startsWith(TalkerMain.ECHO), START_LIMIT);
    return new Conversation(process);
  }

  /**
   * When bytes came back.
   *
   * @return times on the axis of {@link System#nanoTime}, in order
   */
  public List<Long> echoes() {
    return process.lines().stream()
        .map(LabProcess.Line::text)
        .filter(text -> text.startsWith(TalkerMain.ECHO))
        .map(text -> Long.valueOf(text.substring(TalkerMain.ECHO.length())))
        .toList();
  }

  /** Ends the conversation; what it has heard stays readable. */
  @Override
  public void close() {
    process.close();
  }
}
