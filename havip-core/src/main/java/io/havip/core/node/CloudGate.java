package io.havip.core.node;

import io.havip.core.cloud.CallBudget;
import io.havip.spi.Timers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calls of one binding through at the rate that the cloud allows, calls that write first,
 * those of one kind in the order in which they were asked for.
 */
final class CloudGate {

  private final Timers timers;
  private final Timers.Deadline deadline;
  private final Map<CloudAddress, Boolean> waiting = new LinkedHashMap<>();
  private CallBudget budget;

  CloudGate(double callsPerSecond, Timers timers) {
    this.timers = timers;
    budget = CallBudget.of(callsPerSecond);
    deadline = timers.newDeadline(this::open);
  }

  /**
   * Asks for one call, which is let through in a later turn of the loop at the earliest. An earlier
   * asking of the same address is forgotten.
   */
  void ask(CloudAddress address, boolean writes) {
    waiting.remove(address);
    waiting.put(address, writes);
    deadline.arm(timers.now());
  }

  /** Stops waiting. */
  void leave(CloudAddress address) {
    waiting.remove(address);
  }

  void stop() {
    waiting.clear();
    deadline.disarm();
  }

  private void open() {
    for (CloudAddress next = first(); next != null; next = first()) {
      long now = timers.now();
      long at = budget.allowedAt(Boolean.TRUE.equals(waiting.get(next)), now);
      if (at > now) {
        deadline.arm(at);
        return;
      }
      waiting.remove(next);
      if (next.permitted()) {
        budget = budget.taken(now);
      }
    }
  }

  private @Nullable CloudAddress first() {
    CloudAddress read = null;
    for (Map.Entry<CloudAddress, Boolean> each : waiting.entrySet()) {
      if (each.getValue()) {
        return each.getKey();
      }
      read = read == null ? each.getKey() : read;
    }
    return read;
  }
}
