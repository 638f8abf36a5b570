package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.NetArbitraries;
import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class InternetChecksumPropertyTest {

  private static final BigInteger MODULUS = BigInteger.valueOf(0xffff);

  @Provide
  Arbitrary<IpAddress> addresses() {
    return NetArbitraries.addresses();
  }

  @Example
  void rfc1071_3_theExampleGivesItsSum() {
    byte[] bytes = Frames.hex("0001 f203 f4f5 f6f7");

    assertThat(InternetChecksum.finish(InternetChecksum.sum(bytes, 0, 8)))
        .isEqualTo(0xffff - 0xddf2);
  }

  /** One's complement addition of 16-bit words is addition modulo 65535. */
  @Property
  void theSumIsTheNumberModulo65535(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 5) int offset) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    byte[] even = Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    BigInteger expected = new BigInteger(1, even).mod(MODULUS);

    int folded = ~InternetChecksum.finish(InternetChecksum.sum(shifted, offset, bytes.length));

    assertThat(BigInteger.valueOf(folded & 0xffff).mod(MODULUS)).isEqualTo(expected);
  }

  @Property
  void anAddressSumsLikeItsBytes(@ForAll("addresses") IpAddress address) {
    byte[] bytes = address.toBytes();

    assertThat(InternetChecksum.finish(InternetChecksum.sum(address)))
        .isEqualTo(InternetChecksum.finish(InternetChecksum.sum(bytes, 0, bytes.length)));
  }

  @Property
  void aFinishedChecksumMakesTheSumZero(@ForAll @Size(min = 2, max = 200) byte[] bytes) {
    Wire.put16(bytes, 0, 0);
    Wire.put16(bytes, 0, InternetChecksum.finish(InternetChecksum.sum(bytes, 0, bytes.length)));

    assertThat(InternetChecksum.finish(InternetChecksum.sum(bytes, 0, bytes.length))).isZero();
  }
}
