package io.havip.linux.internal.netlink;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** A netlink message as far as this module reads it ({@code rtnetlink(7)}, {@code netlink(7)}). */
public sealed interface NetlinkMessage {

  /** Number of the request this answers, 0 for an event. */
  int sequence();

  /**
   * An interface exists and is like this.
   *
   * @param mac all zero if it has no address of six bytes
   * @param flags {@code IFF_*}
   */
  record LinkPresent(int sequence, int index, String name, MacAddress mac, int flags, int mtu)
      implements NetlinkMessage {}

  /** An interface is gone. */
  record LinkGone(int sequence, int index) implements NetlinkMessage {}

  /**
   * An address is on an interface.
   *
   * @param address the local address
   * @param flags {@code IFA_F_*}
   * @param scope {@code RT_SCOPE_*}
   */
  record AddressPresent(
      int sequence, int index, IpAddress address, int prefixLength, int flags, int scope)
      implements NetlinkMessage {}

  /** An address was taken off an interface. */
  record AddressGone(int sequence, int index, IpAddress address, int prefixLength)
      implements NetlinkMessage {}

  /**
   * The route the kernel would take.
   *
   * @param type {@code RTN_*}; 2 is a local address
   */
  record Route(int sequence, int type) implements NetlinkMessage {}

  /**
   * The kernel's answer to a request.
   *
   * @param errno 0 or a positive error number
   * @param text the kernel's own explanation, if it gave one
   */
  record Answer(int sequence, int errno, @Nullable String text) implements NetlinkMessage {}

  /**
   * The end of a dump.
   *
   * @param errno 0 or a positive error number
   * @param interrupted something changed meanwhile, the dump may lack entries
   */
  record DumpEnd(int sequence, int errno, boolean interrupted) implements NetlinkMessage {}

  /** Something changed during the dump of that number; it may lack entries. */
  record DumpInterrupted(int sequence) implements NetlinkMessage {}

  /** A message that is of no interest, or too short for its type. */
  record Other(int sequence, int type) implements NetlinkMessage {}
}
