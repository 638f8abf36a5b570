package io.havip.tencent;

import java.net.URI;
import java.util.Locale;

/** Which of the API's hosts to speak to. */
public enum TencentEndpoint {

  /** {@code vpc.tencentcloudapi.com}: the nearest entry, wherever the region is. */
  PUBLIC("vpc.tencentcloudapi.com"),

  /** {@code vpc.REGION.tencentcloudapi.com}: in the region itself, with the least delay. */
  REGIONAL("vpc.%s.tencentcloudapi.com"),

  /**
   * {@code vpc.internal.tencentcloudapi.com}: reachable from inside a VPC, also for instances
   * without a public address.
   */
  INTERNAL("vpc.internal.tencentcloudapi.com"),

  /** {@code vpc.intl.tencentcloudapi.com}: for accounts of the international site. */
  INTERNATIONAL("vpc.intl.tencentcloudapi.com");

  private final String host;

  TencentEndpoint(String host) {
    this.host = host;
  }

  /**
   * The address of this endpoint.
   *
   * @param region the region's name, {@code ap-guangzhou}
   * @return an {@code https} address
   */
  public URI uri(String region) {
    return URI.create("https://" + host.formatted(region));
  }

  /** {@return the name in settings: {@code regional}} */
  String settingName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
