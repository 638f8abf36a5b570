package io.havip.linux.internal.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.SockaddrNl;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Sets the lifetimes of addresses anew, on a worker: each request waits for the kernel's lock about
 * interfaces, which others may hold for seconds, and the loop must not wait with it.
 *
 * <p>The kernel would make an address that is not there. So a request is sent under a lock that the
 * removal of its address takes too, and not at all if the worker came to it late.
 */
final class Renewals {

  private enum Use {
    IDLE,
    BUSY,
    CLOSED
  }

  private static final int ROOM = 4096;

  private final Executor workers;
  private final LongSupplier clock;
  private final int fd;
  private final Libc loopLibc;
  private final AtomicReference<Use> use = new AtomicReference<>(Use.IDLE);
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * What is bound, and the request that renews it. Changed on the loop under {@link #lock}; the
   * loop looks at it without, for a worker may hold the lock as long as the kernel takes.
   */
  private final Map<IpAddress, byte[]> requests = new ConcurrentHashMap<>();

  /**
   * Opens the socket in the network namespace of the loop.
   *
   * @param workers where requests are sent
   */
  Renewals(EventLoop loop, Executor workers) {
    this.workers = workers;
    clock = loop::now;
    loopLibc = loop.libc();
    String what = "the rtnetlink socket for lifetimes";
    fd = loop.descriptors().socket(what, Sys.AF_NETLINK, Sys.SOCK_RAW, Sys.NETLINK_ROUTE);
  }

  /** From now on the address may be renewed by this request. */
  void put(IpAddress address, byte[] request) {
    lock.lock();
    try {
      requests.put(address, request);
    } finally {
      lock.unlock();
    }
  }

  /** The address is about to be removed: when this returns it will not be renewed any more. */
  void remove(IpAddress address) {
    lock.lock();
    try {
      requests.remove(address);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Renews those of the addresses that are bound, soon; not if that is under way. No worker is
   * woken if none is bound, as before the first advert of a takeover.
   *
   * @param until when a request may be sent at the latest
   */
  void renew(Collection<IpAddress> addresses, long until) {
    if (Collections.disjoint(requests.keySet(), addresses)) {
      return;
    }
    List<IpAddress> wanted = List.copyOf(addresses);
    workers.execute(() -> {
      if (use.compareAndSet(Use.IDLE, Use.BUSY)) {
        try (Arena arena = Arena.ofConfined()) {
          new Sender(arena).send(wanted, until);
        } finally {
          if (!use.compareAndSet(Use.BUSY, Use.IDLE)) {
            close(fd);
          }
        }
      }
    });
  }

  private static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      new Libc(arena).close(fd);
    }
  }

  /** The memory of one worker. */
  private final class Sender {
    private final Libc libc;
    private final MemorySegment data;
    private final MemorySegment kernel;

    Sender(Arena arena) {
      libc = new Libc(arena);
      data = arena.allocate(ROOM);
      kernel = arena.allocate(SockaddrNl.LAYOUT);
      kernel.set(JAVA_SHORT, SockaddrNl.FAMILY, (short) Sys.AF_NETLINK);
    }

    void send(List<IpAddress> wanted, long until) {
      for (IpAddress address : wanted) {
        lock.lock();
        try {
          byte[] request = requests.get(address);
          if (request != null && clock.getAsLong() < until) {
            MemorySegment.copy(request, 0, data, JAVA_BYTE, 0, request.length);
            libc.sendto(fd, data, request.length, kernel);
            // What the kernel refuses shows in the addresses of the host.
            libc.recvfrom(fd, data, MemorySegment.NULL, MemorySegment.NULL);
          }
        } finally {
          lock.unlock();
        }
      }
    }
  }

  /** Closes the socket, or leaves that to the worker that is using it. */
  void close() {
    if (use.getAndSet(Use.CLOSED) == Use.IDLE) {
      loopLibc.close(fd);
    }
  }
}
