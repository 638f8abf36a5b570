package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Addresses in network byte order in native memory, without an array in between. */
final class InetBytes {

  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private InetBytes() {}

  /** Writes 4 or 16 bytes. */
  static void put(MemorySegment memory, long offset, IpAddress address) {
    switch (address) {
      case Ipv4Address four -> memory.set(INT, offset, four.bits());
      case Ipv6Address six -> {
        memory.set(LONG, offset, six.high());
        memory.set(LONG, offset + 8, six.low());
      }
    }
  }

  /** Reads 16 bytes, giving {@code known} if it is the same address. */
  static IpAddress six(MemorySegment memory, long offset, IpAddress known) {
    long high = memory.get(LONG, offset);
    long low = memory.get(LONG, offset + 8);
    boolean same = known instanceof Ipv6Address six && six.high() == high && six.low() == low;
    return same ? known : new Ipv6Address(high, low);
  }
}
