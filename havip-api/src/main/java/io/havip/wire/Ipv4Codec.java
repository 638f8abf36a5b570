package io.havip.wire;

import io.havip.net.Ipv4Address;
import java.util.Objects;

/**
 * IPv4 headers to values and back (RFC 791 section 3.1): what a raw IPv4 socket delivers, and what
 * a test network carries.
 */
public final class Ipv4Codec {

  /** The length of a header without options in bytes. */
  public static final int MIN_HEADER = 20;

  /** The length of the longest header in bytes. */
  public static final int MAX_HEADER = 60;

  private static final int VERSION = 4;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;

  private Ipv4Codec() {}

  /**
   * Reads and checks the header of a packet. Options are skipped. Bytes behind the total length,
   * such as Ethernet padding, are allowed.
   *
   * @param packet holds the packet
   * @param offset index of the first byte of the header
   * @param length the bytes available from there
   * @return the header, or why it is refused
   * @throws IndexOutOfBoundsException if {@code offset} and {@code length} are not within {@code
   *     packet}
   */
  public static Ipv4Parse parse(byte[] packet, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, packet.length);
    if (length < MIN_HEADER) {
      return refuse(RefusalReason.TOO_SHORT, MIN_HEADER, length);
    }
    int first = Wire.u8(packet, offset);
    if (first >>> 4 != VERSION) {
      return refuse(RefusalReason.BAD_IP_HEADER, VERSION, first >>> 4);
    }
    int headerLength = (first & 0xf) * 4;
    if (headerLength < MIN_HEADER) {
      return refuse(RefusalReason.BAD_IP_HEADER, MIN_HEADER, headerLength);
    }
    int totalLength = Wire.u16(packet, offset + 2);
    if (totalLength < headerLength) {
      return refuse(RefusalReason.BAD_IP_HEADER, headerLength, totalLength);
    }
    if (totalLength > length) {
      return refuse(RefusalReason.LENGTH_MISMATCH, totalLength, length);
    }
    int checksum = Wire.u16(packet, offset + 10);
    long sum = InternetChecksum.sum(packet, offset, headerLength);
    if (InternetChecksum.finish(sum) != 0) {
      return refuse(RefusalReason.BAD_IP_HEADER, InternetChecksum.finish(sum - checksum), checksum);
    }
    int fragment = Wire.u16(packet, offset + 6);
    if ((fragment & MORE_FRAGMENTS_OR_OFFSET) != 0) {
      return refuse(RefusalReason.FRAGMENT, 0, fragment & MORE_FRAGMENTS_OR_OFFSET);
    }
    return new Ipv4Parse.Accepted(
        new Ipv4Header(
            Wire.u8(packet, offset + 1),
            Wire.u16(packet, offset + 4),
            (fragment & DONT_FRAGMENT) != 0,
            Wire.u8(packet, offset + 8),
            Wire.u8(packet, offset + 9),
            Ipv4Address.read(packet, offset + 12),
            Ipv4Address.read(packet, offset + 16),
            headerLength,
            totalLength));
  }

  /**
   * Emits a header with its checksum into an array of the caller and allocates nothing.
   *
   * @param header the header; one without options
   * @param target where to write
   * @param offset index of the first byte written
   * @return the number of bytes written, 20
   * @throws IllegalArgumentException if the header has options, whose bytes are not known
   * @throws IndexOutOfBoundsException if the header does not fit; nothing is written then
   */
  public static int encode(Ipv4Header header, byte[] target, int offset) {
    if (header.headerLength() != MIN_HEADER) {
      throw new IllegalArgumentException(
          "a header with options cannot be written; its length is " + header.headerLength());
    }
    Objects.checkFromIndexSize(offset, MIN_HEADER, target.length);
    target[offset] = VERSION << 4 | MIN_HEADER / 4;
    target[offset + 1] = (byte) header.trafficClass();
    Wire.put16(target, offset + 2, header.totalLength());
    Wire.put16(target, offset + 4, header.identification());
    Wire.put16(target, offset + 6, header.dontFragment() ? DONT_FRAGMENT : 0);
    target[offset + 8] = (byte) header.ttl();
    target[offset + 9] = (byte) header.protocol();
    Wire.put16(target, offset + 10, 0);
    header.source().write(target, offset + 12);
    header.destination().write(target, offset + 16);
    long sum = InternetChecksum.sum(target, offset, MIN_HEADER);
    Wire.put16(target, offset + 10, InternetChecksum.finish(sum));
    return MIN_HEADER;
  }

  private static Ipv4Parse refuse(RefusalReason reason, long expected, long found) {
    return new Ipv4Parse.Refused(new Refusal(reason, expected, found));
  }
}
