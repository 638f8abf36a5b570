package io.havip.wire;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * VRRP messages (RFC 9568 section 5.2, RFC 3768 section 5.1) to values and back, without the IP
 * header.
 *
 * <p>Both directions are pure and may be called from any thread. Emitting into an array of the
 * caller allocates nothing.
 */
public final class VrrpCodec {

  /** The IP protocol number of VRRP. */
  public static final int PROTOCOL = 112;

  /** The TTL or hop limit adverts are sent with. */
  public static final int TTL = 255;

  /**
   * The type-of-service byte or traffic class Keepalived and FRR send adverts with: internetwork
   * control.
   */
  public static final int TRAFFIC_CLASS = 0xc0;

  /** The group IPv4 adverts are sent to, 224.0.0.18. */
  public static final Ipv4Address GROUP_IPV4 = new Ipv4Address(0xe000_0012);

  /** The group IPv6 adverts are sent to, ff02::12. */
  public static final Ipv6Address GROUP_IPV6 = new Ipv6Address(0xff02_0000_0000_0000L, 0x12);

  private static final int HEADER = 8;
  private static final int ADVERTISEMENT = 1;

  /**
   * Length of what Keepalived 2.4 appends with auth_hmac. Known by its length only, and not covered
   * by the checksum of the message: to support it, verify it here and go on with the rest.
   */
  private static final int HMAC_TRAILER = 28;

  private static final int AUTH_TYPE_NONE = 0;
  private static final int AUTH_TYPE_PASSWORD = 1;
  private static final int AUTH_TYPE_AH = 2;

  /** In the order in which a received checksum is tried. */
  private static final List<ChecksumForm> FORMS =
      List.of(
          ChecksumForm.PSEUDO_HEADER,
          ChecksumForm.MESSAGE_ONLY,
          ChecksumForm.PSEUDO_HEADER_MULTICAST);

  private static final Set<ChecksumForm> USUAL_FORMS =
      Set.of(ChecksumForm.MESSAGE_ONLY, ChecksumForm.PSEUDO_HEADER);

  private VrrpCodec() {}

  /**
   * Returns the group adverts of a family are sent to.
   *
   * @param family the family
   * @return {@link #GROUP_IPV4} or {@link #GROUP_IPV6}
   */
  public static IpAddress group(IpFamily family) {
    return switch (family) {
      case IPV4 -> GROUP_IPV4;
      case IPV6 -> GROUP_IPV6;
    };
  }

  /**
   * Returns the length of the message an advert becomes.
   *
   * @param advert the advert
   * @return bytes, 12 to 4088
   */
  public static int encodedLength(VrrpAdvert advert) {
    return length(advert.version(), advert.family(), advert.addresses().size());
  }

  /**
   * Emits an advert as a new array.
   *
   * @param advert the advert
   * @param source the address it is sent from
   * @param destination the address it is sent to: the group, or one unicast peer
   * @param form what the checksum covers; a choice only in VRRPv3 over IPv4, see {@link
   *     ChecksumForm#inForce}
   * @return the message
   * @throws IllegalArgumentException if the advert's addresses are of another family than source
   *     and destination
   */
  public static byte[] encode(
      VrrpAdvert advert, IpAddress source, IpAddress destination, ChecksumForm form) {
    byte[] message = new byte[encodedLength(advert)];
    encode(advert, source, destination, form, message, 0);
    return message;
  }

  /**
   * Emits an advert into an array of the caller and allocates nothing.
   *
   * @param advert the advert
   * @param source the address it is sent from
   * @param destination the address it is sent to: the group, or one unicast peer
   * @param form what the checksum covers; a choice only in VRRPv3 over IPv4, see {@link
   *     ChecksumForm#inForce}
   * @param target where to write
   * @param offset index of the first byte written
   * @return the number of bytes written, {@link #encodedLength}
   * @throws IllegalArgumentException if the advert's addresses are of another family than source
   *     and destination
   * @throws IndexOutOfBoundsException if the message does not fit; nothing is written then
   */
  public static int encode(
      VrrpAdvert advert,
      IpAddress source,
      IpAddress destination,
      ChecksumForm form,
      byte[] target,
      int offset) {
    IpFamily family = advert.family();
    if (source.family() != family || destination.family() != family) {
      throw new IllegalArgumentException(
          "an advert of " + family + " addresses cannot go from " + source + " to " + destination);
    }
    int length = encodedLength(advert);
    Objects.checkFromIndexSize(offset, length, target.length);
    List<IpAddress> addresses = advert.addresses();
    target[offset] = (byte) (advert.version().number() << 4 | ADVERTISEMENT);
    target[offset + 1] = (byte) advert.vrid();
    target[offset + 2] = (byte) advert.priority();
    target[offset + 3] = (byte) addresses.size();
    switch (advert.version()) {
      case V2 -> {
        target[offset + 4] = (byte) advert.auth().type();
        target[offset + 5] = (byte) (advert.intervalCentiseconds() / 100);
      }
      case V3 -> Wire.put16(target, offset + 4, advert.intervalCentiseconds());
    }
    Wire.put16(target, offset + 6, 0);
    int at = offset + HEADER;
    int step = family.addressBytes();
    for (int i = 0; i < addresses.size(); i++) {
      addresses.get(i).write(target, at);
      at += step;
    }
    if (advert.version() == VrrpVersion.V2) {
      writeAuth(advert.auth(), target, at);
    }
    long sum =
        InternetChecksum.sum(target, offset, length)
            + pseudoHeader(form.inForce(advert.version(), family), source, destination, length);
    Wire.put16(target, offset + 6, InternetChecksum.finish(sum));
    return length;
  }

