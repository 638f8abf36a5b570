package io.havip.core.vpc;

import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PhysicalHost;
import java.util.List;

/** Something that is allowed and will hurt. */
public sealed interface VpcWarning {

  /**
   * Says what is wrong and what to do.
   *
   * @return one sentence or two for a person
   */
  String explain();

  /**
   * Several members of a HAVIP's group run on one physical host, whose failure takes them all.
   *
   * @param havip the HAVIP
   * @param physicalHost the host
   * @param members the members there, at least two
   */
  record SharedPhysicalHost(HavipId havip, PhysicalHost physicalHost, List<InstanceId> members)
      implements VpcWarning {

    /** Copies the members. */
    public SharedPhysicalHost {
      members = List.copyOf(members);
    }

    @Override
    public String explain() {
      return members
          + ", which may hold "
          + havip
          + ", run on one physical host, "
          + physicalHost
          + ": use a placement group";
    }
  }

  /**
   * An elastic IP is bound to a HAVIP that nobody holds: no traffic, and the cloud bills it as
   * idle.
   *
   * @param elasticIp the elastic IP
   * @param havip the HAVIP
   */
  record IdleElasticIp(ElasticIpId elasticIp, HavipId havip) implements VpcWarning {
    @Override
    public String explain() {
      return elasticIp
          + " leads nowhere, for nobody holds "
          + havip
          + ": start the software that announces it, or unbind "
          + elasticIp;
    }
  }

  /**
   * One interface holds more HAVIPs than the cloud advises, so that a burst of announcements may
   * meet its rate limit and some addresses switch late.
   *
   * @param networkInterface the interface
   * @param count how many it holds
   */
  record ManyHavips(InterfaceId networkInterface, int count) implements VpcWarning {
    @Override
    public String explain() {
      return networkInterface
          + " holds "
          + count
          + " HAVIPs, more than the advised "
          + VpcAdvice.HAVIPS_PER_INTERFACE
          + ": announce each once instead of in bursts, or use more interfaces";
    }
  }
}
