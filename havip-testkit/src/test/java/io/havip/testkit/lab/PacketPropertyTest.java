package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PacketPropertyTest {

  private static final byte[] GOLDEN =
      HexFormat.of()
          .parseHex(
              "01005e0000120a0be6dacd02080045c0002800010000ff70d0880a090001e0000012"
                  + "213396010101db2c0a0900323131313100000000");

  @Property
  void decodingNeverThrows(@ForAll @Size(max = 120) byte[] frame) {
    assertThat(Packet.decode(frame)).isNotNull();
  }

  @Property
  void decodingOfADamagedAdvertNeverThrowsNorGivesTheSame(
      @ForAll @IntRange(max = 53) int position, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] damaged = GOLDEN.clone();
    damaged[position] ^= (byte) flip;
    Packet packet = Packet.decode(damaged);
    // Everything from the VRRP header on is under the checksum, a single byte cannot escape it.
    if (position >= 34 && packet instanceof Packet.VrrpAdvert advert) {
      assertThat(advert.checksum()).isNotEqualTo(Packet.Checksum.MESSAGE);
    }
  }
}
