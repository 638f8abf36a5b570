package io.havip.tencent.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of one {@code POST /} request without a query, which is all this library sends.
 *
 * <p>Steps as the vendor documents them: a canonical request, the string to sign with its
 * credential scope, a key derived from the secret by a chain of HMACs, and the {@code
 * Authorization} header.
 */
public final class Tc3Signature {

  /** The name of the algorithm, as it stands in the header and in the string to sign. */
  public static final String ALGORITHM = "TC3-HMAC-SHA256";

  private static final String TERMINATOR = "tc3_request";

  private final String service;
  private final Instant time;
  private final SortedMap<String, String> headers = new TreeMap<>();
  private final byte[] body;

  /**
   * A request to sign.
   *
   * @param service the service's short name, {@code vpc}
   * @param time the moment of the request; the API refuses one more than five minutes off
   * @param headers the headers to sign; must hold {@code content-type} and {@code host} as they
   *     will be sent
   * @param body the request's body
   */
  public Tc3Signature(String service, Instant time, Map<String, String> headers, byte[] body) {
    this.service = service;
    this.time = time;
    headers.forEach((name, value) ->
        this.headers.put(name.toLowerCase(Locale.ROOT), value.strip().toLowerCase(Locale.ROOT)));
    if (!this.headers.containsKey("content-type") || !this.headers.containsKey("host")) {
      throw new IllegalArgumentException("content-type and host must be signed");
    }
    this.body = body.clone();
  }

  /**
   * Signs.
   *
   * @param secretId who signs; becomes part of the header
   * @param secretKey the key; does not become part of anything that leaves this method
   * @return the value of the {@code Authorization} header
   */
  public String authorization(String secretId, String secretKey) {
    return ALGORITHM
        + " Credential="
        + secretId
        + "/"
        + scope()
        + ", SignedHeaders="
        + signedHeaders()
        + ", Signature="
        + signature(secretKey);
  }

  String canonicalRequest() {
    StringBuilder text = new StringBuilder("POST\n/\n\n");
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.append('\n').append(signedHeaders()).append('\n').append(sha256(body)).toString();
  }

  String stringToSign() {
    return String.join(
        "\n",
        ALGORITHM,
        Long.toString(time.getEpochSecond()),
        scope(),
        sha256(canonicalRequest().getBytes(UTF_8)));
  }

  String signature(String secretKey) {
    byte[] key = hmac(("TC3" + secretKey).getBytes(UTF_8), date());
    key = hmac(key, service);
    key = hmac(key, TERMINATOR);
    return HexFormat.of().formatHex(hmac(key, stringToSign()));
  }

  private String signedHeaders() {
    return String.join(";", headers.keySet());
  }

  private String scope() {
    return date() + "/" + service + "/" + TERMINATOR;
  }

  private String date() {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
