package io.havip.core.node;

import io.havip.HavipConfigException;
import io.havip.HavipEvent;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel;
import io.havip.spi.Link;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The addresses of one router on this host: bound, announced, put back when lost. */
final class Holding {

  /**
   * After a refused address the router stays out of the election for so long before it tries again.
   */
  private static final long RETRY_NANOS = 10_000_000_000L;

  private VirtualRouterConfig config;
  private final Platform platform;
  private final Events events;
  private final Dependencies dependencies;
  private final RouterCounters counters;
  private final FailureReports failures;
  private final Runnable faultChanged;
  private final Timers.Deadline retry;
  private final Removals removals;
  private List<VirtualAddress> addresses;
  private final @Nullable VirtualInterface virtual;
  private final Acceptance acceptance;

  /** Addresses that an owner's interface has by itself: they are never taken off. */
  private final Set<IpAddress> own = new HashSet<>();

  private final Set<VirtualAddress> bound = new LinkedHashSet<>();

  private @Nullable String fault;

  Holding(
      VirtualRouterConfig config,
      Platform platform,
      Events events,
      Dependencies dependencies,
      RouterCounters counters,
      Runnable faultChanged,
      Consumer<Outcome.Failed> refused) {
    this.dependencies = dependencies;
    this.counters = counters;
    this.config = config;
    this.platform = platform;
    this.events = events;
    this.faultChanged = faultChanged;
    failures = new FailureReports(config.name(), events, refused);
    retry = platform.timers().newDeadline(this::tryAgain);
    removals = new Removals(platform, this::remove);
    addresses = local(config);
    virtual = VirtualInterface.of(config, platform, failures);
    acceptance = new Acceptance(platform.addresses());
  }

  /**
   * Makes the interface with the virtual MAC address, if one is wanted and that below it exists.
   *
   * @throws io.havip.HavipException if that is not possible here
   */
  void openVirtual() {
    if (virtual != null && platform.links().find(config.interfaceName()).isPresent()) {
      virtual.open();
    }
  }

  /**
   * Before the first advert of an ACTIVE member, and when something about the interface changed.
   */
  void raiseVirtual() {
    if (virtual != null && virtual.raise() instanceof Outcome.Failed failed) {
      failures.report(failed);
      raise(failed);
    }
  }

  /** After the last advert. */
  void lowerVirtual() {
    if (virtual != null) {
      virtual.lower();
    }
  }

  /** Where multicast adverts leave, or null for the interface of the group. */
  AdvertChannel.@Nullable AdvertPort virtualPort() {
    return virtual == null ? null : virtual.port();
  }

  /** The interface that multicast adverts leave from. */
  String advertInterface() {
    return virtual == null ? config.interfaceName() : virtual.name();
  }

  /** Why the addresses cannot be held at present. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /**
   * An address found at the start was left behind by a process that died, for this process holds
   * the reservation: it goes, unless this member owns it.
   *
   * @throws HavipConfigException if it is the only address of its interface: then it is the host's
   *     own, and taking it off would cut the host off
   * @throws io.havip.HavipPlatformException if packets to the addresses are to be refused and the
   *     host cannot do that
   */
  void clearLeftovers() {
    Required.done(config, acceptance.settle(config));
    checkLeftovers(addresses);
    for (VirtualAddress address : addresses) {
      if (present(address).isPresent()) {
        if (config.owner()) {
          own.add(address.address());
        } else {
          warnOfLeftover(address);
          remove(address);
        }
      }
    }
  }

  private void warnOfLeftover(VirtualAddress address) {
    events.publish(
        new HavipEvent.Warning(
            events.now(),
            config.name(),
            "%s was on %s at the start, left behind by a process that died; it is taken off"
                .formatted(address.address(), device(address))));
  }

  /**
   * Only looks.
   *
   * @param candidates addresses that this router is to have
   * @throws HavipConfigException if one is the only address of its interface
   */
  void checkLeftovers(List<VirtualAddress> candidates) {
    for (VirtualAddress address : candidates) {
      Link link = present(address).orElse(null);
      if (link != null && !config.owner() && !hasAnother(link, address, candidates)) {
        throw new HavipConfigException(
            "virtual router \"%s\": %s is the host's own address on %s; give the group another"
                    .formatted(config.name(), address.address(), link.name())
                + " address, or use priority 255 if this host owns it");
      }
    }
  }

  private Optional<Link> present(VirtualAddress address) {
    return platform.links().find(device(address)).filter(l -> l.has(address.address()));
  }

  private static List<VirtualAddress> local(VirtualRouterConfig config) {
    return config.localAddresses() ? config.allAddresses() : List.of();
  }

  /** The first half of another address list: takes off what is not in it any more. */
  void release(VirtualRouterConfig next) {
    List<VirtualAddress> kept = local(next);
    for (VirtualAddress address : List.copyOf(bound)) {
      if (!kept.contains(address)) {
        bound.remove(address);
        if (!own.contains(address.address())) {
          remove(address);
        }
      }
    }
    config = next;
    addresses = kept;
  }

  /**
   * The second half: binds and announces what is new, or takes off what a dead process left of it.
   *
   * @param holding whether the router holds its addresses
   */
  void acquire(boolean holding) {
    if (!settleAcceptance()) {
      return;
    }
    List<VirtualAddress> added = addresses.stream().filter(a -> !bound.contains(a)).toList();
    if (!holding) {
      added.stream().filter(a -> present(a).isPresent()).forEach(this::remove);
      return;
    }
    bind(added);
    if (bound.containsAll(added)) {
      announce(added, config.announcements().repeat());
    }
  }

