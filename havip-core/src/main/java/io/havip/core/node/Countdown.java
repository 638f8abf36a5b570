package io.havip.core.node;

import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.core.election.ElectionState;
import java.time.Duration;
import java.util.Optional;

/** The timers of a router, seen from now. */
final class Countdown {

  private Countdown() {}

  static RouterSnapshot.Timers of(ElectionState state, long now) {
    boolean listens = state.state() == RouterState.BACKUP;
    boolean waits = listens && state.preemptAt() > now;
    long announcement =
        Math.min(state.secondRoundAt(), Math.min(state.refreshAt(), state.lowerPriorityRoundAt()));
    return new RouterSnapshot.Timers(
        listens ? until(state.activeDownAt(), now) : Optional.empty(),
        waits ? until(state.preemptAt(), now) : Optional.empty(),
        until(state.advertAt(), now),
        until(state.prepareBy(), now),
        until(announcement, now));
  }

  private static Optional<Duration> until(long at, long now) {
    return at == ElectionState.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(at - now));
  }
}
