package io.havip.tencent.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The vendor's published example (page "Signature v3", action DescribeInstances). It exists in two
 * editions: the older signs two headers, the newer three, with masked keys whose asterisks are part
 * of the computation. Both results were also recomputed with another implementation.
 */
class Tc3SignatureTest {

  private static final Instant TIME = Instant.ofEpochSecond(1551113065);
  private static final String BODY =
      "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
          + " \"instance-name\"}]}";
  private static final Map<String, String> TWO_HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8", "Host", "cvm.tencentcloudapi.com");
  private static final Map<String, String> THREE_HEADERS =
      Map.of(
          "Content-Type",
          "application/json; charset=utf-8",
          "Host",
          "cvm.tencentcloudapi.com",
          "X-TC-Action",
          "DescribeInstances");

  @Test
  void the_older_published_example() {
    assertThat(sign(TWO_HEADERS, BODY).stringToSign())
        .isEqualTo(
            """
            TC3-HMAC-SHA256
            1551113065
            2019-02-25/cvm/tc3_request
            5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031\
            """);
    assertThat(
            sign(TWO_HEADERS, BODY)
                .authorization(
                    "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******", "Gu5t9xGARNpq86cd98joQYCN3*******"))
        .isEqualTo(
            "TC3-HMAC-SHA256"
                + " Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request,"
                + " SignedHeaders=content-type;host,"
                + " Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c");
  }

  @Test
  void the_newer_published_example_signs_the_action() {
    Tc3Signature signature = sign(THREE_HEADERS, BODY);
    assertThat(signature.canonicalRequest())
        .isEqualTo(
            """
            POST
            /

            content-type:application/json; charset=utf-8
            host:cvm.tencentcloudapi.com
            x-tc-action:describeinstances

            content-type;host;x-tc-action
            35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064\
            """);
    assertThat(signature.authorization("AKID" + "*".repeat(32), "*".repeat(32)))
        .endsWith(
            "SignedHeaders=content-type;host;x-tc-action,"
                + " Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
  }

  @Test
  void every_part_of_a_request_changes_the_signature() {
    String base = sign(THREE_HEADERS, BODY).signature("key");
    assertThat(sign(THREE_HEADERS, BODY + " ").signature("key")).isNotEqualTo(base);
    assertThat(sign(TWO_HEADERS, BODY).signature("key")).isNotEqualTo(base);
    assertThat(sign(THREE_HEADERS, BODY).signature("other")).isNotEqualTo(base);
    assertThat(new Tc3Signature("vpc", TIME, THREE_HEADERS, BODY.getBytes(UTF_8)).signature("key"))
        .isNotEqualTo(base);
    assertThat(
            new Tc3Signature("cvm", TIME.plusSeconds(1), THREE_HEADERS, BODY.getBytes(UTF_8))
                .signature("key"))
        .isNotEqualTo(base);
  }

  @Test
  void the_scope_has_the_date_in_utc() {
    Instant justBeforeMidnight = Instant.parse("2026-11-22T23:59:59Z");
    assertThat(new Tc3Signature("vpc", justBeforeMidnight, TWO_HEADERS, new byte[0]).stringToSign())
        .contains("\n2026-11-22/vpc/tc3_request\n");
  }

  @Test
  void content_type_and_host_must_be_signed() {
    assertThatThrownBy(() -> sign(Map.of("host", "vpc.tencentcloudapi.com"), BODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("content-type");
  }

  private static Tc3Signature sign(Map<String, String> headers, String body) {
    return new Tc3Signature("cvm", TIME, headers, body.getBytes(UTF_8));
  }
}
