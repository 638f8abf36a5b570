package io.havip.core.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.Instance;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.ResourceId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules once more, written as the list of everything that is wrong with a command, by looking
 * through all there is and without a thought for speed or order.
 */
final class Oracle {

  private final VpcState s;
  private final Set<String> wrong = new TreeSet<>();

  private Oracle(VpcState state) {
    s = state;
  }

  /** The names of all rules that forbid a command. */
  static Set<String> violated(VpcState state, VpcCommand command) {
    Oracle oracle = new Oracle(state);
    oracle.judge(command);
    return oracle.wrong;
  }

  private void judge(VpcCommand command) {
    switch (command) {
      case VpcCommand.CreateVpc c -> isNew(c.vpc().id());
      case VpcCommand.SetMulticast c -> exists(c.vpc());
      case VpcCommand.DeleteVpc c -> {
        exists(c.vpc());
        no("vpc-has-subnet", s.subnets().values().stream().anyMatch(x -> x.vpc().equals(c.vpc())));
      }
      case VpcCommand.CreateSubnet c -> createSubnet(c.subnet());
      case VpcCommand.DeleteSubnet c -> {
        exists(c.subnet());
        no("subnet-has-havip", havips().stream().anyMatch(h -> h.subnet().equals(c.subnet())));
        no("subnet-has-interface", enis().stream().anyMatch(e -> e.subnet().equals(c.subnet())));
      }
      case VpcCommand.CreatePlacementGroup c -> isNew(c.group().id());
      case VpcCommand.DeletePlacementGroup c -> {
        exists(c.group());
        no(
            "placement-group-has-member",
            s.instances().values().stream().anyMatch(i -> c.group().equals(i.placementGroup())));
      }
      case VpcCommand.PutSecurityGroup c -> {}
      case VpcCommand.LaunchInstance c -> {
        isNew(c.instance());
        if (c.placementGroup() != null) {
          exists(c.placementGroup());
          for (Instance i : s.instances().values()) {
            no(
                "physical-host-shared",
                c.placementGroup().equals(i.placementGroup())
                    && i.physicalHost().equals(c.physicalHost()));
          }
        }
        createInterface(c.networkInterface(), c.subnet(), c.mac().bits(), c.address());
      }
      case VpcCommand.StartInstance c -> exists(c.instance());
      case VpcCommand.StopInstance c -> exists(c.instance());
      case VpcCommand.TerminateInstance c -> {
        exists(c.instance());
        no("instance-in-drift-range", havips().stream().anyMatch(h -> lists(h, c.instance())));
        no(
            "instance-has-interface",
            enis().stream().anyMatch(e -> at(e, c.instance()) && !e.attachment().primary()));
      }
      case VpcCommand.CreateInterface c ->
          createInterface(c.networkInterface(), c.subnet(), c.mac().bits(), c.address());
      case VpcCommand.AttachInterface c -> {
        exists(c.networkInterface());
        exists(c.instance());
        NetworkInterface e = s.interfaces().get(c.networkInterface());
        if (e != null) {
          no("interface-attached", e.attachment() != null);
          no(
              "instance-in-other-vpc",
              enis().stream()
                  .anyMatch(x -> at(x, c.instance()) && !vpc(x.subnet()).equals(vpc(e.subnet()))));
        }
      }
      case VpcCommand.DetachInterface c -> {
        exists(c.networkInterface());
        NetworkInterface e = s.interfaces().get(c.networkInterface());
        no("interface-not-attached", e != null && e.attachment() == null);
        no(
            "primary-interface-stays",
            e != null && e.attachment() != null && e.attachment().primary());
        no(
            "interface-in-drift-range",
            havips().stream().anyMatch(h -> lists(h, c.networkInterface())));
      }
      case VpcCommand.DeleteInterface c -> {
        exists(c.networkInterface());
        NetworkInterface e = s.interfaces().get(c.networkInterface());
        no("interface-attached", e != null && e.attachment() != null);
      }
      case VpcCommand.SetSecurityGroups c -> {
        exists(c.networkInterface());
        c.groups().forEach(this::exists);
      }
      case VpcCommand.AssignAddress c -> {
        exists(c.networkInterface());
        NetworkInterface to = s.interfaces().get(c.networkInterface());
        if (to != null) {
          NetworkInterface from =
              enis().stream()
                  .filter(e ->
                      c.steal()
                          && c.address() != null
                          && !e.equals(to)
                          && e.has(c.address())
                          && vpc(e.subnet()).equals(vpc(to.subnet())))
                  .findFirst()
                  .orElse(null);
          if (from != null) {
            move(from, to, c.address());
          } else {
            free(s.subnets().get(to.subnet()), c.address());
          }
        }
      }
      case VpcCommand.UnassignAddress c -> {
        exists(c.networkInterface());
        NetworkInterface e = s.interfaces().get(c.networkInterface());
        if (e != null) {
          secondary(e, c.address());
        }
      }
      case VpcCommand.MigrateAddress c -> {
        exists(c.from());
        exists(c.to());
        NetworkInterface from = s.interfaces().get(c.from());
        NetworkInterface to = s.interfaces().get(c.to());
        if (from != null && to != null) {
          move(from, to, c.address());
        }
      }
      case VpcCommand.AllocateHavip c -> {
        isNew(c.havip());
        exists(c.subnet());
        name(c.name());
        Subnet subnet = s.subnets().get(c.subnet());
        if (subnet != null) {
          no(
              "havip-quota-reached",
              havips().stream().filter(h -> vpc(h.subnet()).equals(subnet.vpc())).count() >= 2);
          members(subnet, c.driftRange());
          free(subnet, c.address());
        }
      }
      case VpcCommand.RenameHavip c -> {
        exists(c.havip());
        name(c.name());
      }
      case VpcCommand.ReleaseHavip c -> {
        exists(c.havip());
        Havip h = s.havips().get(c.havip());
        no("havip-held", h != null && h.holder() != null);
        no("havip-has-elastic-ip", eips().stream().anyMatch(e -> c.havip().equals(e.havip())));
      }
      case VpcCommand.AddDriftMembers c -> changeMembers(c.havip(), c.members(), true);
      case VpcCommand.RemoveDriftMembers c -> changeMembers(c.havip(), c.members(), false);
      case VpcCommand.Announce c -> announce(c);
      case VpcCommand.UnbindHolder c -> exists(c.havip());
      case VpcCommand.AllocateElasticIp c -> {
        isNew(c.elasticIp());
        no(
            "public-address-in-use",
            eips().stream().anyMatch(e -> e.publicAddress().equals(c.publicAddress())));
      }
      case VpcCommand.ReleaseElasticIp c -> {
        exists(c.elasticIp());
        ElasticIp e = s.elasticIps().get(c.elasticIp());
        no("elastic-ip-bound", e != null && e.havip() != null);
      }
      case VpcCommand.BindElasticIp c -> {
        exists(c.elasticIp());
        exists(c.havip());
        ElasticIp e = s.elasticIps().get(c.elasticIp());
        no("elastic-ip-bound", e != null && e.havip() != null);
        no("havip-has-elastic-ip", eips().stream().anyMatch(x -> c.havip().equals(x.havip())));
      }
      case VpcCommand.UnbindElasticIp c -> {
        exists(c.elasticIp());
        ElasticIp e = s.elasticIps().get(c.elasticIp());
        no("elastic-ip-not-bound", e != null && e.havip() == null);
      }
    }
  }

