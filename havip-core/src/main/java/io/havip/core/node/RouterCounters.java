package io.havip.core.node;

import io.havip.RouterSnapshot;

/** What a router counts. */
final class RouterCounters {

  long advertsSent;
  long advertsAccepted;
  long resignationsSent;
  long resignationsAccepted;
  long announcementsSent;
  long becameActive;
  long leftActive;
  long lateWakes;
  long lowerPriorityHeard;

  RouterSnapshot.Counters snapshot() {
    return new RouterSnapshot.Counters(
        advertsSent,
        advertsAccepted,
        resignationsSent,
        resignationsAccepted,
        announcementsSent,
        becameActive,
        leftActive,
        lateWakes,
        lowerPriorityHeard);
  }
}
