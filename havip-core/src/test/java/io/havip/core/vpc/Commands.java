package io.havip.core.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PhysicalHost;
import io.havip.vpc.PlacementGroup;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SecurityGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.Vpc;
import io.havip.vpc.VpcId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Commands over few ids and addresses, so that they meet each other. */
final class Commands {

  static final VpcLimits LIMITS = new VpcLimits(2, 2);
  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> BLOCKS =
      List.of(
          "10.0.0.0/29", "10.0.0.8/30", "10.0.0.0/30", "10.0.0.0/31", "10.9.0.0/24", "fd00::/126");
  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.1",
          "10.0.0.2",
          "10.0.0.3",
          "10.0.0.4",
          "10.0.0.5",
          "10.0.0.7",
          "10.0.0.10",
          "fd00::2");

  private final Random random;

  private Commands(long seed) {
    random = new Random(seed);
  }

  /** The command that a number stands for. */
  static VpcCommand of(long number) {
    return new Commands(number * 0x9e37_79b9_7f4a_7c15L).command();
  }

  /** An account with enough in it for rules to meet. */
  static VpcState furnished() {
    VpcState state = VpcState.empty(LIMITS);
    List<VpcCommand> start =
        List.of(
            new VpcCommand.CreateVpc(vpc(1)),
            new VpcCommand.CreateVpc(vpc(2)),
            new VpcCommand.CreateSubnet(subnet(1, 1, "10.0.0.0/29")),
            new VpcCommand.CreateSubnet(subnet(2, 1, "10.0.0.8/30")),
            new VpcCommand.CreatePlacementGroup(
                new PlacementGroup(new PlacementGroupId("ps-1"), "apart")),
            launch(1, 1, 1, "10.0.0.2"),
            launch(2, 2, 2, "10.0.0.10"),
            new VpcCommand.AllocateHavip(
                new HavipId("havip-1"),
                "first",
                new SubnetId("subnet-1"),
                null,
                new DriftRange.Open(),
                THEN),
            new VpcCommand.CreateInterface(
                new InterfaceId("eni-4"), new SubnetId("subnet-1"), new MacAddress(4), null),
            new VpcCommand.AttachInterface(new InterfaceId("eni-4"), new InstanceId("ins-1")),
            new VpcCommand.AllocateHavip(
                new HavipId("havip-2"),
                "second",
                new SubnetId("subnet-1"),
                null,
                DriftRange.of(new InterfaceId("eni-4")),
                THEN));
    for (VpcCommand each : start) {
      state = VpcRules.apply(state, each).orElseThrow();
    }
    return state;
  }

  static Vpc vpc(int number) {
    return new Vpc(
        new VpcId("vpc-" + number),
        "vpc",
        List.of(Cidr.parse("10.0.0.0/24"), Cidr.parse("fd00::/64")),
        false);
  }

  static Subnet subnet(int number, int vpc, String block) {
    return new Subnet(
        new SubnetId("subnet-" + number), new VpcId("vpc-" + vpc), "subnet", Cidr.parse(block));
  }

  static VpcCommand launch(int instance, int host, int subnet, String address) {
    return new VpcCommand.LaunchInstance(
        new InstanceId("ins-" + instance),
        new PhysicalHost("host-" + host),
        new PlacementGroupId("ps-1"),
        new InterfaceId("eni-" + instance),
        new SubnetId("subnet-" + subnet),
        new MacAddress(instance),
        IpAddress.parse(address));
  }

  private VpcCommand command() {
    return switch (random.nextInt(40)) {
      case 0 -> new VpcCommand.CreateVpc(vpc(number(2)));
      case 1 -> new VpcCommand.SetMulticast(new VpcId("vpc-" + number(3)), random.nextBoolean());
      case 2 -> new VpcCommand.DeleteVpc(new VpcId("vpc-" + number(2)));
      case 3, 4 -> new VpcCommand.CreateSubnet(subnet(number(3), number(3), pick(BLOCKS)));
      case 5 -> new VpcCommand.DeleteSubnet(subnetId());
      case 6 -> new VpcCommand.CreatePlacementGroup(new PlacementGroup(placementGroup(), "apart"));
      case 7 -> new VpcCommand.DeletePlacementGroup(placementGroup());
      case 8 ->
          new VpcCommand.PutSecurityGroup(
              new SecurityGroup(
                  new SecurityGroupId("sg-1"),
                  List.of(new SecurityGroup.Rule(112, Cidr.parse("10.0.0.0/8")))));
      case 9, 10, 11 ->
          new VpcCommand.LaunchInstance(
              instance(),
              new PhysicalHost("host-" + number(2)),
              random.nextBoolean() ? null : placementGroup(),
              eni(),
              subnetId(),
              new MacAddress(number(5)),
              maybe());
      case 12 -> new VpcCommand.StartInstance(instance());
      case 13 -> new VpcCommand.StopInstance(instance());
      case 14 -> new VpcCommand.TerminateInstance(instance());
      case 15, 16 ->
          new VpcCommand.CreateInterface(eni(), subnetId(), new MacAddress(number(6)), maybe());
      case 17, 18, 19 -> new VpcCommand.AttachInterface(eni(), instance());
      case 20, 21 -> new VpcCommand.DetachInterface(eni());
      case 22 -> new VpcCommand.DeleteInterface(eni());
      case 23 -> new VpcCommand.SetSecurityGroups(eni(), Set.of(new SecurityGroupId("sg-1")));
      case 24, 25 -> new VpcCommand.AssignAddress(eni(), maybe(), random.nextBoolean());
      case 26 -> new VpcCommand.UnassignAddress(eni(), address());
      case 27 -> new VpcCommand.MigrateAddress(eni(), eni(), address());
      case 28, 29, 30 ->
          new VpcCommand.AllocateHavip(havip(), name(), subnetId(), maybe(), range(), THEN);
      case 31 -> new VpcCommand.RenameHavip(havip(), name());
      case 32 -> new VpcCommand.ReleaseHavip(havip());
      case 33 -> new VpcCommand.AddDriftMembers(havip(), range());
      case 34 -> new VpcCommand.RemoveDriftMembers(havip(), range());
      case 35, 36 -> announce();
      case 37 -> new VpcCommand.UnbindHolder(havip(), THEN);
      case 38 ->
          random.nextBoolean()
              ? new VpcCommand.AllocateElasticIp(eip(), IpAddress.parse("203.0.113." + number(2)))
              : new VpcCommand.ReleaseElasticIp(eip());
      default ->
          random.nextBoolean()
              ? new VpcCommand.BindElasticIp(eip(), havip())
              : new VpcCommand.UnbindElasticIp(eip());
    };
  }

  private VpcCommand announce() {
    int from = number(6);
    MacAddress sender = new MacAddress(random.nextInt(4) == 0 ? number(6) : from);
    return new VpcCommand.Announce(
        new InterfaceId("eni-" + from), sender, address(), THEN.plusSeconds(number(99)));
  }

  private int number(int most) {
    return 1 + random.nextInt(most);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private IpAddress address() {
    return IpAddress.parse(pick(ADDRESSES));
  }

  private IpAddress maybe() {
    return random.nextInt(3) == 0 ? null : address();
  }

  private SubnetId subnetId() {
    return new SubnetId("subnet-" + number(3));
  }

  private PlacementGroupId placementGroup() {
    return new PlacementGroupId("ps-" + number(2));
  }

  private InstanceId instance() {
    return new InstanceId("ins-" + number(3));
  }

  private InterfaceId eni() {
    return new InterfaceId("eni-" + number(6));
  }

  private HavipId havip() {
    return new HavipId("havip-" + number(3));
  }

  private ElasticIpId eip() {
    return new ElasticIpId("eip-" + number(2));
  }

  private String name() {
    return "x".repeat(pick(List.of(1, 60, 0, 61, 5)));
  }

  private DriftRange range() {
    int size = number(3);
    return switch (random.nextInt(5)) {
      case 0 -> new DriftRange.Open();
      case 1 -> new DriftRange.Empty();
      case 2, 3 -> {
        Set<InstanceId> members = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
          members.add(instance());
        }
        yield new DriftRange.Instances(members);
      }
      default -> {
        List<InterfaceId> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          members.add(eni());
        }
        yield new DriftRange.Interfaces(new LinkedHashSet<>(members));
      }
    };
  }
}