  private void createSubnet(Subnet wanted) {
    exists(wanted.vpc());
    isNew(wanted.id());
    Cidr block = wanted.cidr();
    if (s.vpcs().containsKey(wanted.vpc())) {
      no(
          "block-outside-vpc",
          s.vpcs().get(wanted.vpc()).blocks().stream()
              .noneMatch(b -> b.contains(block.first()) && b.contains(block.last())));
    }
    no("block-too-small", block.size().intValue() > 0 && block.size().intValue() < 4);
    for (Subnet x : s.subnets().values()) {
      no(
          "block-overlaps",
          x.vpc().equals(wanted.vpc())
              && (x.cidr().contains(block.first()) || block.contains(x.cidr().first())));
    }
  }

  private void createInterface(InterfaceId id, SubnetId subnet, long mac, IpAddress address) {
    isNew(id);
    exists(subnet);
    if (s.subnets().containsKey(subnet)) {
      no(
          "mac-in-use",
          enis().stream()
              .anyMatch(e -> e.mac().bits() == mac && vpc(e.subnet()).equals(vpc(subnet))));
      free(s.subnets().get(subnet), address);
    }
  }

  private void announce(VpcCommand.Announce c) {
    exists(c.networkInterface());
    NetworkInterface e = s.interfaces().get(c.networkInterface());
    if (e == null) {
      return;
    }
    no("sender-spoofed", !e.mac().equals(c.sender()));
    no("interface-not-attached", e.attachment() == null);
    Havip h =
        havips().stream()
            .filter(x -> x.address().equals(c.address()) && vpc(x.subnet()).equals(vpc(e.subnet())))
            .findFirst()
            .orElse(null);
    no("not-havip", h == null);
    if (h != null) {
      no("havip-of-other-subnet", !h.subnet().equals(e.subnet()));
      boolean listed =
          lists(h, e.id()) || (e.attachment() != null && lists(h, e.attachment().instance()));
      no("outside-drift-range", !(h.driftRange() instanceof DriftRange.Open) && !listed);
    }
  }

