package io.havip.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IpAddressPropertyTest {

  @Provide
  Arbitrary<IpAddress> addresses() {
    return NetArbitraries.addresses();
  }

  @Provide
  Arbitrary<String> almostLiterals() {
    return Arbitraries.strings().withChars("0123456789abcdefABCDEF:.:.%/g ").ofMaxLength(24);
  }

  @Property
  void textRoundTrips(@ForAll("addresses") IpAddress address) {
    assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
  }

  @Property
  void bytesRoundTrip(@ForAll("addresses") IpAddress address) {
    assertThat(IpAddress.of(address.toBytes())).isEqualTo(address);
  }

  @Property
  void theJdkReadsTheSameBytesFromOurText(@ForAll("addresses") IpAddress address) throws Exception {
    InetAddress jdk = InetAddress.getByName(address.toString());
    byte[] bytes = address.toBytes();
    // The JDK turns an IPv4-mapped literal into four bytes.
    byte[] expected =
        jdk.getAddress().length == bytes.length ? bytes : Arrays.copyOfRange(bytes, 12, 16);

    assertThat(jdk.getAddress()).isEqualTo(expected);
  }

  @Property
  void weReadTheTextOfTheJdk(@ForAll("addresses") IpAddress address) throws Exception {
    InetAddress jdk = address.toInetAddress();

    assertThat(IpAddress.parse(jdk.getHostAddress())).isEqualTo(address);
    assertThat(IpAddress.of(jdk)).isEqualTo(address);
  }

  @Property
  void classificationAgreesWithTheJdk(@ForAll("addresses") IpAddress address) {
    InetAddress jdk = address.toInetAddress();

    assertThat(address.isMulticast()).isEqualTo(jdk.isMulticastAddress());
    assertThat(address.isLoopback()).isEqualTo(jdk.isLoopbackAddress());
    assertThat(address.isLinkLocal()).isEqualTo(jdk.isLinkLocalAddress());
    assertThat(address.isUnspecified()).isEqualTo(jdk.isAnyLocalAddress());
  }

  @Property
  void theOrderIsThatOfTheUnsignedBytes(
      @ForAll("addresses") IpAddress one, @ForAll("addresses") IpAddress other) {
    int expected =
        one.family() == other.family()
            ? Arrays.compareUnsigned(one.toBytes(), other.toBytes())
            : one.family().compareTo(other.family());

    assertThat(Integer.signum(one.compareTo(other))).isEqualTo(Integer.signum(expected));
    assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
    assertThat(Integer.signum(other.compareTo(one))).isEqualTo(-Integer.signum(expected));
  }

  @Property
  void textThatIsAlmostALiteralIsReadOrRefused(@ForAll("almostLiterals") String text) {
    readOrRefused(text);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    readOrRefused(text);
  }

  /** Whatever is read must be read alike by the JDK, which accepts a superset. */
  private static void readOrRefused(String text) {
    IpAddress address;
    try {
      address = IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("'" + text + "'");
      return;
    }
    assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    InetAddress jdk;
    try {
      jdk = InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError("the JDK does not take '" + text + "' for an address", e);
    }
    if (jdk.getAddress().length == address.family().addressBytes()) {
      assertThat(jdk.getAddress()).isEqualTo(address.toBytes());
    } else {
      assertThat(address.toString()).startsWith("::ffff:");
    }
  }
}
