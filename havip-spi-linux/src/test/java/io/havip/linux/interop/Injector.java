package io.havip.linux.interop;

import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.FenceOptions;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformOptions;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.testkit.lab.LabHost;
import io.havip.wire.VrrpCodec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that sends whatever VRRP messages a test wants, again and again. */
final class Injector implements AutoCloseable {

  private final LinuxPlatform platform;
  private final LabHost host;
  private final List<Stream> streams = new CopyOnWriteArrayList<>();
  private final Map<IpFamily, AdvertPort> ports = new EnumMap<>(IpFamily.class);

  /** Messages to one destination, until it is ended. */
  final class Stream {
    private final IpAddress source;
    private final IpAddress destination;
    private final int hopLimit;
    private final byte[] message;
    private final long period;
    private final Timers.Deadline deadline;
    private long next;

    private Stream(
        IpAddress source, IpAddress destination, int hopLimit, byte[] message, Duration period) {
      this.source = source;
      this.destination = destination;
      this.hopLimit = hopLimit;
      this.message = message;
      this.period = period.toNanos();
      deadline = platform.timers().newDeadline(this::send);
      next = platform.timers().now();
    }

    private void send() {
      ports.get(source.family()).send(source, destination, hopLimit, message, message.length);
      next += period;
      deadline.arm(next);
    }

    void end() {
      platform.execute(deadline::disarm);
    }
  }

  private static final class Deaf implements AdvertReceiver {
    @Override
    public void received(ReceivedAdvert message) {}

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      throw new AssertionError(failure.describe());
    }
  }

  Injector(LabHost host) {
    this.host = host;
    platform =
        LinuxPlatform.open(
            new PlatformOptions(host.name(), FenceOptions.NONE),
            NetworkNamespace.threads(host.namespace()));
    for (IpFamily family : IpFamily.values()) {
      platform.execute(
          () -> ports.put(family, platform.adverts().open(LabHost.INTERFACE, family, new Deaf())));
    }
  }

  /** Starts to send a fault to a group, or to one member where the fault is just that. */
  Stream start(Fault fault, Spec group, LabHost member, Duration period) {
    IpFamily family = group.family();
    IpAddress source = address(host, family);
    IpAddress destination =
        fault == Fault.UNICAST_IN_A_MULTICAST_GROUP
            ? address(member, family)
            : family == IpFamily.IPV4 ? VrrpCodec.GROUP_IPV4 : VrrpCodec.GROUP_IPV6;
    byte[] message =
        fault.message(
            group.vrid(),
            IpAddress.parse(group.vip()).toBytes(),
            source.toBytes(),
            destination.toBytes());
    Stream stream = new Stream(source, destination, fault.hopLimit(), message, period);
    streams.add(stream);
    platform.execute(stream::send);
    return stream;
  }

  /**
   * Sends one message from an address of the host; returns the time just before.
   *
   * @param source perhaps the address of another host, if {@link #poseAs} was called for it
   */
  long say(String source, String destination, byte[] message) {
    IpAddress from = IpAddress.parse(source);
    IpAddress to = IpAddress.parse(destination);
    long at = System.nanoTime();
    platform.execute(
        () -> ports.get(from.family()).send(from, to, VrrpCodec.TTL, message, message.length));
    return at;
  }

  /** Makes the host able to speak in the name of another one, for which it does not answer. */
  void poseAs(LabHost other) {
    host.exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/eth0/arp_ignore");
    host.exec("ip", "addr", "add", other.address() + "/32", "dev", "lo");
  }

  /** The source of what it sends. */
  IpAddress address(IpFamily family) {
    return address(host, family);
  }

  /** The address that VRRP uses on a host. */
  private static IpAddress address(LabHost host, IpFamily family) {
    return IpAddress.parse(family == IpFamily.IPV4 ? host.address() : Scene.linkLocal(host));
  }

  @Override
  public void close() {
    streams.forEach(Stream::end);
    platform.close();
  }
}
