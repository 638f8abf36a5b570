package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VrrpAuthTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "1111", "12345678", "pässwrd"})
  void oneToEightBytesAreAPassword(String text) {
    assertThat(VrrpAuth.SimplePassword.of(text)).isEqualTo(VrrpAuth.SimplePassword.of(text));
    assertThat(VrrpAuth.SimplePassword.of(text)).isNotEqualTo(VrrpAuth.SimplePassword.of("other"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123456789", "pässwörd", "a\0b", "a\0"})
  void anythingElseIsRefusedWithoutBeingShown(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAuth.SimplePassword.of(text))
        .satisfies(e -> assertThat(e.getMessage()).matches("a VRRPv2 password [a-z0-9 ,]*"));
  }

  @Test
  void bytesAreZeroPadded() {
    assertThat(VrrpAuth.SimplePassword.of("AB").bits()).isEqualTo(0x4142_0000_0000_0000L);
    assertThat(VrrpAuth.SimplePassword.of(new byte[] {-1}).bits())
        .isEqualTo(0xff00_0000_0000_0000L);
  }

  @Test
  void textAndHashTellNothing() {
    VrrpAuth one = VrrpAuth.SimplePassword.of("1111");
    VrrpAuth other = VrrpAuth.SimplePassword.of("2222");

    assertThat(one).hasToString(other.toString()).hasSameHashCodeAs(other);
    assertThat(one.toString()).doesNotContain("1111");
  }

  @Test
  void typesAreThoseOfTheRfc() {
    assertThat(VrrpAuth.NONE.type()).isZero();
    assertThat(VrrpAuth.SimplePassword.of("1").type()).isEqualTo(1);
    assertThat(VrrpAuth.NONE).isNotEqualTo(VrrpAuth.SimplePassword.of("1"));
    assertThat(new VrrpAuth.None()).isEqualTo(VrrpAuth.NONE);
  }

  @Test
  void versionsHaveTheirNumber() {
    assertThat(VrrpVersion.V2.number()).isEqualTo(2);
    assertThat(VrrpVersion.V3.number()).isEqualTo(3);
  }
}
