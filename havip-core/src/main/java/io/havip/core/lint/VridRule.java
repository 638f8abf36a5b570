package io.havip.core.lint;

import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** VRIDs are unique in the VPC. Routers that share an address are members of one group. */
final class VridRule {

  private record Key(IpFamily family, int vrid) {}

  private record Seen(VirtualRouterConfig router, Place place) {

    Set<IpAddress> addresses() {
      return router.addresses().stream().map(a -> a.address()).collect(Collectors.toSet());
    }
  }

  private final boolean multicast;
  private final Findings findings;
  private final Map<Key, List<Seen>> seen = new LinkedHashMap<>();

  VridRule(boolean multicast, Findings findings) {
    this.multicast = multicast;
    this.findings = findings;
  }

  void add(Member member, VirtualRouterConfig router) {
    Seen current = new Seen(router, member.place(router, "virtual_router_id"));
    List<Seen> before =
        seen.computeIfAbsent(new Key(router.family(), router.vrid()), k -> new ArrayList<>());
    before.stream()
        .filter(other -> areTwoGroups(other, current))
        .findFirst()
        .ifPresent(other -> report(other, current));
    before.add(current);
  }

  private static boolean areTwoGroups(Seen a, Seen b) {
    Set<IpAddress> shared = new HashSet<>(a.addresses());
    shared.retainAll(b.addresses());
    return shared.isEmpty();
  }

  private void report(Seen first, Seen second) {
    String what =
        "the VRID %d is that of %s too (%s), another group"
            .formatted(second.router().vrid(), first.router().name(), first.place());
    String advice = "give each group of the VPC, whatever its subnet, a VRID of its own";
    String subject = second.router().name();
    boolean hearEachOther =
        multicast && isMulticast(first.router()) && isMulticast(second.router());
    if (hearEachOther) {
      findings.error(
          CloudRule.VRID_SHARED,
          second.place(),
          subject,
          what + ": multicast reaches the whole VPC, so each group obeys the other's adverts",
          advice);
    } else {
      findings.warn(
          CloudRule.VRID_SHARED,
          second.place(),
          subject,
          what + ": they disturb each other as soon as both use multicast or share a peer",
          advice);
    }
  }

  private static boolean isMulticast(VirtualRouterConfig router) {
    return router.transport() instanceof Transport.Multicast;
  }
}
