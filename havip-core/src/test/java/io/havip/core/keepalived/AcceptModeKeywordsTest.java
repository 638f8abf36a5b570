package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code accept}, {@code no_accept}, and what strict mode makes of them. */
class AcceptModeKeywordsTest {

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "accept, true",
    "no_accept, false",
    "'no_accept\naccept', true",
    "'accept\nno_accept', false",
    "'strict_mode', false",
    "'strict_mode\nversion 3', false",
    "'strict_mode\nversion 3\naccept', true",
    "'strict_mode\nversion 3\nno_accept', false",
    "'strict_mode\npriority 255\nstate MASTER', true",
    "'strict_mode\naccept\npriority 255\nstate MASTER', true",
    "'strict_mode off', true"
  })
  void packets_are_accepted_as_keepalived_does(String body, boolean accepted) {
    ReadResult result = Conf.body(body);

    assertThat(Conf.router(result).acceptMode()).isEqualTo(accepted);
    assertThat(Conf.problems(result)).isEmpty();
  }

  @Test
  void what_strict_mode_does_to_packets_is_said() {
    assertThat(Conf.notes(Conf.body("strict_mode")))
        .containsExactly(
            "7:1: note: in strict mode packets to the virtual addresses are dropped, as with"
                + " no_accept; with accept, in version 3, they are taken in");
    assertThat(Conf.notes(Conf.global("vrrp_strict", ""))).hasSize(1);
    assertThat(Conf.notes(Conf.body("strict_mode\nno_accept"))).isEmpty();
    assertThat(Conf.notes(Conf.body("strict_mode\npriority 255\nstate MASTER"))).isEmpty();
  }

  @Test
  void version_2_has_no_accept_in_strict_mode() {
    ReadResult result = Conf.body("strict_mode\naccept");

    assertThat(Conf.router(result).acceptMode()).isFalse();
    assertThat(Conf.problems(result))
        .containsExactly("8:1: warning: strict mode has no accept in version 2 (using no_accept)");
  }
}