  /**
   * Reads a message and accepts both {@link ChecksumForm#MESSAGE_ONLY} and {@link
   * ChecksumForm#PSEUDO_HEADER} where there is a choice.
   *
   * @param packet holds the message
   * @param offset index of its first byte
   * @param length its length as the IP header gives it; bytes behind the message are a reason to
   *     refuse it
   * @param source the source address of the IP header
   * @param destination the destination address of the IP header
   * @return the advert, or why it is refused
   * @throws IndexOutOfBoundsException if {@code offset} and {@code length} are not within {@code
   *     packet}
   */
  public static VrrpParse parse(
      byte[] packet, int offset, int length, IpAddress source, IpAddress destination) {
    return parse(packet, offset, length, source, destination, USUAL_FORMS);
  }

  /**
   * Reads a message.
   *
   * <p>The checks are made in this order, and the first that fails is reported: complete header,
   * version, family, type, address count, length, checksum, VRID, interval, authentication type.
   * Reserved bits and the authentication field of a message without authentication are ignored.
   * Whether the password is right, whether the router is ours and similar questions are the
   * caller's.
   *
   * @param packet holds the message
   * @param offset index of its first byte
   * @param length its length as the IP header gives it; bytes behind the message are a reason to
   *     refuse it
   * @param source the source address of the IP header
   * @param destination the destination address of the IP header
   * @param accepted the checksum forms to accept in VRRPv3 over IPv4; elsewhere the only form there
   *     is is required
   * @return the advert, or why it is refused
   * @throws IndexOutOfBoundsException if {@code offset} and {@code length} are not within {@code
   *     packet}
   */
  public static VrrpParse parse(
      byte[] packet,
      int offset,
      int length,
      IpAddress source,
      IpAddress destination,
      Set<ChecksumForm> accepted) {
    Objects.checkFromIndexSize(offset, length, packet.length);
    if (length < HEADER) {
      return refuse(RefusalReason.TOO_SHORT, HEADER, length);
    }
    int first = Wire.u8(packet, offset);
    VrrpVersion version;
    switch (first >>> 4) {
      case 2 -> version = VrrpVersion.V2;
      case 3 -> version = VrrpVersion.V3;
      default -> {
        return refuse(RefusalReason.BAD_VERSION, VrrpVersion.V3.number(), first >>> 4);
      }
    }
    IpFamily family = source.family();
    if (destination.family() != family) {
      return refuse(RefusalReason.FAMILY_MISMATCH, 0, 0);
    }
    if (version == VrrpVersion.V2 && family != IpFamily.IPV4) {
      return refuse(RefusalReason.VERSION_NEEDS_IPV4, 4, 6);
    }
    if ((first & 0xf) != ADVERTISEMENT) {
      return refuse(RefusalReason.BAD_TYPE, ADVERTISEMENT, first & 0xf);
    }
    int count = Wire.u8(packet, offset + 3);
    if (count == 0) {
      return refuse(RefusalReason.ZERO_ADDRESSES, 1, 0);
    }
    int needed = length(version, family, count);
    if (length == needed + HMAC_TRAILER) {
      return refuse(RefusalReason.AUTH_HMAC_TRAILER, needed, length);
    }
    if (length != needed) {
      return refuse(RefusalReason.LENGTH_MISMATCH, needed, length);
    }
    int checksum = Wire.u16(packet, offset + 6);
    long sum = InternetChecksum.sum(packet, offset, length);
    ChecksumForm form = matchingForm(sum, version, source, destination, length, accepted);
    if (form == null) {
      ChecksumForm usual = preferred(accepted).inForce(version, family);
      long right = sum - checksum + pseudoHeader(usual, source, destination, length);
      return refuse(RefusalReason.BAD_CHECKSUM, InternetChecksum.finish(right), checksum);
    }
    int vrid = Wire.u8(packet, offset + 1);
    if (vrid == 0) {
      return refuse(RefusalReason.BAD_VRID, 1, 0);
    }
    int interval =
        version == VrrpVersion.V2
            ? Wire.u8(packet, offset + 5) * 100
            : Wire.u16(packet, offset + 4) & VrrpAdvert.MAX_INTERVAL_V3;
    if (interval == 0) {
      return refuse(RefusalReason.ZERO_INTERVAL, 1, 0);
    }
    VrrpAuth auth = VrrpAuth.NONE;
    if (version == VrrpVersion.V2) {
      switch (Wire.u8(packet, offset + 4)) {
        case AUTH_TYPE_NONE -> {}
        case AUTH_TYPE_PASSWORD -> auth = readPassword(packet, offset + length);
        case AUTH_TYPE_AH -> {
          return refuse(RefusalReason.AUTHENTICATION_HEADER, 0, AUTH_TYPE_AH);
        }
        default -> {
          return refuse(RefusalReason.UNKNOWN_AUTH_TYPE, 0, Wire.u8(packet, offset + 4));
        }
      }
    }
    VrrpAdvert advert =
        new VrrpAdvert(
            version,
            vrid,
            Wire.u8(packet, offset + 2),
            interval,
            readAddresses(packet, offset + HEADER, family, count),
            auth);
    return new VrrpParse.Accepted(advert, form);
  }

