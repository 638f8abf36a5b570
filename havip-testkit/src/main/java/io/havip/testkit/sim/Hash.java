package io.havip.testkit.sim;

/** A 64-bit hash that is the same on every JVM: FNV-1a over 16-bit units, then a final mix. */
final class Hash {

  /** The hash of nothing. */
  static final long EMPTY = 0xcbf2_9ce4_8422_2325L;

  private static final long PRIME = 0x0000_0100_0000_01b3L;

  private Hash() {}

  static long text(long hash, String text) {
    long h = hash;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * PRIME;
    }
    return (h ^ text.length()) * PRIME;
  }

  static long number(long hash, long number) {
    long h = (hash ^ number) * PRIME;
    return (h ^ h >>> 29) * 0xbf58_476d_1ce4_e5b9L;
  }

  static long bytes(byte[] bytes) {
    long h = EMPTY;
    for (byte b : bytes) {
      h = (h ^ (b & 0xff)) * PRIME;
    }
    return h;
  }
}
