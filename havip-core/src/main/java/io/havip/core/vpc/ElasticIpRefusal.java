package io.havip.core.vpc;

import io.havip.net.IpAddress;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;

/** Rules of elastic IPs. */
public sealed interface ElasticIpRefusal extends VpcRefusal {

  /**
   * An elastic IP is bound to one HAVIP at most, and to none when it is released.
   *
   * @param elasticIp the elastic IP
   * @param havip the HAVIP it is bound to
   */
  record ElasticIpBound(ElasticIpId elasticIp, HavipId havip) implements ElasticIpRefusal {
    @Override
    public String explain() {
      return elasticIp + " is bound to " + havip + ": unbind it first";
    }
  }

  /**
   * An elastic IP is bound to nothing.
   *
   * @param elasticIp the elastic IP
   */
  record ElasticIpNotBound(ElasticIpId elasticIp) implements ElasticIpRefusal {
    @Override
    public String explain() {
      return elasticIp + " is not bound to a HAVIP: there is nothing to unbind";
    }
  }

  /**
   * Two elastic IPs would have one public address.
   *
   * @param address the address
   * @param owner the elastic IP that has it
   */
  record PublicAddressInUse(IpAddress address, ElasticIpId owner) implements ElasticIpRefusal {
    @Override
    public String explain() {
      return owner + " has the public address " + address + " already: choose another";
    }
  }
}