  private static int length(VrrpVersion version, IpFamily family, int count) {
    int trailer = version == VrrpVersion.V2 ? VrrpAuth.DATA_LENGTH : 0;
    return HEADER + count * family.addressBytes() + trailer;
  }

  private static @Nullable ChecksumForm matchingForm(
      long sum,
      VrrpVersion version,
      IpAddress source,
      IpAddress destination,
      int length,
      Set<ChecksumForm> accepted) {
    boolean choice = version == VrrpVersion.V3 && source.family() == IpFamily.IPV4;
    for (int i = 0; i < FORMS.size(); i++) {
      ChecksumForm form = FORMS.get(i);
      boolean candidate =
          choice ? accepted.contains(form) : form == form.inForce(version, source.family());
      if (candidate
          && InternetChecksum.finish(sum + pseudoHeader(form, source, destination, length)) == 0) {
        return form;
      }
    }
    return null;
  }

  /** The form a sender most likely meant, to name the checksum that was expected. */
  private static ChecksumForm preferred(Set<ChecksumForm> accepted) {
    for (int i = 0; i < FORMS.size(); i++) {
      if (accepted.contains(FORMS.get(i))) {
        return FORMS.get(i);
      }
    }
    return ChecksumForm.PSEUDO_HEADER;
  }

  private static long pseudoHeader(
      ChecksumForm form, IpAddress source, IpAddress destination, int length) {
    return switch (form) {
      case MESSAGE_ONLY -> 0;
      case PSEUDO_HEADER -> InternetChecksum.pseudoHeader(source, destination, PROTOCOL, length);
      case PSEUDO_HEADER_MULTICAST ->
          InternetChecksum.pseudoHeader(source, GROUP_IPV4, PROTOCOL, length);
    };
  }

  private static List<IpAddress> readAddresses(
      byte[] packet, int offset, IpFamily family, int count) {
    if (count == 1) {
      return List.of(readAddress(packet, offset, family));
    }
    IpAddress[] addresses = new IpAddress[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = readAddress(packet, offset + i * family.addressBytes(), family);
    }
    return List.of(addresses);
  }

  private static IpAddress readAddress(byte[] packet, int offset, IpFamily family) {
    return switch (family) {
      case IPV4 -> Ipv4Address.read(packet, offset);
      case IPV6 -> Ipv6Address.read(packet, offset);
    };
  }

  private static void writeAuth(VrrpAuth auth, byte[] target, int offset) {
    long bits =
        switch (auth) {
          case VrrpAuth.None() -> 0;
          case VrrpAuth.SimplePassword password -> password.bits();
        };
    for (int i = 0; i < VrrpAuth.DATA_LENGTH; i++) {
      target[offset + i] = (byte) (bits >>> (56 - 8 * i));
    }
  }

  private static VrrpAuth readPassword(byte[] packet, int end) {
    long bits = 0;
    for (int i = end - VrrpAuth.DATA_LENGTH; i < end; i++) {
      bits = bits << 8 | Wire.u8(packet, i);
    }
    return new VrrpAuth.SimplePassword(bits);
  }

  private static VrrpParse refuse(RefusalReason reason, long expected, long found) {
    return new VrrpParse.Refused(new Refusal(reason, expected, found));
  }
}
