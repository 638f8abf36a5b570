package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Structs.Timespec;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.loop.Source;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import io.havip.spi.ReceivedAdvert;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A raw VRRP socket tied to one interface. Once that is deleted it is of no use any more, also when
 * another interface has the name.
 */
final class VrrpPort implements AdvertPort, Source {

  private static final Logger LOG = System.getLogger(VrrpPort.class.getName());

  private static final int CLOSED = -1;
  private static final byte[] NOTHING = {};
  private static final int SEND_BATCH = 64;
  private static final int SEND_ROOM = 4224;
  private static final int RECEIVE_QUEUE = 4 << 20;
  private static final int SEND_QUEUE = 1 << 20;
  private static final long SECOND = 1_000_000_000L;

  /** In a flood a drain ends with the first message that arrived after it had begun. */
  private static final int FLOOD = 1024;

  /** More than the receive queue holds: the end of a drain whatever the arrival times say. */
  private static final int MAX_PER_DRAIN = 16_384;

  private final EventLoop loop;
  private final IpFormat format;
  private final AdvertPorts.ReceiveBuffer buffer;
  private final String interfaceName;
  private final String what;
  private final AdvertReceiver receiver;
  private final Consumer<VrrpPort> onClose;
  private final Set<IpAddress> groups = new LinkedHashSet<>();
  private final IpFormat.Reception reception;

  private final Arena arena = Arena.ofConfined();
  private final MessageRing sendRing = new MessageRing(arena, SEND_BATCH, SEND_ROOM);
  private final IpAddress[] destinations = new IpAddress[SEND_BATCH];
  private int queued;
  private final Runnable way = this::warmUp;

  private int fd = CLOSED;
  private final int index;
  private boolean closed;
  private final ArrivalTimes arrivals;

  VrrpPort(
      EventLoop loop,
      IpFormat format,
      AdvertPorts.ReceiveBuffer buffer,
      IpFamily family,
      Link link,
      AdvertReceiver receiver,
      Consumer<VrrpPort> onClose) {
    this.loop = loop;
    this.format = format;
    this.buffer = buffer;
    this.receiver = receiver;
    this.onClose = onClose;
    arrivals = new ArrivalTimes(loop.now());
    interfaceName = link.name();
    index = link.index();
    what = "a raw VRRP socket for " + family + " on " + interfaceName;
    reception = new IpFormat.Reception(IpAddress.parse(family == IpFamily.IPV4 ? "0.0.0.0" : "::"));
    try {
      openSocket();
    } catch (PlatformException e) {
      arena.close();
      throw e;
    }
    loop.warmUp().take(way);
  }

  /** Takes the ways of sending and receiving with no message at all. */
  private void warmUp() {
    if (fd == CLOSED || queued > 0) {
      return;
    }
    send(reception.source, reception.destination, 1, NOTHING, 0);
    queued = 0;
    buffer.ring.offerAll();
    loop.libc().sendmmsg(fd, sendRing.headers(0), 0);
    loop.libc().recvmmsg(fd, buffer.ring.memory(), 0);
  }

  private void openSocket() {
    int opened = format.open(what, interfaceName, index);
    loop.descriptors().set(opened, what, Sys.SOL_SOCKET, Sys.SO_TIMESTAMPNS, 1);
    loop.descriptors().buffers(opened, RECEIVE_QUEUE, SEND_QUEUE);
    fd = opened;
    loop.add(this);
  }

  private void closeSocket() {
    if (fd != CLOSED) {
      loop.remove(this);
      loop.libc().close(fd);
      fd = CLOSED;
    }
  }

  @Override
  public void join(IpAddress group) {
    loop.requireLoop();
    if (closed || groups.contains(group)) {
      return;
    }
    int result = format.join(fd, index, group);
    if (result < 0 && result != -Errno.EADDRINUSE) {
      throw Descriptors.failure("joining " + group + " on " + interfaceName, -result);
    }
    groups.add(group);
  }

