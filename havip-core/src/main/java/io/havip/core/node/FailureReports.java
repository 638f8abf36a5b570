package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.spi.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes failed operations of the host, each kind at most once in ten seconds. */
final class FailureReports {

  private static final int MAX_KINDS = 64;
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final String subject;
  private final Events events;
  private final Map<String, Long> reportedAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_KINDS;
        }
      };

  FailureReports(String subject, Events events) {
    this.subject = subject;
    this.events = events;
  }

  void report(Outcome.Failed failure) {
    HavipEvent.At now = events.now();
    Long last = reportedAt.get(failure.operation());
    if (last == null || now.nanos() - last >= QUIET_NANOS) {
      reportedAt.put(failure.operation(), now.nanos());
      events.publish(new HavipEvent.OperationFailed(now, subject, failure));
    }
  }
}
