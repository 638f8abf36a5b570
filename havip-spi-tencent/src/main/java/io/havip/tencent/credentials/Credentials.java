package io.havip.tencent.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the Tencent Cloud API. Its text never holds any of its parts.
 *
 * @param secretId the name of the key
 * @param secretKey the key itself
 * @param token the session token of a temporary key, or null for a permanent one
 * @param expiresAt when a temporary key ends, or null if it does not or if that is not known
 */
public record Credentials(
    String secretId, String secretKey, @Nullable String token, @Nullable Instant expiresAt) {

  /**
   * Creates the key.
   *
   * @throws IllegalArgumentException if the id or the key is blank or holds white space; the
   *     message does not repeat it
   */
  public Credentials {
    requireSolid(secretId, "secret id");
    requireSolid(secretKey, "secret key");
    if (token != null) {
      requireSolid(token, "session token");
    }
  }

  /**
   * A permanent key.
   *
   * @param secretId the name of the key
   * @param secretKey the key itself
   * @return the credentials
   */
  public static Credentials permanent(String secretId, String secretKey) {
    return new Credentials(secretId, secretKey, null, null);
  }

  /**
   * Removes every part of this key from a text that came from elsewhere.
   *
   * @param text any text, such as the words of an API error
   * @return the text with {@code (redacted)} in the place of each part
   */
  public String redact(String text) {
    String clean = text.replace(secretKey, "(redacted)").replace(secretId, "(redacted)");
    return token == null ? clean : clean.replace(token, "(redacted)");
  }

  @Override
  public String toString() {
    return "Credentials["
        + (token == null ? "permanent" : "temporary")
        + (expiresAt == null ? "" : ", expires " + expiresAt)
        + "]";
  }

  private static void requireSolid(String value, String what) {
    if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the " + what + " is empty or holds a character that no key has; copy it again");
    }
  }
}
