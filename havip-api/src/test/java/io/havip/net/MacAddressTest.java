package io.havip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

  @ParameterizedTest
  @CsvSource({
    "00:00:5e:00:01:33, 00:00:5e:00:01:33",
    "00-00-5E-00-01-33, 00:00:5e:00:01:33",
    "FF:ff:Ff:fF:ff:FF, ff:ff:ff:ff:ff:ff",
  })
  void bothUsualFormsAreRead(String text, String canonical) {
    assertThat(MacAddress.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00:00:5e:00:01",
        "00:00:5e:00:01:3",
        "00:00:5e:00:01:333",
        "00:00:5e:00:01-33",
        "00.00.5e.00.01.33",
        "0:0:5e:0:1:33",
        "00005e000133",
        "g0:00:5e:00:01:33",
        "00:00:5e:00:01:3٤",
        " 0:00:5e:00:01:33",
        "00:00:5e:00:01:33 "
      })
  void otherTextIsRefusedAndQuoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void bytesRoundTrip() {
    byte[] bytes = {(byte) 0xfe, (byte) 0xdc, (byte) 0xba, 0x12, 0x34, 0x56};

    assertThat(MacAddress.of(bytes)).hasToString("fe:dc:ba:12:34:56");
    assertThat(MacAddress.of(bytes).toBytes()).isEqualTo(bytes);
    assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(new byte[5]));
    assertThatThrownBy(() -> MacAddress.read(bytes, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> MacAddress.BROADCAST.write(bytes, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void moreThan48BitsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(-1));
  }

  @Test
  void rfc9568_7_3_theVirtualRouterAddressCarriesFamilyAndVrid() {
    assertThat(MacAddress.virtualRouter(51, IpFamily.IPV4)).hasToString("00:00:5e:00:01:33");
    assertThat(MacAddress.virtualRouter(255, IpFamily.IPV6)).hasToString("00:00:5e:00:02:ff");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.virtualRouter(0, IpFamily.IPV4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.virtualRouter(256, IpFamily.IPV4));
  }

  @Test
  void multicastGroupsMapToTheirEthernetAddress() {
    assertThat(MacAddress.multicastOf(IpAddress.parse("224.0.0.18")))
        .hasToString("01:00:5e:00:00:12");
    assertThat(MacAddress.multicastOf(IpAddress.parse("239.255.1.2")))
        .hasToString("01:00:5e:7f:01:02");
    assertThat(MacAddress.multicastOf(IpAddress.parse("ff02::12")))
        .hasToString("33:33:00:00:00:12");
    assertThat(MacAddress.multicastOf(IpAddress.parse("ff02::1:ff00:50")))
        .hasToString("33:33:ff:00:00:50");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.multicastOf(IpAddress.parse("10.0.0.1")));
  }

  @Test
  void zeroAndGroupBitAreRecognised() {
    assertThat(MacAddress.ZERO.isZero()).isTrue();
    assertThat(MacAddress.BROADCAST.isZero()).isFalse();
    assertThat(MacAddress.BROADCAST.isMulticast()).isTrue();
    assertThat(MacAddress.parse("01:00:5e:00:00:12").isMulticast()).isTrue();
    assertThat(MacAddress.parse("02:00:00:00:00:01").isMulticast()).isFalse();
  }

  @Test
  void theOrderIsUnsigned() {
    List<MacAddress> macs =
        new ArrayList<>(List.of(MacAddress.BROADCAST, new MacAddress(1), MacAddress.ZERO));
    Collections.sort(macs);

    assertThat(macs).containsExactly(MacAddress.ZERO, new MacAddress(1), MacAddress.BROADCAST);
  }
}
