package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import org.junit.jupiter.api.Test;

/** ARP packets and neighbour advertisements captured from Keepalived, FRR, arping and Linux. */
class CapturedAnnouncementTest {

  private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
  private static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:00:02");
  private static final MacAddress OLD_MAC = MacAddress.parse("0a:0b:e6:da:cd:02");

  @Test
  void gratuitousArpIsThatOfKeepalived() {
    byte[] captured = Frames.captured("garp");
    Ipv4Address virtualIp = Frames.ipv4("192.0.2.11");

    assertThat(Frames.hex(ArpCodec.gratuitous(virtualIp, MAC))).isEqualTo(Frames.hex(captured));
    assertThat(ArpCodec.parse(captured, 0, captured.length))
        .isEqualTo(new ArpParse.Accepted(ArpPacket.gratuitous(virtualIp, MAC)));
  }

  @Test
  void gratuitousArpIsThatCapturedEarlierFromKeepalivedAndFrr() {
    byte[] captured =
        Frames.hex(
            """
            ffffffffffff 0a0be6dacd02 0806 0001 0800 06 04 0001
            0a0be6dacd02 0a090032 ffffffffffff 0a090032
            """);

    assertThat(Frames.hex(ArpCodec.gratuitous(Frames.ipv4("10.9.0.50"), OLD_MAC)))
        .isEqualTo(Frames.hex(captured));
  }

  @Test
  void theProbeOfArpingIsReadAsAProbe() {
    byte[] captured = Frames.captured("arp-probe-arping");

    assertThat(ArpCodec.parse(captured, 0, captured.length))
        .isInstanceOfSatisfying(
            ArpParse.Accepted.class,
            accepted -> {
              assertThat(accepted.packet().isProbe()).isTrue();
              assertThat(accepted.packet().isGratuitous()).isFalse();
              assertThat(accepted.packet().targetIp()).isEqualTo(Frames.ipv4("192.0.2.2"));
            });
  }

  @Test
  void ourProbeDiffersFromThatOfArpingInTheIgnoredFieldOnly() {
    byte[] captured = Frames.captured("arp-probe-arping");
    MacAddress.ZERO.write(captured, 32);

    assertThat(Frames.hex(ArpCodec.probe(Frames.ipv4("192.0.2.2"), MAC)))
        .isEqualTo(Frames.hex(captured));
  }

  @Test
  void theReplyOfLinuxIsReadAndEmittedAlike() {
    byte[] captured = Frames.captured("arp-reply-linux");
    ArpPacket reply =
        new ArpPacket(
            ArpPacket.Operation.REPLY,
            OTHER_MAC,
            Frames.ipv4("192.0.2.2"),
            MAC,
            Frames.ipv4("0.0.0.0"));

    assertThat(ArpCodec.parse(captured, 0, captured.length))
        .isEqualTo(new ArpParse.Accepted(reply));
    assertThat(Frames.hex(ArpCodec.encode(reply))).isEqualTo(Frames.hex(captured));
  }

  @Test
  void theAdvertisementOfAHostIsThatOfKeepalived() {
    Ipv6Address virtualIp = (Ipv6Address) IpAddress.parse("2001:db8::31");

    assertThat(Frames.hex(NeighborAdvertCodec.unsolicited(virtualIp, MAC, false)))
        .isEqualTo(Frames.hex(Frames.captured("na-host")));
  }

  @Test
  void theAdvertisementOfARouterIsThatOfKeepalivedOnAForwardingHost() {
    Ipv6Address virtualIp = (Ipv6Address) IpAddress.parse("2001:db8::31");

    assertThat(Frames.hex(NeighborAdvertCodec.unsolicited(virtualIp, MAC, true)))
        .isEqualTo(Frames.hex(Frames.captured("na-router")));
  }

  @Test
  void theAdvertisementIsThatCapturedEarlierFromKeepalived() {
    byte[] captured =
        Frames.hex(
            """
            333300000001 0a0be6dacd02 86dd 60000000 0020 3aff fd000009000000000000000000000050
            ff020000000000000000000000000001 88009e03 20000000 fd000009000000000000000000000050
            0201 0a0be6dacd02
            """);
    Ipv6Address virtualIp = (Ipv6Address) IpAddress.parse("fd00:9::50");

    assertThat(Frames.hex(NeighborAdvertCodec.unsolicited(virtualIp, OLD_MAC, false)))
        .isEqualTo(Frames.hex(captured));
  }

  @Test
  void frrSetsTheRouterFlagAndAnnouncesTheVirtualMac() {
    byte[] frame =
        NeighborAdvertCodec.unsolicited(
            (Ipv6Address) IpAddress.parse("fd00:9::50"),
            MacAddress.parse("00:00:5e:00:02:33"),
            true);

    assertThat(Frames.hex(Frames.from(frame, 58))).startsWith("a0000000");
    assertThat(Frames.hex(Frames.from(frame, 78))).isEqualTo("020100005e000233");
  }
}
