package io.havip.core.node;

import io.havip.HavipPlatformException;
import io.havip.spi.Availability;
import io.havip.spi.PlatformProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the first usable platform among those found by {@link ServiceLoader}. */
final class PlatformChoice {

  private static final Logger LOG = LoggerFactory.getLogger("io.havip.node");

  private PlatformChoice() {}

  /**
   * Chooses.
   *
   * @throws HavipPlatformException listing every candidate and why it cannot be used
   */
  static PlatformProvider choose() {
    List<String> refused = new ArrayList<>();
    ServiceLoader<PlatformProvider> found =
        ServiceLoader.load(PlatformProvider.class, PlatformProvider.class.getClassLoader());
    for (ServiceLoader.Provider<PlatformProvider> candidate : found.stream().toList()) {
      PlatformProvider provider;
      try {
        provider = candidate.get();
      } catch (ServiceConfigurationError e) {
        refused.add(candidate.type().getName() + ": " + e.getMessage());
        continue;
      }
      switch (provider.availability()) {
        case Availability.Available available -> {
          LOG.debug("platform {} chosen", provider.name());
          return provider;
        }
        case Availability.Unavailable unavailable ->
            refused.add(provider.name() + ": " + unavailable.reason());
      }
    }
    throw new HavipPlatformException(
        refused.isEmpty()
            ? "no platform found: put havip-spi-linux on the module path or class path, or give the"
                + " builder a platform"
            : "no platform can be used. " + String.join("; ", refused),
        null);
  }
}
