package io.havip.testkit.lab;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Reads the classic pcap stream that {@code tcpdump -w -} writes: a header of 24 bytes, then
 * records of a header of 16 bytes and the frame. Byte order and unit of the time fraction are told
 * by the magic number.
 */
final class Pcap {

  private static final int MAGIC_MICROS = 0xa1b2c3d4;
  private static final int MAGIC_NANOS = 0xa1b23c4d;
  private static final int HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int LINK_TYPE_ETHERNET = 1;
  private static final int MAX_FRAME = 1 << 18;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final InputStream in;
  private final ByteOrder order;
  private final long fractionUnit;
  private final LongUnaryOperator toNanoTime;

  private Pcap(InputStream in, ByteOrder order, long fractionUnit, LongUnaryOperator toNanoTime) {
    this.in = in;
    this.order = order;
    this.fractionUnit = fractionUnit;
    this.toNanoTime = toNanoTime;
  }

  /**
   * Reads the stream's header.
   *
   * @param toNanoTime converts nanoseconds since 1970 to the axis of {@link System#nanoTime}
   */
  static Pcap open(InputStream in, LongUnaryOperator toNanoTime) throws IOException {
    byte[] bytes = in.readNBytes(HEADER);
    if (bytes.length < HEADER) {
      throw new EOFException("pcap stream ended in its header");
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer header = ByteBuffer.wrap(bytes).order(order);
      int magic = header.getInt(0);
      if (magic == MAGIC_NANOS || magic == MAGIC_MICROS) {
        // The upper bits of the last word may hold the length of a frame check sequence.
        int linkType = header.getInt(20) & 0xffff;
        if (linkType != LINK_TYPE_ETHERNET) {
          throw new IOException("pcap link type " + linkType + " is not Ethernet");
        }
        return new Pcap(in, order, magic == MAGIC_NANOS ? 1 : 1000, toNanoTime);
      }
    }
    throw new IOException(
        "not a pcap stream, it begins with %08x".formatted(ByteBuffer.wrap(bytes).getInt(0)));
  }

  /** Reads the next frame; empty at the end of the stream. */
  Optional<Frame> next() throws IOException {
    byte[] bytes = in.readNBytes(RECORD_HEADER);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    if (bytes.length < RECORD_HEADER) {
      throw new EOFException("pcap stream ended in a record's header");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(order);
    long seconds = Integer.toUnsignedLong(header.getInt(0));
    long fraction = Integer.toUnsignedLong(header.getInt(4));
    int kept = header.getInt(8);
    if (kept < 0 || kept > MAX_FRAME) {
      throw new IOException("pcap record claims " + kept + " bytes");
    }
    byte[] frame = in.readNBytes(kept);
    if (frame.length < kept) {
      throw new EOFException("pcap stream ended in a frame");
    }
    long epochNanos = seconds * NANOS_PER_SECOND + fraction * fractionUnit;
    return Optional.of(new Frame(epochNanos, toNanoTime.applyAsLong(epochNanos), frame));
  }
}
