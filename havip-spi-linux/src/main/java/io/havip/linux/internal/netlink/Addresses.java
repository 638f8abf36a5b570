package io.havip.linux.internal.netlink;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Puts addresses on interfaces by rtnetlink and remembers them until they are off again. */
public final class Addresses implements AddressBinder {

  private static final Logger LOG = System.getLogger(Addresses.class.getName());

  /**
   * The kernel makes a new IPv6 address reachable in a work queue, after it has acknowledged it:
   * some hundred microseconds later. Waiting longer than this would harm the loop.
   */
  private static final long IPV6_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long IPV6_POLL_NANOS = 20_000;

  private final EventLoop loop;
  private final Requests requests;
  private final Links links;
  private final Reservations reservations;
  private final Renewals renewals;
  private final Map<IpAddress, Integer> lifetimes = new HashMap<>();
  private final Map<Place, Bound> bound = new LinkedHashMap<>();
  private long lossesSeen;

  private record Place(String device, IpAddress address) {}

  private record Bound(VirtualAddress address, int index) {}

  /**
   * Creates the binder.
   *
   * @param links is told of every change it makes
   * @param workers where lifetimes are renewed
   */
  public Addresses(EventLoop loop, Requests requests, Links links, Executor workers) {
    this.loop = loop;
    this.requests = requests;
    this.links = links;
    reservations = new Reservations(loop);
    renewals = new Renewals(loop, workers);
    links.afterReport(this::reportLost);
    warmUp();
  }

  /** Takes the ways of {@link #add} and {@link #remove} on an interface that cannot exist. */
  private void warmUp() {
    VirtualAddress address = VirtualAddress.parse("192.0.2.1/32");
    Place place = new Place("", address.address());
    loop.warmUp()
        .take(() -> {
          requests.addAddress(Requests.NO_INDEX, address, 1);
          bound.put(place, new Bound(address, Requests.NO_INDEX));
          links.refresh();
          showAdded(Requests.NO_INDEX, address);
          reportLost();
          requests.removeAddress(Requests.NO_INDEX, address);
          showRemoved(Requests.NO_INDEX, address);
        });
  }

  @Override
  public Outcome reserve(IpAddress address) {
    loop.requireLoop();
    return reservations.reserve(address);
  }

  @Override
  public void release(IpAddress address) {
    loop.requireLoop();
    reservations.release(address);
  }

  @Override
  public Outcome add(String interfaceName, VirtualAddress address) {
    loop.requireLoop();
    loop.flush();
    String device = address.deviceOr(interfaceName);
    int index = links.index(device);
    if (index == 0) {
      return failed("add", address, device, Errno.ENODEV, null);
    }
    int seconds = lifetimes.getOrDefault(address.address(), 0);
    NetlinkMessage.Answer answer = requests.addAddress(index, address, seconds);
    if (answer.errno() != 0 && answer.errno() != Errno.EEXIST) {
      return failed("add", address, device, answer.errno(), answer.text());
    }
    if (address.address().family() == IpFamily.IPV6) {
      awaitLocal(address.address());
    }
    bound.put(new Place(device, address.address()), new Bound(address, index));
    if (seconds != 0) {
      renewals.put(address.address(), Rtnetlink.renewAddress(0, index, address, seconds));
      if (answer.errno() == Errno.EEXIST) {
        renew(List.of(address.address()), Long.MAX_VALUE);
      }
    }
    links.refresh();
    showAdded(index, address);
    return Outcome.DONE;
  }

  /**
   * From its next addition on, the kernel removes the address by itself after a time without {@link
   * #renew}.
   *
   * @param seconds that time, or 0 for never
   */
  public void lifetime(IpAddress address, int seconds) {
    if (seconds == 0) {
      lifetimes.remove(address);
      return;
    }
    lifetimes.put(address, seconds);
    bound.forEach((place, was) -> {
      if (place.address().equals(address)) {
        renewals.put(address, Rtnetlink.renewAddress(0, was.index(), was.address(), seconds));
      }
    });
  }

