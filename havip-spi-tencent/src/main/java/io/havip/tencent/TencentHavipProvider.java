package io.havip.tencent;

import io.havip.spi.Availability;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudBindingProvider;
import io.havip.spi.cloud.CloudOptions;
import java.util.Set;

/**
 * Opens {@link TencentHavipBinding} under the name {@code tencent-havip}.
 *
 * <p>Settings: {@code region} and {@code vpc} are required. {@code endpoint} is {@code regional}
 * (the default), {@code public}, {@code internal}, {@code international} or an address; {@code
 * credentials} is {@code environment} (the default), {@code role} or {@code role:NAME}; {@code
 * instance} and {@code network-interface} name this member, else the metadata service does; {@code
 * connect-timeout-ms} (1000), {@code request-timeout-ms} (3000), {@code calls-per-second} (2).
 */
public final class TencentHavipProvider implements CloudBindingProvider {

  /** For the service loader. */
  public TencentHavipProvider() {}

  @Override
  public String name() {
    return "tencent-havip";
  }

  @Override
  public Availability availability() {
    return new Availability.Available();
  }

  @Override
  public CloudBinding open(CloudOptions options) {
    return new TencentHavipBinding(TencentOptions.read(options, Set.of()));
  }
}
