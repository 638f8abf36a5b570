package io.havip.core.vpc;

import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.Instance;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.PhysicalHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what the rules allow and experience advises against. */
public final class VpcAdvice {

  /** How many HAVIPs Tencent Cloud advises to hold with one interface at most. */
  public static final int HAVIPS_PER_INTERFACE = 5;

  private VpcAdvice() {}

  /**
   * Looks at everything. The group of a HAVIP is taken from its drift range; one without a range
   * has no known members, for which {@link #sharedHosts} is there.
   *
   * @param state what to look at
   * @return the warnings, in the order of what they concern
   */
  public static List<VpcWarning> of(VpcState state) {
    List<VpcWarning> warnings = new ArrayList<>();
    for (Havip havip : state.havips().values()) {
      warnings.addAll(sharedHosts(state, havip.id(), membersOf(state, havip.driftRange())));
    }
    for (ElasticIp each : state.elasticIps().values()) {
      Havip havip = each.havip() == null ? null : state.havips().get(each.havip());
      if (havip != null && havip.holder() == null) {
        warnings.add(new VpcWarning.IdleElasticIp(each.id(), havip.id()));
      }
    }
    Map<InterfaceId, Integer> held = new LinkedHashMap<>();
    for (Havip havip : state.havips().values()) {
      if (havip.holder() != null) {
        held.merge(havip.holder(), 1, Integer::sum);
      }
    }
    held.forEach((holder, count) -> {
      if (count > HAVIPS_PER_INTERFACE) {
        warnings.add(new VpcWarning.ManyHavips(holder, count));
      }
    });
    return List.copyOf(warnings);
  }

  /**
   * Finds members of a group that share a physical host.
   *
   * @param state where they are
   * @param havip the HAVIP they may hold
   * @param members the group
   * @return a warning for each host with more than one member
   */
  public static List<VpcWarning> sharedHosts(
      VpcState state, HavipId havip, Collection<InstanceId> members) {
    Map<PhysicalHost, List<InstanceId>> byHost = new LinkedHashMap<>();
    for (InstanceId member : members) {
      Instance instance = state.instances().get(member);
      if (instance != null) {
        byHost.computeIfAbsent(instance.physicalHost(), h -> new ArrayList<>()).add(member);
      }
    }
    List<VpcWarning> warnings = new ArrayList<>();
    byHost.forEach((host, there) -> {
      if (there.size() > 1) {
        warnings.add(new VpcWarning.SharedPhysicalHost(havip, host, there));
      }
    });
    return warnings;
  }

  private static Set<InstanceId> membersOf(VpcState state, DriftRange range) {
    return switch (range) {
      case DriftRange.Open open -> Set.of();
      case DriftRange.Empty empty -> Set.of();
      case DriftRange.Instances instances -> instances.members();
      case DriftRange.Interfaces interfaces -> {
        Set<InstanceId> members = new LinkedHashSet<>();
        for (InterfaceId id : interfaces.members()) {
          NetworkInterface found = state.interfaces().get(id);
          if (found != null && found.attachment() != null) {
            members.add(found.attachment().instance());
          }
        }
        yield members;
      }
    };
  }
}
