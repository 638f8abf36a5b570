package io.havip.linux.internal.netlink;

import static io.havip.linux.internal.netlink.NativeBytes.i32;
import static io.havip.linux.internal.netlink.NativeBytes.u16;
import static io.havip.linux.internal.netlink.NativeBytes.u8;

import io.havip.linux.internal.libc.Sys;
import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads netlink messages. Pure; any bytes are legal input: what makes no sense ends the reading or
 * becomes {@link NetlinkMessage.Other}.
 */
final class NetlinkParser {

  private static final int ATTRIBUTE_HEADER = 4;

  /** The two top bits of an attribute's type are flags. */
  private static final int ATTRIBUTE_TYPE = 0x3fff;

  private NetlinkParser() {}

  /**
   * Reads the messages of one datagram in order.
   *
   * @param bytes holds them from index 0
   * @param length bytes of the datagram, at most the array's length
   * @param sink receives each message
   */
  static void parse(byte[] bytes, int length, Consumer<NetlinkMessage> sink) {
    int at = 0;
    while (length - at >= Rtnetlink.NLMSG_HEADER) {
      int size = i32(bytes, at);
      if (size < Rtnetlink.NLMSG_HEADER || size > length - at) {
        return;
      }
      NetlinkMessage message = message(bytes, at, at + size);
      sink.accept(message);
      if (dumpInterrupted(bytes, at) && !(message instanceof NetlinkMessage.DumpEnd)) {
        // Only the one message behind the gap carries the flag, and it can be of any type.
        sink.accept(new NetlinkMessage.DumpInterrupted(message.sequence()));
      }
      at += Math.min(Rtnetlink.align(size), length - at);
    }
  }

  private static boolean dumpInterrupted(byte[] bytes, int start) {
    return (u16(bytes, start + 6) & Rtnetlink.NLM_F_DUMP_INTR) != 0;
  }

  private static NetlinkMessage message(byte[] bytes, int start, int end) {
    int type = u16(bytes, start + 4);
    int flags = u16(bytes, start + 6);
    int sequence = i32(bytes, start + 8);
    int body = start + Rtnetlink.NLMSG_HEADER;
    NetlinkMessage known =
        switch (type) {
          case Rtnetlink.NLMSG_ERROR -> answer(bytes, body, end, flags, sequence);
          case Rtnetlink.NLMSG_DONE -> {
            int errno = end - body >= 4 ? Math.max(0, -i32(bytes, body)) : 0;
            yield new NetlinkMessage.DumpEnd(sequence, errno, dumpInterrupted(bytes, start));
          }
          case Rtnetlink.RTM_NEWLINK, Rtnetlink.RTM_DELLINK ->
              link(bytes, body, end, type, sequence);
          case Rtnetlink.RTM_NEWADDR, Rtnetlink.RTM_DELADDR ->
              address(bytes, body, end, type, sequence);
          case Rtnetlink.RTM_NEWROUTE ->
              end - body >= Rtnetlink.RTMSG_LENGTH
                  ? new NetlinkMessage.Route(sequence, u8(bytes, body + 7))
                  : null;
          default -> null;
        };
    return known != null ? known : new NetlinkMessage.Other(sequence, type);
  }

  private static @Nullable NetlinkMessage answer(
      byte[] bytes, int body, int end, int flags, int sequence) {
    if (end - body < 4 + Rtnetlink.NLMSG_HEADER) {
      return null;
    }
    int errno = Math.max(0, -i32(bytes, body));
    String text = null;
    if ((flags & Rtnetlink.NLM_F_ACK_TLVS) != 0) {
      // A refusal quotes the whole request unless the kernel was asked to cap it.
      boolean capped = (flags & Rtnetlink.NLM_F_CAPPED) != 0;
      int quoted = capped ? Rtnetlink.NLMSG_HEADER : i32(bytes, body + 4);
      if (quoted >= Rtnetlink.NLMSG_HEADER && quoted <= end - body - 4) {
        Attributes attributes = new Attributes(bytes, body + 4 + Rtnetlink.align(quoted), end);
        while (attributes.next()) {
          if (attributes.type == Rtnetlink.NLMSGERR_ATTR_MSG) {
            text = attributes.text();
          }
        }
      }
    }
    return new NetlinkMessage.Answer(sequence, errno, text);
  }

