package io.havip.testkit.lab;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes to {@link Packet}. Refuses by {@link Packet.Other}, never by exception. */
final class PacketDecoder {

  private static final int ETHERNET_IPV4 = 0x0800;
  private static final int ETHERNET_ARP = 0x0806;
  private static final int ETHERNET_IPV6 = 0x86dd;
  private static final int PROTOCOL_VRRP = 112;
  private static final int PROTOCOL_ICMPV6 = 58;
  private static final int ICMPV6_NEIGHBOR_ADVERTISEMENT = 136;
  private static final int OPTION_TARGET_LINK_LAYER = 2;
  private static final int VRRP_HEADER = 8;

  /** An IP packet's parts: both headers reduced to what is used here. */
  private record Ip(
      String sourceMac,
      String destinationMac,
      ByteBuffer source,
      ByteBuffer destination,
      int hopLimit,
      int protocol,
      ByteBuffer payload) {}

  private PacketDecoder() {}

  static Packet decode(byte[] frame) {
    try {
      ByteBuffer in = ByteBuffer.wrap(frame);
      String destinationMac = AddressText.mac(take(in, 6));
      String sourceMac = AddressText.mac(take(in, 6));
      int type = u16(in);
      return switch (type) {
        case ETHERNET_IPV4 -> ipv4(sourceMac, destinationMac, in);
        case ETHERNET_ARP -> arp(sourceMac, destinationMac, in);
        case ETHERNET_IPV6 -> ipv6(sourceMac, destinationMac, in);
        default -> new Packet.Other("Ethernet type 0x%04x".formatted(type));
      };
    } catch (BufferUnderflowException e) {
      return new Packet.Other("cut off after " + frame.length + " bytes");
    }
  }

  private static Packet arp(String sourceMac, String destinationMac, ByteBuffer in) {
    long kind = Integer.toUnsignedLong(in.getInt()) << 16 | u16(in);
    if (kind >>> 16 != 0x0001_0800L || (kind & 0xffff) != 0x0604) {
      return new Packet.Other("ARP, but not for IPv4 on Ethernet");
    }
    return new Packet.Arp(
        sourceMac,
        destinationMac,
        u16(in),
        AddressText.mac(take(in, 6)),
        AddressText.ip(take(in, 4)),
        AddressText.mac(take(in, 6)),
        AddressText.ip(take(in, 4)));
  }

  private static Packet ipv4(String sourceMac, String destinationMac, ByteBuffer in) {
    int start = in.position();
    int first = u8(in);
    int headerLength = (first & 0x0f) * 4;
    u8(in);
    int totalLength = u16(in);
    u16(in);
    int fragment = u16(in);
    int ttl = u8(in);
    int protocol = u8(in);
    u16(in);
    ByteBuffer source = ByteBuffer.wrap(take(in, 4));
    ByteBuffer destination = ByteBuffer.wrap(take(in, 4));
    if (first >> 4 != 4 || headerLength < 20 || totalLength < headerLength) {
      return new Packet.Other("IPv4 with a header that contradicts itself");
    }
    if ((fragment & 0x3fff) != 0) {
      return new Packet.Other("IPv4 fragment");
    }
    // Ethernet pads short frames: the IP header says where the packet ends.
    ByteBuffer payload = part(in, start + headerLength, totalLength - headerLength);
    return transport(
        new Ip(sourceMac, destinationMac, source, destination, ttl, protocol, payload));
  }

  private static Packet ipv6(String sourceMac, String destinationMac, ByteBuffer in) {
    int start = in.position();
    int first = in.getInt();
    int length = u16(in);
    int next = u8(in);
    int hopLimit = u8(in);
    ByteBuffer source = ByteBuffer.wrap(take(in, 16));
    ByteBuffer destination = ByteBuffer.wrap(take(in, 16));
    if (first >>> 28 != 6) {
      return new Packet.Other("IPv6 with version " + (first >>> 28));
    }
    ByteBuffer payload = part(in, start + 40, length);
    return transport(
        new Ip(sourceMac, destinationMac, source, destination, hopLimit, next, payload));
  }

