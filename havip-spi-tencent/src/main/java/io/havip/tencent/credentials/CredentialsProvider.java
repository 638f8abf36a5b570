package io.havip.tencent.credentials;

import java.util.Map;

/**
 * Supplies the credentials of each call.
 *
 * <p>Called once before every request, from the thread that makes the request and never from a
 * node's loop. Several threads may call at once. It may block for a bounded time, as the role
 * provider does while it refreshes.
 */
@FunctionalInterface
public interface CredentialsProvider {

  /**
   * Gives the credentials to sign with now.
   *
   * @return credentials that have not expired
   * @throws CredentialsException if there are none
   */
  Credentials current() throws CredentialsException;

  /**
   * Always the same credentials.
   *
   * @param credentials what to return
   * @return a provider of them
   */
  static CredentialsProvider fixed(Credentials credentials) {
    return new CredentialsProvider() {
      @Override
      public Credentials current() {
        return credentials;
      }

      @Override
      public String toString() {
        return "fixed " + credentials;
      }
    };
  }

  /**
   * The variables {@code TENCENTCLOUD_SECRET_ID}, {@code TENCENTCLOUD_SECRET_KEY} and, for a
   * temporary key, {@code TENCENTCLOUD_TOKEN} of this process.
   *
   * @return a provider that reads them on every call
   */
  static CredentialsProvider environment() {
    return environment(System.getenv());
  }

  /**
   * The same variables from a given map.
   *
   * @param variables names and values; read on every call
   * @return a provider that reads them
   */
  static CredentialsProvider environment(Map<String, String> variables) {
    return new EnvironmentCredentials(variables);
  }

  /**
   * The role bound to the instance this process runs on.
   *
   * @return a provider with the default settings
   * @see InstanceRole
   */
  static CredentialsProvider instanceRole() {
    return InstanceRole.builder().build();
  }
}
