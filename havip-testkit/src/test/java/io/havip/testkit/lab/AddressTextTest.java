package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AddressTextTest {

  @Test
  void ipv4IsDotted() {
    assertThat(ip("ac111003")).isEqualTo("172.17.16.3");
    assertThat(ip("ffffffff")).isEqualTo("255.255.255.255");
  }

  @Test
  void rfc5952_4_2_longestRunOfZeroGroupsIsShortenedAndTheFirstOfEquals() {
    assertThat(ip("00000000000000000000000000000000")).isEqualTo("::");
    assertThat(ip("00000000000000000000000000000001")).isEqualTo("::1");
    assertThat(ip("fe800000000000000000000000000000")).isEqualTo("fe80::");
    assertThat(ip("20010db8000000000001000000000001")).isEqualTo("2001:db8::1:0:0:1");
    assertThat(ip("20010000000000010000000000000001")).isEqualTo("2001:0:0:1::1");
  }

  @Test
  void rfc5952_4_2_2_oneZeroGroupIsNotShortened() {
    assertThat(ip("20010db8000000010001000100010001")).isEqualTo("2001:db8:0:1:1:1:1:1");
  }

  @Test
  void macHasColonsAndLowerCase() {
    assertThat(AddressText.mac(new byte[] {0x0a, 0, 0, 0, (byte) 0xff, 1}))
        .isEqualTo("0a:00:00:00:ff:01");
  }

  private static String ip(String hex) {
    return AddressText.ip(HexFormat.of().parseHex(hex));
  }
}
