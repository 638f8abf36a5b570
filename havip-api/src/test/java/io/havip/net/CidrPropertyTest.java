package io.havip.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

class CidrPropertyTest {

  @Provide
  Arbitrary<Cidr> networks() {
    return NetArbitraries.networks();
  }

  @Provide
  Arbitrary<IpAddress> addresses() {
    return NetArbitraries.addresses();
  }

  /** Two networks of one family around addresses that share a prefix, so that overlaps happen. */
  @Provide
  Arbitrary<Tuple2<Cidr, Cidr>> neighbours() {
    return NetArbitraries.addresses()
        .flatMap(a -> {
          int bits = a.family().addressBits();
          Arbitrary<Integer> prefix = Arbitraries.integers().between(0, bits);
          return NetArbitraries.addresses(a.family())
              .flatMap(b ->
                  prefix.flatMap(p ->
                      prefix.flatMap(q ->
                          Arbitraries.of(a, b)
                              .map(c -> Tuple.of(Cidr.containing(a, p), Cidr.containing(c, q))))));
        });
  }

  @Property
  void textRoundTrips(@ForAll("networks") Cidr cidr) {
    assertThat(Cidr.parse(cidr.toString())).isEqualTo(cidr);
  }

  @Property
  void containsIsBetweenFirstAndLast(
      @ForAll("networks") Cidr cidr, @ForAll("addresses") IpAddress address) {
    boolean between =
        address.family() == cidr.network().family()
            && address.compareTo(cidr.first()) >= 0
            && address.compareTo(cidr.last()) <= 0;

    assertThat(cidr.contains(address)).isEqualTo(between);
  }

  @Property
  void theNetworkOfAnAddressContainsIt(
      @ForAll("addresses") IpAddress address, @ForAll("networks") Cidr other) {
    int prefix = Math.min(other.prefixLength(), address.family().addressBits());

    assertThat(Cidr.containing(address, prefix).contains(address)).isTrue();
  }

  @Property
  void firstAndLastBelongAndSpanTheSize(@ForAll("networks") Cidr cidr) {
    assertThat(cidr.contains(cidr.first())).isTrue();
    assertThat(cidr.contains(cidr.last())).isTrue();
    BigInteger first = new BigInteger(1, cidr.first().toBytes());
    BigInteger last = new BigInteger(1, cidr.last().toBytes());
    assertThat(last.subtract(first).add(BigInteger.ONE)).isEqualTo(cidr.size());
  }

  @Property
  void overlapIsSymmetricAndMeansSharedAddresses(@ForAll("neighbours") Tuple2<Cidr, Cidr> pair) {
    Cidr a = pair.get1();
    Cidr b = pair.get2();
    boolean shared = a.first().compareTo(b.last()) <= 0 && b.first().compareTo(a.last()) <= 0;

    assertThat(a.overlaps(b)).isEqualTo(shared);
    assertThat(b.overlaps(a)).isEqualTo(shared);
  }

  @Property
  void containmentIsWhatItsEndsSay(@ForAll("neighbours") Tuple2<Cidr, Cidr> pair) {
    Cidr a = pair.get1();
    Cidr b = pair.get2();

    assertThat(a.contains(b)).isEqualTo(a.contains(b.first()) && a.contains(b.last()));
    assertThat(a.contains(b) && b.contains(a)).isEqualTo(a.equals(b));
  }

  @Property
  void theAddressAtAnIndexIsThatFarFromTheFirst(@ForAll("networks") Cidr cidr, @ForAll long seed) {
    BigInteger index = BigInteger.valueOf(seed & Long.MAX_VALUE).mod(cidr.size());
    IpAddress address = cidr.address(index);

    assertThat(cidr.contains(address)).isTrue();
    assertThat(
            new BigInteger(1, address.toBytes())
                .subtract(new BigInteger(1, cidr.first().toBytes())))
        .isEqualTo(index);
    assertThat(cidr.address(index.longValueExact())).isEqualTo(address);
  }
}
