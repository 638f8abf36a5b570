package io.havip.core.lint;

import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the addresses are announced. */
final class AnnouncementRules {

  /** More HAVIPs an interface than the vendor advises, unless each is announced only once. */
  private static final int ADDRESSES_AT_EASE = 5;

  /** What one interface sends when its member takes over everything. */
  private record Burst(Place place, int addresses, long frames) {

    Burst with(int repeat) {
      return new Burst(place, addresses + 1, frames + repeat);
    }
  }

  private final Findings findings;

  AnnouncementRules(Findings findings) {
    this.findings = findings;
  }

  void check(Member member) {
    Map<String, Burst> bursts = new LinkedHashMap<>();
    for (VirtualRouterConfig router : member.routers()) {
      refresh(member, router);
      virtualMac(member, router);
      for (VirtualAddress address : router.allAddresses()) {
        String device = address.device();
        bursts.compute(
            device == null ? router.interfaceName() : device,
            (name, burst) ->
                (burst == null ? new Burst(member.place(router), 0, 0) : burst)
                    .with(router.announcements().repeat()));
      }
    }
    bursts.forEach(this::burst);
  }

  private void refresh(Member member, VirtualRouterConfig router) {
    if (router.announcements().refresh().isZero()) {
      findings.warn(
          CloudRule.NO_GARP_REFRESH,
          member.place(router),
          router.name(),
          "the addresses are announced at the takeover only: if the cloud drops or delays that,"
              + " nothing moves them later",
          "add garp_master_refresh 5");
    }
  }

  private void virtualMac(Member member, VirtualRouterConfig router) {
    if (router.virtualMac().isPresent()) {
      findings.error(
          CloudRule.VIRTUAL_MAC,
          member.place(router, "use_vmac"),
          router.name(),
          "announcements would name a virtual MAC address; the cloud drops all that do not name the"
              + " interface's own",
          "remove use_vmac");
    }
  }

  private void burst(String interfaceName, Burst burst) {
    if (burst.addresses() > ADDRESSES_AT_EASE && burst.frames() > burst.addresses()) {
      findings.warn(
          CloudRule.GARP_BURST,
          burst.place(),
          interfaceName,
          "%d addresses on one interface send %d announcements at once; the cloud limits them by"
                  .formatted(burst.addresses(), burst.frames())
              + " interface and moves the rest late",
          "set vrrp_garp_master_repeat 1, or keep to "
              + ADDRESSES_AT_EASE
              + " addresses an interface");
    }
  }
}
