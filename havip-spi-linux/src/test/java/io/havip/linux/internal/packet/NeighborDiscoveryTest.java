package io.havip.linux.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.wire.NeighborAdvertCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighborDiscoveryTest {

  private static final Ipv6Address ADDRESS = (Ipv6Address) IpAddress.parse("fd00::1234:5678");
  private static final MacAddress MAC = MacAddress.parse("0a:00:00:00:00:01");

  private static byte[] solicitation() {
    byte[] frame = new byte[PacketSocket.MAX_FRAME];
    int length = NeighborDiscovery.solicitation(ADDRESS, MAC, frame);
    return Arrays.copyOf(frame, length);
  }

  /** Recorded from Linux 6.18 without the nonce of RFC 7527. */
  @Test
  void solicitationIsThatOfDuplicateAddressDetection() {
    assertThat(HexFormat.of().formatHex(solicitation()))
        .isEqualTo(
            "3333ff345678"
                + "0a0000000001"
                + "86dd"
                + "60000000"
                + "0018"
                + "3a"
                + "ff"
                + "00000000000000000000000000000000"
                + "ff0200000000000000000001ff345678"
                + "8700"
                + "be4e"
                + "00000000"
                + "fd000000000000000000000012345678");
  }

  @Test
  void anAdvertisementClaimsItsTarget() {
    byte[] answer = NeighborAdvertCodec.unsolicited(ADDRESS, MAC, false);
    assertThat(NeighborDiscovery.claimed(answer, answer.length)).isEqualTo(ADDRESS);
  }

  @Test
  void aSolicitationClaimsNothing() {
    byte[] frame = solicitation();
    assertThat(NeighborDiscovery.claimed(frame, frame.length)).isNull();
    set(frame, 54, 0x8800); // the same as an advertisement, to show that the rest is right
    assertThat(NeighborDiscovery.claimed(frame, frame.length)).isEqualTo(ADDRESS);
  }

  /** Sets 16 bits and keeps the checksum right (RFC 1624). */
  private static void set(byte[] frame, int offset, int value) {
    ByteBuffer words = ByteBuffer.wrap(frame);
    int old = words.getShort(offset) & 0xffff;
    int sum = (~words.getShort(56) & 0xffff) + (~old & 0xffff) + value;
    words.putShort(offset, (short) value);
    words.putShort(56, (short) ~((sum & 0xffff) + (sum >>> 16)));
  }

  @Test
  void damagedFramesClaimNothingAndNeverThrow() {
    Random random = new Random(1);
    byte[] answer = NeighborAdvertCodec.unsolicited(ADDRESS, MAC, false);
    for (int i = 0; i < 100_000; i++) {
      byte[] frame = answer.clone();
      // Behind the Ethernet addresses every bit is checked but traffic class and flow label.
      int at = 18 + random.nextInt(frame.length - 18);
      frame[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(NeighborDiscovery.claimed(frame, frame.length)).isNull();
      random.nextBytes(frame);
      NeighborDiscovery.claimed(frame, random.nextInt(frame.length + 1));
    }
  }

  @Test
  void hopLimitBelow255CameThroughARouterAndClaimsNothing() {
    byte[] answer = NeighborAdvertCodec.unsolicited(ADDRESS, MAC, false);
    answer[14 + 7] = (byte) 254;
    assertThat(NeighborDiscovery.claimed(answer, answer.length)).isNull();
  }
}
