package io.havip.spi.cloud;

import io.havip.spi.Availability;
import io.havip.spi.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds providers by name. */
public final class CloudBindings {

  private CloudBindings() {}

  /**
   * Opens a binding of the provider with the given name. Callable from any thread.
   *
   * @param provider the {@linkplain CloudBindingProvider#name() name} of the provider
   * @param options the settings
   * @return the binding; the caller closes it
   * @throws PlatformException if there is no usable provider of that name, with the names of those
   *     there are and the reasons of those that cannot be used; or if a setting is wrong
   */
  public static CloudBinding open(String provider, CloudOptions options) {
    List<String> others = new ArrayList<>();
    for (CloudBindingProvider each : ServiceLoader.load(CloudBindingProvider.class)) {
      if (!each.name().equals(provider)) {
        others.add(each.name());
        continue;
      }
      return switch (each.availability()) {
        case Availability.Available available -> each.open(options);
        case Availability.Unavailable(String reason) ->
            throw new PlatformException(
                "the cloud binding \"" + provider + "\" cannot be used: " + reason);
      };
    }
    throw new PlatformException(
        "there is no cloud binding named \"%s\" on the class path or module path; %s"
            .formatted(
                provider,
                others.isEmpty()
                    ? "none was found at all: add the module of your cloud"
                    : "found: " + String.join(", ", others)));
  }
}
