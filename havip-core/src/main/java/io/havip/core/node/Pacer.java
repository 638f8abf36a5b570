package io.havip.core.node;

import io.havip.net.IpAddress;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Spaces the announcements of one interface, of whatever router. An address waits in the queue once
 * at most, with the number of times it is still to be announced, so that rounds that overtake each
 * other neither pile up nor starve the addresses at the end. What has not been said yet goes before
 * what is said again.
 */
final class Pacer {

  private final Timers timers;
  private final Timers.Deadline next;
  private final Map<IpAddress, Waiting> unsaid = new LinkedHashMap<>();
  private final Map<IpAddress, Waiting> repeats = new LinkedHashMap<>();
  private long freeAt = Long.MIN_VALUE;

  Pacer(Timers timers) {
    this.timers = timers;
    next = timers.newDeadline(this::due);
  }

  /**
   * Announces an address, now if nobody else waits, else in its turn.
   *
   * @param times how often, at least 1
   * @param spacing least time to the next announcement, zero for none
   * @param send sends one announcement
   */
  void announce(IpAddress address, int times, Duration spacing, Consumer<IpAddress> send) {
    boolean idle = isEmpty();
    Map<IpAddress, Waiting> queue = repeats.containsKey(address) ? repeats : unsaid;
    queue.merge(
        address,
        new Waiting(times, spacing.toNanos(), send),
        (old, added) -> old.times > added.times ? old : added);
    if (idle) {
      due();
    }
  }

  /** Whatever was to be said about an address is not true any more. */
  void forget(IpAddress address) {
    unsaid.remove(address);
    repeats.remove(address);
    if (isEmpty()) {
      next.disarm();
    }
  }

  private boolean isEmpty() {
    return unsaid.isEmpty() && repeats.isEmpty();
  }

  private void due() {
    while (!isEmpty() && timers.now() >= freeAt) {
      sendNext(unsaid.isEmpty() ? repeats : unsaid);
    }
    if (!isEmpty()) {
      next.arm(freeAt);
    }
  }

  private void sendNext(Map<IpAddress, Waiting> queue) {
    Iterator<Map.Entry<IpAddress, Waiting>> first = queue.entrySet().iterator();
    Map.Entry<IpAddress, Waiting> entry = first.next();
    IpAddress address = entry.getKey();
    Waiting waiting = entry.getValue();
    first.remove();
    if (waiting.times > 1) {
      repeats.put(address, new Waiting(waiting.times - 1, waiting.spacing, waiting.send));
    }
    freeAt = timers.now() + waiting.spacing;
    waiting.send.accept(address);
  }

  private record Waiting(int times, long spacing, Consumer<IpAddress> send) {}
}
