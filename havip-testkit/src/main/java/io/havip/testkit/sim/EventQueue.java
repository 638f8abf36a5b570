package io.havip.testkit.sim;

import java.util.Arrays;

/** Events in the order of their time and, at one time, in the order in which they were put in. */
final class EventQueue {

  private static final int ARITY = 4;

  private Event[] heap;
  private int size;
  private long puts;

  /** Fills unused places, so that removed events can be collected. */
  private final Event nothing =
      new Event() {
        @Override
        void fire() {}

        @Override
        public String label() {
          return "nothing";
        }
      };

  EventQueue() {
    heap = new Event[64];
    Arrays.fill(heap, nothing);
  }

  int size() {
    return size;
  }

  /** The time of the first event, or {@link Long#MAX_VALUE} if there is none. */
  long firstTime() {
    return size == 0 ? Long.MAX_VALUE : heap[0].at;
  }

  /** Puts an event in, or moves it if it is in already. It goes behind those of the same time. */
  void put(Event event, long at) {
    remove(event);
    event.at = at;
    event.order = puts++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
      Arrays.fill(heap, size, heap.length, nothing);
    }
    up(size++, event);
  }

  /** Takes the first event out. There must be one. */
  Event take() {
    Event first = heap[0];
    removeAt(0);
    first.slot = -1;
    return first;
  }

  /** Takes an event out if it is in. */
  void remove(Event event) {
    if (event.slot >= 0) {
      removeAt(event.slot);
      event.slot = -1;
    }
  }

  private void removeAt(int slot) {
    Event last = heap[--size];
    heap[size] = nothing;
    if (slot < size) {
      up(slot, last);
      if (last.slot == slot) {
        down(slot, last);
      }
    }
  }

  private void up(int from, Event event) {
    int slot = from;
    while (slot > 0) {
      int parent = (slot - 1) / ARITY;
      if (!before(event, heap[parent])) {
        break;
      }
      place(heap[parent], slot);
      slot = parent;
    }
    place(event, slot);
  }

  private void down(int from, Event event) {
    int slot = from;
    while (true) {
      int child = slot * ARITY + 1;
      if (child >= size) {
        break;
      }
      int end = Math.min(child + ARITY, size);
      int least = child;
      for (int i = child + 1; i < end; i++) {
        if (before(heap[i], heap[least])) {
          least = i;
        }
      }
      if (!before(heap[least], event)) {
        break;
      }
      place(heap[least], slot);
      slot = least;
    }
    place(event, slot);
  }

  private void place(Event event, int slot) {
    heap[slot] = event;
    event.slot = slot;
  }

  private static boolean before(Event a, Event b) {
    return a.at < b.at || (a.at == b.at && a.order < b.order);
  }
}
