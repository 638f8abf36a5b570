package io.havip.core.node;

import io.havip.HavipConfigException;
import io.havip.HavipException;
import io.havip.HavipPlatformException;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.VirtualMacs.VirtualLink;
import org.jspecify.annotations.Nullable;

/**
 * The interface with a router's virtual MAC address: up while the router is ACTIVE, down otherwise,
 * and the way its multicast adverts leave. Adverts are received on the interface below, where those
 * of all members arrive whether this one is up or not.
 */
final class VirtualInterface {

  private final String name;
  private final String parent;
  private final MacAddress mac;
  private final IpFamily family;
  private final boolean sends;
  private final Platform platform;
  private final FailureReports failures;
  private @Nullable VirtualLink link;
  private @Nullable AdvertPort port;
  private int raisedIndex;
  private boolean raised;

  private VirtualInterface(
      VirtualRouterConfig config,
      String name,
      boolean sends,
      Platform platform,
      FailureReports failures) {
    this.name = name;
    this.sends = sends;
    this.platform = platform;
    this.failures = failures;
    parent = config.interfaceName();
    family = config.family();
    mac = MacAddress.virtualRouter(config.vrid(), family);
  }

  /** The virtual interface a router asks for, not yet made; null if it asks for none. */
  static @Nullable VirtualInterface of(
      VirtualRouterConfig config, Platform platform, FailureReports failures) {
    return config
        .virtualMac()
        .map(wanted ->
            new VirtualInterface(
                config,
                config.virtualInterface().orElseThrow(),
                !wanted.advertsFromParent(),
                platform,
                failures))
        .orElse(null);
  }

  /**
   * Makes the interface, down; one that a dead process left behind goes first.
   *
   * @throws HavipConfigException if the platform has no virtual MAC addresses
   * @throws HavipPlatformException if the host refuses
   */
  void open() {
    try {
      link =
          platform
              .virtualMacs()
              .orElseThrow(() ->
                  new HavipConfigException(
                      "virtual MAC addresses do not exist on this platform ("
                          + platform.description()
                          + "); leave use_vmac out"))
              .open(parent, name, mac);
    } catch (PlatformException e) {
      throw new HavipPlatformException(e.getMessage(), e);
    }
  }

  /** Sets the interface up if it is not, and makes it if it is not there. */
  Outcome raise() {
    VirtualLink made = link;
    if (made == null) {
      return raiseLate();
    }
    Link now = platform.links().find(name).orElse(null);
    if (raised && now != null && now.up() && now.index() == raisedIndex) {
      return Outcome.DONE;
    }
    Outcome outcome = made.raise();
    raised = outcome instanceof Outcome.Done;
    return raised ? follow() : outcome;
  }

  /** It could not be made at the start, for which the one below may have been missing. */
  private Outcome raiseLate() {
    try {
      open();
    } catch (HavipException e) {
      return new Outcome.Failed("make " + name, String.valueOf(e.getMessage()), "");
    }
    return raise();
  }

  /** An interface that was made anew needs a new port. */
  private Outcome follow() {
    int index = platform.links().find(name).map(Link::index).orElse(0);
    boolean same = index == raisedIndex;
    raisedIndex = index;
    return !sends || (same && port != null) ? Outcome.DONE : openPort();
  }

  private Outcome openPort() {
    closePort();
    try {
      port = platform.adverts().open(name, family, new SendOnly());
      return Outcome.DONE;
    } catch (PlatformException e) {
      return new Outcome.Failed("send from " + name, e.getMessage(), "");
    }
  }

  /** Sets the interface down; what was sent before leaves before. */
  void lower() {
    VirtualLink made = link;
    if (raised && made != null) {
      raised = false;
      report(made.lower());
    }
  }

  /** Where multicast adverts leave, or null where they leave from the interface below. */
  String name() {
    return name;
  }

  @Nullable AdvertPort port() {
    return raised ? port : null;
  }

  void close() {
    lower();
    closePort();
    VirtualLink made = link;
    if (made != null) {
      link = null;
      made.close();
    }
  }

  private void closePort() {
    AdvertPort open = port;
    if (open != null) {
      open.close();
    }
    port = null;
  }

  private void report(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      failures.report(failed);
    }
  }

  /** No group is joined here, so nothing for this router arrives. */
  private final class SendOnly implements AdvertReceiver {
    @Override
    public void received(ReceivedAdvert message) {}

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      failures.report(failure);
    }
  }
}
