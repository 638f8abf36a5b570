package io.havip.core.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.Vpc;
import io.havip.vpc.VpcId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of what a HAVIP stands on: each by an example, in an account with two instances. */
class ResourceRulesTest {

  private static final SubnetId SUBNET = new SubnetId("subnet-1");
  private static final SubnetId TINY = new SubnetId("subnet-2");
  private static final VpcId VPC = new VpcId("vpc-1");
  private static final InstanceId ONE = new InstanceId("ins-1");
  private static final InterfaceId PRIMARY = new InterfaceId("eni-1");
  private static final InterfaceId ELSEWHERE = new InterfaceId("eni-2");
  private static final InterfaceId EXTRA = new InterfaceId("eni-4");
  private static final HavipId OPEN = new HavipId("havip-1");
  private static final HavipId RANGED = new HavipId("havip-2");
  private static final ElasticIpId EIP = new ElasticIpId("eip-1");
  private static final Instant NOW = Commands.THEN;

  private VpcState state = Commands.furnished();

  private void accept(VpcCommand command) {
    state = VpcRules.apply(state, command).orElseThrow();
  }

  private VpcRefusal refusal(VpcCommand command) {
    return ((VpcResult.Refused) VpcRules.apply(state, command)).refusal();
  }

  private static VpcCommand create(String id, SubnetId subnet, int mac, String address) {
    return new VpcCommand.CreateInterface(
        new InterfaceId(id),
        subnet,
        new MacAddress(mac),
        address == null ? null : IpAddress.parse(address));
  }

  @Test
  void idIsUsedOnce() {
    assertThat(refusal(create("eni-1", SUBNET, 77, null)))
        .isEqualTo(new VpcRefusal.IdInUse(PRIMARY));
  }

  @Test
  void vpcWithASubnetCannotGo() {
    assertThat(refusal(new VpcCommand.DeleteVpc(VPC)))
        .isEqualTo(new NetworkRefusal.VpcHasSubnet(VPC, SUBNET));
    accept(new VpcCommand.DeleteVpc(new VpcId("vpc-2")));
  }

  @Test
  void subnetWithAnInterfaceCannotGo() {
    assertThat(refusal(new VpcCommand.DeleteSubnet(TINY)))
        .isEqualTo(new NetworkRefusal.SubnetHasInterface(TINY, ELSEWHERE));
  }

  @Test
  void subnetWithoutFreeAddressGivesNone() {
    assertThat(refusal(create("new", TINY, 77, null)))
        .isEqualTo(new AddressRefusal.SubnetExhausted(TINY));
  }

  @Test
  void macAddressIsUniqueInAVpcAndFreeInAnother() {
    assertThat(refusal(create("new", SUBNET, 1, null)))
        .isEqualTo(new InstanceRefusal.MacInUse(new MacAddress(1), PRIMARY));
    SubnetId other = new SubnetId("subnet-3");
    VpcId second = new VpcId("vpc-2");
    accept(new VpcCommand.CreateSubnet(new Subnet(other, second, "x", Cidr.parse("10.0.0.0/28"))));
    accept(create("new", other, 1, "10.0.0.2"));
  }

  @Test
  void interfaceOfAnotherVpcIsNotAttached() {
    SubnetId other = new SubnetId("subnet-3");
    VpcId second = new VpcId("vpc-2");
    accept(new VpcCommand.CreateSubnet(new Subnet(other, second, "x", Cidr.parse("10.0.0.0/28"))));
    accept(create("new", other, 77, null));
    InterfaceId foreign = new InterfaceId("new");
    assertThat(refusal(new VpcCommand.AttachInterface(foreign, ONE)))
        .isEqualTo(new InstanceRefusal.InstanceInOtherVpc(ONE, VPC, foreign));
  }

  @Test
  void interfaceIsAttachedToOneInstanceAndNotDeletedWhileItIs() {
    VpcRefusal attached = new InstanceRefusal.InterfaceAttached(EXTRA, ONE);
    assertThat(refusal(new VpcCommand.AttachInterface(EXTRA, new InstanceId("ins-2"))))
        .isEqualTo(attached);
    assertThat(refusal(new VpcCommand.DeleteInterface(EXTRA))).isEqualTo(attached);
  }

  @Test
  void primaryInterfaceIsNotDetached() {
    assertThat(refusal(new VpcCommand.DetachInterface(PRIMARY)))
        .isEqualTo(new InstanceRefusal.PrimaryInterfaceStays(PRIMARY, ONE));
  }

  @Test
  void instanceWithASecondaryInterfaceIsNotTerminated() {
    assertThat(refusal(new VpcCommand.TerminateInstance(ONE)))
        .isEqualTo(new InstanceRefusal.InstanceHasInterface(ONE, EXTRA));
  }

