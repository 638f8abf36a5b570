package io.havip.tencent.credentials;

import java.util.Map;

/** Credentials from environment variables. */
record EnvironmentCredentials(Map<String, String> variables) implements CredentialsProvider {

  static final String ID = "TENCENTCLOUD_SECRET_ID";
  static final String KEY = "TENCENTCLOUD_SECRET_KEY";
  static final String TOKEN = "TENCENTCLOUD_TOKEN";

  @Override
  public Credentials current() throws CredentialsException {
    String token = variables.getOrDefault(TOKEN, "");
    String id = required(ID);
    String key = required(KEY);
    try {
      return new Credentials(id, key, token.isEmpty() ? null : token, null);
    } catch (IllegalArgumentException e) {
      throw new CredentialsException(
          "the environment variables " + ID + ", " + KEY + ": " + e.getMessage(), false);
    }
  }

  private String required(String name) throws CredentialsException {
    String value = variables.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new CredentialsException(
          "no credentials for Tencent Cloud: the environment variable "
              + name
              + " is not set; set "
              + ID
              + " and "
              + KEY
              + ", or bind a role to the instance and use the instance role",
          false);
    }
    return value;
  }

  /** A record would print its map, with the key in it. */
  @Override
  public String toString() {
    return "environment variables " + ID + ", " + KEY;
  }
}
