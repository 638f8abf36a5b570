package io.havip.testkit.explore;

import java.util.Comparator;

/**
 * One copy of an advert on its way to one member.
 *
 * @param from index of the sender
 * @param to index of the receiver
 * @param priority 0 to 255
 * @param intervalNanos the advertised interval
 * @param age how long it has been under way, in nanoseconds
 */
public record Message(int from, int to, int priority, long intervalNanos, long age)
    implements Comparable<Message> {

  private static final Comparator<Message> ORDER =
      Comparator.comparingInt(Message::from)
          .thenComparingInt(Message::to)
          .thenComparingInt(Message::priority)
          .thenComparingLong(Message::intervalNanos)
          .thenComparingLong(Message::age);

  /** {@return the advert as it was when it was sent} */
  Message fresh() {
    return new Message(from, to, priority, intervalNanos, 0);
  }

  @Override
  public int compareTo(Message other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "advert " + priority + " of " + from + " to " + to;
  }
}
