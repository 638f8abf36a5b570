package io.havip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualAddressTest {

  @ParameterizedTest
  @CsvSource({
    "172.17.16.3, 172.17.16.3/32",
    "172.17.16.3/24, 172.17.16.3/24",
    "172.17.16.3/0, 172.17.16.3/0",
    "fd00::50, fd00::50/128",
    "FE80::50/64, fe80::50/64",
  })
  void withoutPrefixLengthItIsAHostAddressAsInKeepalived(String text, String canonical) {
    VirtualAddress address = VirtualAddress.parse(text);

    assertThat(address).hasToString(canonical);
    assertThat(address.device()).isNull();
    assertThat(address.label()).isNull();
    assertThat(address.broadcast()).isNull();
    assertThat(address.scope()).isEqualTo(AddressScope.GLOBAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "172.17.16.3/33",
        "172.17.16.3/",
        "::1/129",
        "0.0.0.0",
        "224.0.0.18",
        "ff02::12",
        "::",
        "nohost/24",
        "1.2.3.4/24/24"
      })
  void whatCannotBeClaimedIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> VirtualAddress.parse(text));
  }

  @Test
  void withersChangeOnePart() {
    VirtualAddress plain = VirtualAddress.parse("172.17.16.3/24");
    VirtualAddress full =
        plain
            .withDevice("eth0")
            .withLabel("eth0:1")
            .withScope(AddressScope.LINK)
            .withBroadcast(IpAddress.parse("172.17.16.255"))
            .withPrefixLength(25);

    assertThat(full)
        .isEqualTo(
            new VirtualAddress(
                IpAddress.parse("172.17.16.3"),
                25,
                "eth0",
                "eth0:1",
                AddressScope.LINK,
                IpAddress.parse("172.17.16.255")));
    assertThat(full)
        .hasToString("172.17.16.3/25 brd 172.17.16.255 dev eth0 scope link label eth0:1");
    assertThat(full.network()).isEqualTo(Cidr.parse("172.17.16.0/25"));
    assertThat(
            full.withDevice(null)
                .withLabel(null)
                .withBroadcast(null)
                .withScope(AddressScope.GLOBAL)
                .withPrefixLength(24))
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sixteen-letters-", "a b", "a/b", "a\tb"})
  void namesLinuxCannotStoreAreRefused(String name) {
    VirtualAddress plain = VirtualAddress.parse("172.17.16.3");

    assertThatIllegalArgumentException().isThrownBy(() -> plain.withDevice(name));
    assertThatIllegalArgumentException().isThrownBy(() -> plain.withLabel(name));
  }

  @Test
  void theLongestNameIsAccepted() {
    assertThat(VirtualAddress.parse("172.17.16.3").withDevice("fifteen-letters").device())
        .isEqualTo("fifteen-letters");
  }

  @Test
  void broadcastIsForIpv4Only() {
    IpAddress four = IpAddress.parse("172.17.16.255");
    IpAddress six = IpAddress.parse("fd00::1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualAddress.of(six).withBroadcast(four));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualAddress.parse("172.17.16.3").withBroadcast(six));
  }

  @Test
  @SuppressWarnings("NullAway")
  void scopeIsRequired() {
    assertThatNullPointerException()
        .isThrownBy(() -> VirtualAddress.parse("172.17.16.3").withScope(null));
  }

  @ParameterizedTest
  @CsvSource({"GLOBAL, 0", "SITE, 200", "LINK, 253", "HOST, 254"})
  void scopesHaveTheNumbersOfRtnetlink(AddressScope scope, int number) {
    assertThat(scope.number()).isEqualTo(number);
  }
}
