package io.havip.core.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.HavipStatus;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.PhysicalHost;
import io.havip.vpc.PlacementGroup;
import io.havip.vpc.PlacementGroupId;
import io.havip.vpc.SecurityGroup;
import io.havip.vpc.SecurityGroupId;
import io.havip.vpc.Subnet;
import io.havip.vpc.SubnetId;
import io.havip.vpc.VpcId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule by an example. */
class VpcRulesTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(10);
  private static final VpcId VPC = new VpcId("vpc-1");
  private static final SubnetId SUBNET = new SubnetId("subnet-1");
  private static final SubnetId OTHER = new SubnetId("subnet-2");
  private static final HavipId HAVIP = new HavipId("havip-1");
  private static final InstanceId A = new InstanceId("a");
  private static final InstanceId B = new InstanceId("b");
  private static final InstanceId C = new InstanceId("c");
  private static final InterfaceId EXTRA = new InterfaceId("extra");
  private static final ElasticIpId EIP = new ElasticIpId("eip-1");
  private static final DriftRange OPEN = new DriftRange.Open();

  private VpcState state = VpcState.empty(VpcLimits.DEFAULT);

  VpcRulesTest() {
    accept(VpcCommand.createVpc("vpc-1", "10.0.0.0/16"));
    accept(subnet("subnet-1", "10.0.1.0/24"));
    accept(subnet("subnet-2", "10.0.2.0/24"));
    accept(new VpcCommand.CreatePlacementGroup(new PlacementGroup(group(), "apart")));
    accept(launch(A, "host-1", SUBNET, 1, "10.0.1.7"));
    accept(launch(B, "host-2", SUBNET, 2, "10.0.1.8"));
    accept(launch(C, "host-3", OTHER, 3, "10.0.2.7"));
    accept(new VpcCommand.CreateInterface(EXTRA, SUBNET, new MacAddress(9), null));
  }

  private static PlacementGroupId group() {
    return new PlacementGroupId("ps-1");
  }

  private static VpcCommand subnet(String id, String block) {
    return new VpcCommand.CreateSubnet(new Subnet(new SubnetId(id), VPC, id, Cidr.parse(block)));
  }

  private static VpcCommand launch(
      InstanceId id, String host, SubnetId subnet, int mac, String address) {
    return new VpcCommand.LaunchInstance(
        id,
        new PhysicalHost(host),
        group(),
        eni(id),
        subnet,
        new MacAddress(mac),
        IpAddress.parse(address));
  }

  private static InterfaceId eni(InstanceId instance) {
    return new InterfaceId("eni-" + instance);
  }

  private static VpcCommand allocate(String id, String address, DriftRange range) {
    IpAddress wanted = address == null ? null : IpAddress.parse(address);
    return new VpcCommand.AllocateHavip(new HavipId(id), id, SUBNET, wanted, range, T0);
  }

  private static VpcCommand announce(InterfaceId from, int mac, String address) {
    return new VpcCommand.Announce(from, new MacAddress(mac), IpAddress.parse(address), T1);
  }

  private void accept(VpcCommand command) {
    state = VpcRules.apply(state, command).orElseThrow();
  }

  private VpcRefusal refusal(VpcCommand command) {
    return ((VpcResult.Refused) VpcRules.apply(state, command)).refusal();
  }

  private void havip() {
    accept(allocate("havip-1", "10.0.1.50", OPEN));
  }

  private void eip() {
    accept(new VpcCommand.AllocateElasticIp(EIP, IpAddress.parse("203.0.113.9")));
    accept(new VpcCommand.BindElasticIp(EIP, HAVIP));
  }

  @Test
  void subnetsDoNotOverlap() {
    assertThat(refusal(subnet("subnet-3", "10.0.1.128/25")))
        .isEqualTo(
            new NetworkRefusal.BlockOverlaps(
                Cidr.parse("10.0.1.128/25"), SUBNET, Cidr.parse("10.0.1.0/24")));
  }

  @Test
  void subnetLiesInsideItsVpc() {
    assertThat(refusal(subnet("subnet-3", "10.1.0.0/24")).explain())
        .isEqualTo("10.1.0.0/24 is not within [10.0.0.0/16] of vpc-1: choose a block inside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.3.0/31", "10.0.3.0/32"})
  void subnetHasAUsableAddress(String block) {
    assertThat(refusal(subnet("s", block))).isInstanceOf(NetworkRefusal.BlockTooSmall.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.1.0", "10.0.1.1", "10.0.1.255"})
  void firstTwoAddressesAndTheLastAreReserved(String address) {
    assertThat(refusal(allocate("havip-1", address, OPEN)))
        .isInstanceOf(AddressRefusal.AddressReserved.class);
  }

  @Test
  void addressIsPickedFromTheLowestThatAreFree() {
    accept(allocate("havip-1", null, OPEN));
    assertThat(state.havips().get(HAVIP).address()).hasToString("10.0.1.3");
    accept(allocate("havip-2", "10.0.1.4", OPEN));
    accept(allocate("havip-3", null, OPEN));
    assertThat(state.havips().get(new HavipId("havip-3")).address()).hasToString("10.0.1.5");
  }

  @Test
  void rulesAreTheSameForIpv6() {
    VpcId six = new VpcId("vpc-6");
    SubnetId subnet = new SubnetId("subnet-6");
    accept(VpcCommand.createVpc("vpc-6", "fd00::/48"));
    accept(new VpcCommand.CreateSubnet(new Subnet(subnet, six, "six", Cidr.parse("fd00::/64"))));
    VpcCommand reserved =
        new VpcCommand.AllocateHavip(
            HAVIP, "six", subnet, IpAddress.parse("fd00::ffff:ffff:ffff:ffff"), OPEN, T0);
    assertThat(refusal(reserved)).isInstanceOf(AddressRefusal.AddressReserved.class);
    accept(new VpcCommand.AllocateHavip(HAVIP, "six", subnet, null, OPEN, T0));
    assertThat(state.havips().get(HAVIP).address()).hasToString("fd00::2");
  }

  @Test
  void addressOutsideTheSubnetIsRefused() {
    assertThat(refusal(allocate("havip-1", "10.0.2.50", OPEN)))
        .isInstanceOf(AddressRefusal.AddressOutsideSubnet.class);
  }

  @Test
  void addressThatSomebodyHasIsRefused() {
    assertThat(refusal(allocate("havip-1", "10.0.1.7", OPEN)))
        .isEqualTo(new AddressRefusal.AddressInUse(IpAddress.parse("10.0.1.7"), eni(A)));
  }

  @Test
  void vpcHasTenHavipsByDefault() {
    for (int i = 1; i <= 10; i++) {
      accept(allocate("havip-" + i, null, OPEN));
    }
    assertThat(refusal(allocate("havip-11", null, OPEN)))
        .isEqualTo(new HavipRefusal.HavipQuotaReached(VPC, 10));
    accept(new VpcCommand.ReleaseHavip(HAVIP));
    accept(allocate("havip-11", null, OPEN));
  }

  @Test
  void nameHasOneToSixtyCharacters() {
    havip();
    for (int good : new int[] {1, 60}) {
      accept(new VpcCommand.RenameHavip(HAVIP, "x".repeat(good)));
    }
    accept(new VpcCommand.RenameHavip(HAVIP, "\uD83D\uDE00".repeat(60)));
    for (int bad : new int[] {0, 61}) {
      assertThat(refusal(new VpcCommand.RenameHavip(HAVIP, "x".repeat(bad))))
          .isEqualTo(new HavipRefusal.HavipNameLength("x".repeat(bad), bad));
    }
  }

  @Test
  void membersOfAPlacementGroupRunOnDifferentHosts() {
    assertThat(refusal(launch(new InstanceId("d"), "host-1", SUBNET, 4, "10.0.1.9")))
        .isEqualTo(new InstanceRefusal.PhysicalHostShared(group(), new PhysicalHost("host-1"), A));
  }

  @Test
  void groupWhoseMembersShareAHostIsWarnedOf() {
    accept(
        new VpcCommand.LaunchInstance(
            new InstanceId("d"),
            new PhysicalHost("host-1"),
            null,
            new InterfaceId("eni-d"),
            SUBNET,
            new MacAddress(4),
            null));
    accept(allocate("havip-1", null, DriftRange.of(A, B, new InstanceId("d"))));
    assertThat(VpcAdvice.of(state))
        .singleElement()
        .satisfies(w -> assertThat(w.explain()).startsWith("[a, d], which may hold havip-1"));
    accept(new VpcCommand.RemoveDriftMembers(HAVIP, DriftRange.of(new InstanceId("d"))));
    assertThat(VpcAdvice.of(state)).isEmpty();
  }

  @Test
  void lastAcceptedAnnouncementHoldsTheHavip() {
    havip();
    assertThat(state.havips().get(HAVIP).status()).isEqualTo(HavipStatus.UNBIND);
    accept(announce(eni(A), 1, "10.0.1.50"));
    accept(announce(eni(B), 2, "10.0.1.50"));
    assertThat(state.havips().get(HAVIP).holder()).isEqualTo(eni(B));
    assertThat(state.havips().get(HAVIP).flushed()).isEqualTo(T1);
    assertThat(state.havips().get(HAVIP).status()).isEqualTo(HavipStatus.AVAILABLE);
  }

  @Test
  void announcementOfAPlainAddressIsNeverAccepted() {
    assertThat(refusal(announce(eni(A), 1, "10.0.1.8")))
        .isEqualTo(new AnnouncementRefusal.NotHavip(IpAddress.parse("10.0.1.8")));
  }

  @Test
  void announcementIsAcceptedFromTheSameSubnetOnly() {
    havip();
    assertThat(refusal(announce(eni(C), 3, "10.0.1.50")))
        .isEqualTo(new AnnouncementRefusal.HavipOfOtherSubnet(HAVIP, SUBNET, eni(C)));
  }

  @Test
  void announcementIsAcceptedFromAnAttachedInterfaceOnly() {
    havip();
    VpcCommand command = announce(EXTRA, 9, "10.0.1.50");
    assertThat(refusal(command)).isEqualTo(new InstanceRefusal.InterfaceNotAttached(EXTRA));
    accept(new VpcCommand.AttachInterface(EXTRA, A));
    accept(command);
  }

  @Test
  void announcementWithAnotherMacAddressIsRefused() {
    havip();
    assertThat(refusal(announce(eni(A), 2, "10.0.1.50")).rule()).isEqualTo("sender-spoofed");
  }

  @Test
  void whereThereIsADriftRangeOnlyItsMembersTakeTheHavip() {
    accept(allocate("havip-1", "10.0.1.50", DriftRange.of(A)));
    accept(announce(eni(A), 1, "10.0.1.50"));
    VpcCommand byB = announce(eni(B), 2, "10.0.1.50");
    assertThat(refusal(byB)).isEqualTo(new AnnouncementRefusal.OutsideDriftRange(HAVIP, eni(B)));
    accept(new VpcCommand.AddDriftMembers(HAVIP, DriftRange.of(B)));
    accept(byB);
  }

  @Test
  void rangeWithoutMembersLetsNobodyTakeTheHavip() {
    accept(allocate("havip-1", "10.0.1.50", new DriftRange.Empty()));
    assertThat(refusal(announce(eni(A), 1, "10.0.1.50")))
        .isInstanceOf(AnnouncementRefusal.OutsideDriftRange.class);
  }

  @Test
  void driftRangeIsOfOneKind() {
    accept(allocate("havip-1", "10.0.1.50", DriftRange.of(A)));
    accept(new VpcCommand.AttachInterface(EXTRA, B));
    VpcCommand mixed = new VpcCommand.AddDriftMembers(HAVIP, DriftRange.of(EXTRA));
    assertThat(refusal(mixed)).isInstanceOf(HavipRefusal.DriftRangeMixed.class);
    accept(new VpcCommand.RemoveDriftMembers(HAVIP, DriftRange.of(A)));
    accept(mixed);
    assertThat(state.havips().get(HAVIP).driftRange()).isEqualTo(DriftRange.of(EXTRA));
  }

  @Test
  void callHasTenMembersAtMost() {
    InstanceId[] eleven = new InstanceId[11];
    for (int i = 0; i < 11; i++) {
      eleven[i] = new InstanceId("i" + i);
    }
    assertThat(refusal(allocate("havip-1", null, DriftRange.of(eleven))))
        .isEqualTo(new HavipRefusal.DriftRangeTooLong(11, 10));
  }

  @Test
  void primaryInterfaceIsNoMemberByItself() {
    assertThat(refusal(allocate("havip-1", null, DriftRange.of(eni(A)))))
        .isEqualTo(new HavipRefusal.PrimaryInterfaceInRange(eni(A), A));
  }

  @Test
  void memberIsInTheHavipsSubnet() {
    assertThat(refusal(allocate("havip-1", null, DriftRange.of(C))))
        .isEqualTo(new HavipRefusal.MemberOutsideSubnet(C, SUBNET));
  }

  @Test
  void interfaceInADriftRangeIsNotDetached() {
    accept(new VpcCommand.AttachInterface(EXTRA, A));
    accept(allocate("havip-1", null, DriftRange.of(EXTRA)));
    VpcCommand detach = new VpcCommand.DetachInterface(EXTRA);
    assertThat(refusal(detach)).isEqualTo(new InstanceRefusal.InterfaceInDriftRange(EXTRA, HAVIP));
    accept(new VpcCommand.RemoveDriftMembers(HAVIP, DriftRange.of(EXTRA)));
    accept(detach);
  }

  @Test
  void havipIsReleasedOnlyWhileNobodyHoldsIt() {
    havip();
    accept(announce(eni(A), 1, "10.0.1.50"));
    VpcCommand release = new VpcCommand.ReleaseHavip(HAVIP);
    assertThat(refusal(release)).isEqualTo(new HavipRefusal.HavipHeld(HAVIP, eni(A)));
    accept(new VpcCommand.UnbindHolder(HAVIP, T1));
    accept(release);
    assertThat(state.havips()).isEmpty();
  }

  @Test
  void subnetWithAHavipCannotGo() {
    havip();
    assertThat(refusal(new VpcCommand.DeleteSubnet(SUBNET)))
        .isEqualTo(new NetworkRefusal.SubnetHasHavip(SUBNET, HAVIP));
  }

  @Test
  void elasticIpHasOneHavipAndAHavipOneElasticIp() {
    havip();
    accept(allocate("havip-2", null, OPEN));
    eip();
    ElasticIpId second = new ElasticIpId("eip-2");
    accept(new VpcCommand.AllocateElasticIp(second, IpAddress.parse("203.0.113.10")));
    assertThat(refusal(new VpcCommand.BindElasticIp(EIP, new HavipId("havip-2"))))
        .isEqualTo(new ElasticIpRefusal.ElasticIpBound(EIP, HAVIP));
    assertThat(refusal(new VpcCommand.BindElasticIp(second, HAVIP)))
        .isEqualTo(new HavipRefusal.HavipHasElasticIp(HAVIP, EIP));
    assertThat(refusal(new VpcCommand.ReleaseHavip(HAVIP)))
        .isEqualTo(new HavipRefusal.HavipHasElasticIp(HAVIP, EIP));
    accept(new VpcCommand.UnbindElasticIp(EIP));
    accept(new VpcCommand.BindElasticIp(second, HAVIP));
  }

  @Test
  void elasticIpOfAHavipWithoutHolderIsWarnedOfAsIdle() {
    havip();
    eip();
    assertThat(VpcAdvice.of(state)).containsExactly(new VpcWarning.IdleElasticIp(EIP, HAVIP));
    accept(announce(eni(A), 1, "10.0.1.50"));
    assertThat(VpcAdvice.of(state)).isEmpty();
  }

  @Test
  void moreThanFiveHavipsOnAnInterfaceAreWarnedOf() {
    for (int i = 1; i <= 6; i++) {
      accept(allocate("havip-" + i, "10.0.1.5" + i, OPEN));
      assertThat(VpcAdvice.of(state)).isEmpty();
      accept(announce(eni(A), 1, "10.0.1.5" + i));
    }
    assertThat(VpcAdvice.of(state)).containsExactly(new VpcWarning.ManyHavips(eni(A), 6));
  }

  @Test
  void secondaryAddressMovesAndPrimaryStays() {
    IpAddress moved = IpAddress.parse("10.0.1.60");
    accept(new VpcCommand.AssignAddress(eni(A), moved, false));
    VpcCommand claim = new VpcCommand.AssignAddress(eni(B), moved, false);
    assertThat(refusal(claim)).isEqualTo(new AddressRefusal.AddressInUse(moved, eni(A)));
    accept(new VpcCommand.AssignAddress(eni(B), moved, true));
    assertThat(VpcQueries.targetOf(state, VPC, moved)).contains(eni(B));
    accept(new VpcCommand.MigrateAddress(eni(B), eni(A), moved));
    assertThat(VpcQueries.targetOf(state, VPC, moved)).contains(eni(A));
    IpAddress primary = IpAddress.parse("10.0.1.7");
    assertThat(refusal(new VpcCommand.MigrateAddress(eni(A), eni(B), primary)))
        .isEqualTo(new AddressRefusal.PrimaryAddressStays(primary, eni(A)));
  }

  @Test
  void terminatedHolderHoldsNothing() {
    havip();
    accept(announce(eni(B), 2, "10.0.1.50"));
    accept(new VpcCommand.TerminateInstance(B));
    assertThat(state.havips().get(HAVIP).holder()).isNull();
  }

  @Test
  void securityGroupAdmitsWhatARuleNames() {
    SecurityGroupId id = new SecurityGroupId("sg-1");
    IpAddress peer = IpAddress.parse("10.0.1.8");
    assertThat(VpcQueries.admits(state, eni(A), SecurityGroup.VRRP, peer)).isTrue();
    accept(
        new VpcCommand.PutSecurityGroup(
            new SecurityGroup(id, List.of(new SecurityGroup.Rule(6, Cidr.parse("10.0.0.0/16"))))));
    accept(new VpcCommand.SetSecurityGroups(eni(A), Set.of(id)));
    assertThat(VpcQueries.admits(state, eni(A), SecurityGroup.VRRP, peer)).isFalse();
    assertThat(VpcQueries.admits(state, eni(A), 6, peer)).isTrue();
    assertThat(VpcQueries.admits(state, eni(A), 6, IpAddress.parse("10.1.0.1"))).isFalse();
  }

  @Test
  void consoleShowsADashWhereThereIsNothing() {
    havip();
    assertThat(ConsoleView.of(state, HAVIP).orElseThrow().text())
        .isEqualTo(
            """
            ID           havip-1
            Name         havip-1
            Status       not bound with CVM yet
            Address      10.0.1.50
            Backend ENI  -
            Server       -
            EIP          -
            VPC          vpc-1
            Subnet       subnet-1
            Applied at   2026-01-01T00:00:00Z
            """);
    eip();
    accept(announce(eni(B), 2, "10.0.1.50"));
    ConsoleView view = ConsoleView.of(state, HAVIP).orElseThrow();
    assertThat(view.status()).isEqualTo("bound with CVM");
    assertThat(view.backendInterface()).isEqualTo("eni-b");
    assertThat(view.server()).isEqualTo("b");
    assertThat(view.elasticIp()).isEqualTo("203.0.113.9");
  }

  @Test
  void unexpectedRefusalIsAnExceptionThatNamesTheRule() {
    assertThatThrownBy(() -> accept(new VpcCommand.ReleaseHavip(HAVIP)))
        .isInstanceOf(VpcRefusedException.class)
        .hasMessage("not-found: there is no HAVIP havip-1: check the id and the region");
  }
}