  /**
   * Lets the lifetimes of those addresses begin anew that have one and are bound: soon, and without
   * holding up the loop.
   *
   * @param until the latest moment for it
   */
  public void renew(Collection<IpAddress> addresses, long until) {
    renewals.renew(addresses, until);
  }

  private void awaitLocal(IpAddress address) {
    long end = loop.now() + IPV6_WAIT_NANOS;
    while (!requests.isLocal(address) && loop.now() < end) {
      LockSupport.parkNanos(IPV6_POLL_NANOS);
    }
  }

  /** The event of an IPv6 address comes after the acknowledgement: the table must not wait. */
  private void showAdded(int index, VirtualAddress address) {
    if (!links.has(index, address.address())) {
      links.apply(
          new NetlinkMessage.AddressPresent(
              0,
              index,
              address.address(),
              address.prefixLength(),
              Rtnetlink.IFA_F_NODAD,
              address.scope().number()));
    }
  }

  private void showRemoved(int index, VirtualAddress address) {
    links.apply(
        new NetlinkMessage.AddressGone(0, index, address.address(), address.prefixLength()));
  }

  /**
   * The kernel tells addresses apart by prefix length and label too; what counts here is that the
   * host no longer answers, so the address goes under every prefix length, whatever its label.
   */
  @Override
  public Outcome remove(String interfaceName, VirtualAddress address) {
    loop.requireLoop();
    loop.flush();
    renewals.remove(address.address());
    String device = address.deviceOr(interfaceName);
    Place place = new Place(device, address.address());
    Bound was = bound.remove(place);
    int index = was != null ? was.index() : links.index(device);
    if (index == 0) {
      return Outcome.DONE;
    }
    links.refresh();
    Set<Integer> prefixLengths = new LinkedHashSet<>(List.of(address.prefixLength()));
    prefixLengths.addAll(links.prefixLengths(index, address.address()));
    for (int prefixLength : prefixLengths) {
      VirtualAddress entry =
          new VirtualAddress(address.address(), prefixLength, null, null, address.scope(), null);
      NetlinkMessage.Answer answer = requests.removeAddress(index, entry);
      switch (answer.errno()) {
        case 0, Errno.EADDRNOTAVAIL, Errno.ENODEV, Errno.ENXIO -> showRemoved(index, entry);
        default -> {
          if (was != null) {
            bound.put(place, was);
          }
          return failed("remove", address, device, answer.errno(), answer.text());
        }
      }
    }
    return Outcome.DONE;
  }

  private static Outcome failed(
      String verb, VirtualAddress address, String device, int errno, @Nullable String text) {
    String direction = verb.equals("add") ? " to " : " from ";
    String cause = Errno.describe(errno) + (text == null ? "" : ": " + text);
    String advice =
        switch (errno) {
          case Errno.EPERM, Errno.EACCES ->
              text == null
                  ? Privilege.NET_ADMIN.advice()
                  : "the kernel refuses this address here, see its message";
          case Errno.ENODEV -> "there is no interface " + device;
          case Errno.EINVAL -> "check prefix length, label, scope and broadcast address";
          default -> "";
        };
    return new Outcome.Failed(
        verb + " " + address.address() + "/" + address.prefixLength() + direction + device,
        cause,
        advice);
  }

  /** What is bound but no longer on its interface was removed by somebody else. */
  private void reportLost() {
    if (links.losses() == lossesSeen) {
      return;
    }
    lossesSeen = links.losses();
    for (Map.Entry<Place, Bound> entry : List.copyOf(bound.entrySet())) {
      Place place = entry.getKey();
      Bound was = entry.getValue();
      if (!links.has(was.index(), place.address()) && bound.remove(place, was)) {
        renewals.remove(place.address());
        links.tellLost(place.device(), was.address());
      }
    }
  }

  /** Removes every address that is still bound, and gives up all reservations. */
  public void close() {
    for (Map.Entry<Place, Bound> entry : List.copyOf(bound.entrySet())) {
      Outcome outcome = remove(entry.getKey().device(), entry.getValue().address());
      if (outcome instanceof Outcome.Failed failed) {
        LOG.log(Level.WARNING, failed.describe());
      }
    }
    renewals.close();
    reservations.releaseAll();
  }
}
