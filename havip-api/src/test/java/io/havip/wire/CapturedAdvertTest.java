package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Adverts captured from Keepalived and FRR: we read what they meant and, given the same values,
 * emit the same bytes, Ethernet and IPv4 headers included.
 */
class CapturedAdvertTest {

  private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
  private static final MacAddress OLD_MAC = MacAddress.parse("0a:0b:e6:da:cd:02");

  /**
   * One captured advert over IPv4.
   *
   * @param hex the frame, or from the IPv4 header on where the Ethernet header was not kept
   */
  record Sample(
      String name,
      String hex,
      boolean ethernet,
      VrrpAdvert advert,
      String source,
      String destination,
      ChecksumForm form,
      MacAddress sourceMac,
      int identification,
      boolean dontFragment) {

    Sample(
        String name, VrrpAdvert advert, String destination, ChecksumForm form, int identification) {
      this(
          name,
          Frames.hex(Frames.captured(name)),
          true,
          advert,
          "192.0.2.1",
          destination,
          form,
          MAC,
          identification,
          false);
    }

    byte[] packet() {
      byte[] bytes = Frames.hex(hex);
      return ethernet ? Frames.from(bytes, Frames.ETHERNET) : bytes;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> ipv4Samples() {
    VrrpAdvert v2None = VrrpAdvert.v2(11, 150, 1, ips("192.0.2.11"), VrrpAuth.NONE);
    VrrpAdvert multicast = VrrpAdvert.v3(21, 200, 50, ips("192.0.2.21"));
    VrrpAdvert unicast = VrrpAdvert.v3(23, 254, 3, ips("192.0.2.23"));
    return Stream.of(
        new Sample("v2-none", v2None, "224.0.0.18", ChecksumForm.MESSAGE_ONLY, 1),
        new Sample(
            "v2-none-resign", v2None.withPriority(0), "224.0.0.18", ChecksumForm.MESSAGE_ONLY, 10),
        new Sample(
            "v2-pass",
            VrrpAdvert.v2(
                12, 150, 3, ips("192.0.2.12", "192.0.2.112"), VrrpAuth.SimplePassword.of("s3cret")),
            "224.0.0.18",
            ChecksumForm.MESSAGE_ONLY,
            1),
        new Sample("v3-ipv4-multicast", multicast, "224.0.0.18", ChecksumForm.PSEUDO_HEADER, 1),
        new Sample(
            "v3-ipv4-multicast-resign",
            multicast.withPriority(0),
            "224.0.0.18",
            ChecksumForm.PSEUDO_HEADER,
            22),
        new Sample(
            "v3-ipv4-owner-three-addresses",
            VrrpAdvert.v3(22, 255, 4095, ips("192.0.2.22", "198.51.100.22", "192.0.2.122")),
            "224.0.0.18",
            ChecksumForm.PSEUDO_HEADER,
            1),
        new Sample("v3-ipv4-unicast-to-2", unicast, "192.0.2.2", ChecksumForm.PSEUDO_HEADER, 1),
        new Sample("v3-ipv4-unicast-to-3", unicast, "192.0.2.3", ChecksumForm.PSEUDO_HEADER, 1),
        new Sample(
            "v3-ipv4-unicast-old-checksum",
            VrrpAdvert.v3(24, 120, 100, ips("192.0.2.24")),
            "192.0.2.2",
            ChecksumForm.PSEUDO_HEADER_MULTICAST,
            1),
        // Captured earlier on another network.
        new Sample(
            "keepalived 2.2.7, v2 with password 1111",
            """
            01005e000012 0a0be6dacd02 0800 45c00028 00010000 ff70d088 0a090001 e0000012
            21339601 0101 db2c 0a090032 3131313100000000
            """,
            true,
            VrrpAdvert.v2(51, 150, 1, ips("10.9.0.50"), VrrpAuth.SimplePassword.of("1111")),
            "10.9.0.1",
            "224.0.0.18",
            ChecksumForm.MESSAGE_ONLY,
            OLD_MAC,
            1,
            false),
        new Sample(
            "keepalived 2.2.7, v3 multicast",
            """
            45c00020 00010000 ff70d090 0a090001 e0000012 3135c801 0032 11c0 0a090035
            """,
            false,
            VrrpAdvert.v3(53, 200, 50, ips("10.9.0.53")),
            "10.9.0.1",
            "224.0.0.18",
            ChecksumForm.PSEUDO_HEADER,
            OLD_MAC,
            1,
            false),
        new Sample(
            "FRR 8.4.4, v3 multicast",
            """
            01005e000012 00005e000133 0800 45c00020 ec134000 ff70a47c 0a090002 e0000012
            31336401 0064 7592 0a090032
            """,
            true,
            VrrpAdvert.v3(51, 100, 100, ips("10.9.0.50")),
            "10.9.0.2",
            "224.0.0.18",
            ChecksumForm.PSEUDO_HEADER,
            MacAddress.parse("00:00:5e:00:01:33"),
            0xec13,
            true));
  }

  @ParameterizedTest
  @MethodSource("ipv4Samples")
  void capturedIpv4AdvertsAreUnderstood(Sample sample) {
    byte[] packet = sample.packet();
    Ipv4Header header = Frames.acceptedIpv4(packet, 0);

    assertThat(header)
        .isEqualTo(
            new Ipv4Header(
                0xc0,
                sample.identification,
                sample.dontFragment,
                255,
                112,
                Frames.ipv4(sample.source),
                Frames.ipv4(sample.destination),
                20,
                packet.length));
    assertThat(
            VrrpCodec.parse(
                packet,
                header.headerLength(),
                header.payloadLength(),
                header.source(),
                header.destination(),
                Set.of(sample.form)))
        .isEqualTo(new VrrpParse.Accepted(sample.advert, sample.form));
  }

  @ParameterizedTest
  @MethodSource("ipv4Samples")
  void weEmitTheSameBytesOverIpv4(Sample sample) {
    Ipv4Address source = Frames.ipv4(sample.source);
    Ipv4Address destination = Frames.ipv4(sample.destination);
    byte[] message = VrrpCodec.encode(sample.advert, source, destination, sample.form);
    Ipv4Header header =
        Ipv4Header.vrrp(sample.identification, source, destination, message.length)
            .withDontFragment(sample.dontFragment);
    byte[] frame = Frames.ipv4(destinationMac(destination), sample.sourceMac, header, message);

    assertThat(Frames.hex(Frames.from(frame, Frames.ETHERNET)))
        .isEqualTo(Frames.hex(sample.packet()));
    if (sample.ethernet) {
      assertThat(Frames.hex(frame)).isEqualTo(Frames.hex(Frames.hex(sample.hex)));
    }
  }

  /** Unicast frames went to the MAC address of the only other host. */
  private static MacAddress destinationMac(Ipv4Address destination) {
    return destination.isMulticast()
        ? MacAddress.multicastOf(destination)
        : MacAddress.parse("02:00:00:00:00:02");
  }

  @Test
  void theOldUnicastChecksumIsRefusedUnlessAskedFor() {
    byte[] packet = Frames.from(Frames.captured("v3-ipv4-unicast-old-checksum"), Frames.ETHERNET);
    VrrpParse parse =
        VrrpCodec.parse(
            packet, 20, packet.length - 20, Frames.ipv4("192.0.2.1"), Frames.ipv4("192.0.2.2"));

    assertThat(parse)
        .isInstanceOfSatisfying(
            VrrpParse.Refused.class,
            refused ->
                assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.BAD_CHECKSUM));
  }

  @Test
  void unicastChecksumsCoverTheRealDestination() {
    VrrpAdvert advert = VrrpAdvert.v3(51, 200, 50, ips("10.9.0.50"));
    Ipv4Address source = Frames.ipv4("10.9.0.1");

    assertThat(emitted(advert, source, "10.9.0.2", ChecksumForm.PSEUDO_HEADER))
        .isEqualTo("3133c8010032e7cc0a090032");
    assertThat(emitted(advert, source, "10.9.0.3", ChecksumForm.PSEUDO_HEADER))
        .isEqualTo("3133c8010032e7cb0a090032");
    assertThat(emitted(advert, source, "10.9.0.3", ChecksumForm.PSEUDO_HEADER_MULTICAST))
        .isEqualTo("3133c801003211c50a090032");
    assertThat(emitted(advert, source, "10.9.0.3", ChecksumForm.MESSAGE_ONLY))
        .isEqualTo("3133c8010032fc5d0a090032");
  }

  @Test
  void rfc9568_5_2_8_theMessageOnlyChecksumIsThatOfTheMessage() {
    VrrpAdvert advert = VrrpAdvert.v3(53, 200, 50, ips("10.9.0.53"));

    assertThat(emitted(advert, Frames.ipv4("10.9.0.1"), "224.0.0.18", ChecksumForm.MESSAGE_ONLY))
        .isEqualTo("3135c8010032fc580a090035");
  }

  @Test
  void anAdvertInAnAuthenticationHeaderIsNamed() {
    byte[] packet = Frames.from(Frames.captured("v2-ah"), Frames.ETHERNET);
    Ipv4Header header = Frames.acceptedIpv4(packet, 0);
    int authenticationHeader = 24;
    int offset = header.headerLength() + authenticationHeader;

    assertThat(header.protocol()).isEqualTo(51);
    assertThat(
            VrrpCodec.parse(
                packet, offset, packet.length - offset, header.source(), header.destination()))
        .isEqualTo(new VrrpParse.Refused(new Refusal(RefusalReason.AUTHENTICATION_HEADER, 0, 2)));
  }

  static Stream<Sample6> ipv6Samples() {
    return Stream.of(
        new Sample6(
            "keepalived 2.2.7, multicast",
            Frames.hex(Frames.captured("v3-ipv6-multicast")),
            VrrpAdvert.v3(31, 200, 50, ips("fe80::31", "2001:db8::31")),
            "fe80::ff:fe00:1",
            "ff02::12"),
        new Sample6(
            "keepalived 2.2.7, unicast",
            Frames.hex(Frames.captured("v3-ipv6-unicast")),
            VrrpAdvert.v3(32, 255, 100, ips("2001:db8::32")),
            "2001:db8::1",
            "2001:db8::2"),
        new Sample6(
            "keepalived 2.2.7, multicast, captured earlier",
            """
            333300000012 0a0be6dacd02 86dd 6c0f5ef1 0028 70ff fe80000000000000080be6fffedacd02
            ff020000000000000000000000000012 3134c802 0032 5155
            fe800000000000000000000000000050 fd000009000000000000000000000050
            """,
            VrrpAdvert.v3(52, 200, 50, ips("fe80::50", "fd00:9::50")),
            "fe80::80b:e6ff:feda:cd02",
            "ff02::12"),
        new Sample6(
            "keepalived 2.2.7, unicast, captured earlier",
            """
            000000000000 000000000000 86dd 6c078980 0018 7040
            fd000009000000000000000000000001 fd000009000000000000000000000002
            3137c801 0032 0e97 fd000009000000000000000000000055
            """,
            VrrpAdvert.v3(55, 200, 50, ips("fd00:9::55")),
            "fd00:9::1",
            "fd00:9::2"));
  }

  /** One captured advert over IPv6. */
  record Sample6(String name, String hex, VrrpAdvert advert, String source, String destination) {
    byte[] message() {
      return Frames.from(Frames.hex(hex), Frames.ETHERNET + Frames.IPV6);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("ipv6Samples")
  void capturedIpv6AdvertsAreUnderstoodAndEmittedAlike(Sample6 sample) {
    byte[] frame = Frames.hex(sample.hex);
    Ipv6Address source = Ipv6Address.read(frame, Frames.ETHERNET + 8);
    Ipv6Address destination = Ipv6Address.read(frame, Frames.ETHERNET + 24);
    byte[] message = sample.message();

    assertThat(source).hasToString(sample.source);
    assertThat(destination).hasToString(sample.destination);
    assertThat(VrrpCodec.parse(message, 0, message.length, source, destination))
        .isEqualTo(new VrrpParse.Accepted(sample.advert, ChecksumForm.PSEUDO_HEADER));
    for (ChecksumForm asked : ChecksumForm.values()) {
      assertThat(Frames.hex(VrrpCodec.encode(sample.advert, source, destination, asked)))
          .isEqualTo(Frames.hex(message));
    }
  }

  private static String emitted(
      VrrpAdvert advert, IpAddress source, String destination, ChecksumForm form) {
    return Frames.hex(VrrpCodec.encode(advert, source, IpAddress.parse(destination), form));
  }

  private static List<IpAddress> ips(String... texts) {
    return Arrays.stream(texts).map(IpAddress::parse).toList();
  }
}
