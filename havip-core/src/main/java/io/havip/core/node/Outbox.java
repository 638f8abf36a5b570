package io.havip.core.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told, in order. When more waits than the bound, the receiver is too slow for the
 * whole story: then the latest notice of each topic stays and everything older goes. So the size
 * never exceeds the bound or the number of topics, whichever is more, and no latest state is lost.
 */
final class Outbox {

  private final int bound;
  private final Deque<Notice> waiting = new ArrayDeque<>();

  Outbox(int bound) {
    this.bound = bound;
  }

  /**
   * Adds a notice, unless it repeats the one before it.
   *
   * @return how many were left out
   */
  int offer(Notice notice) {
    if (notice.equals(waiting.peekLast())) {
      return 0;
    }
    waiting.add(notice);
    return waiting.size() > bound ? keepLatest() : 0;
  }

  /** The next to be told, or null. */
  @Nullable Notice poll() {
    return waiting.poll();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /**
   * Leaves out what a later notice says anew.
   *
   * @return how many
   */
  int keepLatest() {
    int before = waiting.size();
    Set<Notice.Topic> said = new HashSet<>();
    for (Iterator<Notice> latestFirst = waiting.descendingIterator(); latestFirst.hasNext(); ) {
      if (!said.add(latestFirst.next().topic())) {
        latestFirst.remove();
      }
    }
    return before - waiting.size();
  }

  /**
   * Leaves out everything.
   *
   * @return how many
   */
  int clear() {
    int before = waiting.size();
    waiting.clear();
    return before;
  }
}
