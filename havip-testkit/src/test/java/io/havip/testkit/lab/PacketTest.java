package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames captured from keepalived 2.2.7 and FRR 8.4.4, and what they say. */
class PacketTest {

  private static final String KEEPALIVED_V2 =
      "01005e000012 0a0be6dacd02 0800 45c00028 00010000 ff70d088 0a090001 e0000012"
          + " 21339601 0101 db2c 0a090032 3131313100000000";
  private static final String KEEPALIVED_V3 =
      "01005e000012 0a0be6dacd02 0800 45c00020 00010000 ff70d090 0a090001 e0000012"
          + " 3135c801 0032 11c0 0a090035";
  private static final String KEEPALIVED_V3_IPV6 =
      "333300000012 0a0be6dacd02 86dd 6c0f5ef1 0028 70ff fe80000000000000080be6fffedacd02"
          + " ff020000000000000000000000000012 3134c802 0032 5155"
          + " fe800000000000000000000000000050 fd000009000000000000000000000050";
  private static final String FRR_V3 =
      "01005e000012 00005e000133 0800 45c00020 ec134000 ff70a47c 0a090002 e0000012"
          + " 31336401 0064 7592 0a090032";
  private static final String GRATUITOUS_ARP =
      "ffffffffffff 0a0be6dacd02 0806 0001 0800 06 04 0001 0a0be6dacd02 0a090032"
          + " ffffffffffff 0a090032";
  private static final String KEEPALIVED_NA =
      "333300000001 0a0be6dacd02 86dd 60000000 0020 3aff fd000009000000000000000000000050"
          + " ff020000000000000000000000000001 88009e03 20000000"
          + " fd000009000000000000000000000050 0201 0a0be6dacd02";

  @Test
  void keepalivedV2AdvertWithPassword() {
    assertThat(decode(KEEPALIVED_V2))
        .isEqualTo(
            new Packet.VrrpAdvert(
                "0a:0b:e6:da:cd:02",
                "01:00:5e:00:00:12",
                "10.9.0.1",
                "224.0.0.18",
                255,
                2,
                51,
                150,
                1000,
                List.of("10.9.0.50"),
                Packet.Checksum.MESSAGE));
  }

  @Test
  void keepalivedV3AdvertCarriesThePseudoHeaderChecksumAndCentiseconds() {
    assertThat(decode(KEEPALIVED_V3))
        .isEqualTo(
            new Packet.VrrpAdvert(
                "0a:0b:e6:da:cd:02",
                "01:00:5e:00:00:12",
                "10.9.0.1",
                "224.0.0.18",
                255,
                3,
                53,
                200,
                500,
                List.of("10.9.0.53"),
                Packet.Checksum.PSEUDO_HEADER));
  }

  @Test
  void sameV3AdvertWithTheChecksumOfRfc9568IsToldApart() {
    assertThat(decode(KEEPALIVED_V3.replace("11c0", "fc58")))
        .isInstanceOfSatisfying(
            Packet.VrrpAdvert.class,
            advert -> assertThat(advert.checksum()).isEqualTo(Packet.Checksum.MESSAGE));
  }

  @Test
  void aChecksumThatFitsNeitherFormIsWrong() {
    assertThat(decode(KEEPALIVED_V3.replace("11c0", "11c1")))
        .isInstanceOfSatisfying(
            Packet.VrrpAdvert.class,
            advert -> assertThat(advert.checksum()).isEqualTo(Packet.Checksum.WRONG));
  }

  @Test
  void unicastChecksumCoversTheRealDestination() {
    String frame =
        "0a0be6dacd03 0a0be6dacd02 0800 45c00020 00010000 ff700000 0a090001 0a090002"
            + " 3133c801 0032 e7cc 0a090032";
    assertThat(decode(frame))
        .isInstanceOfSatisfying(
            Packet.VrrpAdvert.class,
            advert -> {
              assertThat(advert.destination()).isEqualTo("10.9.0.2");
              assertThat(advert.checksum()).isEqualTo(Packet.Checksum.PSEUDO_HEADER);
            });
  }

