package io.havip.linux.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The armed deadlines in order of the latest time at which each may fire, and of their arming where
 * times are equal. Each entry knows its place, so arming again and disarming need neither search
 * nor allocation.
 *
 * <p>Whoever wakes at the latest time of the first entry finds, at the head of the heap, everything
 * else that is due by then and may not wait longer; what is due and may wait fires along with it as
 * far as it stands at the head.
 */
final class DeadlineHeap {

  private @Nullable Entry[] entries = new Entry[16];
  private int size;
  private long armings;

  /** A deadline as the heap sees it. */
  static final class Entry {

    private static final int NOT_ARMED = -1;

    final Runnable onDue;
    private long at;
    private long latest;
    private long arming;
    private int place = NOT_ARMED;

    Entry(Runnable onDue) {
      this.onDue = onDue;
    }

    private boolean before(Entry other) {
      return latest != other.latest ? latest < other.latest : arming < other.arming;
    }
  }

  /** Puts an entry at a time, or moves it there; it may fire so much later. */
  void arm(Entry entry, long at, long slack) {
    entry.at = at;
    long latest = at + slack;
    entry.latest = latest < at ? Long.MAX_VALUE : latest;
    entry.arming = armings++;
    if (entry.place == Entry.NOT_ARMED) {
      if (size == entries.length) {
        entries = Arrays.copyOf(entries, size * 2);
      }
      put(entry, size++);
    }
    siftUp(entry);
    siftDown(entry);
  }

  /** Takes an entry out; nothing happens if it is not in. */
  void disarm(Entry entry) {
    int hole = entry.place;
    if (hole == Entry.NOT_ARMED) {
      return;
    }
    entry.place = Entry.NOT_ARMED;
    size--;
    Entry last = get(size);
    entries[size] = null;
    if (last != entry) {
      put(last, hole);
      siftUp(last);
      siftDown(last);
    }
  }

  /** When something must fire at the latest, or {@link Long#MAX_VALUE} if nothing is armed. */
  long wakeAt() {
    return size == 0 ? Long.MAX_VALUE : get(0).latest;
  }

  /** Whether the first entry may fire. */
  boolean due(long now) {
    return size > 0 && get(0).at <= now;
  }

  /** Takes out the first entry if its time is not after {@code now}. */
  @Nullable Entry pollDue(long now) {
    if (!due(now)) {
      return null;
    }
    Entry first = get(0);
    disarm(first);
    return first;
  }

  int size() {
    return size;
  }

  private void siftUp(Entry entry) {
    while (entry.place > 0) {
      Entry parent = get((entry.place - 1) / 2);
      if (!entry.before(parent)) {
        return;
      }
      swap(entry, parent);
    }
  }

  private void siftDown(Entry entry) {
    while (true) {
      int child = 2 * entry.place + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && get(child + 1).before(get(child))) {
        child++;
      }
      if (!get(child).before(entry)) {
        return;
      }
      swap(entry, get(child));
    }
  }

  private void swap(Entry one, Entry other) {
    int place = one.place;
    put(one, other.place);
    put(other, place);
  }

  private void put(Entry entry, int place) {
    entries[place] = entry;
    entry.place = place;
  }

  private Entry get(int place) {
    Entry entry = entries[place];
    if (entry == null) {
      throw new IllegalStateException("no entry at place " + place + " of " + size);
    }
    return entry;
  }
}
