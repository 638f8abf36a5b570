package io.havip.linux.internal.nftables;

import io.havip.linux.internal.netlink.NativeBytes;

/**
 * Writes the messages of one nftables transaction, which the kernel carries out as a whole or not
 * at all. Pure: bytes out, no system call. Used again and again, it allocates nothing.
 */
public final class NftBatch {

  /** Room of a large transaction in bytes. */
  public static final int ROOM = 256 * 1024;

  private static final int MESSAGE_HEADER = 16;
  private static final int FAMILY_HEADER = 4;
  private static final int REQUEST = 0x1;
  private static final int NESTED = 0x8000;
  private static final int MAX_DEPTH = 8;

  private final byte[] bytes;
  private final int[] opened = new int[MAX_DEPTH];
  private int depth;
  private int length;
  private int start;
  private int sequence;

  /** Creates an empty one with {@link #ROOM}. */
  public NftBatch() {
    this(ROOM);
  }

  /** Creates an empty one with room for so many bytes. */
  public NftBatch(int room) {
    bytes = new byte[room];
  }

  int room() {
    return bytes.length;
  }

  /** Forgets everything and begins a transaction. */
  NftBatch begin() {
    length = 0;
    depth = 0;
    header(Nftables.BATCH_BEGIN, 0, 0, Nftables.SUBSYSTEM);
    end();
    return this;
  }

  /** Ends the transaction, which is then complete in {@link #bytes()}. */
  NftBatch commit() {
    header(Nftables.BATCH_END, 0, 0, Nftables.SUBSYSTEM);
    end();
    return this;
  }

  /** Begins alone a request that is no transaction. */
  NftBatch alone(int type, int flags, int family) {
    length = 0;
    return message(type, flags, family);
  }

  /** Begins a message. */
  NftBatch message(int type, int flags, int family) {
    header(Nftables.SUBSYSTEM << 8 | type, flags, family, 0);
    return this;
  }

  private void header(int type, int flags, int family, int resource) {
    start = length;
    NativeBytes.put16(bytes, start + 4, type);
    NativeBytes.put16(bytes, start + 6, flags | REQUEST);
    NativeBytes.put32(bytes, start + 8, ++sequence);
    NativeBytes.put32(bytes, start + 12, 0);
    bytes[start + MESSAGE_HEADER] = (byte) family;
    bytes[start + MESSAGE_HEADER + 1] = 0;
    bytes[start + MESSAGE_HEADER + 2] = (byte) (resource >>> 8);
    bytes[start + MESSAGE_HEADER + 3] = (byte) resource;
    length = start + MESSAGE_HEADER + FAMILY_HEADER;
  }

  /** Ends a message. */
  NftBatch end() {
    NativeBytes.put32(bytes, start, length - start);
    return this;
  }

  private void attribute(int type, int valueLength) {
    NativeBytes.put16(bytes, length, 4 + valueLength);
    NativeBytes.put16(bytes, length + 2, type);
    length += 4;
  }

  /** An attribute with a number of 32 bits; nftables wants them in network byte order. */
  NftBatch number(int type, int value) {
    attribute(type, 4);
    number(value);
    return this;
  }

  private void number(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** An attribute with a number of 64 bits. */
  NftBatch number(int type, long value) {
    attribute(type, 8);
    number((int) (value >>> 32));
    number((int) value);
    return this;
  }

  /** An attribute with ASCII text and the zero that closes it. */
  NftBatch text(int type, String value) {
    attribute(type, value.length() + 1);
    for (int i = 0; i < value.length(); i++) {
      bytes[length++] = (byte) value.charAt(i);
    }
    bytes[length++] = 0;
    return pad();
  }

  /** An attribute with bytes. */
  NftBatch bytes(int type, byte... value) {
    attribute(type, value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return pad();
  }

  private NftBatch pad() {
    while (length % 4 != 0) {
      bytes[length++] = 0;
    }
    return this;
  }

  /** Begins an attribute that holds attributes. */
  NftBatch open(int type) {
    opened[depth++] = length;
    attribute(type | NESTED, 0);
    return this;
  }

  /** Ends the attribute begun last. */
  NftBatch close() {
    int begun = opened[--depth];
    NativeBytes.put16(bytes, begun, length - begun);
    return this;
  }

  /**
   * Ends the attribute begun last and its message; a message whose attribute is empty is left out.
   */
  NftBatch endUnlessEmpty() {
    if (opened[depth - 1] + 4 == length) {
      depth--;
      length = start;
      return this;
    }
    return close().end();
  }

  /** The messages; valid until the next begins. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes they are. */
  public int length() {
    return length;
  }
}
