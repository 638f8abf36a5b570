package io.havip.tencent;

import io.havip.tencent.credentials.CredentialsProvider;
import io.havip.tencent.metadata.MetadataService;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** Builds {@link TencentSettings}. Not safe for several threads. */
public final class TencentSettingsBuilder {

  private final String region;
  private final String vpc;
  private URI endpoint;
  private CredentialsProvider credentials = CredentialsProvider.environment();
  private String instance = "";
  private String networkInterface = "";
  private URI metadata = MetadataService.DEFAULT_ADDRESS;
  private Duration connectTimeout = Duration.ofSeconds(1);
  private Duration requestTimeout = Duration.ofSeconds(3);
  private double callsPerSecond = 2;
  private InstantSource clock = InstantSource.system();

  TencentSettingsBuilder(String region, String vpc) {
    this.region = region;
    this.vpc = vpc;
    endpoint = TencentEndpoint.REGIONAL.uri(region);
  }

  /**
   * Which of the vendor's endpoints; the regional one by default.
   *
   * @param which the endpoint
   * @return this
   */
  public TencentSettingsBuilder endpoint(TencentEndpoint which) {
    return endpoint(which.uri(region));
  }

  /**
   * An endpoint of one's own.
   *
   * @param address scheme, host and port
   * @return this
   */
  public TencentSettingsBuilder endpoint(URI address) {
    endpoint = address;
    return this;
  }

  /**
   * Who signs; the environment by default.
   *
   * @param provider called before every request
   * @return this
   */
  public TencentSettingsBuilder credentials(CredentialsProvider provider) {
    credentials = provider;
    return this;
  }

  /**
   * This member's instance. Without it and the interface, the metadata service is asked.
   *
   * @param id {@code ins-…}
   * @return this
   */
  public TencentSettingsBuilder instance(String id) {
    instance = id;
    return this;
  }

  /**
   * This member's network interface. Needed where an instance has several in the same subnet, or
   * runs several members.
   *
   * @param id {@code eni-…}
   * @return this
   */
  public TencentSettingsBuilder networkInterface(String id) {
    networkInterface = id;
    return this;
  }

  /**
   * Where the metadata service is.
   *
   * @param address scheme, host and port
   * @return this
   */
  public TencentSettingsBuilder metadata(URI address) {
    metadata = address;
    return this;
  }

  /**
   * How long connecting may take.
   *
   * @param limit positive; 1 second by default
   * @return this
   */
  public TencentSettingsBuilder connectTimeout(Duration limit) {
    connectTimeout = limit;
    return this;
  }

  /**
   * How long one request may take, connecting included.
   *
   * @param limit positive; 3 seconds by default
   * @return this
   */
  public TencentSettingsBuilder requestTimeout(Duration limit) {
    requestTimeout = limit;
    return this;
  }

  /**
   * How often a node may call the binding.
   *
   * @param rate above 0, at most 20; 2 by default, so that a group of several members stays far
   *     below the 20 requests a second that the account has for each action
   * @return this
   */
  public TencentSettingsBuilder callsPerSecond(double rate) {
    callsPerSecond = rate;
    return this;
  }

  /**
   * The time that is signed.
   *
   * @param source the system's clock by default
   * @return this
   */
  public TencentSettingsBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /**
   * {@return the settings}
   *
   * @throws IllegalArgumentException if a value cannot be right; the message names it
   */
  public TencentSettings build() {
    return new TencentSettings(
        region,
        vpc,
        endpoint,
        credentials,
        instance,
        networkInterface,
        metadata,
        connectTimeout,
        requestTimeout,
        callsPerSecond,
        clock);
  }
}
