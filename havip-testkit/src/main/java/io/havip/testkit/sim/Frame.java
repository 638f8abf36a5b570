package io.havip.testkit.sim;

import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.wire.ArpCodec;
import io.havip.wire.ArpPacket;
import io.havip.wire.ArpParse;
import org.jspecify.annotations.Nullable;

/** What travels on a segment. */
sealed interface Frame {

  /** The Ethernet address it is sent to. */
  MacAddress destination();

  /** One clause for the trace. */
  String describe();

  /** An IP packet with a VRRP message. */
  record Message(MacAddress destination, Datagram datagram) implements Frame {
    @Override
    public String describe() {
      return datagram.describe();
    }
  }

  /** An ARP frame: its bytes as {@link ArpCodec} built them. */
  final class Arp implements Frame {

    private final byte[] bytes;
    private @Nullable ArpPacket packet;

    Arp(byte[] bytes) {
      this.bytes = bytes;
    }

    static Arp of(ArpPacket packet) {
      return new Arp(ArpCodec.encode(packet));
    }

    /** What a receiver reads from the bytes. */
    ArpPacket packet() {
      ArpPacket read = packet;
      if (read == null) {
        read =
            switch (ArpCodec.parse(bytes, 0, bytes.length)) {
              case ArpParse.Accepted accepted -> accepted.packet();
              case ArpParse.Refused refused ->
                  throw new IllegalStateException(
                      "an ARP frame that cannot be read: " + refused.refusal().explain());
            };
        packet = read;
      }
      return read;
    }

    @Override
    public MacAddress destination() {
      return MacAddress.read(bytes, 0);
    }

    @Override
    public String describe() {
      ArpPacket p = packet();
      if (p.isGratuitous()) {
        return "gratuitous arp: " + p.senderIp() + " is at " + p.senderMac();
      }
      return switch (p.operation()) {
        case REQUEST ->
            "arp: who has " + p.targetIp() + (p.isProbe() ? "?" : "? tell " + p.senderIp());
        case REPLY -> "arp: " + p.senderIp() + " is at " + p.senderMac();
      };
    }
  }

  /** A neighbour advertisement: its bytes as {@code NeighborAdvertCodec} built them. */
  final class NeighborAdvert implements Frame {

    private static final int TARGET = 62;
    private static final int LINK_LAYER = 80;

    private final MacAddress destination;
    private final byte[] bytes;

    /**
     * Takes the bytes of an unsolicited advertisement. A solicited one is the same, sent to one
     * station.
     */
    NeighborAdvert(MacAddress destination, byte[] bytes) {
      this.destination = destination;
      this.bytes = bytes;
    }

    Ipv6Address target() {
      return Ipv6Address.read(bytes, TARGET);
    }

    MacAddress mac() {
      return MacAddress.read(bytes, LINK_LAYER);
    }

    @Override
    public MacAddress destination() {
      return destination;
    }

    @Override
    public String describe() {
      return "neighbour advertisement: " + target() + " is at " + mac();
    }
  }

  /**
   * The question who has an IPv6 address, as a value: the library sends no solicitations of its
   * own, so there are no bytes to test.
   */
  record Solicitation(MacAddress asker, Ipv6Address target) implements Frame {
    @Override
    public MacAddress destination() {
      return MacAddress.multicastOf(
          new Ipv6Address(0xff02_0000_0000_0000L, 0x1_ff00_0000L | (target.low() & 0xff_ffffL)));
    }

    @Override
    public String describe() {
      return "neighbour solicitation: who has " + target + "?";
    }
  }
}
