package io.havip.tencent.client;

import io.havip.tencent.credentials.CredentialsProvider;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Where the API is and how to speak to it.
 *
 * @param endpoint scheme, host and port
 * @param region the region whose resources are meant
 * @param credentials who signs
 * @param clock the time that is signed
 * @param connectTimeout how long connecting may take
 * @param requestTimeout how long one request may take, connecting included
 */
public record ApiSettings(
    URI endpoint,
    String region,
    CredentialsProvider credentials,
    InstantSource clock,
    Duration connectTimeout,
    Duration requestTimeout) {

  /** {@return the {@code Host} header: the port only where it is not the scheme's own} */
  String host() {
    return endpoint.getPort() < 0
        ? endpoint.getHost()
        : endpoint.getHost() + ":" + endpoint.getPort();
  }

  @Override
  public String toString() {
    return host() + " (" + region + ")";
  }
}
