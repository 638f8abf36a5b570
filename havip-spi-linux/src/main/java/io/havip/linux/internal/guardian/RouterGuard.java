package io.havip.linux.internal.guardian;

import io.havip.spi.Fence;
import io.havip.spi.Fencing.GuardListener;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The guardian's guard of one router: a slot, whose deadline is put off with each advert. Belongs
 * to the loop.
 *
 * <p>The deadline is seven eighths of the peers' patience after the advert: late enough that a
 * garbage collection costs no takeover that the peers would not have begun themselves, and early
 * enough to have acted before they do. A process that wakes in the last sixteenth before it asks
 * for one sixteenth more. If it gets it, it is the process that acts, and the guardian if not.
 */
final class RouterGuard implements Guard {

  private static final Logger LOG = System.getLogger(RouterGuard.class.getName());

  /** How long the guardian takes to be woken and to take the addresses off. */
  private static final Duration REACTION = Duration.ofMillis(10);

  /** What a guard needs of the loop and of the memory it shares. */
  interface Surroundings {

    long now();

    /** The region. */
    MemorySegment memory();

    /** Wants to be looked at then, or at the start of the first turn after that. */
    void lookAt(long at);

    /** Wants a turn at once. */
    void turnSoon();

    /** Whether the guardian is at work and has seen what was written before a time. */
    boolean hasSeen(long since);

    /** The router's will on this host as it is now. */
    Will will(GuardedRouter router);

    /** Whether an interface of the will has another number by now. */
    boolean isStale(Will will);

    void bequeath(long slot, Will will);

    /** The guard is closed and its slot free. */
    void closed(RouterGuard guard, long slot);
  }

  private final Surroundings part;
  private final MemorySegment memory;
  private final long slot;
  private final GuardListener listener;

  private @Nullable GuardedRouter router;
  private @Nullable Will will;
  private long changedAt;
  private long patience;
  private long bound;
  private long grace;
  private boolean closed;

  /** What this process wrote last; only the guardian changes it to something else. */
  private long word = Slot.SHUT;

  private long renewedAt;
  private boolean lost;

  RouterGuard(Surroundings part, long slot, Duration patience, GuardListener listener) {
    this.part = part;
    this.slot = slot;
    this.listener = listener;
    memory = part.memory();
    setPatience(patience);
  }

  private void setPatience(Duration of) {
    patience = of.toNanos();
    bound = patience * 7 / 8;
    grace = patience / 16;
    changedAt = part.now();
    Slot.bound(memory, slot, bound);
  }

  @Override
  public void renew() {
    if (lost || closed) {
      return;
    }
    if (word == Slot.SHUT) {
      refresh();
    }
    renewedAt = part.now();
    putOff(renewedAt + bound);
  }

  private void putOff(long deadline) {
    long next = Slot.openUntil(deadline);
    if (Slot.swap(memory, slot, word, next)) {
      word = next;
      part.lookAt(deadline - grace);
    } else {
      lost = true;
      part.lookAt(Long.MIN_VALUE);
      part.turnSoon(); // the listener is called at the start of the next turn
    }
  }

  /** Called at the start of a turn. */
  void look(long now) {
    if (word == Slot.SHUT) {
      return;
    }
    if (lost || Slot.word(memory, slot) != word) {
      shut();
      listener.resigned();
      return;
    }
    long deadline = Slot.deadline(word);
    if (now <= deadline - grace) {
      part.lookAt(deadline - grace);
      return;
    }
    long longest = renewedAt + patience;
    if (longest > deadline && longest > now) {
      putOff(Math.max(deadline, Math.min(now + grace, longest)));
      if (lost) {
        look(now);
      }
    } else {
      part.lookAt(now + 1);
    }
  }

  @Override
  public void shut() {
    if (word != Slot.SHUT) {
      word = Slot.SHUT;
      lost = false;
      Slot.word(memory, slot, Slot.SHUT);
    }
  }

  @Override
  public void update(GuardedRouter next) {
    if (closed) {
      return;
    }
    router = next;
    will = null;
    setPatience(next.patience());
    refresh();
    if (word != Slot.SHUT && !lost) {
      putOff(renewedAt + bound);
    }
  }

  /** Writes the will if it is new, or an interface has another number than in the old one. */
  private void refresh() {
    GuardedRouter of = router;
    if (of == null || (will != null && !part.isStale(will))) {
      return;
    }
    try {
      Will fresh = part.will(of);
      part.bequeath(slot, fresh);
      will = fresh;
      changedAt = part.now();
    } catch (RuntimeException e) {
      warn(of, e);
    }
  }

  static void warn(GuardedRouter router, RuntimeException e) {
    LOG.log(Level.WARNING, "the guardian cannot guard {0}: {1}", router.name(), e.getMessage());
  }

  @Override
  public Fence fence() {
    return closed || will == null || !part.hasSeen(changedAt)
        ? new Fence.None()
        : new Fence.OnExitAndStall(REACTION, Duration.ofNanos(bound + grace).plus(REACTION));
  }

  @Override
  public void close() {
    if (!closed) {
      shut();
      closed = true;
      part.closed(this, slot);
    }
  }
}
