package io.havip.core.node;

import io.havip.net.VirtualAddress;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Addresses that the host refused to take off. A member that does not hold them must not answer for
 * them, so it asks again and again.
 */
final class Removals {

  private static final long RETRY_NANOS = 1_000_000_000L;

  private final Platform platform;
  private final Consumer<VirtualAddress> remove;
  private final Timers.Deadline deadline;
  private final Set<VirtualAddress> refused = new LinkedHashSet<>();

  /**
   * Nothing was refused yet.
   *
   * @param remove takes an address off, and calls {@link #refused} if that is refused again
   */
  Removals(Platform platform, Consumer<VirtualAddress> remove) {
    this.platform = platform;
    this.remove = remove;
    deadline = platform.timers().newDeadline(this::tryAgain);
  }

  void refused(VirtualAddress address) {
    refused.add(address);
    deadline.arm(platform.timers().now() + RETRY_NANOS);
  }

  /** The address is to be there again. */
  void forget(VirtualAddress address) {
    refused.remove(address);
  }

  void stop() {
    deadline.disarm();
  }

  private void tryAgain() {
    List<VirtualAddress> again = List.copyOf(refused);
    refused.clear();
    again.forEach(remove);
  }
}