  private static @Nullable NetlinkMessage link(
      byte[] bytes, int body, int end, int type, int sequence) {
    // Messages of other families are about bridge ports or IPv6 settings, also the "deletions".
    if (end - body < Rtnetlink.IFINFO_LENGTH || u8(bytes, body) != 0) {
      return null;
    }
    int index = i32(bytes, body + 4);
    if (index <= 0) {
      return null;
    }
    if (type == Rtnetlink.RTM_DELLINK) {
      return new NetlinkMessage.LinkGone(sequence, index);
    }
    String name = null;
    MacAddress mac = MacAddress.ZERO;
    int mtu = 0;
    Attributes attributes = new Attributes(bytes, body + Rtnetlink.IFINFO_LENGTH, end);
    while (attributes.next()) {
      switch (attributes.type) {
        case Rtnetlink.IFLA_IFNAME -> name = attributes.text();
        case Rtnetlink.IFLA_ADDRESS -> {
          if (attributes.length == MacAddress.LENGTH) {
            mac = MacAddress.read(bytes, attributes.start);
          }
        }
        case Rtnetlink.IFLA_MTU -> {
          if (attributes.length == 4) {
            mtu = i32(bytes, attributes.start);
          }
        }
        default -> {}
      }
    }
    if (name == null) {
      return null;
    }
    return new NetlinkMessage.LinkPresent(sequence, index, name, mac, i32(bytes, body + 8), mtu);
  }

  private static @Nullable NetlinkMessage address(
      byte[] bytes, int body, int end, int type, int sequence) {
    if (end - body < Rtnetlink.IFADDR_LENGTH) {
      return null;
    }
    int family = u8(bytes, body);
    int prefixLength = u8(bytes, body + 1);
    int flags = u8(bytes, body + 2);
    int scope = u8(bytes, body + 3);
    int index = i32(bytes, body + 4);
    IpAddress local = null;
    IpAddress other = null;
    Attributes attributes = new Attributes(bytes, body + Rtnetlink.IFADDR_LENGTH, end);
    while (attributes.next()) {
      switch (attributes.type) {
        case Rtnetlink.IFA_LOCAL -> local = attributes.address(family);
        case Rtnetlink.IFA_ADDRESS -> other = attributes.address(family);
        case Rtnetlink.IFA_FLAGS -> {
          if (attributes.length == 4) {
            flags = i32(bytes, attributes.start);
          }
        }
        default -> {}
      }
    }
    // IFA_ADDRESS is the peer's on point-to-point links, and the only one IPv6 usually has.
    IpAddress address = local != null ? local : other;
    if (address == null || index <= 0 || prefixLength > address.family().addressBits()) {
      return null;
    }
    return type == Rtnetlink.RTM_NEWADDR
        ? new NetlinkMessage.AddressPresent(sequence, index, address, prefixLength, flags, scope)
        : new NetlinkMessage.AddressGone(sequence, index, address, prefixLength);
  }

  /** Walks over the attributes of a message. */
  private static final class Attributes {

    private final byte[] bytes;
    private final int end;
    private int at;
    int type;
    int start;
    int length;

    Attributes(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.at = start;
      this.end = end;
    }

    boolean next() {
      if (end - at < ATTRIBUTE_HEADER) {
        return false;
      }
      int size = u16(bytes, at);
      if (size < ATTRIBUTE_HEADER || size > end - at) {
        return false;
      }
      type = u16(bytes, at + 2) & ATTRIBUTE_TYPE;
      start = at + ATTRIBUTE_HEADER;
      length = size - ATTRIBUTE_HEADER;
      at += Rtnetlink.align(size);
      return true;
    }

    /** Text up to the closing zero; other bytes than UTF-8 become replacement characters. */
    String text() {
      int count = 0;
      while (count < length && bytes[start + count] != 0) {
        count++;
      }
      return new String(bytes, start, count, StandardCharsets.UTF_8);
    }

    @Nullable IpAddress address(int family) {
      if (family == Sys.AF_INET && length == 4) {
        return Ipv4Address.read(bytes, start);
      }
      if (family == Sys.AF_INET6 && length == 16) {
        return Ipv6Address.read(bytes, start);
      }
      return null;
    }
  }
}
