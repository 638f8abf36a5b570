package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.Ipv4Address;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4CodecTest {

  private static final Ipv4Address SOURCE = new Ipv4Address(0xc0000201);
  private static final Ipv4Header HEADER = Ipv4Header.vrrp(7, SOURCE, VrrpCodec.GROUP_IPV4, 12);

  private static byte[] packet() {
    byte[] packet = new byte[HEADER.totalLength()];
    Ipv4Codec.encode(HEADER, packet, 0);
    return packet;
  }

  private static byte[] with(int index, int value) {
    byte[] packet = packet();
    packet[index] = (byte) value;
    return checksummed(packet);
  }

  private static byte[] checksummed(byte[] packet) {
    int length = Math.clamp((packet[0] & 0xf) * 4L, 20, packet.length);
    Wire.put16(packet, 10, 0);
    Wire.put16(packet, 10, InternetChecksum.finish(InternetChecksum.sum(packet, 0, length)));
    return packet;
  }

  private static Ipv4Parse parse(byte[] packet) {
    return Ipv4Codec.parse(packet, 0, packet.length);
  }

  private static Ipv4Parse refused(RefusalReason reason, long expected, long found) {
    return new Ipv4Parse.Refused(new Refusal(reason, expected, found));
  }

  @Test
  void anAdvertsHeaderIsThatOfKeepalived() {
    assertThat(HEADER.trafficClass()).isEqualTo(0xc0);
    assertThat(HEADER.ttl()).isEqualTo(255);
    assertThat(HEADER.protocol()).isEqualTo(112);
    assertThat(HEADER.dontFragment()).isFalse();
    assertThat(HEADER.payloadLength()).isEqualTo(12);
    assertThat(parse(packet())).isEqualTo(new Ipv4Parse.Accepted(HEADER));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19})
  void anIncompleteHeaderIsRefused(int length) {
    assertThat(parse(Arrays.copyOf(packet(), length)))
        .isEqualTo(refused(RefusalReason.TOO_SHORT, 20, length));
  }

  @Test
  void anotherVersionIsRefused() {
    assertThat(parse(with(0, 0x65))).isEqualTo(refused(RefusalReason.BAD_IP_HEADER, 4, 6));
  }

  @Test
  void aHeaderShorterThan20BytesIsRefused() {
    assertThat(parse(with(0, 0x44))).isEqualTo(refused(RefusalReason.BAD_IP_HEADER, 20, 16));
  }

  @Test
  void aHeaderLongerThanTheTotalLengthIsRefused() {
    assertThat(parse(with(0, 0x4f))).isEqualTo(refused(RefusalReason.BAD_IP_HEADER, 60, 32));
  }

  @Test
  void aHeaderLongerThanWhatWasReceivedIsRefused() {
    byte[] packet = with(0, 0x4f);
    packet[3] = 60;

    assertThat(parse(packet)).isEqualTo(refused(RefusalReason.LENGTH_MISMATCH, 60, 32));
  }

  @Test
  void aTotalLengthShorterThanTheHeaderIsRefused() {
    assertThat(parse(with(3, 19))).isEqualTo(refused(RefusalReason.BAD_IP_HEADER, 20, 19));
  }

  @Test
  void aTruncatedPacketIsRefused() {
    assertThat(parse(Arrays.copyOf(packet(), 31)))
        .isEqualTo(refused(RefusalReason.LENGTH_MISMATCH, 32, 31));
  }

  @Test
  void ethernetPaddingIsNotPartOfThePacket() {
    assertThat(parse(Arrays.copyOf(packet(), 46))).isEqualTo(new Ipv4Parse.Accepted(HEADER));
  }

  @Test
  void aWrongHeaderChecksumIsRefused() {
    byte[] packet = packet();
    packet[8] = 64;

    assertThat(parse(packet))
        .isInstanceOfSatisfying(
            Ipv4Parse.Refused.class,
            refused -> {
              assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.BAD_IP_HEADER);
              assertThat(refused.refusal().found()).isEqualTo(Wire.u16(packet, 10));
              assertThat(refused.refusal().expected()).isEqualTo(Wire.u16(checksummed(packet), 10));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0x2000, 0x0001, 0x1fff, 0x6000})
  void fragmentsAreRefused(int field) {
    byte[] packet = packet();
    Wire.put16(packet, 6, field);

    assertThat(parse(checksummed(packet)))
        .isEqualTo(refused(RefusalReason.FRAGMENT, 0, field & 0x3fff));
  }

  @Test
  void optionsAreSkipped() {
    byte[] packet = new byte[36];
    Ipv4Codec.encode(HEADER, packet, 0);
    packet[0] = 0x46;
    packet[3] = 36;
    packet[20] = (byte) 0x94; // router alert
    packet[21] = 4;

    assertThat(parse(checksummed(packet)))
        .isInstanceOfSatisfying(
            Ipv4Parse.Accepted.class,
            accepted -> {
              assertThat(accepted.header().headerLength()).isEqualTo(24);
              assertThat(accepted.header().payloadLength()).isEqualTo(12);
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> Ipv4Codec.encode(accepted.header(), new byte[36], 0));
            });
  }

  @Test
  void emittingBeyondTheArrayWritesNothing() {
    byte[] target = new byte[20];

    assertThatThrownBy(() -> Ipv4Codec.encode(HEADER, target, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(target).containsOnly(0);
  }

  @Test
  void partsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> HEADER.withTtl(256));
    assertThatIllegalArgumentException().isThrownBy(() -> HEADER.withTtl(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv4Header.vrrp(0x10000, SOURCE, SOURCE, 12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv4Header.vrrp(1, SOURCE, SOURCE, 0x10000));
    assertThatIllegalArgumentException().isThrownBy(() -> Ipv4Header.vrrp(1, SOURCE, SOURCE, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ipv4Header(0, 0, false, 1, 1, SOURCE, SOURCE, 22, 30));
  }
}