  private static Packet transport(Ip ip) {
    if (ip.protocol() == PROTOCOL_VRRP) {
      return vrrp(ip);
    }
    if (ip.protocol() == PROTOCOL_ICMPV6
        && ip.source().remaining() == 16
        && ip.payload().remaining() > 0
        && (ip.payload().get(0) & 0xff) == ICMPV6_NEIGHBOR_ADVERTISEMENT) {
      return neighborAdvertisement(ip);
    }
    return new Packet.Other("IP protocol " + ip.protocol());
  }

  private static Packet vrrp(Ip ip) {
    ByteBuffer in = ip.payload().duplicate();
    int versionAndType = u8(in);
    int vrid = u8(in);
    int priority = u8(in);
    int count = u8(in);
    int interval = u16(in);
    u16(in);
    int version = versionAndType >> 4;
    if ((versionAndType & 0x0f) != 1) {
      return new Packet.Other("VRRP type " + (versionAndType & 0x0f));
    }
    int addressLength = ip.source().remaining();
    if (ip.payload().remaining() < VRRP_HEADER + count * addressLength) {
      return new Packet.Other("VRRP shorter than its " + count + " addresses");
    }
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add(AddressText.ip(take(in, addressLength)));
    }
    // Version 2: authentication type, then seconds. Version 3: 4 reserved bits, centiseconds.
    int intervalMillis = version == 2 ? (interval & 0xff) * 1000 : (interval & 0x0fff) * 10;
    return new Packet.VrrpAdvert(
        ip.sourceMac(),
        ip.destinationMac(),
        AddressText.ip(ip.source().array()),
        AddressText.ip(ip.destination().array()),
        ip.hopLimit(),
        version,
        vrid,
        priority,
        intervalMillis,
        addresses,
        checksum(ip));
  }

  /** A one's complement sum over bytes that include a right checksum is all ones. */
  private static Packet.Checksum checksum(Ip ip) {
    long message = sum(ip.payload());
    if (fold(message) == 0xffff) {
      return Packet.Checksum.MESSAGE;
    }
    long pseudoHeader =
        sum(ip.source()) + sum(ip.destination()) + ip.payload().remaining() + PROTOCOL_VRRP;
    return fold(message + pseudoHeader) == 0xffff
        ? Packet.Checksum.PSEUDO_HEADER
        : Packet.Checksum.WRONG;
  }

  private static long sum(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    long sum = 0;
    while (in.remaining() >= 2) {
      sum += u16(in);
    }
    return in.hasRemaining() ? sum + (u8(in) << 8) : sum;
  }

  private static int fold(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }

  private static Packet neighborAdvertisement(Ip ip) {
    ByteBuffer in = ip.payload().duplicate();
    in.getInt();
    int flags = in.getInt();
    String target = AddressText.ip(take(in, 16));
    String targetMac = "";
    while (in.remaining() >= 8) {
      int option = u8(in);
      int length = u8(in) * 8;
      if (length == 0) {
        return new Packet.Other("neighbour advertisement with an option of length 0");
      }
      byte[] value = take(in, length - 2);
      if (option == OPTION_TARGET_LINK_LAYER && length == 8) {
        targetMac = AddressText.mac(value);
      }
    }
    return new Packet.NeighborAdvertisement(
        ip.sourceMac(),
        AddressText.ip(ip.source().array()),
        AddressText.ip(ip.destination().array()),
        target,
        targetMac,
        flags < 0,
        (flags & 0x4000_0000) != 0,
        (flags & 0x2000_0000) != 0);
  }

  private static ByteBuffer part(ByteBuffer in, int from, int length) {
    if (from + length > in.limit()) {
      throw new BufferUnderflowException();
    }
    return in.slice(from, length);
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int u8(ByteBuffer in) {
    return in.get() & 0xff;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }
}
