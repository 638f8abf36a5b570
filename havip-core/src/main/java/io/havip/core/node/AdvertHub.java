package io.havip.core.node;

import io.havip.HavipPlatformException;
import io.havip.NodeSnapshot;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.wire.ChecksumForm;
import io.havip.wire.Refusal;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpParse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The port that all routers of one interface and family share, and the demultiplexer by VRID. */
final class AdvertHub implements AdvertReceiver, LinkTracker.Dependent {

  /** More than an advert of 255 IPv6 addresses. */
  private static final int MAX_MESSAGE = 4096 + 64;

  private static final long RETRY_NANOS = 1_000_000_000L;

  private final String interfaceName;
  private final IpFamily family;
  private final Platform platform;
  private final LinkTracker tracker;
  private final RefusalLedger strangers;
  private final FailureReports failures;
  private final @Nullable Router[] byVrid = new @Nullable Router[256];
  private final Map<IpAddress, Router> byAddress = new HashMap<>();
  private final Set<IpAddress> groups = new LinkedHashSet<>();
  private final byte[] buffer = new byte[MAX_MESSAGE];
  private final Timers.Deadline retry;
  private @Nullable AdvertPort port;
  private @Nullable String fault;
  private int openedOnIndex;

  AdvertHub(
      String interfaceName,
      IpFamily family,
      Platform platform,
      LinkTracker tracker,
      Events events) {
    this.interfaceName = interfaceName;
    this.family = family;
    this.platform = platform;
    this.tracker = tracker;
    strangers = new RefusalLedger(interfaceName, events);
    failures = new FailureReports(interfaceName, events);
    retry = platform.timers().newDeadline(this::tryAgain);
  }

  void register(Router router, @Nullable IpAddress group) {
    byVrid[router.config().vrid()] = router;
    router.config().allAddresses().forEach(a -> byAddress.put(a.address(), router));
    if (group != null) {
      groups.add(group);
    }
  }

  void unregister(Router router) {
    byVrid[router.config().vrid()] = null;
    byAddress.values().removeIf(r -> r == router);
  }

  /** A router's addresses are others now. */
  void addressesChanged(Router router) {
    byAddress.values().removeIf(r -> r == router);
    router.config().allAddresses().forEach(a -> byAddress.put(a.address(), router));
  }

  boolean needed() {
    return Arrays.stream(byVrid).anyMatch(Objects::nonNull);
  }

  /**
   * Also receives what is sent to a group, if the port is open.
   *
   * @throws HavipPlatformException if the host refuses
   */
  void join(IpAddress group) {
    AdvertPort open = port;
    if (groups.add(group) && open != null) {
      try {
        open.join(group);
      } catch (PlatformException e) {
        groups.remove(group);
        throw new HavipPlatformException(e.getMessage(), e);
      }
    }
  }

  /**
   * Opens the port, or waits for the interface if it does not exist.
   *
   * @throws HavipPlatformException if the host refuses
   */
  void open() {
    if (tracker.link().isEmpty()) {
      return;
    }
    try {
      openPort();
    } catch (PlatformException e) {
      throw new HavipPlatformException(e.getMessage(), e);
    }
  }

  private void openPort() {
    AdvertPort opened = platform.adverts().open(interfaceName, family, this);
    try {
      groups.forEach(opened::join);
    } catch (PlatformException e) {
      opened.close();
      throw e;
    }
    port = opened;
    openedOnIndex = tracker.link().map(Link::index).orElse(0);
  }

  /** Why adverts can be neither sent nor heard at present. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  void close() {
    retry.disarm();
    AdvertPort open = port;
    if (open != null) {
      open.close();
    }
    port = null;
  }

  /** Sends one advert; does nothing while the interface is gone. */
  void send(
      VrrpAdvert advert, ChecksumForm form, IpAddress source, IpAddress destination, int hopLimit) {
    send(port, advert, form, source, destination, hopLimit);
  }

  /** Sends one advert from the given port; does nothing if there is none. */
  void send(
      @Nullable AdvertPort open,
      VrrpAdvert advert,
      ChecksumForm form,
      IpAddress source,
      IpAddress destination,
      int hopLimit) {
    if (open != null) {
      int length = VrrpCodec.encode(advert, source, destination, form, buffer, 0);
      open.send(source, destination, hopLimit, buffer, length);
    }
  }

  @Override
  public void received(ReceivedAdvert message) {
    int vrid = message.length() > 1 ? message.buffer()[message.offset() + 1] & 0xff : 0;
    Router router = byVrid[vrid];
    if (router == null) {
      stranger(message, vrid);
      return;
    }
    VrrpParse.Accepted again = router.reception().again(message);
    if (again != null) {
      router.received(again, message);
      return;
    }
    switch (parse(message, router.reception().forms())) {
      case VrrpParse.Accepted accepted -> router.received(accepted, message);
      case VrrpParse.Refused refused ->
          router.reception().refuse(message.source(), refused.refusal());
    }
  }

  private static VrrpParse parse(ReceivedAdvert message, Set<ChecksumForm> forms) {
    return VrrpCodec.parse(
        message.buffer(),
        message.offset(),
        message.length(),
        message.source(),
        message.destination(),
        forms);
  }

  /** Another group's advert is nobody's fault, unless it carries an address of one of ours. */
  private void stranger(ReceivedAdvert message, int vrid) {
    strangers.ignore(message.source(), new Refusal(RefusalReason.UNKNOWN_VRID, 0, vrid));
    if (parse(message, EnumSet.allOf(ChecksumForm.class)) instanceof VrrpParse.Accepted accepted) {
      for (IpAddress address : accepted.advert().addresses()) {
        Router claimed = byAddress.get(address);
        if (claimed != null) {
          int own = claimed.config().vrid();
          claimed
              .reception()
              .refuse(message.source(), new Refusal(RefusalReason.FOREIGN_CLAIM, own, vrid));
        }
      }
    }
  }

  /** What belonged to none of the routers here. */
  Stream<NodeSnapshot.Stranger> strangers() {
    return strangers.counts().stream().map(c -> new NodeSnapshot.Stranger(interfaceName, c));
  }

  @Override
  public void sendFailed(IpAddress destination, Outcome.Failed failure) {
    failures.report(failure);
  }

  /** An interface that was made anew under the same name needs a new port. */
  @Override
  public void linkChanged() {
    int index = tracker.link().map(Link::index).orElse(0);
    if (index == openedOnIndex) {
      return;
    }
    close();
    openedOnIndex = 0;
    fault = null;
    if (index != 0) {
      reopen();
    }
  }

  /** A router that cannot hear the others must not believe that they are gone. */
  private void reopen() {
    try {
      openPort();
      fault = null;
    } catch (PlatformException e) {
      fault = "no VRRP on " + interfaceName + ": " + e.getMessage();
      failures.report(new Outcome.Failed("reopen " + interfaceName, e.getMessage(), ""));
      retry.arm(platform.timers().now() + RETRY_NANOS);
    }
  }

  private void tryAgain() {
    reopen();
    for (Router router : byVrid) {
      if (router != null) {
        router.dependenciesChanged();
      }
    }
  }
}
