package io.havip.testkit.lab;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Addresses as people and {@code ip} write them. */
final class AddressText {

  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  private AddressText() {}

  static String mac(byte[] bytes) {
    return MAC.formatHex(bytes);
  }

  /** Four bytes dotted, sixteen bytes as RFC 5952 section 4 wants them. */
  static String ip(byte[] bytes) {
    List<String> groups = new ArrayList<>();
    if (bytes.length == 4) {
      for (byte b : bytes) {
        groups.add(Integer.toString(b & 0xff));
      }
      return String.join(".", groups);
    }
    for (int i = 0; i < bytes.length; i += 2) {
      groups.add(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)));
    }
    return shorten(groups);
  }

  /** The longest run of at least two zero groups, the first of equals, becomes "::". */
  private static String shorten(List<String> groups) {
    int bestStart = 0;
    int bestLength = 1;
    for (int start = 0; start < groups.size(); start++) {
      int end = start;
      while (end < groups.size() && groups.get(end).equals("0")) {
        end++;
      }
      if (end - start > bestLength) {
        bestStart = start;
        bestLength = end - start;
      }
    }
    if (bestLength < 2) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, bestStart))
        + "::"
        + String.join(":", groups.subList(bestStart + bestLength, groups.size()));
  }
}
