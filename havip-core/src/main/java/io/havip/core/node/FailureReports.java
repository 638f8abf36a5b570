package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.spi.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes failed operations of the host, each kind at most once in ten seconds. */
final class FailureReports {

  private static final int MAX_KINDS = 64;

  private final String subject;
  private final Events events;
  private final Map<String, RateLimit> limits =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
          return size() > MAX_KINDS;
        }
      };

  FailureReports(String subject, Events events) {
    this.subject = subject;
    this.events = events;
  }

  void report(Outcome.Failed failure) {
    HavipEvent.At now = events.now();
    if (limits.computeIfAbsent(failure.operation(), kind -> new RateLimit()).passes(now.nanos())) {
      events.publish(new HavipEvent.OperationFailed(now, subject, failure));
    }
  }
}
