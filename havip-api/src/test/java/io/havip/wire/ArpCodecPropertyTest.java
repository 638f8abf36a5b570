package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.NetArbitraries;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArpCodecPropertyTest {

  @Provide
  Arbitrary<ArpPacket> packets() {
    return Combinators.combine(
            Arbitraries.of(ArpPacket.Operation.values()),
            NetArbitraries.macs(),
            NetArbitraries.ipv4(),
            NetArbitraries.macs(),
            NetArbitraries.ipv4())
        .as(ArpPacket::new);
  }

  @Property
  void whatWasEmittedIsReadAndEmittedAlike(
      @ForAll("packets") ArpPacket packet, @ForAll @IntRange(max = 20) int padding) {
    byte[] frame = ArpCodec.encode(packet);

    assertThat(frame).hasSize(42);
    assertThat(ArpCodec.parse(Arrays.copyOf(frame, 42 + padding), 0, 42 + padding))
        .isEqualTo(new ArpParse.Accepted(packet));
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 64) byte[] bytes) {
    switch (ArpCodec.parse(bytes, 0, bytes.length)) {
      case ArpParse.Accepted accepted ->
          assertThat(Arrays.copyOfRange(ArpCodec.encode(accepted.packet()), 12, 42))
              .isEqualTo(Arrays.copyOfRange(bytes, 12, 42));
      case ArpParse.Refused refused -> assertThat(refused.refusal().explain()).isNotBlank();
    }
  }

  @Property
  void aChangedByteIsRefusedOrSeen(
      @ForAll("packets") ArpPacket packet,
      @ForAll @IntRange(min = 12, max = 41) int position,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] frame = ArpCodec.encode(packet);
    frame[position] ^= (byte) change;

    assertThat(ArpCodec.parse(frame, 0, frame.length)).isNotEqualTo(new ArpParse.Accepted(packet));
  }
}
