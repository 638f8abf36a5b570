package io.havip.linux.internal.netlink;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.Ipv6Address;
import io.havip.spi.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces and addresses of the host as the kernel's messages tell them. Pure: the same
 * messages make the same table.
 *
 * <p>An IPv6 address that is still being checked for duplicates, or failed the check, is kept out
 * of the links it makes: the host neither answers for it nor sends from it.
 */
final class LinkTable {

  private static final int UP = Rtnetlink.IFF_UP | Rtnetlink.IFF_RUNNING | Rtnetlink.IFF_LOWER_UP;

  private final Map<Integer, Entry> byIndex = new HashMap<>();
  private long losses;

  private static final class Entry {
    NetlinkMessage.LinkPresent link;
    final List<NetlinkMessage.AddressPresent> addresses = new ArrayList<>();
    @Nullable Link made;
    Link bare;

    Entry(NetlinkMessage.LinkPresent link) {
      this.link = link;
      bare = make(link, List.of());
    }
  }

  /** Grows whenever an address may have gone or become unusable. */
  long losses() {
    return losses;
  }

  void clear() {
    losses++;
    byIndex.clear();
  }

  /** Takes in one message; those that are not about links and addresses change nothing. */
  void apply(NetlinkMessage message) {
    switch (message) {
      case NetlinkMessage.LinkPresent link -> {
        Entry entry = byIndex.computeIfAbsent(link.index(), index -> new Entry(link));
        entry.link = link;
        entry.made = null;
        entry.bare = make(link, List.of());
      }
      case NetlinkMessage.LinkGone link -> {
        losses++;
        byIndex.remove(link.index());
      }
      case NetlinkMessage.AddressPresent address -> {
        Entry entry = byIndex.get(address.index());
        if (entry != null) {
          add(entry.addresses, address);
          losses += usable(address) ? 0 : 1;
          entry.made = null;
        }
      }
      case NetlinkMessage.AddressGone gone -> {
        losses++;
        Entry entry = byIndex.get(gone.index());
        if (entry != null) {
          entry.addresses.removeIf(
              a -> a.address().equals(gone.address()) && a.prefixLength() == gone.prefixLength());
          entry.made = null;
        }
      }
      case NetlinkMessage.Answer _,
          NetlinkMessage.DumpEnd _,
          NetlinkMessage.DumpInterrupted _,
          NetlinkMessage.Route _,
          NetlinkMessage.Other _ -> {}
    }
  }

  /** Puts an address where the kernel has it, so that the order is that of a dump. */
  private static void add(
      List<NetlinkMessage.AddressPresent> addresses, NetlinkMessage.AddressPresent address) {
    for (int i = 0; i < addresses.size(); i++) {
      NetlinkMessage.AddressPresent old = addresses.get(i);
      if (old.address().equals(address.address()) && old.prefixLength() == address.prefixLength()) {
        if (secondary(old) == secondary(address)) {
          addresses.set(i, address);
          return;
        }
        addresses.remove(i);
        break;
      }
    }
    addresses.add(place(addresses, address), address);
  }

  /**
   * IPv4 ({@code inet_insert_ifa}): secondaries last, primaries behind the last primary of the same
   * or a wider scope. IPv6 ({@code ipv6_link_dev_addr}): wider scopes first, the newest last within
   * its scope as in Linux 6.18 (older kernels have it first). IPv4 comes before IPv6, as in a dump.
   */
  private static int place(
      List<NetlinkMessage.AddressPresent> addresses, NetlinkMessage.AddressPresent address) {
    IpFamily family = address.address().family();
    int end = 0;
    int afterPrimaries = 0;
    for (int i = 0; i < addresses.size(); i++) {
      NetlinkMessage.AddressPresent other = addresses.get(i);
      boolean four = other.address().family() == IpFamily.IPV4;
      if (family == IpFamily.IPV4 && four) {
        end = i + 1;
        if (!secondary(other) && address.scope() <= other.scope()) {
          afterPrimaries = end;
        }
      } else if (family == IpFamily.IPV6) {
        end = i + 1;
        if (!four && reach(other.address()) < reach(address.address())) {
          return i;
        }
      }
    }
    return family == IpFamily.IPV4 && !secondary(address) ? afterPrimaries : end;
  }