  private boolean hasAnother(Link link, VirtualAddress than, List<VirtualAddress> candidates) {
    return link.sources(than.address().family())
        .filter(source -> !dependencies.isVirtual(source))
        .anyMatch(source -> candidates.stream().noneMatch(a -> a.address().equals(source)));
  }

  /** Binds all or none: what could be bound before one was refused is taken off again. */
  void bind() {
    bind(addresses);
  }

  private boolean settleAcceptance() {
    if (acceptance.settle(config) instanceof Outcome.Failed failed) {
      failures.report(failed);
      raise(failed);
      return false;
    }
    return true;
  }

  private void bind(List<VirtualAddress> wanted) {
    if (!settleAcceptance()) {
      return;
    }
    for (VirtualAddress address : wanted) {
      if (config.owner() && present(address).isPresent()) {
        own.add(address.address()); // of an interface that was not there at the start
      }
      switch (platform.addresses().add(device(address), address)) {
        case Outcome.Done done -> {
          bound.add(address);
          removals.forget(address);
          events.publish(
              new HavipEvent.AddressBound(events.now(), config.name(), address, device(address)));
        }
        case Outcome.Failed failed -> {
          failures.report(failed);
          unbind();
          raise(failed);
          return;
        }
      }
    }
  }

  /**
   * Asks whether anybody else answers for the addresses. The first speaks for all, since a member
   * binds and releases them together; the question leaves on the interface of the group also if
   * they are to stand on another one that is made for them.
   */
  void probe(long until, NeighborAnnouncer.ProbeListener listener) {
    VirtualAddress first = config.addresses().getFirst();
    String device = first.deviceOr(config.interfaceName());
    platform.announcer().probe(device, first.address(), until, listener);
  }

  void unbind() {
    List<VirtualAddress> held = List.copyOf(bound);
    bound.clear();
    held.forEach(a -> dependencies.pacer(device(a)).forget(a.address()));
    held.stream().filter(a -> !own.contains(a.address())).forEach(this::remove);
  }

  /**
   * Announces every bound address, now or as fast as the spacing allows.
   *
   * @param repeat how many times each, at least 1
   */
  void announce(int repeat) {
    announce(bound, repeat);
  }

  private void announce(Collection<VirtualAddress> announced, int repeat) {
    List<VirtualAddress> atOnce = new ArrayList<>(announced.size());
    for (VirtualAddress address : announced) {
      Duration spacing = config.announcements().spacing(address.address().family());
      if (spacing.isZero()) {
        atOnce.add(address);
      } else {
        String device = device(address);
        dependencies
            .pacer(device)
            .announce(address.address(), repeat, spacing, a -> announce(device, a));
      }
    }
    if (atOnce.size() == 1) {
      VirtualAddress only = atOnce.getFirst();
      announce(device(only), only.address(), repeat);
      return;
    }
    for (int round = 0; round < repeat; round++) {
      atOnce.forEach(a -> announce(device(a), a.address()));
    }
  }

  private void announce(String device, IpAddress address, int times) {
    switch (platform.announcer().announce(device, address, times)) {
      case Outcome.Done done -> counters.announcementsSent += times;
      case Outcome.Failed failed -> failures.report(failed);
    }
  }

  private void announce(String device, IpAddress address) {
    switch (platform.announcer().announce(device, address)) {
      case Outcome.Done done -> counters.announcementsSent++;
      case Outcome.Failed failed -> failures.report(failed);
    }
  }

  /** Announces one address, if it is bound. */
  void announce(IpAddress wanted) {
    for (VirtualAddress address : bound) {
      if (address.address().equals(wanted)) {
        announce(device(address), wanted);
      }
    }
  }

  /** The addresses that must not outlive the process, each with its interface. */
  List<VirtualAddress> guarded() {
    return addresses.stream()
        .filter(a -> !own.contains(a.address()))
        .map(a -> a.withDevice(device(a)))
        .toList();
  }

  /** Puts an address back that someone else removed. */
  void restore(String interfaceName, VirtualAddress lost) {
    for (VirtualAddress address : List.copyOf(bound)) {
      if (address.address().equals(lost.address()) && device(address).equals(interfaceName)) {
        events.publish(
            new HavipEvent.AddressLost(events.now(), config.name(), address, interfaceName));
        switch (platform.addresses().add(interfaceName, address)) {
          case Outcome.Done done -> announce(1);
          case Outcome.Failed failed -> {
            failures.report(failed);
            raise(failed);
          }
        }
      }
    }
  }

  void stop() {
    retry.disarm();
    removals.stop();
    if (acceptance.end() instanceof Outcome.Failed failed) {
      failures.report(failed);
    }
    if (virtual != null) {
      virtual.close();
    }
  }

  private void remove(VirtualAddress address) {
    switch (platform.addresses().remove(device(address), address)) {
      case Outcome.Done done ->
          events.publish(
              new HavipEvent.AddressReleased(
                  events.now(), config.name(), address, device(address)));
      case Outcome.Failed failed -> {
        failures.report(failed);
        removals.refused(address);
      }
    }
  }

  private void raise(Outcome.Failed failed) {
    fault = failed.operation() + " failed: " + failed.cause();
    retry.arm(platform.timers().now() + RETRY_NANOS);
    faultChanged.run();
  }

  private void tryAgain() {
    fault = null;
    faultChanged.run();
  }

  private String device(VirtualAddress address) {
    return config.interfaceOf(address);
  }
}