  @Test
  void keepalivedIpv6AdvertHasBothAddressesShortened() {
    assertThat(decode(KEEPALIVED_V3_IPV6))
        .isEqualTo(
            new Packet.VrrpAdvert(
                "0a:0b:e6:da:cd:02",
                "33:33:00:00:00:12",
                "fe80::80b:e6ff:feda:cd02",
                "ff02::12",
                255,
                3,
                52,
                200,
                500,
                List.of("fe80::50", "fd00:9::50"),
                Packet.Checksum.PSEUDO_HEADER));
  }

  @Test
  void frrAdvertComesFromTheVirtualMac() {
    assertThat(decode(FRR_V3))
        .isInstanceOfSatisfying(
            Packet.VrrpAdvert.class,
            advert -> {
              assertThat(advert.sourceMac()).isEqualTo("00:00:5e:00:01:33");
              assertThat(advert.intervalMillis()).isEqualTo(1000);
              assertThat(advert.checksum()).isEqualTo(Packet.Checksum.PSEUDO_HEADER);
            });
  }

  @Test
  void ethernetPaddingIsNoPartOfTheAdvert() {
    assertThat(decode(KEEPALIVED_V3 + "aabbccddeeff")).isEqualTo(decode(KEEPALIVED_V3));
  }

  @Test
  void reservedBitsAreNoPartOfTheInterval() {
    assertThat(decode(KEEPALIVED_V3.replace(" 0032 ", " f032 ")))
        .isInstanceOfSatisfying(
            Packet.VrrpAdvert.class, advert -> assertThat(advert.intervalMillis()).isEqualTo(500));
  }

  @Test
  void gratuitousArpNamesAddressAndOwner() {
    Frame frame = frame(GRATUITOUS_ARP);
    assertThat(frame.packet())
        .isEqualTo(
            new Packet.Arp(
                "0a:0b:e6:da:cd:02",
                "ff:ff:ff:ff:ff:ff",
                1,
                "0a:0b:e6:da:cd:02",
                "10.9.0.50",
                "ff:ff:ff:ff:ff:ff",
                "10.9.0.50"));
    assertThat(frame.isAnnouncement("10.9.0.50", "0a:0b:e6:da:cd:02")).isTrue();
    assertThat(frame.isAnnouncement("10.9.0.50", "0a:0b:e6:da:cd:03")).isFalse();
    assertThat(frame.isAnnouncement("10.9.0.51")).isFalse();
  }

  @Test
  void ordinaryArpQuestionIsNotGratuitous() {
    String question = GRATUITOUS_ARP.substring(0, GRATUITOUS_ARP.length() - 8) + "0a090033";
    assertThat(decode(question))
        .isInstanceOfSatisfying(Packet.Arp.class, arp -> assertThat(arp.gratuitous()).isFalse());
    assertThat(frame(question).isAnnouncement("10.9.0.50")).isFalse();
  }

  @Test
  void neighborAdvertisementOfKeepalivedOverridesOnly() {
    Frame frame = frame(KEEPALIVED_NA);
    assertThat(frame.packet())
        .isEqualTo(
            new Packet.NeighborAdvertisement(
                "0a:0b:e6:da:cd:02",
                "fd00:9::50",
                "ff02::1",
                "fd00:9::50",
                "0a:0b:e6:da:cd:02",
                false,
                false,
                true));
    assertThat(frame.isAnnouncement("fd00:9::50", "0a:0b:e6:da:cd:02")).isTrue();
  }

  @Test
  void everyFrameCutAnywhereIsOther() {
    for (String golden :
        List.of(KEEPALIVED_V2, KEEPALIVED_V3, KEEPALIVED_V3_IPV6, FRR_V3, GRATUITOUS_ARP)) {
      byte[] whole = bytes(golden);
      for (int length = 0; length < whole.length; length++) {
        assertThat(Packet.decode(Arrays.copyOf(whole, length)))
            .as("%s cut to %d bytes", golden, length)
            .isInstanceOf(Packet.Other.class);
      }
    }
  }

  @Test
  void addressCountBeyondTheMessageIsOther() {
    assertThat(decode(KEEPALIVED_V3.replace("3135c801", "3135c802")))
        .isInstanceOf(Packet.Other.class);
  }

  private static Packet decode(String hex) {
    return Packet.decode(bytes(hex));
  }

  private static Frame frame(String hex) {
    return new Frame(0, 0, bytes(hex));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
