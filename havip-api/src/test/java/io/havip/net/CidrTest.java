package io.havip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.0, 10.0.0.255, 256",
    "172.17.16.0/20, 172.17.16.0, 172.17.31.255, 4096",
    "10.0.0.7/32, 10.0.0.7, 10.0.0.7, 1",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255, 4294967296",
    "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 2147483648",
    "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 18446744073709551616",
    "2001:db8::/65, 2001:db8::, 2001:db8::7fff:ffff:ffff:ffff, 9223372036854775808",
    "2001:db8::/63, 2001:db8::, 2001:db8:0:1:ffff:ffff:ffff:ffff, 36893488147419103232",
    "fe80::1/128, fe80::1, fe80::1, 1",
  })
  void aNetworkHasFirstLastAndSize(String text, String first, String last, BigInteger size) {
    Cidr cidr = Cidr.parse(text);

    assertThat(cidr).hasToString(text);
    assertThat(cidr.first()).hasToString(first);
    assertThat(cidr.last()).hasToString(last);
    assertThat(cidr.size()).isEqualTo(size);
  }

  @Test
  void allOfIpv6IsANetwork() {
    Cidr all = Cidr.parse("::/0");

    assertThat(all.last()).isEqualTo(new Ipv6Address(-1, -1));
    assertThat(all.size()).isEqualTo(BigInteger.TWO.pow(128));
    assertThat(all.address(Long.MAX_VALUE)).isEqualTo(new Ipv6Address(0, Long.MAX_VALUE));
    assertThat(all.address(all.size().subtract(BigInteger.ONE))).isEqualTo(all.last());
  }

  @Test
  void hostBitsAreRefusedAndTheNetworkNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse("10.0.0.5/24"))
        .withMessageContaining("10.0.0.0/24");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse("2001:db8::1/64"))
        .withMessageContaining("2001:db8::/64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8 ",
        "10.0.0.0/8/8",
        "10.0.0.0/0008",
        "/8",
        "::/129",
        "::/9999999999",
        "x/8",
        ""
      })
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
  }

  @Test
  void containsLooksAtTheFamily() {
    Cidr all = Cidr.parse("0.0.0.0/0");

    assertThat(all.contains(IpAddress.parse("::"))).isFalse();
    assertThat(all.contains(Cidr.parse("::/0"))).isFalse();
    assertThat(all.overlaps(Cidr.parse("::/0"))).isFalse();
  }

  @Test
  void containsAndOverlapsFollowThePrefix() {
    Cidr wide = Cidr.parse("10.0.0.0/16");
    Cidr narrow = Cidr.parse("10.0.255.0/24");

    assertThat(wide.contains(narrow)).isTrue();
    assertThat(narrow.contains(wide)).isFalse();
    assertThat(narrow.overlaps(wide)).isTrue();
    assertThat(wide.overlaps(Cidr.parse("10.1.0.0/16"))).isFalse();
    assertThat(wide.contains(IpAddress.parse("10.0.255.255"))).isTrue();
    assertThat(wide.contains(IpAddress.parse("10.1.0.0"))).isFalse();
  }

  @Test
  void addressesAreCountedFromZeroToSizeLessOne() {
    Cidr cidr = Cidr.parse("10.0.0.0/30");

    assertThat(cidr.address(0)).hasToString("10.0.0.0");
    assertThat(cidr.address(3)).hasToString("10.0.0.3");
    assertThat(cidr.address(BigInteger.TWO)).hasToString("10.0.0.2");
    assertThatThrownBy(() -> cidr.address(4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("10.0.0.0/30");
    assertThatThrownBy(() -> cidr.address(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cidr.address(BigInteger.valueOf(4)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cidr.address(BigInteger.ONE.negate()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void containingRefusesAPrefixOfTheOtherFamily() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.containing(IpAddress.parse("10.0.0.1"), 64));
    assertThat(Cidr.containing(IpAddress.parse("10.0.0.1"), 8)).hasToString("10.0.0.0/8");
  }
}
