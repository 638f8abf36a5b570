package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.Ipv4Address;
import io.havip.net.MacAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArpCodecTest {

  private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
  private static final Ipv4Address IP = new Ipv4Address(0xc0000232);

  private static ArpParse parse(byte[] frame) {
    return ArpCodec.parse(frame, 0, frame.length);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 08, 00, BAD_ETHER_TYPE, 2054, 2048",
    "12, 86, dd, BAD_ETHER_TYPE, 2054, 34525",
    "12, 81, 00, BAD_ETHER_TYPE, 2054, 33024",
    "14, 00, 06, BAD_ARP_HEADER, 1, 6",
    "16, 86, dd, BAD_ARP_HEADER, 2048, 34525",
    "18, 08, 04, BAD_ARP_HEADER, 1540, 2052",
    "18, 06, 10, BAD_ARP_HEADER, 1540, 1552",
    "20, 00, 00, BAD_ARP_OPERATION, 1, 0",
    "20, 00, 03, BAD_ARP_OPERATION, 1, 3",
    "20, 01, 01, BAD_ARP_OPERATION, 1, 257",
  })
  void rfc826_aWrongFieldIsRefused(
      int offset, String high, String low, RefusalReason reason, long expected, long found) {
    byte[] frame = ArpCodec.gratuitous(IP, MAC);
    frame[offset] = (byte) Integer.parseInt(high, 16);
    frame[offset + 1] = (byte) Integer.parseInt(low, 16);

    assertThat(parse(frame)).isEqualTo(new ArpParse.Refused(new Refusal(reason, expected, found)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 14, 41})
  void aShortFrameIsRefused(int length) {
    assertThat(parse(Arrays.copyOf(ArpCodec.gratuitous(IP, MAC), length)))
        .isEqualTo(new ArpParse.Refused(new Refusal(RefusalReason.TOO_SHORT, 42, length)));
  }

  @Test
  void ethernetPaddingIsAllowed() {
    assertThat(parse(Arrays.copyOf(ArpCodec.gratuitous(IP, MAC), 60)))
        .isEqualTo(new ArpParse.Accepted(ArpPacket.gratuitous(IP, MAC)));
  }

  @Test
  void rfc5227_2_1_1_aProbeHasNoSenderAddressAndNoTargetHardwareAddress() {
    assertThat(Frames.hex(ArpCodec.probe(IP, MAC)))
        .isEqualTo(
            "ffffffffffff020000000001"
                + "0806000108000604000102000000000100000000000000000000c0000232");
  }

  @Test
  void announcementAndProbeAreToldApart() {
    ArpPacket announcement = ArpPacket.gratuitous(IP, MAC);
    ArpPacket probe = ArpPacket.probe(IP, MAC);
    ArpPacket reply = new ArpPacket(ArpPacket.Operation.REPLY, MAC, IP, MAC, IP);
    ArpPacket question =
        new ArpPacket(ArpPacket.Operation.REQUEST, MAC, new Ipv4Address(1), MacAddress.ZERO, IP);
    ArpPacket nothing =
        new ArpPacket(ArpPacket.Operation.REPLY, MAC, new Ipv4Address(0), MAC, new Ipv4Address(0));

    assertThat(announcement.isGratuitous()).isTrue();
    assertThat(announcement.isProbe()).isFalse();
    assertThat(probe.isProbe()).isTrue();
    assertThat(probe.isGratuitous()).isFalse();
    assertThat(reply.isGratuitous()).isTrue();
    assertThat(question.isGratuitous()).isFalse();
    assertThat(question.isProbe()).isFalse();
    assertThat(nothing.isGratuitous()).isFalse();
    assertThat(nothing.isProbe()).isFalse();
  }

  @Test
  void aReplyGoesToItsTarget() {
    MacAddress asker = MacAddress.parse("02:00:00:00:00:02");
    byte[] frame =
        ArpCodec.encode(
            new ArpPacket(ArpPacket.Operation.REPLY, MAC, IP, asker, new Ipv4Address(1)));

    assertThat(MacAddress.read(frame, 0)).isEqualTo(asker);
    assertThat(MacAddress.read(frame, 6)).isEqualTo(MAC);
  }

  @Test
  void emittingBeyondTheArrayWritesNothing() {
    byte[] target = new byte[42];

    assertThatThrownBy(() -> ArpCodec.encode(ArpPacket.probe(IP, MAC), target, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(target).containsOnly(0);
  }
}
