package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.spi.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Publishes failed operations of the host, each kind at most once in ten seconds. */
final class FailureReports {

  private static final int MAX_KINDS = 64;

  private final String subject;
  private final Events events;
  private final Consumer<Outcome.Failed> each;
  private final Map<String, RateLimit> limits =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
          return size() > MAX_KINDS;
        }
      };

  FailureReports(String subject, Events events) {
    this(subject, events, failure -> {});
  }

  /** The same for one who wants to hear of each. */
  FailureReports(String subject, Events events, Consumer<Outcome.Failed> each) {
    this.subject = subject;
    this.events = events;
    this.each = each;
  }

  void report(Outcome.Failed failure) {
    each.accept(failure);
    HavipEvent.At now = events.now();
    if (limits.computeIfAbsent(failure.operation(), kind -> new RateLimit()).passes(now.nanos())) {
      events.publish(new HavipEvent.OperationFailed(now, subject, failure));
    }
  }
}
