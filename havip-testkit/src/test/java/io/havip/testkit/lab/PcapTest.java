package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PcapTest {

  private static final String LITTLE_NANO_HEADER =
      "4d3cb2a1 0200 0400 00000000 00000000 00080000 01000000";
  private static final String RECORD = "02000000 05000000 03000000 40000000 aabbcc";

  @Test
  void readsNanosecondsInLittleEndian() throws IOException {
    Pcap pcap = open(LITTLE_NANO_HEADER + RECORD + RECORD);
    Frame first = pcap.next().orElseThrow();
    assertThat(first.epochNanos()).isEqualTo(2_000_000_005L);
    assertThat(first.nanos()).isEqualTo(2_000_000_004L);
    assertThat(first.bytes()).containsExactly(0xaa, 0xbb, 0xcc);
    assertThat(pcap.next()).isPresent();
    assertThat(pcap.next()).isEmpty();
  }

  @Test
  void readsMicrosecondsInBigEndian() throws IOException {
    Pcap pcap =
        open(
            "a1b2c3d4 0002 0004 00000000 00000000 00000800 00000001"
                + "80000000 00000005 00000001 00000001 ff");
    Frame packet = pcap.next().orElseThrow();
    // Seconds are unsigned, so times after 2038 are right.
    assertThat(packet.epochNanos()).isEqualTo(0x80000000L * 1_000_000_000L + 5000);
    assertThat(packet.bytes()).containsExactly(0xff);
  }

  @Test
  void endInsideARecordIsAnErrorAtEveryPlace() throws IOException {
    byte[] whole = bytes(LITTLE_NANO_HEADER + RECORD);
    for (int length = 25; length < whole.length; length++) {
      Pcap pcap = Pcap.open(new ByteArrayInputStream(Arrays.copyOf(whole, length)), epoch -> epoch);
      assertThatThrownBy(pcap::next).as("%d bytes", length).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void refusesOtherStreams() {
    assertThatThrownBy(() -> open("0a0d0d0a" + "00".repeat(20)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0a0d0d0a");
    assertThatThrownBy(() -> open(LITTLE_NANO_HEADER.replace("01000000", "71000000")))
        .hasMessageContaining("113");
    assertThatThrownBy(() -> open("4d3cb2a1")).isInstanceOf(EOFException.class);
  }

  @Test
  void refusesAbsurdLengths() throws IOException {
    Pcap pcap = open(LITTLE_NANO_HEADER + "02000000 05000000 ffffffff 40000000");
    assertThatThrownBy(pcap::next).isInstanceOf(IOException.class).hasMessageContaining("claims");
  }

  private static Pcap open(String hex) throws IOException {
    return Pcap.open(new ByteArrayInputStream(bytes(hex)), epochNanos -> epochNanos - 1);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
