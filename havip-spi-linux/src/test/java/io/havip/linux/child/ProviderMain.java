package io.havip.linux.child;

import io.havip.spi.Availability;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import java.util.ServiceLoader;

/**
 * Says what the provider says in a process of its own. Not in a package of the module, which would
 * hide it on the module path.
 */
public final class ProviderMain {

  private ProviderMain() {}

  /** Needs no arguments. */
  public static void main(String[] arguments) {
    PlatformProvider provider =
        ServiceLoader.load(PlatformProvider.class).findFirst().orElseThrow();
    System.out.println("name: " + provider.name());
    // Twice: a class that could not be initialised would hide its reason the second time.
    for (int i = 0; i < 2; i++) {
      switch (provider.availability()) {
        case Availability.Available() -> System.out.println("available");
        case Availability.Unavailable(String reason) ->
            System.out.println("unavailable: " + reason);
      }
      try {
        provider.open(new PlatformOptions("child", FenceOptions.NONE)).close();
        System.out.println("opened");
      } catch (PlatformException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}
