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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that sends whatever VRRP messages a test wants, again and again. */
final class Injector implements AutoCloseable {

  private static final IpAddress GROUP = IpAddress.parse("224.0.0.18");

  private final LinuxPlatform platform;
  private final IpAddress source;
  private final List<Stream> streams = new CopyOnWriteArrayList<>();
  private AdvertPort port;

  /** Messages to one destination, until it is ended. */
  final class Stream {
    private final IpAddress destination;
    private final int hopLimit;
    private final byte[] message;
    private final long period;
    private final Timers.Deadline deadline;
    private long next;

    private Stream(IpAddress destination, int hopLimit, byte[] message, Duration period) {
      this.destination = destination;
      this.hopLimit = hopLimit;
      this.message = message;
      this.period = period.toNanos();
      deadline = platform.timers().newDeadline(this::send);
      next = platform.timers().now();
    }

    private void send() {
      port.send(source, destination, hopLimit, message, message.length);
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
    source = IpAddress.parse(host.address());
    platform =
        LinuxPlatform.open(
            new PlatformOptions(host.name(), FenceOptions.NONE),
            NetworkNamespace.threads(host.namespace()));
    platform.execute(
        () -> port = platform.adverts().open(LabHost.INTERFACE, IpFamily.IPV4, new Deaf()));
  }

  /** Starts to send a fault to a group, or to one member where the fault is just that. */
  Stream start(Fault fault, Spec group, LabHost member, Duration period) {
    IpAddress destination =
        fault == Fault.UNICAST_IN_A_MULTICAST_GROUP ? IpAddress.parse(member.address()) : GROUP;
    byte[] message =
        fault.message(
            group.vrid(),
            IpAddress.parse(group.vip()).toBytes(),
            source.toBytes(),
            destination.toBytes());
    Stream stream = new Stream(destination, fault.hopLimit(), message, period);
    streams.add(stream);
    platform.execute(stream::send);
    return stream;
  }

  @Override
  public void close() {
    streams.forEach(Stream::end);
    platform.close();
  }
}
