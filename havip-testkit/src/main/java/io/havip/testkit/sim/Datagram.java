package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpParse;
import java.util.EnumSet;

/** An IP packet with a VRRP message, immutable: the header as values, the message as bytes. */
final class Datagram {

  /** What an IPv4 header takes of the MTU. */
  static final int IPV4_HEADER = 20;

  /** What an IPv6 header takes of the MTU. */
  static final int IPV6_HEADER = 40;

  final IpAddress source;
  final IpAddress destination;
  final int hopLimit;
  final byte[] message;

  /** Keeps the array, which nobody may change afterwards. */
  Datagram(IpAddress source, IpAddress destination, int hopLimit, byte[] message) {
    this.source = source;
    this.destination = destination;
    this.hopLimit = hopLimit;
    this.message = message;
  }

  /** Addresses and content, for the trace. */
  String describe() {
    StringBuilder text = new StringBuilder(64);
    text.append(source).append(" > ").append(destination).append(' ');
    VrrpParse parse =
        VrrpCodec.parse(
            message, 0, message.length, source, destination, EnumSet.allOf(ChecksumForm.class));
    switch (parse) {
      case VrrpParse.Accepted accepted -> {
        VrrpAdvert advert = accepted.advert();
        text.append(advert.version())
            .append(" vrid ")
            .append(advert.vrid())
            .append(" priority ")
            .append(advert.priority())
            .append(" interval ")
            .append(advert.intervalCentiseconds())
            .append("cs ")
            .append(advert.addresses());
      }
      case VrrpParse.Refused refused ->
          text.append(message.length)
              .append(" bytes ")
              .append(Long.toHexString(Hash.bytes(message)))
              .append(", ")
              .append(refused.refusal().reason());
    }
    if (hopLimit != VrrpCodec.TTL) {
      text.append(" ttl ").append(hopLimit);
    }
    return text.toString();
  }
}
