package io.havip.tencent;

import io.havip.spi.PlatformException;
import io.havip.spi.cloud.CloudOptions;
import io.havip.tencent.credentials.CredentialsProvider;
import io.havip.tencent.credentials.InstanceRole;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@link TencentSettings} from settings by name. */
final class TencentOptions {

  private static final Set<String> NAMES =
      Set.of(
          "region",
          "vpc",
          "endpoint",
          "credentials",
          "instance",
          "network-interface",
          "connect-timeout-ms",
          "request-timeout-ms",
          "calls-per-second");

  private final Map<String, String> settings;

  private TencentOptions(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Reads the settings; {@code more} are names that the caller reads itself. */
  static TencentSettings read(CloudOptions options, Set<String> more) {
    TencentOptions reader = new TencentOptions(options.settings());
    reader.refuseUnknown(more);
    try {
      return reader.read();
    } catch (IllegalArgumentException e) {
      throw new PlatformException(
          e.getMessage() == null ? "Tencent Cloud settings" : e.getMessage());
    }
  }

  private TencentSettings read() {
    TencentSettingsBuilder builder =
        TencentSettings.builder(required("region"), required("vpc"))
            .instance(text("instance", ""))
            .networkInterface(text("network-interface", ""))
            .credentials(credentials(text("credentials", "environment")))
            .connectTimeout(Duration.ofMillis(number("connect-timeout-ms", 1000)))
            .requestTimeout(Duration.ofMillis(number("request-timeout-ms", 3000)))
            .callsPerSecond(number("calls-per-second", 2));
    endpoint(builder, text("endpoint", "regional"));
    return builder.build();
  }

  private void refuseUnknown(Set<String> more) {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(NAMES);
    unknown.removeAll(more);
    if (!unknown.isEmpty()) {
      Set<String> known = new TreeSet<>(NAMES);
      known.addAll(more);
      throw new PlatformException(
          "Tencent Cloud settings: unknown "
              + String.join(", ", unknown)
              + "; there are "
              + String.join(", ", known));
    }
  }

  private static void endpoint(TencentSettingsBuilder builder, String value) {
    for (TencentEndpoint each : TencentEndpoint.values()) {
      if (each.settingName().equals(value)) {
        builder.endpoint(each);
        return;
      }
    }
    if (!value.contains("://")) {
      throw new IllegalArgumentException(
          "Tencent Cloud settings: endpoint must be "
              + Arrays.stream(TencentEndpoint.values())
                  .map(TencentEndpoint::settingName)
                  .collect(Collectors.joining(", "))
              + " or an address that begins with https://, not "
              + value);
    }
    builder.endpoint(URI.create(value));
  }

  private static CredentialsProvider credentials(String value) {
    if (value.equals("environment")) {
      return CredentialsProvider.environment();
    }
    if (value.equals("role")) {
      return CredentialsProvider.instanceRole();
    }
    if (value.startsWith("role:")) {
      return InstanceRole.builder().role(value.substring("role:".length())).build();
    }
    // The value is not repeated: it may be a key that somebody wrote here.
    throw new IllegalArgumentException(
        "Tencent Cloud settings: credentials must be environment, role or role:NAME; keys do not"
            + " belong into settings");
  }

  private String required(String name) {
    String value = text(name, "");
    if (value.isEmpty()) {
      throw new PlatformException("Tencent Cloud settings: " + name + " is missing");
    }
    return value;
  }

  private String text(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }

  private int number(String name, int otherwise) {
    String value = text(name, Integer.toString(otherwise));
    if (!value.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          "Tencent Cloud settings: " + name + " must be a whole number, not " + value);
    }
    return Integer.parseInt(value);
  }
}
