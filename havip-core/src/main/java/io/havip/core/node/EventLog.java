package io.havip.core.node;

import io.havip.HavipEvent;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Writes events to the log: the stable name of the event, its subject, and what happened. What a
 * peer or another program can cause as often as it likes is written once in ten seconds for each
 * subject, with the number left out.
 */
final class EventLog {

  private static final long QUIET_NANOS = 10_000_000_000L;

  private final Logger log;
  private final Map<String, Limit> limits = new HashMap<>();

  EventLog(Logger log) {
    this.log = log;
  }

  void write(HavipEvent event) {
    long leftOut = 0;
    if (mayRepeat(event)) {
      Limit limit = limits.computeIfAbsent(event.id() + ' ' + event.subject(), key -> new Limit());
      if (limit.written && event.at().nanos() - limit.at < QUIET_NANOS) {
        limit.leftOut++;
        return;
      }
      leftOut = limit.leftOut;
      limit.write(event.at().nanos());
    }
    var line = log.atLevel(level(event));
    if (leftOut == 0) {
      line.log("{} {}: {}", event.id(), event.subject(), event.describe());
    } else {
      line.log(
          "{} {}: {} ({} more since the last line)",
          event.id(),
          event.subject(),
          event.describe(),
          leftOut);
    }
  }

  private static boolean mayRepeat(HavipEvent event) {
    return event instanceof HavipEvent.LowerPriorityHeard
        || event instanceof HavipEvent.AddressLost;
  }

  private static Level level(HavipEvent event) {
    return switch (event) {
      case HavipEvent.OperationFailed e -> Level.ERROR;
      case HavipEvent.PropertyViolated e -> Level.ERROR;
      case HavipEvent.AdvertRefused e -> Level.WARN;
      case HavipEvent.AddressesDiffer e -> Level.WARN;
      case HavipEvent.Warning e -> Level.WARN;
      case HavipEvent.CloudFailed e -> Level.WARN;
      case HavipEvent.CloudNotConfirmed e -> Level.WARN;
      case HavipEvent.AddressLost e -> Level.WARN;
      case HavipEvent.LowerPriorityHeard e -> Level.WARN;
      default -> Level.INFO;
    };
  }

  private static final class Limit {
    private boolean written;
    private long at;
    private long leftOut;

    private void write(long now) {
      written = true;
      at = now;
      leftOut = 0;
    }
  }
}
