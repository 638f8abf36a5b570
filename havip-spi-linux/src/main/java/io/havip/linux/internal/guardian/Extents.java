package io.havip.linux.internal.guardian;

import io.havip.spi.PlatformException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives out room in the part of the {@link Region} behind the slots, in sizes that are powers of
 * two, and takes it back.
 */
final class Extents {

  private static final long SMALLEST = 256;

  private final long end;
  private final Map<Long, Deque<Long>> free = new HashMap<>();
  private long next;

  Extents(long start, long end) {
    next = start;
    this.end = end;
  }

  private static long size(long length) {
    return Math.max(SMALLEST, Long.highestOneBit(Math.max(1, length - 1)) << 1);
  }

  /**
   * Where a number of bytes has room.
   *
   * @throws PlatformException if there is none
   */
  synchronized long take(long length) {
    long size = size(length);
    Deque<Long> given = free.get(size);
    if (given != null && !given.isEmpty()) {
      return given.pop();
    }
    if (end - next < size) {
      throw new PlatformException("the guardian has no room for another router");
    }
    long place = next;
    next += size;
    return place;
  }

  synchronized void giveBack(long place, long length) {
    free.computeIfAbsent(size(length), s -> new ArrayDeque<>()).push(place);
  }
}
