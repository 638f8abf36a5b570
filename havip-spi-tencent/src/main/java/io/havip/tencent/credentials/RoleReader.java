package io.havip.tencent.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.havip.tencent.metadata.MetadataException;
import io.havip.tencent.metadata.MetadataService;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a role's credentials from the metadata service.
 *
 * <p>The reply holds secrets, so no message is made of it, and no parser's exception is passed on:
 * parsers like to quote what they could not read.
 */
record RoleReader(MetadataService metadata, @Nullable String configuredRole) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "cam/security-credentials/";

  Credentials read() throws CredentialsException {
    String role = configuredRole == null ? boundRole() : configuredRole;
    String reply = ask(PATH + URLEncoder.encode(role, StandardCharsets.UTF_8));
    try {
      JsonNode fields = JSON.readTree(reply);
      if (fields.path("Code").asText("Success").equals("Success")) {
        return new Credentials(
            fields.path("TmpSecretId").asText(),
            fields.path("TmpSecretKey").asText(),
            fields.path("Token").asText(),
            Instant.ofEpochSecond(fields.path("ExpiredTime").asLong()));
      }
      throw unreadable();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private String boundRole() throws CredentialsException {
    String first = ask(PATH).lines().findFirst().orElse("").strip();
    if (first.isEmpty()) {
      throw new CredentialsException(
          metadata + " names no role: bind a role to this instance in the console", false);
    }
    return first;
  }

  private String ask(String path) throws CredentialsException {
    try {
      return metadata.read(path);
    } catch (MetadataException e) {
      throw new CredentialsException(
          "no credentials of the instance's role: "
              + e.getMessage()
              + (e.passing()
                  ? "; check that it can be reached from this process"
                  : "; bind the role to this instance in the console"),
          e.passing());
    }
  }

  private CredentialsException unreadable() {
    return new CredentialsException(
        metadata
            + " answered, but not with credentials of the role; check that nothing else answers at"
            + " this address and that the role is still bound",
        true);
  }
}
