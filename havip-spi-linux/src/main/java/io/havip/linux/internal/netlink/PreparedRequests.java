package io.havip.linux.internal.netlink;

import io.havip.net.VirtualAddress;

/**
 * Requests for somebody who makes them later: a {@link RequestHand}, perhaps of another process.
 */
public final class PreparedRequests {

  /** No interface has the highest number, so requests about it change nothing. */
  public static final int NO_INDEX = Requests.NO_INDEX;

  private PreparedRequests() {}

  /**
   * Takes an address off an interface.
   *
   * @param index of the interface
   */
  public static byte[] removeAddress(int index, VirtualAddress address) {
    return Rtnetlink.takeAddress(index, address);
  }

  /** Removes an interface. */
  public static byte[] removeLink(int index) {
    return Rtnetlink.removeLink(0, index);
  }
}
