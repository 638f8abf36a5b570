package io.havip.linux.internal.netlink;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.HostNames;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.spi.Outcome;

/** Reservations of addresses among the processes in one network namespace. Confined to the loop. */
final class Reservations {

  private static final String PREFIX = "io.havip/address/";

  private final HostNames names;

  Reservations(EventLoop loop) {
    names = new HostNames(loop.libc(), loop.arena());
  }

  Outcome reserve(IpAddress address) {
    int errno = names.take(PREFIX + address);
    return switch (errno) {
      case 0 -> Outcome.DONE;
      case Errno.EADDRINUSE ->
          new Outcome.Failed(
              "reserve " + address,
              "another member on this host has it",
              "a host can run only one member of a group");
      default -> new Outcome.Failed("reserve " + address, Errno.describe(errno), "");
    };
  }

  void release(IpAddress address) {
    names.giveBack(PREFIX + address);
  }

  void releaseAll() {
    names.giveBackAll();
  }
}
