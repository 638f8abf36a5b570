package io.havip.linux.interop;

import io.havip.wire.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An advert that is wrong in one way, and what becomes of it in our member, in Keepalived 2.2.7 and
 * in FRR 8.4. A router that refuses it hears nobody, and takes over; one that accepts it stays
 * BACKUP.
 */
enum Fault {
  TTL_254(3, RefusalReason.TTL_NOT_255, Others.NONE),
  WRONG_VERSION(3, RefusalReason.VERSION_NOT_OURS, Others.NONE),
  BAD_CHECKSUM(3, RefusalReason.BAD_CHECKSUM, Others.NONE),
  /** A form of its own over IPv4, and simply wrong over IPv6. */
  CHECKSUM_OF_THE_MESSAGE_ALONE(3, null, Others.NONE),
  NO_ADDRESS(3, RefusalReason.ZERO_ADDRESSES, Others.NONE),
  OTHER_ADDRESS(3, null, Others.FRR),
  MORE_ADDRESSES(3, null, Others.FRR),
  OTHER_INTERVAL_V2(2, RefusalReason.INTERVAL_MISMATCH, Others.NONE),
  OTHER_INTERVAL_V3(3, null, Others.BOTH),
  INTERVAL_ZERO(3, RefusalReason.ZERO_INTERVAL, Others.NONE),
  /** One such advert, then silence: all learn it and wait for two minutes. */
  INTERVAL_4095_ONCE(3, null, Others.BOTH),
  RESERVED_BITS(3, null, Others.BOTH),
  PASSWORD_WHERE_NONE_IS_SET(2, RefusalReason.AUTH_TYPE_MISMATCH, Others.NONE),
  TRAILING_BYTES(3, RefusalReason.LENGTH_MISMATCH, Others.NONE),
  UNICAST_IN_A_MULTICAST_GROUP(3, RefusalReason.NOT_MULTICAST, Others.NONE);

  /** Who hears it. */
  enum Listener {
    OURS,
    KEEPALIVED,
    FRR
  }

  /** Which of the other programs accept it. */
  private enum Others {
    NONE,
    FRR,
    BOTH
  }

  /** That of the groups of version 3, in hundredths of a second. */
  static final int INTERVAL = 30;

  private static final int PRIORITY = 250;

  private final int version;
  private final RefusalReason reason;
  private final Others accept;

  /**
   * A row.
   *
   * @param version that of the group
   * @param reason why our member refuses it over IPv4; null if it accepts it
   */
  Fault(int version, RefusalReason reason, Others accept) {
    this.version = version;
    this.reason = reason;
    this.accept = accept;
  }

  int version() {
    return version;
  }

  /** Whether there is such a group: of version 2 neither over IPv6 nor with FRR. */
  boolean concerns(Listener listener, boolean six) {
    return version == 3 || (!six && listener != Listener.FRR);
  }

  /** Why our member refuses it. */
  Optional<RefusalReason> reason(boolean six) {
    if (!six) {
      return Optional.ofNullable(reason);
    }
    return switch (this) {
      case CHECKSUM_OF_THE_MESSAGE_ALONE -> Optional.of(RefusalReason.BAD_CHECKSUM);
      case WRONG_VERSION -> Optional.of(RefusalReason.VERSION_NEEDS_IPV4);
      default -> Optional.ofNullable(reason);
    };
  }

  boolean acceptedBy(Listener listener, boolean six) {
    return switch (listener) {
      case OURS -> reason(six).isEmpty();
      case KEEPALIVED -> accept == Others.BOTH;
      case FRR -> accept != Others.NONE;
    };
  }

  int hopLimit() {
    return this == TTL_254 ? 254 : 255;
  }

  /**
   * The VRRP message, made here byte by byte: the codec under test has no part in it.
   *
   * @param vrid the group
   * @param vip its address
   * @param source IP source, for the pseudo header
   * @param destination IP destination, for the pseudo header
   */
  byte[] message(int vrid, byte[] vip, byte[] source, byte[] destination) {
    return switch (this) {
      case WRONG_VERSION, OTHER_INTERVAL_V2, PASSWORD_WHERE_NONE_IS_SET -> version2(vrid, vip);
      default -> version3(vrid, vip, source, destination);
    };
  }

  private byte[] version2(int vrid, byte[] vip) {
    boolean password = this == PASSWORD_WHERE_NONE_IS_SET;
    byte[] message = new byte[16 + vip.length];
    message[0] = 0x21;
    message[1] = (byte) vrid;
    message[2] = (byte) PRIORITY;
    message[3] = 1;
    message[4] = (byte) (password ? 1 : 0);
    message[5] = (byte) (this == OTHER_INTERVAL_V2 ? 2 : 1);
    System.arraycopy(vip, 0, message, 8, vip.length);
    if (password) {
      Arrays.fill(message, 12, 16, (byte) '1');
    }
    putChecksum(message, message);
    return message;
  }

  private byte[] version3(int vrid, byte[] vip, byte[] source, byte[] destination) {
    byte[] other = vip.clone();
    other[other.length - 1]++;
    byte[] addresses =
        switch (this) {
          case NO_ADDRESS -> new byte[0];
          case OTHER_ADDRESS -> other;
          case MORE_ADDRESSES -> join(vip, other);
          default -> vip;
        };
    int interval =
        switch (this) {
          case OTHER_INTERVAL_V3 -> INTERVAL + 20;
          case INTERVAL_ZERO -> 0;
          case INTERVAL_4095_ONCE -> 4095;
          default -> INTERVAL;
        };
    int reserved = this == RESERVED_BITS ? 0xf0 : 0;
    byte[] head = {
      0x31,
      (byte) vrid,
      (byte) PRIORITY,
      (byte) (addresses.length / vip.length),
      (byte) (reserved | interval >> 8),
      (byte) interval,
      0,
      0
    };
    byte[] message =
        this == TRAILING_BYTES ? join(head, addresses, new byte[4]) : join(head, addresses);
    byte length = (byte) message.length;
    byte[] pseudo =
        vip.length == 4
            ? new byte[] {0, 112, 0, length}
            : new byte[] {0, 0, 0, length, 0, 0, 0, 112};
    putChecksum(
        message,
        this == CHECKSUM_OF_THE_MESSAGE_ALONE
            ? message
            : join(source, destination, pseudo, message));
    if (this == BAD_CHECKSUM) {
      message[6] ^= 0x55;
    }
    return message;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** RFC 1071; what is covered has an even length. */
  private static void putChecksum(byte[] message, byte[] covered) {
    long sum = 0;
    for (int i = 0; i < covered.length; i += 2) {
      sum += (covered[i] & 0xff) << 8 | (covered[i + 1] & 0xff);
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    message[6] = (byte) (~sum >> 8);
    message[7] = (byte) ~sum;
  }

  /** The row in words. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
