package io.havip.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.PlatformException;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudBindings;
import io.havip.spi.cloud.CloudOptions;
import io.havip.spi.cloud.TakeoverMode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TencentProviderTest {

  private final Map<String, String> settings =
      new HashMap<>(Map.of("region", "ap-guangzhou", "vpc", "vpc-1"));

  @Test
  void both_bindings_are_found_by_name() {
    try (CloudBinding havip = CloudBindings.open("tencent-havip", options());
        CloudBinding move = CloudBindings.open("tencent-private-ip", options())) {
      assertThat(havip.capabilities().mode()).isEqualTo(TakeoverMode.ANNOUNCE);
      assertThat(havip.description()).contains("vpc-1", "ap-guangzhou", "this instance");
      assertThat(move.capabilities().mode()).isEqualTo(TakeoverMode.MOVE);
      assertThat(move.capabilities().conditionalRelinquish()).isFalse();
    }
    settings.put("relinquish", "unassign");
    try (CloudBinding move = CloudBindings.open("tencent-private-ip", options())) {
      assertThat(move.capabilities().conditionalRelinquish()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "regional, https://vpc.ap-guangzhou.tencentcloudapi.com",
    "public, https://vpc.tencentcloudapi.com",
    "internal, https://vpc.internal.tencentcloudapi.com",
    "international, https://vpc.intl.tencentcloudapi.com",
    "https://api.example, https://api.example",
    "http://127.0.0.1:99, http://127.0.0.1:99",
  })
  void every_endpoint_has_its_address(String setting, URI address) {
    settings.put("endpoint", setting);
    assertThat(TencentOptions.read(options(), Set.of()).endpoint()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "region, '', region is missing",
    "vpc, '', vpc is missing",
    "vpc, subnet-1, vpc-f49l6u0z",
    "region, AP-1!, ap-guangzhou",
    "endpoint, nearest, international",
    "endpoint, http://api.example, https://",
    "credentials, secret123, keys do not belong into settings",
    "instance, 10.0.0.1, ins-3nqpdn3i",
    "network-interface, eth0, eni-5k56k7k7",
    "request-timeout-ms, soon, request-timeout-ms must be a whole number",
    "request-timeout-ms, 0, request timeout must be positive",
    "calls-per-second, 21, calls per second",
    "relinquish, drop, keep or unassign",
    "regoin, ap-guangzhou, 'unknown regoin; there are'",
  })
  void a_wrong_setting_is_named(String name, String value, String message) {
    settings.put(name, value);
    assertThatThrownBy(() -> new TencentPrivateIpProvider().open(options()))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret123");
  }

  private CloudOptions options() {
    return new CloudOptions("node-a", settings);
  }
}
