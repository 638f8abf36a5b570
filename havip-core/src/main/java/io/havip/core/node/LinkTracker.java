package io.havip.core.node;

import io.havip.HavipEvent;
import io.havip.core.tracking.CheckState.Health;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows one interface for all that depend on it. */
final class LinkTracker implements LinkMonitor.LinkListener {

  /** Depends on an interface. */
  interface Dependent {

    /**
     * The interface changed, in more than the virtual addresses that routers here put on it; {@link
     * LinkTracker#link()} shows how it is now.
     */
    void linkChanged();

    /** {@return the virtual addresses of which {@link #virtualChanged} is to tell} */
    default Stream<IpAddress> virtualAddresses() {
      return Stream.empty();
    }

    /**
     * Nothing of the interface changed but virtual addresses that routers here put on it, one of
     * its own among them.
     */
    default void virtualChanged() {}

    /** The interface can be used again, or has another MAC address. */
    default void reconnected() {}

    /**
     * Someone else removed an address that a node had bound there.
     *
     * @param interfaceName the interface
     * @param address the address
     */
    default void addressLost(String interfaceName, VirtualAddress address) {}
  }

  private final String name;
  private final Events events;
  private final boolean reported;
  private final Predicate<IpAddress> virtual;
  private final List<Dependent> dependents = new ArrayList<>();
  private final Map<IpAddress, List<Dependent>> byAddress = new HashMap<>();
  private final LinkMonitor.Watch watch;
  private @Nullable Link link;

  /**
   * Begins to follow.
   *
   * @param reported whether its ups and downs are events
   * @param virtual tells the addresses that come and go with a router's role
   */
  LinkTracker(
      String name,
      Platform platform,
      Events events,
      boolean reported,
      Predicate<IpAddress> virtual) {
    this.virtual = virtual;
    this.name = name;
    this.reported = reported;
    this.events = events;
    // Watched before it is looked up: a change between the two is then reported, never lost.
    watch = platform.links().watch(name, this);
    link = platform.links().find(name).orElse(null);
  }

  void add(Dependent dependent) {
    dependents.add(dependent);
    dependent
        .virtualAddresses()
        .forEach(a -> byAddress.computeIfAbsent(a, key -> new ArrayList<>()).add(dependent));
  }

  void forgetDependents() {
    dependents.clear();
    byAddress.clear();
  }

  boolean needed() {
    return !dependents.isEmpty();
  }

  void close() {
    watch.close();
  }

  /** The interface as last reported; empty while it does not exist. */
  Optional<Link> link() {
    return Optional.ofNullable(link);
  }

  Health health() {
    return isUp(link) ? Health.WELL : Health.FAILED;
  }

  /** What keeps the interface from being used, as a clause. */
  String condition() {
    return "interface " + name + (link == null ? " does not exist" : " is down");
  }

  @Override
  public void changed(Link now) {
    boolean wasUp = isUp(link);
    boolean existed = link != null;
    boolean sameMac = link == null || link.mac().equals(now.mac());
    Link before = link;
    link = now;
    if (before != null && sameBut(before, now)) {
      AddressChange change = AddressChange.between(before.addresses(), now.addresses());
      if (change.only(virtual)) {
        tellOwners(change.moved());
        return;
      }
    }
    if (wasUp != now.up() || !existed) {
      report(now.up(), now.up() ? "is up" : "is down");
    }
    List.copyOf(dependents).forEach(Dependent::linkChanged);
    if (now.up() && !(wasUp && sameMac)) {
      List.copyOf(dependents).forEach(Dependent::reconnected);
    }
  }

  private static boolean sameBut(Link one, Link other) {
    return one.index() == other.index()
        && one.up() == other.up()
        && one.mtu() == other.mtu()
        && one.mac().equals(other.mac());
  }

  /**
   * A thousand routers that take over put a thousand addresses on an interface: each hears of its
   * own, for otherwise each would look at everything it depends on a thousand times.
   */
  private void tellOwners(Set<IpAddress> moved) {
    Set<Dependent> owners = new HashSet<>();
    moved.forEach(a -> owners.addAll(byAddress.getOrDefault(a, List.of())));
    if (owners.size() == 1) {
      owners.forEach(Dependent::virtualChanged);
      return;
    }
    List.copyOf(dependents).stream().filter(owners::contains).forEach(Dependent::virtualChanged);
  }

  @Override
  public void gone() {
    link = null;
    report(false, "does not exist any more");
    List.copyOf(dependents).forEach(Dependent::linkChanged);
  }

  @Override
  public void addressLost(VirtualAddress address) {
    List.copyOf(dependents).forEach(d -> d.addressLost(name, address));
  }

  private static boolean isUp(@Nullable Link link) {
    return link != null && link.up();
  }

  private void report(boolean up, String detail) {
    if (reported) {
      events.publish(new HavipEvent.LinkChanged(events.now(), name, up, detail));
    }
  }
}
