package io.havip.tencent;

import io.havip.tencent.credentials.CredentialsProvider;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * What a binding for Tencent Cloud needs to know. Immutable; its text holds no credential.
 *
 * @param region the region, {@code ap-guangzhou}
 * @param vpc the VPC that holds the address, {@code vpc-…}
 * @param endpoint the API's address; {@code https}, or a loopback address for tests
 * @param credentials who signs
 * @param instance this member's instance, {@code ins-…}; the empty string to use the network
 *     interface, or to ask the metadata service
 * @param networkInterface this member's interface, {@code eni-…}; the empty string to use the
 *     instance
 * @param metadata the metadata service's address; asked only for what is not given
 * @param connectTimeout how long connecting to the API may take
 * @param requestTimeout how long one request may take, connecting included
 * @param callsPerSecond how often a node may call the binding, on average over a second. The API
 *     allows 20 requests a second for each action, for all who use the account together.
 * @param clock the time that is signed
 */
public record TencentSettings(
    String region,
    String vpc,
    URI endpoint,
    CredentialsProvider credentials,
    String instance,
    String networkInterface,
    URI metadata,
    Duration connectTimeout,
    Duration requestTimeout,
    double callsPerSecond,
    InstantSource clock) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * Checks what can be checked without asking the cloud.
   *
   * @throws IllegalArgumentException if a value cannot be right; the message names it
   */
  public TencentSettings {
    require(region.matches("[a-z0-9-]+"), "the region must be like ap-guangzhou, not " + region);
    require(vpc.matches("vpc-[a-z0-9]+"), "the VPC must be like vpc-f49l6u0z, not " + vpc);
    require(
        instance.isEmpty() || instance.matches("[a-z]+-[a-z0-9]+"),
        "the instance must be like ins-3nqpdn3i, not " + instance);
    require(
        networkInterface.isEmpty() || networkInterface.matches("eni-[a-z0-9]+"),
        "the network interface must be like eni-5k56k7k7, not " + networkInterface);
    String host = endpoint.getHost();
    require(host != null, "the endpoint must be an address like https://host, not " + endpoint);
    require(
        "https".equals(endpoint.getScheme())
            || ("http".equals(endpoint.getScheme()) && LOOPBACK.contains(host)),
        "the endpoint must begin with https://, for requests carry session tokens: " + endpoint);
    require(connectTimeout.isPositive(), "the connect timeout must be positive");
    require(requestTimeout.isPositive(), "the request timeout must be positive");
    require(callsPerSecond > 0 && callsPerSecond <= 20, "the calls per second must be in (0, 20]");
  }

  /**
   * Begins with the regional endpoint, credentials of the environment, and defaults.
   *
   * @param region the region
   * @param vpc the VPC
   * @return a builder
   */
  public static TencentSettingsBuilder builder(String region, String vpc) {
    return new TencentSettingsBuilder(region, vpc);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("Tencent Cloud settings: " + message);
    }
  }
}
