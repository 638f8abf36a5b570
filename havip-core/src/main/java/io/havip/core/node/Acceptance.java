package io.havip.core.node;

import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses of one router to which the host takes no packets in: those of a member that is not
 * their owner while Accept_Mode is off (RFC 9568 section 6.4.3, step 655). They are refused as long
 * as the router is there, not only while it is ACTIVE: packets to an address that the host does not
 * have are not taken in anyway, and a takeover has nothing more to do.
 */
final class Acceptance {

  private final AddressBinder binder;
  private final Set<IpAddress> refused = new LinkedHashSet<>();

  Acceptance(AddressBinder binder) {
    this.binder = binder;
  }

  /**
   * Tries whether the host can do what a router asks for, on an address that nobody can have.
   *
   * @throws io.havip.HavipPlatformException if not
   */
  static void require(AddressBinder binder, VirtualRouterConfig router) {
    if (refusedBy(router).isEmpty()) {
      return;
    }
    IpAddress nobody = Addresses.unspecified(router.family());
    Outcome tried = binder.acceptPackets(nobody, false);
    if (tried instanceof Outcome.Done) {
      tried = binder.acceptPackets(nobody, true);
    }
    Required.done(router, tried);
  }

  /** Makes the host do what the configuration says; the first failure, or done. */
  Outcome settle(VirtualRouterConfig config) {
    return settle(refusedBy(config));
  }

  /** The router leaves. */
  Outcome end() {
    return settle(Set.of());
  }

  private Outcome settle(Set<IpAddress> wanted) {
    Outcome outcome = Outcome.DONE;
    for (IpAddress address : List.copyOf(refused)) {
      if (!wanted.contains(address)) {
        outcome = first(outcome, accept(address, true));
      }
    }
    for (IpAddress address : wanted) {
      if (!refused.contains(address)) {
        outcome = first(outcome, accept(address, false));
      }
    }
    return outcome;
  }

  private Outcome accept(IpAddress address, boolean accepted) {
    Outcome outcome = binder.acceptPackets(address, accepted);
    if (outcome instanceof Outcome.Done) {
      boolean unused = accepted ? refused.remove(address) : refused.add(address);
    }
    return outcome;
  }

  private static Outcome first(Outcome earlier, Outcome later) {
    return earlier instanceof Outcome.Failed ? earlier : later;
  }

  private static Set<IpAddress> refusedBy(VirtualRouterConfig config) {
    Set<IpAddress> addresses = new LinkedHashSet<>();
    if (!config.acceptMode() && !config.owner()) {
      config.allAddresses().stream().map(VirtualAddress::address).forEach(addresses::add);
    }
    return addresses;
  }
}
