package io.havip.core.lint;

import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.Directive;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the virtual addresses and the members are in the VPC. */
final class AddressRules {

  /** The cloud keeps the first two addresses of a subnet, and the last, for itself. */
  private static final BigInteger RESERVED_AT_THE_START = BigInteger.TWO;

  private final List<Cidr> subnets;
  private final Findings findings;

  AddressRules(List<Cidr> subnets, Findings findings) {
    this.subnets = subnets;
    this.findings = findings;
  }

  void check(Member member, VirtualRouterConfig router) {
    for (VirtualAddress each : router.allAddresses()) {
      IpAddress address = each.address();
      Optional<Cidr> subnet = subnetOf(address);
      if (subnet.isEmpty()) {
        findings.error(
            CloudRule.VIP_OUTSIDE_SUBNET,
            placeOf(address, member, router),
            router.name(),
            address + " is not in " + names() + "; the cloud drops its announcements",
            "use the address of a HAVIP that was allocated from the members' subnet");
      } else if (reserved(address, subnet.get())) {
        findings.error(
            CloudRule.VIP_RESERVED,
            placeOf(address, member, router),
            router.name(),
            "%s is reserved in %s, like %s; no HAVIP can have it"
                .formatted(address, subnet.get(), othersReserved(address, subnet.get())),
            "use an address between " + usable(subnet.get()));
      }
    }
    subnetOf(router.addresses().getFirst().address())
        .ifPresent(subnet -> membersAreInside(subnet, member, router));
  }

  private void membersAreInside(Cidr subnet, Member member, VirtualRouterConfig router) {
    Transport transport = router.transport();
    IpAddress source = transport.source();
    if (source != null && !subnet.contains(source)) {
      boolean unicast = transport instanceof Transport.Unicast;
      outside(
          source,
          member.place(router, unicast ? "unicast_src_ip" : "mcast_src_ip"),
          subnet,
          router);
    }
    if (transport instanceof Transport.Unicast unicast) {
      unicast.peers().stream()
          .filter(peer -> !subnet.contains(peer))
          .forEach(peer -> outside(peer, peerPlace(peer, member, router), subnet, router));
    }
  }

  private void outside(IpAddress address, Place place, Cidr subnet, VirtualRouterConfig router) {
    findings.error(
        CloudRule.MEMBER_OUTSIDE_SUBNET,
        place,
        router.name(),
        "the member "
            + address
            + " is outside "
            + subnet
            + ", the subnet of the virtual address; the cloud drops its announcements without a"
            + " word",
        "put every member into the subnet of the HAVIP");
  }

  private Optional<Cidr> subnetOf(IpAddress address) {
    return subnets.stream().filter(subnet -> subnet.contains(address)).findFirst();
  }

  private static boolean reserved(IpAddress address, Cidr subnet) {
    return reservedIn(subnet).contains(address);
  }

  private static List<IpAddress> reservedIn(Cidr subnet) {
    List<IpAddress> reserved = new ArrayList<>();
    reserved.add(subnet.first());
    if (subnet.size().compareTo(BigInteger.ONE) > 0) {
      reserved.add(subnet.address(1));
      reserved.add(subnet.last());
    }
    return reserved;
  }

  private static String othersReserved(IpAddress address, Cidr subnet) {
    return String.join(
        " and ",
        reservedIn(subnet).stream()
            .filter(other -> !other.equals(address))
            .map(IpAddress::toString)
            .toList());
  }

  private static String usable(Cidr subnet) {
    BigInteger last = subnet.size().subtract(RESERVED_AT_THE_START);
    if (last.compareTo(RESERVED_AT_THE_START) < 0) {
      return "those of a larger subnet: this one has none to give";
    }
    return subnet.address(RESERVED_AT_THE_START) + " and " + subnet.address(last);
  }

  private String names() {
    return subnets.size() == 1
        ? "the subnet " + subnets.getFirst()
        : "any of the subnets " + String.join(", ", subnets.stream().map(Cidr::toString).toList());
  }

  /** The line of an address, or its block where the line is not that plain. */
  private static Place placeOf(IpAddress address, Member member, VirtualRouterConfig router) {
    return Stream.of("virtual_ipaddress", "virtual_ipaddress_excluded")
        .flatMap(block -> member.statements(router, block))
        .flatMap(block -> block.children().stream())
        .filter(line -> writes(line, address))
        .findFirst()
        .map(Place::of)
        .orElseGet(() -> member.place(router, "virtual_ipaddress"));
  }

  private static Place peerPlace(IpAddress peer, Member member, VirtualRouterConfig router) {
    return member
        .statements(router, "unicast_peer")
        .flatMap(block -> block.children().stream())
        .filter(line -> writes(line, peer))
        .findFirst()
        .map(Place::of)
        .orElseGet(() -> member.place(router, "unicast_peer"));
  }

  private static boolean writes(Directive line, IpAddress address) {
    return Stream.concat(Stream.of(line.keyword()), line.arguments().stream())
        .map(word -> word.indexOf('/') < 0 ? word : word.substring(0, word.indexOf('/')))
        .anyMatch(word -> isAddress(word, address));
  }

  private static boolean isAddress(String word, IpAddress address) {
    try {
      return IpAddress.parse(word).equals(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
