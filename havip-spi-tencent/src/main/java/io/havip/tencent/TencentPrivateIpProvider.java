package io.havip.tencent;

import io.havip.spi.Availability;
import io.havip.spi.PlatformException;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudBindingProvider;
import io.havip.spi.cloud.CloudOptions;
import java.util.Set;

/**
 * Opens {@link TencentPrivateIpBinding} under the name {@code tencent-private-ip}.
 *
 * <p>Settings are those of {@link TencentHavipProvider}, and {@code relinquish}: {@code keep} (the
 * default) or {@code unassign}.
 */
public final class TencentPrivateIpProvider implements CloudBindingProvider {

  private static final String RELINQUISH = "relinquish";

  /** For the service loader. */
  public TencentPrivateIpProvider() {}

  @Override
  public String name() {
    return "tencent-private-ip";
  }

  @Override
  public Availability availability() {
    return new Availability.Available();
  }

  @Override
  public CloudBinding open(CloudOptions options) {
    String value = options.settings().getOrDefault(RELINQUISH, "keep");
    OnRelinquish onRelinquish =
        switch (value) {
          case "keep" -> OnRelinquish.KEEP;
          case "unassign" -> OnRelinquish.UNASSIGN;
          default ->
              throw new PlatformException(
                  "Tencent Cloud settings: relinquish must be keep or unassign, not " + value);
        };
    return new TencentPrivateIpBinding(
        TencentOptions.read(options, Set.of(RELINQUISH)), onRelinquish);
  }
}
