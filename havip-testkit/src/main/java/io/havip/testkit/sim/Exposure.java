package io.havip.testkit.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who answered for an address, over time, without sampling: a new span begins with every change.
 * Spans of no length are left out.
 */
public final class Exposure {

  /** Asks who answers at this moment. */
  @FunctionalInterface
  interface Observation {
    List<SimHost> answering();
  }

  /**
   * A span of time during which the same hosts answered.
   *
   * @param from virtual nanoseconds of its begin
   * @param to virtual nanoseconds of its end
   * @param hosts who answered, in the order in which they were plugged in
   */
  public record Span(long from, long to, List<SimHost> hosts) {

    /** Copies the list. */
    public Span {
      hosts = List.copyOf(hosts);
    }

    /** {@return its length} */
    public Duration length() {
      return Duration.ofNanos(to - from);
    }
  }

  private final Engine engine;
  private final String what;
  private final Observation observation;
  private final List<Span> past = new ArrayList<>();
  private List<SimHost> current;
  private long since;

  Exposure(Engine engine, String what, Observation observation) {
    this.engine = engine;
    this.what = what;
    this.observation = observation;
    current = observation.answering();
    since = engine.now();
  }

  void update() {
    List<SimHost> hosts = observation.answering();
    if (hosts.equals(current)) {
      return;
    }
    long now = engine.now();
    if (now > since) {
      past.add(new Span(since, now, current));
    }
    current = hosts;
    since = now;
    if (!past.isEmpty() && past.getLast().to() == now && past.getLast().hosts().equals(hosts)) {
      since = past.removeLast().from();
    }
  }

  /** {@return all spans from the begin of the measurement until now} */
  public List<Span> spans() {
    List<Span> all = new ArrayList<>(past);
    if (engine.now() > since || all.isEmpty()) {
      all.add(new Span(since, engine.now(), current));
    }
    return List.copyOf(all);
  }

  /** {@return the sum of the times during which more than one host answered} */
  public Duration overlap() {
    return sum(overlaps());
  }

  /** {@return the longest time during which more than one host answered, without a break} */
  public Duration longestOverlap() {
    return longest(overlaps());
  }

  /**
   * Returns the sum of the times during which nobody answered, after the first time somebody did.
   *
   * @return the sum of the times during which nobody answered, after the first time somebody did
   */
  public Duration gap() {
    return sum(gaps());
  }

  /**
   * Returns the longest time during which nobody answered, after the first time somebody did.
   *
   * @return the longest time during which nobody answered, after the first time somebody did
   */
  public Duration longestGap() {
    return longest(gaps());
  }

  /**
   * One line a span.
   *
   * @return times in seconds and names of hosts
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(what);
    for (Span span : spans()) {
      text.append('\n');
      Times.seconds(text, span.from(), 16);
      text.append(" to ");
      Times.seconds(text, span.to(), 0);
      text.append(' ').append(span.hosts().isEmpty() ? "nobody" : span.hosts());
    }
    return text.toString();
  }

  private List<Span> overlaps() {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans()) {
      if (span.hosts().size() > 1) {
        if (!merged.isEmpty() && merged.getLast().to() == span.from()) {
          merged.add(new Span(merged.removeLast().from(), span.to(), span.hosts()));
        } else {
          merged.add(span);
        }
      }
    }
    return merged;
  }

  private List<Span> gaps() {
    return spans().stream()
        .dropWhile(s -> s.hosts().isEmpty())
        .filter(s -> s.hosts().isEmpty())
        .toList();
  }

  private static Duration sum(List<Span> spans) {
    return spans.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration longest(List<Span> spans) {
    return spans.stream().map(Span::length).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