  private static boolean secondary(NetlinkMessage.AddressPresent address) {
    return (address.flags() & Rtnetlink.IFA_F_SECONDARY) != 0
        && address.address().family() == IpFamily.IPV4;
  }

  /** How far an IPv6 address reaches, in the numbers of RFC 4291 section 2.7. */
  private static int reach(IpAddress address) {
    if (address.isLoopback()) {
      return 1;
    }
    if (address.isLinkLocal()) {
      return 2;
    }
    boolean siteLocal = address instanceof Ipv6Address six && six.high() >>> 54 == 0xfec0 >>> 6;
    return siteLocal ? 5 : 14;
  }

  /** The interface of that name, or null. */
  @Nullable Link find(String name) {
    for (Entry entry : byIndex.values()) {
      if (entry.link.name().equals(name)) {
        return link(entry);
      }
    }
    return null;
  }

  /**
   * The interface of that name without its addresses, or null. To make one with addresses takes the
   * longer the more there are, and this is asked for once for each of them.
   */
  @Nullable Link bare(String name) {
    for (Entry entry : byIndex.values()) {
      if (entry.link.name().equals(name)) {
        return entry.bare;
      }
    }
    return null;
  }

  /** The number of the interface of that name, 0 if there is none. */
  int index(String name) {
    for (Entry entry : byIndex.values()) {
      if (entry.link.name().equals(name)) {
        return entry.link.index();
      }
    }
    return 0;
  }

  /** Whether the interface of that number carries an address that can be used. */
  boolean has(int index, IpAddress address) {
    Entry entry = byIndex.get(index);
    if (entry == null) {
      return false;
    }
    for (NetlinkMessage.AddressPresent present : entry.addresses) {
      if (present.address().equals(address) && usable(present)) {
        return true;
      }
    }
    return false;
  }

  /** The prefix lengths under which the interface of that number carries an address. */
  List<Integer> prefixLengths(int index, IpAddress address) {
    Entry entry = byIndex.get(index);
    return entry == null
        ? List.of()
        : entry.addresses.stream()
            .filter(present -> present.address().equals(address))
            .map(NetlinkMessage.AddressPresent::prefixLength)
            .toList();
  }

  /** Every interface in the order of the numbers. */
  List<Link> all() {
    return byIndex.values().stream()
        .map(LinkTable::link)
        .sorted(Comparator.comparingInt(Link::index))
        .toList();
  }

  private static Link link(Entry entry) {
    Link made = entry.made;
    if (made == null) {
      List<Link.LinkAddress> addresses = new ArrayList<>(entry.addresses.size());
      for (NetlinkMessage.AddressPresent address : entry.addresses) {
        if (usable(address)) {
          addresses.add(new Link.LinkAddress(address.address(), address.prefixLength()));
        }
      }
      made = make(entry.link, addresses);
      entry.made = made;
    }
    return made;
  }

  private static Link make(NetlinkMessage.LinkPresent link, List<Link.LinkAddress> addresses) {
    return new Link(
        link.name(),
        link.index(),
        link.mac(),
        (link.flags() & UP) == UP,
        (link.flags() & Rtnetlink.IFF_LOOPBACK) != 0,
        link.mtu(),
        addresses);
  }

  private static boolean usable(NetlinkMessage.AddressPresent address) {
    int flags = address.flags();
    boolean unchecked =
        (flags & Rtnetlink.IFA_F_TENTATIVE) != 0 && (flags & Rtnetlink.IFA_F_OPTIMISTIC) == 0;
    return address.address().family() == IpFamily.IPV4
        || (!unchecked && (flags & Rtnetlink.IFA_F_DADFAILED) == 0);
  }
}