  @Test
  void instanceInADriftRangeIsNotTerminated() {
    accept(new VpcCommand.RemoveDriftMembers(RANGED, DriftRange.of(EXTRA)));
    accept(new VpcCommand.AddDriftMembers(RANGED, DriftRange.of(ONE)));
    accept(new VpcCommand.DetachInterface(EXTRA));
    assertThat(refusal(new VpcCommand.TerminateInstance(ONE)))
        .isEqualTo(new InstanceRefusal.InstanceInDriftRange(ONE, RANGED));
    accept(new VpcCommand.RemoveDriftMembers(RANGED, DriftRange.of(ONE)));
    accept(new VpcCommand.TerminateInstance(ONE));
  }

  @Test
  void placementGroupWithAMemberCannotGo() {
    PlacementGroupId group = new PlacementGroupId("ps-1");
    assertThat(refusal(new VpcCommand.DeletePlacementGroup(group)))
        .isEqualTo(new InstanceRefusal.PlacementGroupHasMember(group, ONE));
  }

  @Test
  void addressMovesWithinItsSubnetFromTheInterfaceThatHasIt() {
    IpAddress address = IpAddress.parse("10.0.0.6");
    VpcCommand move = new VpcCommand.MigrateAddress(EXTRA, ELSEWHERE, address);
    assertThat(refusal(move)).isEqualTo(new AddressRefusal.AddressNotAssigned(address, EXTRA));
    accept(new VpcCommand.AssignAddress(EXTRA, address, false));
    assertThat(refusal(move))
        .isEqualTo(new AddressRefusal.InterfacesInDifferentSubnets(EXTRA, ELSEWHERE));
    accept(new VpcCommand.UnassignAddress(EXTRA, address));
    assertThat(VpcQueries.ownerOf(state, VPC, address)).isEmpty();
  }

  @Test
  void havipWithoutADriftRangeGetsNoMembers() {
    assertThat(refusal(new VpcCommand.AddDriftMembers(OPEN, DriftRange.of(ONE))))
        .isEqualTo(new HavipRefusal.DriftRangeUnchecked(OPEN));
  }

  @Test
  void memberIsAddedOnceAndRemovedOnce() {
    assertThat(refusal(new VpcCommand.AddDriftMembers(RANGED, DriftRange.of(EXTRA))))
        .isEqualTo(new HavipRefusal.MemberPresent(RANGED, EXTRA));
    accept(new VpcCommand.RemoveDriftMembers(RANGED, DriftRange.of(EXTRA)));
    assertThat(state.havips().get(RANGED).driftRange()).isEqualTo(new DriftRange.Empty());
    assertThat(refusal(new VpcCommand.RemoveDriftMembers(RANGED, DriftRange.of(EXTRA))))
        .isEqualTo(new HavipRefusal.MemberAbsent(RANGED, EXTRA));
  }

  @Test
  void publicAddressIsAllocatedOnce() {
    IpAddress address = IpAddress.parse("203.0.113.9");
    accept(new VpcCommand.AllocateElasticIp(EIP, address));
    ElasticIpId second = new ElasticIpId("eip-2");
    assertThat(refusal(new VpcCommand.AllocateElasticIp(second, address)))
        .isEqualTo(new ElasticIpRefusal.PublicAddressInUse(address, EIP));
  }

  @Test
  void elasticIpIsReleasedUnboundAndUnboundWhenBound() {
    accept(new VpcCommand.AllocateElasticIp(EIP, IpAddress.parse("203.0.113.9")));
    assertThat(refusal(new VpcCommand.UnbindElasticIp(EIP)))
        .isEqualTo(new ElasticIpRefusal.ElasticIpNotBound(EIP));
    accept(new VpcCommand.BindElasticIp(EIP, OPEN));
    assertThat(refusal(new VpcCommand.ReleaseElasticIp(EIP)))
        .isEqualTo(new ElasticIpRefusal.ElasticIpBound(EIP, OPEN));
    accept(new VpcCommand.UnbindElasticIp(EIP));
    accept(new VpcCommand.ReleaseElasticIp(EIP));
  }

  @Test
  void unbindingWhatNobodyHoldsChangesNothing() {
    VpcState before = state;
    accept(new VpcCommand.UnbindHolder(OPEN, NOW));
    assertThat(state).isEqualTo(before);
  }

  @Test
  void vpcsMayUseTheSameAddresses() {
    accept(
        new VpcCommand.CreateVpc(
            new Vpc(new VpcId("vpc-3"), "x", List.of(Cidr.parse("10.0.0.0/24")), false)));
    accept(
        new VpcCommand.CreateSubnet(
            new Subnet(new SubnetId("s"), new VpcId("vpc-3"), "x", Cidr.parse("10.0.0.0/29"))));
    accept(create("new", new SubnetId("s"), 1, "10.0.0.2"));
    assertThat(VpcQueries.targetOf(state, VPC, IpAddress.parse("10.0.0.2"))).contains(PRIMARY);
  }
}
