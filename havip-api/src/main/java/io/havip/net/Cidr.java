package io.havip.net;

import java.math.BigInteger;

/**
 * A network: an address whose host bits are zero, and a prefix length.
 *
 * @param network the first address of the network
 * @param prefixLength 0 to 32 or 0 to 128
 */
public record Cidr(IpAddress network, int prefixLength) {

  /**
   * Checks that the prefix length fits the family and that no host bit is set.
   *
   * @throws IllegalArgumentException if not; the message names the network that was probably meant
   */
  public Cidr {
    checkPrefix(network.family(), prefixLength);
    IpAddress masked = mask(network, prefixLength);
    if (!masked.equals(network)) {
      throw new IllegalArgumentException(
          network
              + "/"
              + prefixLength
              + " has host bits set; the network is "
              + masked
              + "/"
              + prefixLength);
    }
  }

  /**
   * Reads the usual form.
   *
   * @param text for example {@code 10.0.0.0/24}; the prefix length is required
   * @return the network
   * @throws IllegalArgumentException if {@code text} has another form or host bits are set
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' has no prefix length: write it as in 10.0.0.0/24");
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    return new Cidr(address, parsePrefix(text, slash + 1));
  }

  /**
   * Returns the network of that size to which an address belongs.
   *
   * @param address any address of the network
   * @param prefixLength 0 to 32 or 0 to 128
   * @return the network
   * @throws IllegalArgumentException if the prefix length does not fit the family
   */
  public static Cidr containing(IpAddress address, int prefixLength) {
    checkPrefix(address.family(), prefixLength);
    return new Cidr(mask(address, prefixLength), prefixLength);
  }

  /**
   * Tells whether an address belongs to this network.
   *
   * @param address the address; one of the other family never belongs
   * @return true if it belongs
   */
  public boolean contains(IpAddress address) {
    return address.family() == network.family() && mask(address, prefixLength).equals(network);
  }

  /**
   * Tells whether every address of another network belongs to this one.
   *
   * @param other the other network; a network contains itself
   * @return true if it is a part of this network
   */
  public boolean contains(Cidr other) {
    return other.prefixLength >= prefixLength && contains(other.network);
  }

  /**
   * Tells whether the two networks have an address in common, which for networks means that one
   * contains the other.
   *
   * @param other the other network
   * @return true if they overlap
   */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /**
   * Returns the lowest address.
   *
   * @return {@link #network()}
   */
  public IpAddress first() {
    return network;
  }

  /**
   * Returns the highest address; in IPv4 networks up to /30 this is the directed broadcast address.
   *
   * @return the address with every host bit set
   */
  public IpAddress last() {
    return switch (network) {
      case Ipv4Address four -> new Ipv4Address(four.bits() | ~mask32(prefixLength));
      case Ipv6Address six ->
          new Ipv6Address(
              six.high() | ~mask64(prefixLength), six.low() | ~mask64(prefixLength - 64));
    };
  }

  /**
   * Returns the number of addresses, first and last included.
   *
   * @return a power of two
   */
  public BigInteger size() {
    return BigInteger.ONE.shiftLeft(network.family().addressBits() - prefixLength);
  }

  /**
   * Returns the address at a position.
   *
   * @param index 0 for {@link #first()}, {@code size() - 1} for {@link #last()}
   * @return the address
   * @throws IndexOutOfBoundsException if the network has no such address
   */
  public IpAddress address(long index) {
    int hostBits = network.family().addressBits() - prefixLength;
    if (index < 0 || (hostBits < Long.SIZE - 1 && index >>> hostBits != 0)) {
      throw noSuchAddress(Long.toString(index));
    }
    return switch (network) {
      case Ipv4Address four -> new Ipv4Address(four.bits() | (int) index);
      case Ipv6Address six -> new Ipv6Address(six.high(), six.low() | index);
    };
  }

  /**
   * Returns the address at a position, for IPv6 networks with more addresses than a {@code long}
   * counts.
   *
   * @param index 0 for {@link #first()}, {@code size() - 1} for {@link #last()}
   * @return the address
   * @throws IndexOutOfBoundsException if the network has no such address
   */
  public IpAddress address(BigInteger index) {
    if (index.signum() < 0 || index.compareTo(size()) >= 0) {
      throw noSuchAddress(index.toString());
    }
    return switch (network) {
      case Ipv4Address four -> new Ipv4Address(four.bits() | index.intValue());
      case Ipv6Address six ->
          new Ipv6Address(
              six.high() | index.shiftRight(Long.SIZE).longValue(), six.low() | index.longValue());
    };
  }

  /**
   * Returns the usual form.
   *
   * @return for example {@code 10.0.0.0/24}
   */
  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }

  private IndexOutOfBoundsException noSuchAddress(String index) {
    return new IndexOutOfBoundsException(this + " has no address number " + index);
  }

  static void checkPrefix(IpFamily family, int prefixLength) {
    if (prefixLength < 0 || prefixLength > family.addressBits()) {
      throw new IllegalArgumentException(
          "a prefix length is 0 to " + family.addressBits() + " here, not " + prefixLength);
    }
  }

  /**
   * Reads the decimal number that ends {@code text}; range is checked by the caller's constructor.
   */
  static int parsePrefix(String text, int from) {
    int digits = text.length() - from;
    int value = 0;
    boolean good = digits >= 1 && digits <= 3;
    for (int i = from; good && i < text.length(); i++) {
      char c = text.charAt(i);
      good = c >= '0' && c <= '9';
      value = value * 10 + (c - '0');
    }
    if (!good) {
      throw new IllegalArgumentException(
          "'" + text + "' has no prefix length that can be read after the slash");
    }
    return value;
  }

  private static IpAddress mask(IpAddress address, int prefixLength) {
    return switch (address) {
      case Ipv4Address four -> new Ipv4Address(four.bits() & mask32(prefixLength));
      case Ipv6Address six ->
          new Ipv6Address(six.high() & mask64(prefixLength), six.low() & mask64(prefixLength - 64));
    };
  }

  private static int mask32(int prefixLength) {
    return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
  }

  /** The leading {@code prefixLength} bits of 64; arguments outside 0..64 mean none or all. */
  private static long mask64(int prefixLength) {
    if (prefixLength <= 0) {
      return 0;
    }
    return prefixLength >= 64 ? -1L : -1L << (64 - prefixLength);
  }
}
