package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.net.IpAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class EventLogTest {

  private static final IpAddress PEER = IpAddress.parse("10.0.0.2");

  private final Queue<SubstituteLoggingEvent> written = new ArrayDeque<>();
  private final EventLog log = new EventLog(new SubstituteLogger("test", written, false));

  private static HavipEvent.At at(int millis) {
    return new HavipEvent.At(Instant.EPOCH.plusMillis(millis), millis * 1_000_000L);
  }

  private List<String> lines() {
    return written.stream()
        .map(e -> MessageFormatter.arrayFormat(e.getMessage(), e.getArgumentArray()).getMessage())
        .toList();
  }

  private void lower(int millis, String router) {
    log.write(new HavipEvent.LowerPriorityHeard(at(millis), router, PEER, 50, 100));
  }

  @Test
  void aLineBeginsWithTheStableNameAndTheSubject() {
    log.write(
        new HavipEvent.StateChanged(
            at(0), "VI_1", RouterState.BACKUP, RouterState.ACTIVE, new Cause.Started(), 100));

    assertThat(lines())
        .containsExactly("state-changed VI_1: BACKUP -> ACTIVE, priority 100: started");
    assertThat(written.element().getLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void whatAPeerCanRepeatIsWrittenOnceInTenSecondsForEachSubject() {
    for (int millis = 0; millis <= 10_000; millis += 100) {
      lower(millis, "VI_1");
    }
    lower(0, "VI_2");

    assertThat(lines())
        .containsExactly(
            "lower-priority-heard VI_1: 10.0.0.2 also advertises, with the lower priority 50",
            "lower-priority-heard VI_1: 10.0.0.2 also advertises, with the lower priority 50 (99"
                + " more since the last line)",
            "lower-priority-heard VI_2: 10.0.0.2 also advertises, with the lower priority 50");
  }

  @Test
  void aChangeOfStateIsNeverLeftOut() {
    for (int i = 0; i < 20; i++) {
      log.write(
          new HavipEvent.StateChanged(
              at(i), "VI_1", RouterState.BACKUP, RouterState.ACTIVE, new Cause.Started(), 100));
    }

    assertThat(lines()).hasSize(20);
  }

  @Test
  void aBrokenPropertyIsAnError() {
    log.write(new HavipEvent.PropertyViolated(at(0), "VI_1", "S8", "it stays", 3));

    assertThat(lines())
        .containsExactly("property-violated VI_1: S8 does not hold (3 times so far): it stays");
    assertThat(written.element().getLevel()).isEqualTo(Level.ERROR);
  }
}