  private void changeMembers(HavipId id, DriftRange members, boolean add) {
    exists(id);
    Havip h = s.havips().get(id);
    if (h == null) {
      return;
    }
    no(
        "drift-range-unchecked",
        h.driftRange() instanceof DriftRange.Open || members instanceof DriftRange.Open);
    Set<Class<?>> kinds = new HashSet<>();
    list(h.driftRange()).forEach(m -> kinds.add(m.getClass()));
    list(members).forEach(m -> kinds.add(m.getClass()));
    no("drift-range-mixed", kinds.size() > 1);
    if (add) {
      members(s.subnets().get(h.subnet()), members);
    }
    no("drift-range-too-long", list(members).size() > 2);
    for (ResourceId m : list(members)) {
      no(add ? "member-present" : "member-absent", lists(h, m) == add);
    }
  }

  private void members(Subnet subnet, DriftRange range) {
    no("drift-range-too-long", list(range).size() > 2);
    for (ResourceId m : list(range)) {
      exists(m);
      List<NetworkInterface> reach = new ArrayList<>();
      for (NetworkInterface e : enis()) {
        if (e.id().equals(m)) {
          no("interface-not-attached", e.attachment() == null);
          no("primary-interface-in-range", e.attachment() != null && e.attachment().primary());
        }
        if ((e.id().equals(m) || (m instanceof InstanceId i && at(e, i)))
            && e.subnet().equals(subnet.id())) {
          reach.add(e);
        }
      }
      no("member-outside-subnet", reach.isEmpty());
    }
  }

  private void move(NetworkInterface from, NetworkInterface to, IpAddress address) {
    secondary(from, address);
    no("interfaces-in-different-subnets", !from.subnet().equals(to.subnet()));
  }

  private void secondary(NetworkInterface from, IpAddress address) {
    no("primary-address-stays", from.primaryAddress().equals(address));
    no("address-not-assigned", !from.has(address));
  }

  private void free(Subnet subnet, IpAddress address) {
    int size = subnet.cidr().size().intValue();
    if (address == null) {
      boolean some = false;
      for (int i = 2; i < size - 1; i++) {
        some |= owners(subnet.vpc(), subnet.cidr().address(i)) == 0;
      }
      no("subnet-exhausted", !some);
      return;
    }
    no("address-outside-subnet", !subnet.cidr().contains(address));
    for (int i : new int[] {0, 1, size - 1}) {
      no("address-reserved", subnet.cidr().address(i).equals(address));
    }
    no("address-in-use", owners(subnet.vpc(), address) > 0);
  }

  private long owners(VpcId vpc, IpAddress address) {
    return enis().stream().filter(e -> vpc(e.subnet()).equals(vpc) && e.has(address)).count()
        + havips().stream()
            .filter(h -> vpc(h.subnet()).equals(vpc) && h.address().equals(address))
            .count();
  }

  private void name(String name) {
    no("havip-name-length", name.isEmpty() || name.length() > 60);
  }

  private void exists(ResourceId id) {
    no("not-found", !ids().contains(id));
  }

  private void isNew(ResourceId id) {
    no("id-in-use", ids().contains(id));
  }

  private Set<ResourceId> ids() {
    Set<ResourceId> all = new HashSet<>(s.vpcs().keySet());
    all.addAll(s.subnets().keySet());
    all.addAll(s.placementGroups().keySet());
    all.addAll(s.securityGroups().keySet());
    all.addAll(s.instances().keySet());
    all.addAll(s.interfaces().keySet());
    all.addAll(s.havips().keySet());
    all.addAll(s.elasticIps().keySet());
    return all;
  }

  private void no(String rule, boolean broken) {
    if (broken) {
      wrong.add(rule);
    }
  }

  private List<NetworkInterface> enis() {
    return List.copyOf(s.interfaces().values());
  }

  private List<Havip> havips() {
    return List.copyOf(s.havips().values());
  }

  private List<ElasticIp> eips() {
    return List.copyOf(s.elasticIps().values());
  }

  private VpcId vpc(SubnetId subnet) {
    return s.subnets().get(subnet).vpc();
  }

  private static boolean at(NetworkInterface e, InstanceId instance) {
    return e.attachment() != null && e.attachment().instance().equals(instance);
  }

  private static boolean lists(Havip havip, ResourceId member) {
    return list(havip.driftRange()).contains(member);
  }

  private static Set<? extends ResourceId> list(DriftRange range) {
    return switch (range) {
      case DriftRange.Instances r -> r.members();
      case DriftRange.Interfaces r -> r.members();
      case DriftRange.Open r -> Set.of();
      case DriftRange.Empty r -> Set.of();
    };
  }
}
