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

  private final Logger log;
  private final Map<String, Kind> kinds = new HashMap<>();

  EventLog(Logger log) {
    this.log = log;
  }

  void write(HavipEvent event) {
    Level level = level(event);
    if (!log.isEnabledForLevel(level)) {
      return; // its text is not for free
    }
    long leftOut = 0;
    if (mayRepeat(event)) {
      Kind kind = kinds.computeIfAbsent(event.id() + ' ' + event.subject(), key -> new Kind());
      if (!kind.lines.passes(event.at().nanos())) {
        kind.leftOut++;
        return;
      }
      leftOut = kind.leftOut;
      kind.leftOut = 0;
    }
    var line = log.atLevel(level);
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

  private static final class Kind {
    private final RateLimit lines = new RateLimit();
    private long leftOut;
  }
}
