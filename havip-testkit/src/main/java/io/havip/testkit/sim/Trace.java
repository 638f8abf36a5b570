package io.havip.testkit.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What happened in a simulation, in order. Two runs of the same scenario with the same seed give
 * the same records and the same {@link #hash}, on any JVM.
 */
public final class Trace {

  /** How much is kept. */
  public enum Mode {
    /** Nothing: for long runs and benchmarks. */
    OFF,
    /** The hash of everything, and the last records for messages. */
    TAIL,
    /** Everything. */
    ALL
  }

  /** Records that {@link Mode#TAIL} keeps at least. */
  private static final int TAIL_KEPT = 200;

  private final ArrayList<TraceRecord> records = new ArrayList<>();
  private final List<TraceRecord> view = Collections.unmodifiableList(records);
  private Mode mode = Mode.ALL;
  private long count;
  private long hash = Hash.EMPTY;

  Trace() {}

  /** Whether records are made, so that nobody builds text in vain. */
  boolean on() {
    return mode != Mode.OFF;
  }

  Mode mode() {
    return mode;
  }

  void mode(Mode value) {
    mode = value;
  }

  /** Appends a record and returns its number, or returns the cause if nothing is recorded. */
  long add(long nanos, String host, TraceKind kind, String detail, long cause) {
    if (mode == Mode.OFF) {
      return cause;
    }
    if (mode == Mode.TAIL && records.size() >= 2 * TAIL_KEPT) {
      records.subList(0, records.size() - TAIL_KEPT).clear();
    }
    TraceRecord added = new TraceRecord(++count, nanos, host, kind, detail, cause);
    records.add(added);
    long h = Hash.number(hash, nanos);
    h = Hash.text(h, host);
    h = Hash.text(h, kind.name());
    h = Hash.text(h, detail);
    hash = Hash.number(h, cause);
    return count;
  }

  /**
   * Returns the records that are kept, oldest first; a view that grows with the simulation.
   *
   * @return the records
   */
  public List<TraceRecord> records() {
    return view;
  }

  /**
   * The records of one kind that are kept, oldest first.
   *
   * @param kind the kind
   * @return the records
   */
  public List<TraceRecord> records(TraceKind kind) {
    return records.stream().filter(r -> r.kind() == kind).toList();
  }

  /** {@return how many records were made, whether they are kept or not} */
  public long count() {
    return count;
  }

  /** {@return a hash over every record made so far} */
  public long hash() {
    return hash;
  }

  /** {@return all records that are kept, a line each} */
  public String text() {
    return tail(Integer.MAX_VALUE);
  }

  /**
   * The last records, a line each.
   *
   * @param lines how many at most
   * @return lines separated, not ended, by a newline
   */
  public String tail(int lines) {
    int from = Math.max(0, records.size() - lines);
    return records.subList(from, records.size()).stream()
        .map(TraceRecord::text)
        .collect(Collectors.joining("\n"));
  }
}
