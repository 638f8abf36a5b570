package io.havip.tencent;

import io.havip.tencent.client.ApiSettings;

/** From a binding's settings to the client's. */
final class TencentClients {

  private TencentClients() {}

  static ApiSettings settings(TencentSettings settings) {
    return new ApiSettings(
        settings.endpoint(),
        settings.region(),
        settings.credentials(),
        settings.clock(),
        settings.connectTimeout(),
        settings.requestTimeout());
  }
}