  @Override
  public void send(
      IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {
    loop.requireLoop();
    Objects.checkFromIndexSize(0, length, message.length);
    if (closed || fd == CLOSED || length > sendRing.dataRoom()) {
      int errno = length > sendRing.dataRoom() ? Errno.EMSGSIZE : Errno.ENODEV;
      failed(destination, errno);
      return;
    }
    enqueue(source, destination, hopLimit, message, length);
    if (queued == SEND_BATCH) {
      flush();
    }
  }

  private void enqueue(
      IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {
    int slot = queued;
    MemorySegment memory = sendRing.memory();
    format.putName(memory, sendRing.name(slot), destination, index);
    long control = format.putControl(memory, sendRing.control(slot), source, index, hopLimit);
    MemorySegment.copy(message, 0, memory, JAVA_BYTE, sendRing.data(slot), length);
    sendRing.lengths(slot, format.nameLength(), control, length);
    destinations[slot] = destination;
    queued = slot + 1;
  }

  @Override
  public void flush() {
    int sent = 0;
    while (sent < queued) {
      if (fd == CLOSED) {
        failed(destinations[sent++], Errno.ENODEV);
        continue;
      }
      int result = loop.libc().sendmmsg(fd, sendRing.headers(sent), queued - sent);
      if (result > 0) {
        sent += result;
      } else {
        // An error concerns the first message of the call; the others are tried on their own.
        failed(destinations[sent], -result);
        sent++;
      }
    }
    queued = 0;
  }

  /** Told later on the loop: the receiver is not called while it is calling. */
  private void failed(IpAddress destination, int errno) {
    String advice =
        switch (errno) {
          case Errno.EPERM, Errno.EACCES ->
              "a firewall rule of this host probably drops outgoing IP protocol 112";
          case Errno.ENODEV, Errno.ENXIO -> "the interface does not exist at present";
          case Errno.EINVAL, Errno.EADDRNOTAVAIL ->
              "the source address must be an address of this host";
          case Errno.ENETUNREACH ->
              "there is no route, or the source address is not an address of this host";
          case Errno.EMSGSIZE -> "the message does not fit";
          default -> "";
        };
    Outcome.Failed failure =
        new Outcome.Failed(
            "send to " + destination + " on " + interfaceName, Errno.describe(errno), advice);
    loop.execute(() -> {
      if (!closed) {
        receiver.sendFailed(destination, failure);
      }
    });
  }

  @Override
  public int descriptor() {
    return fd;
  }

  @Override
  public void drain(long until) {
    MessageRing ring = buffer.ring;
    int delivered = 0;
    int errors = 0;
    while (fd != CLOSED && delivered < MAX_PER_DRAIN) {
      ring.offerAll();
      long asked = loop.now();
      int count = loop.libc().recvmmsg(fd, ring.memory(), ring.count());
      if (count < 0) {
        if (count == -Errno.EAGAIN) {
          arrivals.emptyAt(asked);
          return;
        }
        // A pending error of the socket, such as ENETDOWN; reading it has cleared it.
        LOG.log(Level.DEBUG, "{0}: {1}", what, Errno.describe(-count));
        if (++errors > 2) {
          return;
        }
        continue;
      }
      deliver(ring, count, loop.now());
      delivered += count;
      if (count < ring.count()) {
        arrivals.emptyAt(asked);
        return;
      }
      if (delivered >= FLOOD && arrivals.last() > until) {
        return;
      }
    }
  }

  private void deliver(MessageRing ring, int count, long now) {
    for (int i = 0; i < count && fd != CLOSED; i++) {
      int length = ring.receivedLength(i);
      MemorySegment.copy(ring.memory(), JAVA_BYTE, ring.data(i), buffer.packet, 0, length);
      if (!format.readPacket(buffer.packet, length, ring.memory(), ring.name(i), reception)) {
        continue;
      }
      long stamp = now;
      ControlMessages control = buffer.control;
      control.start(ring.control(i), ring.receivedControlLength(i));
      while (control.advance()) {
        if (control.is(Sys.SOL_SOCKET, Sys.SO_TIMESTAMPNS, Timespec.LAYOUT.byteSize())) {
          stamp =
              ring.memory().get(JAVA_LONG, control.data() + Timespec.SEC) * SECOND
                  + ring.memory().get(JAVA_LONG, control.data() + Timespec.NSEC)
                  - loop.wallMinusMonotonic();
        } else {
          format.readControl(control, reception);
        }
      }
      long arrived = arrivals.next(stamp, now);
      try {
        receiver.received(
            new ReceivedAdvert(
                reception.source,
                reception.destination,
                reception.hopLimit,
                arrived,
                buffer.packet,
                reception.offset,
                reception.length));
      } catch (Throwable e) {
        loop.report("the receiver of " + interfaceName, e);
      }
    }
  }

  @Override
  public void close() {
    loop.requireLoop();
    if (closed) {
      return;
    }
    flush();
    closed = true;
    loop.warmUp().forget(way);
    closeSocket();
    arena.close();
    onClose.accept(this);
  }
}
