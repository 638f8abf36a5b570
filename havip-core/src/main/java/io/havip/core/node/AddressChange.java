package io.havip.core.node;

import io.havip.net.IpAddress;
import io.havip.spi.Link.LinkAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The stretch in which the addresses of an interface differ between two looks at it.
 *
 * <p>Mostly there is one address more or less among many: what both lists begin and end with is
 * compared, but neither copied nor collected.
 *
 * @param before the stretch at the first look
 * @param now the stretch at the second
 */
record AddressChange(List<LinkAddress> before, List<LinkAddress> now) {

  static AddressChange between(List<LinkAddress> before, List<LinkAddress> now) {
    int shorter = Math.min(before.size(), now.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    return new AddressChange(
        before.subList(head, before.size() - tail), now.subList(head, now.size() - tail));
  }

  /** {@return whether all addresses but those are the same, and in the same order} */
  boolean only(Predicate<IpAddress> those) {
    return without(before, those).equals(without(now, those));
  }

  private static List<LinkAddress> without(List<LinkAddress> all, Predicate<IpAddress> those) {
    return all.stream().filter(a -> !those.test(a.address())).toList();
  }

  /** {@return the addresses that came or went} */
  Set<IpAddress> moved() {
    Set<IpAddress> came = addresses(now);
    Set<IpAddress> moved = addresses(before);
    came.forEach(address -> {
      if (!moved.remove(address)) {
        moved.add(address);
      }
    });
    return moved;
  }

  private static Set<IpAddress> addresses(List<LinkAddress> of) {
    Set<IpAddress> addresses = new HashSet<>();
    of.forEach(a -> addresses.add(a.address()));
    return addresses;
  }
}
