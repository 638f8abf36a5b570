package io.havip.vpc;

import io.havip.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A public address. Bound to a HAVIP it leads to the HAVIP's holder, whoever that is at the moment;
 * while there is none, it is idle, and clouds bill that.
 *
 * @param id names it
 * @param publicAddress the address clients outside use
 * @param havip the HAVIP it is bound to, or null
 */
public record ElasticIp(ElasticIpId id, IpAddress publicAddress, @Nullable HavipId havip) {

  /**
   * The same with another binding.
   *
   * @param newHavip the HAVIP, or null
   * @return the changed copy
   */
  public ElasticIp withHavip(@Nullable HavipId newHavip) {
    return new ElasticIp(id, publicAddress, newHavip);
  }
}
