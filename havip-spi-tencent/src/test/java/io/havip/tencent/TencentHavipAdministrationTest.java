package io.havip.tencent;

import static io.havip.tencent.fake.Scene.HAVIP;
import static io.havip.tencent.fake.Scene.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudAdministration.Allocation;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.Move;
import io.havip.tencent.fake.FakeVpcApi.Fault;
import io.havip.tencent.fake.Scene;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TencentHavipAdministrationTest {

  private static final IpAddress EIP = IpAddress.parse("203.0.113.5");

  private final Scene scene = new Scene();
  private final TencentHavipBinding binding =
      new TencentHavipBinding(scene.member("ins-a").build(), length -> {});
  private final TencentHavipAdministration havips = binding.havips();

  @AfterEach
  void stop() {
    binding.close();
    scene.close();
  }

  @Test
  void an_application_with_the_same_token_gives_the_same_address() {
    IpAddress first = Scene.done(havips.allocate(wanted(Optional.empty(), "t-1"), WITHIN));
    assertThat(Scene.done(havips.allocate(wanted(Optional.empty(), "t-1"), WITHIN)))
        .isEqualTo(first);
    assertThat(Scene.done(havips.allocate(wanted(Optional.empty(), "t-2"), WITHIN)))
        .isNotEqualTo(first);
  }

  @Test
  void after_a_lost_reply_the_same_token_finds_the_address() {
    scene.api.fault("CreateHaVip", Fault.LOSE_REPLY);
    Optional<IpAddress> address = Optional.of(IpAddress.parse("10.0.0.50"));
    assertThat(Scene.failure(havips.allocate(wanted(address, "t-1"), WITHIN)).outcome())
        .isEqualTo(CallOutcome.UNKNOWN);
    assertThat(Scene.done(havips.allocate(wanted(address, "t-1"), WITHIN)))
        .isEqualTo(address.get());
  }

  @Test
  void the_clouds_rules_for_addresses_are_typed_failures() {
    assertThat(refusal("10.0.0.9")).isEqualTo(CloudFailureKind.CONFLICT);
    assertThat(refusal("10.0.0.255")).isEqualTo(CloudFailureKind.INVALID);
    for (int i = 1; i < 10; i++) {
      Scene.done(havips.allocate(wanted(Optional.empty(), "t-" + i), WITHIN));
    }
    CloudFailure full = Scene.failure(havips.allocate(wanted(Optional.empty(), "t-10"), WITHIN));
    assertThat(full.kind()).isEqualTo(CloudFailureKind.QUOTA);
    assertThat(full.advice()).contains("quota");
    assertThat(Scene.done(havips.quota(WITHIN))).isEqualTo(10);
  }

  @Test
  void a_name_or_token_that_cannot_be_is_refused_without_a_request() {
    assertThat(kind(new Allocation("", "vpc-1", "subnet-1", Optional.empty(), true, "t")))
        .isEqualTo(CloudFailureKind.INVALID);
    assertThat(
            kind(new Allocation("x".repeat(61), "vpc-1", "subnet-1", Optional.empty(), true, "t")))
        .isEqualTo(CloudFailureKind.INVALID);
    assertThat(
            kind(new Allocation("x", "vpc-1", "subnet-1", Optional.empty(), true, "t".repeat(65))))
        .isEqualTo(CloudFailureKind.INVALID);
    assertThat(scene.api.calls()).isEmpty();
  }

  @Test
  void a_held_havip_is_not_released() {
    scene.network.announce("havip-1", "eni-b");
    CloudFailure failure = Scene.failure(havips.release(HAVIP, WITHIN));
    assertThat(failure.kind()).isEqualTo(CloudFailureKind.INCORRECT_STATE);
    assertThat(failure.describe()).contains("ins-b", "members' configuration");
    assertThat(scene.api.actions()).doesNotContain("DeleteHaVip");
  }

  @Test
  void a_havip_with_an_elastic_ip_is_not_released() {
    Scene.done(havips.associatePublicIp(HAVIP, EIP, WITHIN));
    assertThat(Scene.failure(havips.release(HAVIP, WITHIN)).describe())
        .contains("203.0.113.5", "unbind");
    assertThat(scene.network.has("havip-1")).isTrue();
  }

  @Test
  void a_release_waits_for_its_task_and_is_idempotent() {
    assertThat(Scene.done(havips.release(HAVIP, WITHIN))).isEqualTo(Move.COMPLETE);
    assertThat(scene.network.has("havip-1")).isFalse();
    assertThat(Scene.done(havips.release(HAVIP, WITHIN))).isEqualTo(Move.COMPLETE);
    assertThat(scene.api.actions()).containsOnlyOnce("DeleteHaVip");
  }

  @Test
  void an_announcement_between_look_and_release_is_respected() {
    scene.api.refuse("DeleteHaVip", "UnsupportedOperation");
    CloudFailure failure = Scene.failure(havips.release(HAVIP, WITHIN));
    assertThat(failure.kind()).isEqualTo(CloudFailureKind.INCORRECT_STATE);
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void the_drift_range_takes_ten_members_a_request_and_each_once() {
    List<CloudMember> members =
        IntStream.range(0, 23).mapToObj(i -> new CloudMember("ins-" + i, "")).toList();
    Scene.done(havips.authorise(HAVIP, members.subList(0, 3), WITHIN));
    Scene.done(havips.authorise(HAVIP, members, WITHIN));
    assertThat(scene.network.range("havip-1")).hasSize(23).doesNotHaveDuplicates();
    assertThat(scene.api.actions()).filteredOn("AssociateHaVipInstance"::equals).hasSize(3);
    Scene.done(havips.revoke(HAVIP, members.subList(1, 23), WITHIN));
    Scene.done(havips.revoke(HAVIP, members.subList(1, 23), WITHIN));
    assertThat(scene.network.range("havip-1")).containsExactly("ins-0");
  }

  @Test
  void a_drift_range_half_set_is_unknown_and_goes_on_from_there() {
    List<CloudMember> members =
        IntStream.range(0, 12).mapToObj(i -> new CloudMember("", "eni-" + i)).toList();
    Scene.done(havips.authorise(HAVIP, members.subList(0, 1), WITHIN));
    scene.api.refuse("AssociateHaVipInstance", "RequestLimitExceeded");
    assertThat(Scene.failure(havips.authorise(HAVIP, members, WITHIN)).outcome())
        .isEqualTo(CallOutcome.NOT_APPLIED);
    Scene.done(havips.authorise(HAVIP, members, WITHIN));
    assertThat(scene.network.range("havip-1")).hasSize(12);
  }

  @Test
  void instances_and_interfaces_are_not_mixed() {
    assertThat(
            Scene.failure(
                    havips.authorise(
                        HAVIP,
                        List.of(new CloudMember("ins-a", ""), new CloudMember("", "eni-b")),
                        WITHIN))
                .kind())
        .isEqualTo(CloudFailureKind.INVALID);
    assertThat(scene.api.calls()).isEmpty();
  }

  @Test
  void an_elastic_ip_is_bound_and_unbound_once() {
    Scene.done(havips.associatePublicIp(HAVIP, EIP, WITHIN));
    Scene.done(havips.associatePublicIp(HAVIP, EIP, WITHIN));
    assertThat(scene.network.field("havip-1", "AddressIp")).isEqualTo("203.0.113.5");
    assertThat(scene.api.actions()).containsOnlyOnce("HaVipAssociateAddressIp");
    Scene.done(havips.disassociatePublicIp(HAVIP, WITHIN));
    Scene.done(havips.disassociatePublicIp(HAVIP, WITHIN));
    assertThat(scene.network.field("havip-1", "AddressIp")).isEmpty();
    assertThat(scene.api.actions()).containsOnlyOnce("HaVipDisassociateAddressIp");
  }

  @Test
  void bound_already_is_done_or_a_conflict_as_looking_tells() {
    scene.api.taskPolls(0);
    scene.network.haVip("havip-2", "10.0.0.10", "subnet-1", false);
    scene.network.set("havip-2", "AddressIp", "203.0.113.5");
    CloudFailure taken = Scene.failure(havips.associatePublicIp(HAVIP, EIP, WITHIN));
    assertThat(taken.kind()).isEqualTo(CloudFailureKind.CONFLICT);
    assertThat(taken.message()).contains("BindEIP");
    scene.network.set("havip-2", "AddressIp", "203.0.113.6");
    assertThat(
            Scene.failure(havips.associatePublicIp(IpAddress.parse("10.0.0.10"), EIP, WITHIN))
                .describe())
        .contains("203.0.113.6");
  }

  @Test
  void already_unbound_by_another_is_done() {
    Scene.done(havips.associatePublicIp(HAVIP, EIP, WITHIN));
    scene.api.fault("HaVipDisassociateAddressIp", Fault.LOSE_REPLY);
    assertThat(Scene.failure(havips.disassociatePublicIp(HAVIP, WITHIN)).outcome())
        .isEqualTo(CallOutcome.UNKNOWN);
    CloudFailure busy = Scene.failure(havips.disassociatePublicIp(HAVIP, WITHIN));
    assertThat(busy.kind()).as("the lost one's task still runs").isEqualTo(CloudFailureKind.BUSY);
    scene.network.set("havip-1", "AddressIp", "");
    Scene.done(havips.disassociatePublicIp(HAVIP, WITHIN));
  }

  @Test
  void a_havip_is_renamed() {
    Scene.done(havips.rename(HAVIP, "orders", WITHIN));
    assertThat(scene.network.field("havip-1", "HaVipName")).isEqualTo("orders");
    assertThat(Scene.failure(havips.rename(IpAddress.parse("10.0.0.99"), "x", WITHIN)).kind())
        .isEqualTo(CloudFailureKind.NOT_FOUND);
    assertThat(Scene.failure(havips.rename(HAVIP, "", WITHIN)).kind())
        .isEqualTo(CloudFailureKind.INVALID);
  }

  private CloudFailureKind refusal(String address) {
    return kind(
        new Allocation(
            "n", "vpc-1", "subnet-1", Optional.of(IpAddress.parse(address)), true, address));
  }

  private CloudFailureKind kind(Allocation wanted) {
    return Scene.failure(havips.allocate(wanted, WITHIN)).kind();
  }

  private static Allocation wanted(Optional<IpAddress> address, String token) {
    return new Allocation("orders", "vpc-1", "subnet-1", address, true, token);
  }
}
