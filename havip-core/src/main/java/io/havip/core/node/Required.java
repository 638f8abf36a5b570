package io.havip.core.node;

import io.havip.HavipPlatformException;
import io.havip.VirtualRouterConfig;
import io.havip.spi.Outcome;

/** What a router neither starts nor takes a change without. */
final class Required {

  private Required() {}

  /**
   * Takes an outcome for the host's last word.
   *
   * @throws HavipPlatformException if it is a failure
   */
  static void done(VirtualRouterConfig router, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      throw refusal(router, failed.describe());
    }
  }

  /** The exception that says why the host refuses a router. */
  static HavipPlatformException refusal(VirtualRouterConfig router, String why) {
    return new HavipPlatformException(
        "virtual router \"%s\": %s".formatted(router.name(), why), null);
  }
}
