package io.havip.testkit.scenario;

import io.havip.net.IpAddress;

/**
 * A station that uses the addresses of the group.
 *
 * @param name names it in steps, different from all other stations
 * @param address its own, of the segment
 */
public record Client(String name, IpAddress address) {

  /** Checks the name. */
  public Client {
    Names.require(name);
  }
}
