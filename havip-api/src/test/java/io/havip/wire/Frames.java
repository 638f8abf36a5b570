package io.havip.wire;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.MacAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads captured frames and puts frames together from their parts. */
final class Frames {

  static final int ETHERNET = 14;
  static final int IPV6 = 40;

  private Frames() {}

  /** The bytes of {@code name.hex}; lines that start with # say how they were captured. */
  static byte[] captured(String name) {
    try (InputStream in = Frames.class.getResourceAsStream(name + ".hex")) {
      if (in == null) {
        throw new IllegalArgumentException("no capture named " + name);
      }
      return hex(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hexadecimal digits with any white space between them and comment lines. */
  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("(?m)^#.*$", "").replaceAll("\\s", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] from(byte[] frame, int offset) {
    return Arrays.copyOfRange(frame, offset, frame.length);
  }

  /** A whole Ethernet frame that carries an IPv4 packet. */
  static byte[] ipv4(MacAddress destination, MacAddress source, Ipv4Header header, byte[] payload) {
    byte[] frame = new byte[ETHERNET + header.headerLength() + payload.length];
    destination.write(frame, 0);
    source.write(frame, 6);
    frame[12] = 0x08;
    int length = Ipv4Codec.encode(header, frame, ETHERNET);
    System.arraycopy(payload, 0, frame, ETHERNET + length, payload.length);
    return frame;
  }

  static Ipv4Header acceptedIpv4(byte[] packet, int offset) {
    return switch (Ipv4Codec.parse(packet, offset, packet.length - offset)) {
      case Ipv4Parse.Accepted accepted -> accepted.header();
      case Ipv4Parse.Refused refused -> throw new AssertionError(refused);
    };
  }

  static VrrpAdvert acceptedAdvert(VrrpParse parse) {
    return switch (parse) {
      case VrrpParse.Accepted accepted -> accepted.advert();
      case VrrpParse.Refused refused -> throw new AssertionError(refused);
    };
  }

  static Ipv4Address ipv4(String text) {
    return (Ipv4Address) IpAddress.parse(text);
  }
}
