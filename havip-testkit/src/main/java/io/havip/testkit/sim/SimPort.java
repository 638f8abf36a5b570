package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import io.havip.spi.ReceivedAdvert;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A VRRP socket: receives into the kernel's queue, from which the process reads when it runs. */
final class SimPort implements AdvertPort {

  /** Fills the buffer after delivery, so that a receiver that kept it notices. */
  private static final byte USED = 0x5a;

  private final SimProcess process;
  private final Engine engine;
  private final Nic nic;
  private final IpFamily family;
  private final AdvertReceiver receiver;
  private final Set<IpAddress> groups = new HashSet<>();
  private final int header;
  private byte[] buffer;
  private int waiting;
  private boolean closed;

  SimPort(SimProcess process, Nic nic, IpFamily family, AdvertReceiver receiver) {
    this.process = process;
    this.nic = nic;
    this.family = family;
    this.receiver = receiver;
    engine = process.engine();
    header = family == IpFamily.IPV4 ? Datagram.IPV4_HEADER : 0;
    buffer = new byte[256];
  }

  @Override
  public void join(IpAddress group) {
    if (!process.acts("join " + group)) {
      return;
    }
    if (!group.isMulticast() || group.family() != family) {
      throw new PlatformException("join " + group + ": it is not a group of " + family);
    }
    if (!closed) {
      groups.add(group);
    }
  }

  @Override
  public void send(
      IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {
    if (hopLimit < 1 || hopLimit > 255) {
      throw new IllegalArgumentException("a hop limit is 1 to 255, not " + hopLimit);
    }
    if (source.family() != family || destination.family() != family) {
      throw new IllegalArgumentException(
          source + " > " + destination + " cannot be sent by a socket for " + family);
    }
    byte[] copy = Arrays.copyOf(message, length);
    if (closed || !process.acts("send")) {
      return;
    }
    String failure = refusal(source, length);
    if (failure != null) {
      failed(destination, failure);
      return;
    }
    Datagram datagram = new Datagram(source, destination, hopLimit, copy);
    Watch watch = engine.watch();
    if (watch != null) {
      watch.sent(nic.owner, copy);
    }
    if (!engine.trace.on()) {
      nic.send(datagram);
      return;
    }
    long cause = engine.cause();
    engine.because(engine.note(nic.owner, TraceKind.SEND, datagram.describe()));
    nic.send(datagram);
    engine.because(cause);
  }

  @Override
  public void close() {
    shut();
  }

  void shut() {
    closed = true;
    groups.clear();
    nic.close(this);
  }

  boolean takes(Datagram datagram, boolean group) {
    return datagram.destination.family() == family
        && (!group || groups.contains(datagram.destination));
  }

  /** The kernel received a packet for this socket. */
  void arrived(Datagram datagram) {
    long now = process.kernel().now();
    if (process.idle()) {
      deliver(datagram, now);
    } else if (waiting == process.kernel().host().receiveQueue()) {
      if (engine.trace.on()) {
        engine.note(nic.owner, TraceKind.DROP, "receive queue is full: " + datagram.describe());
      }
    } else {
      waiting++;
      long cause = engine.cause();
      process.arrived(() -> read(datagram, now, cause));
    }
  }

  private void read(Datagram datagram, long receivedAt, long cause) {
    waiting--;
    if (closed) {
      return;
    }
    engine.because(cause);
    if (engine.trace.on()) {
      long waited = process.kernel().now() - receivedAt;
      engine.because(
          engine.note(
              nic.owner, TraceKind.READ, datagram.describe() + ", waited " + Times.text(waited)));
    }
    deliver(datagram, receivedAt);
  }

  private void deliver(Datagram datagram, long receivedAt) {
    int length = datagram.message.length;
    if (buffer.length < header + length) {
      buffer = new byte[header + length];
    }
    System.arraycopy(datagram.message, 0, buffer, header, length);
    ReceivedAdvert received =
        new ReceivedAdvert(
            datagram.source,
            datagram.destination,
            datagram.hopLimit,
            receivedAt,
            buffer,
            header,
            length);
    try {
      receiver.received(received);
    } catch (Throwable thrown) {
      engine.error(nic.owner, "received()", thrown);
    } finally {
      Arrays.fill(buffer, header, header + length, USED);
    }
  }

  private void failed(IpAddress destination, String cause) {
    Outcome.Failed failure =
        new Outcome.Failed("send to " + destination + " on " + nic.name(), cause, "");
    if (engine.trace.on()) {
      engine.note(nic.owner, TraceKind.DROP, failure.describe());
    }
    process.arrived(() -> {
      if (!closed) {
        receiver.sendFailed(destination, failure);
      }
    });
  }

  private @Nullable String refusal(IpAddress source, int length) {
    if (process.kernel().host().refuses(Operation.SEND)) {
      return "EPERM (operation not permitted)";
    }
    if (!nic.present()) {
      return "ENODEV (no such device)";
    }
    if (!nic.up()) {
      return "ENETDOWN (network is down)";
    }
    if (!process.kernel().has(source)) {
      return "EADDRNOTAVAIL (cannot assign requested address)";
    }
    int ip = family == IpFamily.IPV4 ? Datagram.IPV4_HEADER : Datagram.IPV6_HEADER;
    return ip + length > nic.mtu() ? "EMSGSIZE (message too long)" : null;
  }
}
