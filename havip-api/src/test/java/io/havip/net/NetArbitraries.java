package io.havip.net;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generated addresses; zero groups and set bits are frequent enough to reach the corners. */
public final class NetArbitraries {

  private NetArbitraries() {}

  /** Any IPv4 address. */
  public static Arbitrary<Ipv4Address> ipv4() {
    return Arbitraries.integers().map(Ipv4Address::new);
  }

  /** Any IPv6 address, often with runs of zero groups. */
  public static Arbitrary<Ipv6Address> ipv6() {
    Arbitrary<Integer> group =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.just(0xffff)),
            Tuple.of(3, Arbitraries.integers().between(0, 0xffff)));
    return group
        .array(int[].class)
        .ofSize(8)
        .map(groups -> {
          long high = 0;
          long low = 0;
          for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
          }
          return new Ipv6Address(high, low);
        });
  }

  /** Any address of either family. */
  public static Arbitrary<IpAddress> addresses() {
    return Arbitraries.oneOf(ipv4(), ipv6());
  }

  /** Any address of one family. */
  public static Arbitrary<IpAddress> addresses(IpFamily family) {
    return switch (family) {
      case IPV4 -> ipv4().map(a -> a);
      case IPV6 -> ipv6().map(a -> a);
    };
  }

  /** Any network. */
  public static Arbitrary<Cidr> networks() {
    return addresses()
        .flatMap(a ->
            Arbitraries.integers()
                .between(0, a.family().addressBits())
                .map(prefix -> Cidr.containing(a, prefix)));
  }

  /** Any MAC address. */
  public static Arbitrary<MacAddress> macs() {
    return Combinators.combine(Arbitraries.integers().between(0, 0xffff), Arbitraries.integers())
        .as((high, low) -> new MacAddress((long) high << 32 | (low & 0xffff_ffffL)));
  }
}
