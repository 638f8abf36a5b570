package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void everyReasonIsExplainedInSentences(RefusalReason reason) {
    String text = new Refusal(reason, 1, 2).explain();

    assertThat(text).matches("[A-Z].* .*\\.");
    assertThat(text).doesNotContain("null").doesNotContain("  ");
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void anIdIsTheNameInKebabCase(RefusalReason reason) {
    assertThat(reason.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(reason.id().replace('-', '_')).isEqualToIgnoringCase(reason.name());
  }

  @Test
  void noTwoReasonsShareTheirExplanation() {
    assertThat(
            Arrays.stream(RefusalReason.values())
                .map(r -> new Refusal(r, 1, 2).explain())
                .distinct())
        .hasSameSizeAs(RefusalReason.values());
  }

  /**
   * The ids are an interface to dashboards and alarms: this list may grow, but no line may change.
   */
  @Test
  void idsAreStable() {
    assertThat(Arrays.stream(RefusalReason.values()).map(RefusalReason::id))
        .contains(
            "too-short",
            "length-mismatch",
            "bad-version",
            "bad-type",
            "bad-vrid",
            "zero-addresses",
            "zero-interval",
            "bad-checksum",
            "unknown-auth-type",
            "authentication-header",
            "version-needs-ipv4",
            "bad-ip-header",
            "fragment",
            "bad-ether-type",
            "bad-arp-header",
            "bad-arp-operation",
            "ttl-not-255",
            "version-not-ours",
            "auth-type-mismatch",
            "auth-failed",
            "interval-mismatch",
            "unknown-vrid",
            "not-a-peer",
            "ttl-out-of-range",
            "not-multicast",
            "not-unicast",
            "family-mismatch",
            "own-address",
            "not-listening");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LENGTH_MISMATCH | 12 | 13 | It has 13 bytes but its fields require 12.",
        "LENGTH_MISMATCH | 12 | 40 | It has 40 bytes but its fields require 12.",
        "FOREIGN_CLAIM | 51 | 52 | It is of virtual router 52 but carries an address of virtual"
            + " router 51: two groups claim one address.",
        "TTL_NOT_255 | 255 | 64 | Its TTL or hop limit is 64, not 255, so it may come from beyond"
            + " this link.",
        "TTL_OUT_OF_RANGE | 254 | 64 | Its TTL or hop limit is 64; for this peer it must be at"
            + " least 254.",
        "TTL_OUT_OF_RANGE | 64 | 255 | Its TTL or hop limit is 255; for this peer it must be at"
            + " most 64.",
        "BAD_CHECKSUM | 4549 | 65 | Its checksum is 0x0041 but should be 0x11c5: it was damaged on"
            + " the way, or the sender computes the checksum differently.",
        "INTERVAL_MISMATCH | 100 | 200 | The sender's interval is 200 centiseconds, ours is 100;"
            + " VRRPv2 requires them to be equal.",
        "UNKNOWN_VRID | 0 | 7 | No virtual router 7 is configured here.",
        "AUTH_FAILED | 99 | 98 | Its password is not the one configured here.",
      })
  void numbersStandWhereTheyBelong(RefusalReason reason, long expected, long found, String text) {
    assertThat(new Refusal(reason, expected, found).explain()).isEqualTo(text);
  }

  @Test
  void aRefusalWithoutNumbersHasZeros() {
    assertThat(Refusal.of(RefusalReason.NOT_A_PEER))
        .isEqualTo(new Refusal(RefusalReason.NOT_A_PEER, 0, 0));
  }
}
