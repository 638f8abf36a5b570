package io.havip.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The authentication a VRRPv2 advert carries. RFC 3768 withdrew it and VRRPv3 has none; Keepalived
 * still speaks it.
 */
public sealed interface VrrpAuth {

  /** The only instance of {@link None} that is needed. */
  VrrpAuth NONE = new None();

  /** Bytes of the authentication field at the end of every VRRPv2 message. */
  int DATA_LENGTH = 8;

  /**
   * Returns the number in the authentication type field.
   *
   * @return 0 or 1
   */
  int type();

  /**
   * No authentication: type 0, the field is zero when sent and ignored when received (RFC 3768
   * section 5.3.6.1).
   */
  record None() implements VrrpAuth {
    @Override
    public int type() {
      return 0;
    }
  }

  /**
   * A password in clear, Keepalived's {@code auth_type PASS}: type 1, at most eight bytes, padded
   * with zeros (RFC 2338 section 5.3.6.2). It guards against mistakes, not against anybody who can
   * read the packets.
   *
   * <p>{@code toString} and {@code hashCode} do not depend on the password, and {@code equals}
   * takes the same time for any two passwords.
   *
   * @param bits the eight bytes of the field as a number, first byte most significant
   */
  record SimplePassword(long bits) implements VrrpAuth {

    /**
     * Makes a password from text, in UTF-8.
     *
     * @param password 1 to 8 bytes when encoded, without zero characters
     * @return the password
     * @throws IllegalArgumentException if it does not fit; the message does not show it
     */
    public static SimplePassword of(String password) {
      return of(password.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes a password from bytes.
     *
     * @param password 1 to 8 bytes, none of them zero
     * @return the password
     * @throws IllegalArgumentException if it does not fit; the message does not show it
     */
    public static SimplePassword of(byte[] password) {
      if (password.length < 1 || password.length > DATA_LENGTH) {
        throw new IllegalArgumentException(
            "a VRRPv2 password has 1 to 8 bytes, not " + password.length);
      }
      long bits = 0;
      for (int i = 0; i < DATA_LENGTH; i++) {
        int b = i < password.length ? password[i] & 0xff : 0;
        if (b == 0 && i < password.length) {
          throw new IllegalArgumentException("a VRRPv2 password cannot hold a zero byte");
        }
        bits = bits << 8 | b;
      }
      return new SimplePassword(bits);
    }

    @Override
    public int type() {
      return 1;
    }

    /**
     * Compares in constant time.
     *
     * @param other the object to compare with
     * @return true for the same password
     */
    @Override
    public boolean equals(@Nullable Object other) {
      // One comparison of two words: no early exit that would tell how many bytes were right.
      return other instanceof SimplePassword password && (bits ^ password.bits) == 0;
    }

    /**
     * Returns the same number for every password, so that a printed hash tells nothing.
     *
     * @return a constant
     */
    @Override
    public int hashCode() {
      return 1;
    }

    /**
     * Hides the password.
     *
     * @return a text that does not depend on the password
     */
    @Override
    public String toString() {
      return "SimplePassword[hidden]";
    }
  }
}
