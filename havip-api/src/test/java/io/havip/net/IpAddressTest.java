package io.havip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0",
    "10.9.0.50, 0a090032",
    "224.0.0.18, e0000012",
    "255.255.255.255, ffffffff",
  })
  void ipv4LiteralsAreRead(String text, String hex) {
    IpAddress address = IpAddress.parse(text);

    assertThat(address).isEqualTo(new Ipv4Address(Integer.parseUnsignedInt(hex, 16)));
    assertThat(address).hasToString(text);
    assertThat(address.family()).isEqualTo(IpFamily.IPV4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1..2.3",
        "256.1.1.1",
        "1.2.3.999999999999",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.00",
        "0x10.2.3.4",
        "+1.2.3.4",
        "1.2.3.-4",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4/24",
        "localhost",
        "example.com",
        "1.2.3.٤",
        "1,2.3.4",
        "1.2.3a4",
        "1.2.3.4\n"
      })
  void otherIpv4TextIsRefusedAndQuoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 4291 section 2.2
    "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789",
    "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
    "FF01:0:0:0:0:0:0:101, ff01::101",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "::, ::",
    "0:0:0:0:0:0:13.1.68.3, ::d01:4403",
    "::13.1.68.3, ::d01:4403",
    "::FFFF:129.144.52.38, ::ffff:129.144.52.38",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "1::, 1::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    // RFC 5952 section 4
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::AbCd, 2001:db8::abcd",
    "fe80::50, fe80::50",
  })
  void ipv6LiteralsAreReadAndWrittenAsRfc5952Says(String text, String canonical) {
    IpAddress address = IpAddress.parse(text);

    assertThat(address).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(address);
    assertThat(address.family()).isEqualTo(IpFamily.IPV6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "1:::2",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "12345::",
        "::g",
        "[::1]",
        "::1/64",
        " ::1",
        "::1 ",
        "1.2.3.4::",
        "::1.2.3",
        "::1.2.3.4.5",
        "::256.1.1.1",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3.4:5",
        "::01.2.3.4",
        "::a.2.3.4",
        "::٤",
        "::-1",
        "::+1"
      })
  void otherIpv6TextIsRefusedAndQuoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void scopeIdsAreRefusedWithTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse("fe80::1%eth0"))
        .withMessageContaining("scope id")
        .withMessageContaining("name the interface separately");
  }

  @Test
  void anInetAddressWithScopeIdIsRefused() throws Exception {
    InetAddress scoped = Inet6Address.getByAddress(null, IpAddress.parse("fe80::1").toBytes(), 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.of(scoped))
        .withMessageContaining("scope id");
    assertThat(IpAddress.of(scoped.getAddress())).hasToString("fe80::1");
  }

  @Test
  void anIpv4MappedAddressStaysIpv6() {
    IpAddress mapped = IpAddress.parse("::ffff:10.0.0.1");

    assertThat(mapped.toInetAddress()).isInstanceOf(Inet6Address.class);
    assertThat(IpAddress.of(mapped.toInetAddress())).isEqualTo(mapped);
    assertThat(mapped).isNotEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(IpAddress.parse("10.0.0.1").toInetAddress()).isInstanceOf(Inet4Address.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 8, 15, 17})
  void bytesOfAnotherLengthAreRefused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.of(new byte[length]))
        .withMessageContaining("not " + length);
  }

  @ParameterizedTest
  @CsvSource({
    "169.254.0.0, true",
    "169.254.255.255, true",
    "169.253.255.255, false",
    "169.255.0.0, false",
    "10.0.0.1, false",
    "fe80::, true",
    "fe80::1, true",
    "febf:ffff::, true",
    "fec0::, false",
    "fe7f::1, false",
    "2001:db8::1, false",
    "::, false"
  })
  void linkLocalIsRecognised(String text, boolean expected) {
    assertThat(IpAddress.parse(text).isLinkLocal()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "223.255.255.255, false",
    "224.0.0.0, true",
    "224.0.0.18, true",
    "239.255.255.255, true",
    "240.0.0.0, false",
    "ff02::12, true",
    "ff00::, true",
    "feff::, false",
    "::ff02, false"
  })
  void multicastIsRecognised(String text, boolean expected) {
    assertThat(IpAddress.parse(text).isMulticast()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true, false",
    "127.255.0.9, true, false",
    "128.0.0.1, false, false",
    "126.0.0.1, false, false",
    "0.0.0.0, false, true",
    "0.0.0.1, false, false",
    "::1, true, false",
    "::, false, true",
    "::2, false, false",
    "1::, false, false",
    "1::1, false, false"
  })
  void loopbackAndUnspecifiedAreRecognised(String text, boolean loopback, boolean unspecified) {
    assertThat(IpAddress.parse(text).isLoopback()).isEqualTo(loopback);
    assertThat(IpAddress.parse(text).isUnspecified()).isEqualTo(unspecified);
  }

  @Test
  void rfc9568_6_4_3_theOrderIsUnsignedAndPutsIpv4First() {
    List<IpAddress> ordered =
        List.of(
            IpAddress.parse("0.0.0.0"),
            IpAddress.parse("127.255.255.255"),
            IpAddress.parse("128.0.0.0"),
            IpAddress.parse("255.255.255.255"),
            IpAddress.parse("::"),
            IpAddress.parse("::8000:0:0:0"),
            IpAddress.parse("7fff::"),
            IpAddress.parse("8000::"),
            IpAddress.parse("fe80::1"),
            IpAddress.parse("fe80::ffff:0:0:1"));
    List<IpAddress> shuffled = new ArrayList<>(ordered);
    Collections.reverse(shuffled);
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(ordered);
  }

  @Test
  void readingAndWritingOutsideTheArrayChangesNothing() {
    byte[] four = new byte[4];
    byte[] sixteen = new byte[16];

    assertThatThrownBy(() -> new Ipv4Address(-1).write(four, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Ipv6Address(-1, -1).write(sixteen, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Ipv4Address.read(four, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Ipv6Address.read(sixteen, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(four).containsOnly(0);
    assertThat(sixteen).containsOnly(0);
  }

  @Test
  void familiesKnowTheirSize() {
    assertThat(IpFamily.IPV4.addressBits()).isEqualTo(32);
    assertThat(IpFamily.IPV4.addressBytes()).isEqualTo(4);
    assertThat(IpFamily.IPV6.addressBits()).isEqualTo(128);
    assertThat(IpFamily.IPV6.addressBytes()).isEqualTo(16);
  }
}
