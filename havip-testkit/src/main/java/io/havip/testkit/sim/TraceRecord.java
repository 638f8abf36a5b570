package io.havip.testkit.sim;

/**
 * One line of a trace.
 *
 * @param number counts from 1
 * @param nanos virtual time since the start of the simulation
 * @param host whom it concerns, or the empty string
 * @param kind what it tells of
 * @param detail one clause for a person
 * @param cause number of the record that led to this one, or 0 if the test itself did
 */
public record TraceRecord(
    long number, long nanos, String host, TraceKind kind, String detail, long cause) {

  private static final int HOST_WIDTH = 8;
  private static final int KIND_WIDTH = 8;

  /**
   * One line in columns: time in seconds, number, host, kind, detail and, after an arrow, the
   * number of the cause. Stable: equal records give equal text.
   *
   * @return one line without its end
   */
  public String text() {
    StringBuilder line = new StringBuilder(96);
    Times.seconds(line, nanos, 16);
    line.append("  #").append(number).append(' ');
    pad(line, 26);
    line.append(host).append(' ');
    pad(line, 26 + HOST_WIDTH);
    line.append(kind).append(' ');
    pad(line, 26 + HOST_WIDTH + KIND_WIDTH);
    line.append(detail);
    if (cause != 0) {
      line.append("  <- #").append(cause);
    }
    return line.toString();
  }

  private static void pad(StringBuilder line, int width) {
    while (line.length() < width) {
      line.append(' ');
    }
  }
}
