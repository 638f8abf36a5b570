package io.havip.wire;

/** Big-endian access to packets, and the numbers several formats share. */
final class Wire {

  static final int ETHERNET_HEADER = 14;
  static final int ETHER_TYPE_IPV4 = 0x0800;
  static final int ETHER_TYPE_ARP = 0x0806;
  static final int ETHER_TYPE_IPV6 = 0x86dd;

  private Wire() {}

  static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xff;
  }

  static int u16(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
  }

  static void put16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >>> 8);
    bytes[offset + 1] = (byte) value;
  }
}
