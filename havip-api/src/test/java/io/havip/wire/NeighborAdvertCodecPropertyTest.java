package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.net.NetArbitraries;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NeighborAdvertCodecPropertyTest {

  @Provide
  Arbitrary<Ipv6Address> addresses() {
    return NetArbitraries.ipv6();
  }

  @Provide
  Arbitrary<MacAddress> macs() {
    return NetArbitraries.macs();
  }

  @Property
  void rfc4861_4_4_theFieldsAreWhereTheyBelong(
      @ForAll("addresses") Ipv6Address address,
      @ForAll("macs") MacAddress mac,
      @ForAll boolean router) {
    byte[] frame = NeighborAdvertCodec.unsolicited(address, mac, router);

    assertThat(frame).hasSize(86);
    assertThat(MacAddress.read(frame, 0)).hasToString("33:33:00:00:00:01");
    assertThat(MacAddress.read(frame, 6)).isEqualTo(mac);
    assertThat(Ipv6Address.read(frame, 22)).isEqualTo(address);
    assertThat(Ipv6Address.read(frame, 38)).isEqualTo(IpAddress.parse("ff02::1"));
    assertThat(frame[21] & 0xff).as("hop limit").isEqualTo(255);
    assertThat(frame[58] & 0xff).as("flags R, S, O").isEqualTo(router ? 0xa0 : 0x20);
    assertThat(Ipv6Address.read(frame, 62)).isEqualTo(address);
    assertThat(MacAddress.read(frame, 80)).isEqualTo(mac);
  }

  @Property
  void rfc8200_8_1_theChecksumCoversThePseudoHeader(
      @ForAll("addresses") Ipv6Address address,
      @ForAll("macs") MacAddress mac,
      @ForAll boolean router) {
    byte[] frame = NeighborAdvertCodec.unsolicited(address, mac, router);
    // The pseudo header byte by byte: both addresses, the length as 32 bits, zero, next header.
    byte[] covered = new byte[40 + 32];
    System.arraycopy(frame, 22, covered, 0, 32);
    covered[35] = 32;
    covered[39] = 58;
    System.arraycopy(frame, 54, covered, 40, 32);

    assertThat(InternetChecksum.finish(InternetChecksum.sum(covered, 0, covered.length))).isZero();
  }

  @Example
  void itIsEmittedIntoTheMiddleOfAnArrayWhateverWasThere() {
    Ipv6Address address = new Ipv6Address(0xfe80_0000_0000_0000L, 0x50);
    MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
    byte[] target = new byte[100];
    Arrays.fill(target, (byte) 0xee);

    assertThat(NeighborAdvertCodec.unsolicited(address, mac, true, target, 7)).isEqualTo(86);
    assertThat(Arrays.copyOfRange(target, 7, 93))
        .isEqualTo(NeighborAdvertCodec.unsolicited(address, mac, true));
    assertThat(Arrays.copyOfRange(target, 0, 7)).containsOnly(0xee);
    assertThat(Arrays.copyOfRange(target, 93, 100)).containsOnly(0xee);
  }

  @Example
  void emittingBeyondTheArrayWritesNothing() {
    byte[] target = new byte[86];

    assertThatThrownBy(() ->
            NeighborAdvertCodec.unsolicited(
                new Ipv6Address(1, 1), MacAddress.BROADCAST, true, target, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(target).containsOnly(0);
  }
}
