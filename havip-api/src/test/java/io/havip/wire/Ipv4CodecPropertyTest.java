package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.NetArbitraries;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class Ipv4CodecPropertyTest {

  @Provide
  Arbitrary<Ipv4Header> headers() {
    Arbitrary<Integer> octets = Arbitraries.integers().between(0, 255);
    return Combinators.combine(
            octets,
            Arbitraries.integers().between(0, 0xffff),
            Arbitraries.of(true, false),
            octets,
            octets,
            NetArbitraries.ipv4(),
            NetArbitraries.ipv4(),
            Arbitraries.integers().between(20, 1500))
        .as((tos, id, df, ttl, protocol, source, destination, length) ->
            new Ipv4Header(tos, id, df, ttl, protocol, source, destination, 20, length));
  }

  @Property
  void whatWasEmittedIsRead(@ForAll("headers") Ipv4Header header) {
    byte[] packet = new byte[header.totalLength()];

    assertThat(Ipv4Codec.encode(header, packet, 0)).isEqualTo(20);
    assertThat(Ipv4Codec.parse(packet, 0, packet.length)).isEqualTo(new Ipv4Parse.Accepted(header));
  }

  @Property
  void everyFlippedBitOfAHeaderIsRefused(@ForAll("headers") Ipv4Header header) {
    byte[] packet = new byte[header.totalLength()];
    Ipv4Codec.encode(header, packet, 0);
    for (int bit = 0; bit < 160; bit++) {
      packet[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Ipv4Codec.parse(packet, 0, packet.length))
          .as("bit %s", bit)
          .isInstanceOf(Ipv4Parse.Refused.class);
      packet[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 80) byte[] bytes) {
    check(bytes);
  }

  /** Random bytes rarely have a right checksum; these do. */
  @Property
  void anyFieldsWithARightChecksumAreReadOrRefused(@ForAll @Size(min = 60, max = 80) byte[] bytes) {
    int length = (bytes[0] & 0xf) * 4;
    bytes[0] = (byte) (0x40 | (bytes[0] & 0xf));
    bytes[2] = 0;
    Wire.put16(bytes, 10, 0);
    Wire.put16(bytes, 10, InternetChecksum.finish(InternetChecksum.sum(bytes, 0, length)));
    check(bytes);
  }

  private static void check(byte[] bytes) {
    switch (Ipv4Codec.parse(bytes, 0, bytes.length)) {
      case Ipv4Parse.Accepted accepted -> {
        assertThat(accepted.header().totalLength()).isBetween(20, bytes.length);
        assertThat(accepted.header().payloadLength()).isNotNegative();
      }
      case Ipv4Parse.Refused refused -> assertThat(refused.refusal().explain()).isNotBlank();
    }
  }
}
