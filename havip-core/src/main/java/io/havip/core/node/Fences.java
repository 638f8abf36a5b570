package io.havip.core.node;

import io.havip.VirtualRouterConfig;
import io.havip.core.election.ElectionConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Platform;
import io.havip.wire.VrrpAdvert;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guard of one router, from its start to its end. */
final class Fences {

  private final Platform platform;
  private final Fencing.GuardListener resigned;
  private @Nullable GuardedRouter guarded;
  private Guard guard = Guard.NONE;
  private boolean open;

  /**
   * Creates it without a guard.
   *
   * @param resigned told when the router was given up in its place
   */
  Fences(Platform platform, Fencing.GuardListener resigned) {
    this.platform = platform;
    this.resigned = resigned;
  }

  /** What the guard of a router would know before it starts. */
  static GuardedRouter planned(VirtualRouterConfig config) {
    ElectionConfig election =
        ElectionConfig.of(config, Addresses.unspecified(config.family()), false);
    return new GuardedRouter(
        config.name(),
        config.interfaceName(),
        config.allAddresses(),
        config.advertInterval(),
        Duration.ofNanos(election.peersPatience()),
        List.of());
  }

  /** Guards the router as it is now; does nothing if that changed nothing. */
  void guard(
      VirtualRouterConfig config,
      Holding holding,
      AdvertSender sender,
      IpAddress source,
      long patienceNanos) {
    GuardedRouter next =
        new GuardedRouter(
            config.name(),
            config.interfaceName(),
            holding.guarded(),
            config.advertInterval(),
            Duration.ofNanos(patienceNanos),
            sender.resignation(source));
    if (guarded == null) {
      guard = platform.fencing().guard(next, resigned);
    } else if (!next.equals(guarded)) {
      guard.update(next);
    }
    guarded = next;
  }

  /** An advert has been sent. */
  void sent(int priority) {
    if (priority != VrrpAdvert.PRIORITY_RESIGN) {
      guard.renew();
      open = true;
    }
  }

  /** The addresses are about to be given up, or have been. */
  void shut() {
    if (open) {
      open = false;
      guard.shut();
    }
  }

  Fence inForce() {
    return guard.fence();
  }

  void close() {
    guard.close();
    guard = Guard.NONE;
    guarded = null;
  }
}
