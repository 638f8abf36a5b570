package io.havip.linux.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The armed deadlines in order of their time, and of their arming where times are equal. Each entry
 * knows its place, so arming again and disarming need neither search nor allocation.
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
    private long arming;
    private int place = NOT_ARMED;

    Entry(Runnable onDue) {
      this.onDue = onDue;
    }

    private boolean before(Entry other) {
      return at != other.at ? at < other.at : arming < other.arming;
    }
  }

  /** Puts an entry at a time, or moves it there. */
  void arm(Entry entry, long at) {
    entry.at = at;
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

  /** The earliest armed time, or {@link Long#MAX_VALUE} if nothing is armed. */
  long earliest() {
    return size == 0 ? Long.MAX_VALUE : get(0).at;
  }

  /** Takes out the first entry if its time is not after {@code now}. */
  @Nullable Entry pollDue(long now) {
    if (size == 0) {
      return null;
    }
    Entry first = get(0);
    if (first.at > now) {
      return null;
    }
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
