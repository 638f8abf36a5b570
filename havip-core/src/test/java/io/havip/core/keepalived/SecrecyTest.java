package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password never stands in anything that is printed, however wrong the file is. */
class SecrecyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_type PASS\n auth_pass S3CRET",
        "auth_type PASS\n auth_pass S3CRETS3CRET",
        "auth_type PASS auth_pass S3CRET",
        "auth_type PASS\n auth_pass x{S3CRET",
        "auth_type PASS\n auth_pass x{S3CRET}S3CRET",
        "auth_type PASS\n auth_pass x}S3CRET",
        "auth_type PASS\n auth_pass \"S3CRET",
        "auth_type PASS\n auth_pass x\"S3CRET",
        "auth_type PASS\n auth_pass S3CRET S3CRET",
        "auth_type PASS\n auth_pass x S3CRET { S3CRET }",
        "auth_type PASS\n auth_pass ${_RANDOM} S3CRET",
        "auth_type S3CRET\n auth_pass x",
        "auth_type PASS\n S3CRET",
        "auth_type PASS\n auth_pass\n S3CRET",
        "auth_pass S3CRET",
        "auth_pass S3CRET\n version 3",
        "$P=S3CRET\n auth_type PASS\n auth_pass $P",
        "$P=S3CRET\n auth_type PASS\n auth_pass {$P",
        "auth_type AH\n auth_pass S3CRET",
        "auth_type PASS\n auth_pass \u00e9S3CRET",
        "} auth_hmac { key 1 S3CRET",
        "} auth_hmac { key 1 x{S3CRET}S3CRET"
      })
  void no_password_in_diagnostics_or_in_the_text_of_a_result(String authentication) {
    for (String more : new String[] {"", "vrrp_strict", "vrrp_version 3"}) {
      ReadResult result = Conf.global(more, "authentication {\n " + authentication + "\n }");

      assertThat(result.toString()).doesNotContain("S3CRET");
      assertThat(result.diagnostics()).noneMatch(d -> d.describe().contains("S3CRET"));
    }
  }
}
