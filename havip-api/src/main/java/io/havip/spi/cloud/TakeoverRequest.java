package io.havip.spi.cloud;

import io.havip.net.IpAddress;
import java.util.Optional;

/**
 * Asks to move an address to the calling member.
 *
 * @param address the virtual address
 * @param revision the revision of the observation that the request rests on; empty if the cloud has
 *     none or the address was never described
 * @param epoch a number higher than that of every holder this member has seen, at least 1: a cloud
 *     that can keep a number with the mapping (a tag, a description) keeps it and refuses a lower
 *     one; others ignore it
 */
public record TakeoverRequest(IpAddress address, Optional<String> revision, long epoch) {

  /** Checks the range. */
  public TakeoverRequest {
    if (epoch < 1) {
      throw new IllegalArgumentException("an epoch must be at least 1, not " + epoch);
    }
  }
}
