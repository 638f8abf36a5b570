package io.havip.tencent.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import io.havip.tencent.credentials.Credentials;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of the signature, written from the documentation and not from our signer. */
final class Tc3Check {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d\\d-\\d\\d)/vpc/tc3_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private Tc3Check() {}

  /** {@return the error code, or empty if the request is genuine} */
  static Optional<String> refusal(Headers headers, byte[] body, Credentials accepted, Instant now) {
    String text = headers.getFirst("Authorization");
    Matcher parts = AUTHORIZATION.matcher(text == null ? "" : text);
    if (!parts.matches()) {
      return Optional.of("AuthFailure.InvalidAuthorization");
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(headers.getFirst("X-TC-Timestamp")));
    if (Duration.between(time, now).abs().compareTo(Duration.ofMinutes(5)) > 0) {
      return Optional.of("AuthFailure.SignatureExpire");
    }
    if (!parts.group(1).equals(accepted.secretId())) {
      return Optional.of("AuthFailure.SecretIdNotFound");
    }
    if (accepted.token() != null && !accepted.token().equals(headers.getFirst("X-TC-Token"))) {
      return Optional.of("AuthFailure.TokenFailure");
    }
    String expected = signature(parts, headers, body, accepted.secretKey());
    boolean dated = time.toString().startsWith(parts.group(2));
    return dated && parts.group(4).equals(expected)
        ? Optional.empty()
        : Optional.of("AuthFailure.SignatureFailure");
  }

  private static String signature(Matcher parts, Headers headers, byte[] body, String key) {
    String lines =
        Arrays.stream(parts.group(3).split(";"))
            .map(name -> name + ":" + headers.getFirst(name).strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("\n"));
    String canonical = "POST\n/\n\n" + lines + "\n\n" + parts.group(3) + "\n" + sha256(body);
    String scope = parts.group(2) + "/vpc/tc3_request";
    String toSign =
        "TC3-HMAC-SHA256\n"
            + headers.getFirst("X-TC-Timestamp")
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.getBytes(UTF_8));
    byte[] derived = ("TC3" + key).getBytes(UTF_8);
    for (String step : List.of(parts.group(2), "vpc", "tc3_request")) {
      derived = hmac(derived, step);
    }
    return HexFormat.of().formatHex(hmac(derived, toSign));
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
