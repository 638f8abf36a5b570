package io.havip.net;

/** Reads and writes address literals. */
final class AddressText {

  private static final int GROUPS = 8;

  private AddressText() {}

  static Ipv4Address parseIpv4(String text) {
    return new Ipv4Address(ipv4Bits(text, 0, text));
  }

  /**
   * Reads a dotted quad from {@code from} to the end of {@code text}; errors quote {@code whole}.
   */
  private static int ipv4Bits(String text, int from, String whole) {
    int bits = 0;
    int at = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (at >= text.length() || text.charAt(at) != '.') {
          throw notAnAddress(whole, "an IPv4 address is four numbers separated by dots");
        }
        at++;
      }
      int start = at;
      int value = 0;
      while (at < text.length() && isDecimal(text.charAt(at)) && at - start < 4) {
        value = value * 10 + (text.charAt(at) - '0');
        at++;
      }
      if (at == start) {
        throw notAnAddress(whole, "an IPv4 address is four numbers separated by dots");
      }
      if (at - start > 1 && text.charAt(start) == '0') {
        throw notAnAddress(whole, "a number with a leading zero is ambiguous");
      }
      if (value > 255) {
        throw notAnAddress(whole, "each number of an IPv4 address is at most 255");
      }
      bits = bits << 8 | value;
    }
    if (at != text.length()) {
      throw notAnAddress(whole, "an IPv4 address is four numbers separated by dots");
    }
    return bits;
  }

  static Ipv6Address parseIpv6(String text) {
    if (text.indexOf('%') >= 0) {
      throw notAnAddress(text, "a scope id is not supported, name the interface separately");
    }
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      if (count == GROUPS) {
        throw notAnAddress(text, "an IPv6 address has at most eight groups");
      }
      int end = groupEnd(text, at);
      if (end < text.length() && text.charAt(end) == '.') {
        if (count > GROUPS - 2) {
          throw notAnAddress(text, "the IPv4 tail stands for the last two of eight groups");
        }
        int tail = ipv4Bits(text, at, text);
        groups[count++] = tail >>> 16;
        groups[count++] = tail & 0xffff;
        break;
      }
      groups[count++] = group(text, at, end);
      if (end == text.length()) {
        break;
      }
      if (text.charAt(end) != ':' || end + 1 == text.length()) {
        throw notAnAddress(text, "the groups of an IPv6 address are separated by one colon");
      }
      at = end + 1;
      if (text.charAt(at) == ':') {
        if (gap >= 0) {
          throw notAnAddress(text, "'::' may stand only once");
        }
        gap = count;
        at++;
      }
    }
    return assemble(text, groups, count, gap);
  }

  private static int groupEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && Character.digit(text.charAt(end), 16) >= 0
        && isAscii(text, end)) {
      end++;
    }
    return end;
  }

  private static int group(String text, int from, int end) {
    if (end == from || end - from > 4) {
      throw notAnAddress(text, "a group of an IPv6 address is one to four hexadecimal digits");
    }
    return Integer.parseInt(text, from, end, 16);
  }

  private static Ipv6Address assemble(String text, int[] groups, int count, int gap) {
    if (gap < 0 && count != GROUPS) {
      throw notAnAddress(text, "an IPv6 address has eight groups unless '::' shortens it");
    }
    if (gap >= 0 && count == GROUPS) {
      throw notAnAddress(text, "'::' must stand for at least one group");
    }
    long high = 0;
    long low = 0;
    int behindGap = count - Math.max(gap, 0);
    for (int i = 0; i < GROUPS; i++) {
      int value;
      if (gap < 0 || i < gap) {
        value = groups[i];
      } else if (i >= GROUPS - behindGap) {
        value = groups[i - (GROUPS - count)];
      } else {
        value = 0;
      }
      if (i < 4) {
        high = high << 16 | value;
      } else {
        low = low << 16 | value;
      }
    }
    return new Ipv6Address(high, low);
  }

  static String formatIpv6(long high, long low) {
    if (high == 0 && low >>> 32 == 0xffff) {
      return "::ffff:" + new Ipv4Address((int) low);
    }
    int gapStart = -1;
    int gapLength = 1; // RFC 5952 section 4.2.2: a single zero group is not shortened
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groupOf(high, low, i + run) == 0) {
        run++;
      }
      if (run > gapLength) { // the first of equal runs is shortened (section 4.2.3)
        gapStart = i;
        gapLength = run;
      }
      i += run;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groupOf(high, low, i)));
      }
    }
    return text.toString();
  }

  private static int groupOf(long high, long low, int index) {
    return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static boolean isDecimal(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAscii(String text, int index) {
    return text.charAt(index) < 0x80;
  }

  private static IllegalArgumentException notAnAddress(String text, String why) {
    return new IllegalArgumentException("'" + text + "' is not an IP address: " + why);
  }
}
