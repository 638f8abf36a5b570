package io.havip.tencent;

import static io.havip.tencent.fake.Scene.PRIVATE;
import static io.havip.tencent.fake.Scene.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.tencent.fake.FakeVpcApi.Fault;
import io.havip.tencent.fake.Scene;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TencentPrivateIpBindingTest {

  private final Scene scene = new Scene();
  private final TencentPrivateIpBinding a = open("ins-a", OnRelinquish.UNASSIGN);

  @BeforeEach
  void with_the_other_member() {
    scene.network.place("10.0.0.7", "eni-b");
  }

  @AfterEach
  void stop() {
    a.close();
    scene.close();
  }

  @Test
  void the_holder_is_the_interface_that_has_the_address() {
    Observation.HeldBy seen = (Observation.HeldBy) a.describe(PRIVATE, WITHIN).join();
    assertThat(seen.holder()).isEqualTo(new CloudMember("ins-b", "eni-b"));
    assertThat(seen.mine()).isFalse();
    assertThat(seen.details().obstacle()).isEmpty();
  }

  @Test
  void an_address_with_the_same_ending_is_another_one() {
    scene.network.place("110.0.0.7", "eni-a");
    scene.network.place("10.0.0.7", null);
    assertThat(a.describe(PRIVATE, WITHIN).join()).isInstanceOf(Observation.Nobody.class);
  }

  @Test
  void a_takeover_moves_the_address_and_waits_for_the_task() {
    assertThat(Scene.done(a.takeover(request(Optional.of("eni-b")), WITHIN)))
        .isEqualTo(Move.COMPLETE);
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-a");
    assertThat(scene.api.actions())
        .containsSubsequence(
            "DescribeNetworkInterfaces",
            "MigratePrivateIpAddress",
            "DescribeVpcTaskResult",
            "DescribeVpcTaskResult");
    assertThat(((Observation.HeldBy) a.describe(PRIVATE, WITHIN).join()).mine()).isTrue();
  }

  @Test
  void the_holder_takes_over_without_writing() {
    scene.network.place("10.0.0.7", "eni-a");
    assertThat(Scene.done(a.takeover(request(Optional.empty()), WITHIN))).isEqualTo(Move.COMPLETE);
    assertThat(scene.api.actions()).containsOnly("DescribeNetworkInterfaces");
  }

  @Test
  void an_outdated_revision_is_a_conflict_and_nothing_is_written() {
    CloudFailure failure = Scene.failure(a.takeover(request(Optional.of("eni-x")), WITHIN));
    assertThat(failure.kind()).isEqualTo(CloudFailureKind.CONFLICT);
    assertThat(failure.outcome()).isEqualTo(CallOutcome.NOT_APPLIED);
    assertThat(scene.api.actions()).doesNotContain("MigratePrivateIpAddress");
  }

  @Test
  void an_address_that_nobody_has_is_assigned() {
    scene.network.place("10.0.0.7", null);
    assertThat(Scene.done(a.takeover(request(Optional.of("nobody")), WITHIN)))
        .isEqualTo(Move.COMPLETE);
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-a");
  }

  @Test
  void a_lost_reply_is_unknown_and_the_request_is_not_repeated() {
    scene.api.taskPolls(0);
    scene.api.fault("MigratePrivateIpAddress", Fault.LOSE_REPLY);
    CloudFailure failure = Scene.failure(a.takeover(request(Optional.empty()), WITHIN));
    assertThat(failure.outcome()).isEqualTo(CallOutcome.UNKNOWN);
    assertThat(failure.retryable()).isTrue();
    assertThat(scene.api.actions()).containsOnlyOnce("MigratePrivateIpAddress");
    assertThat(((Observation.HeldBy) a.describe(PRIVATE, WITHIN).join()).mine()).isTrue();
  }

  @Test
  void a_failure_of_the_cloud_is_unknown_and_a_refusal_is_not() {
    scene.api.refuse("MigratePrivateIpAddress", "InternalError");
    assertThat(Scene.failure(a.takeover(request(Optional.empty()), WITHIN)).outcome())
        .isEqualTo(CallOutcome.UNKNOWN);
    scene.api.refuse("MigratePrivateIpAddress", "RequestLimitExceeded");
    CloudFailure throttled = Scene.failure(a.takeover(request(Optional.empty()), WITHIN));
    assertThat(throttled.kind()).isEqualTo(CloudFailureKind.THROTTLED);
    assertThat(throttled.outcome()).isEqualTo(CallOutcome.NOT_APPLIED);
    scene.api.refuse("MigratePrivateIpAddress", "UnsupportedOperation.MutexOperationTaskRunning");
    assertThat(Scene.failure(a.takeover(request(Optional.empty()), WITHIN)).kind())
        .isEqualTo(CloudFailureKind.BUSY);
  }

  @Test
  void a_task_that_fails_or_outlasts_the_deadline_is_unknown() {
    scene.api.failTasks("no luck");
    CloudFailure failed = Scene.failure(a.takeover(request(Optional.empty()), WITHIN));
    assertThat(failed.outcome()).isEqualTo(CallOutcome.UNKNOWN);
    assertThat(failed.message()).contains("no luck", "req-");
    scene.api.failTasks("");
    scene.api.taskPolls(Integer.MAX_VALUE);
    CloudFailure late =
        Scene.failure(a.takeover(request(Optional.empty()), Duration.ofMillis(600)));
    assertThat(late.kind()).isEqualTo(CloudFailureKind.TIMEOUT);
    assertThat(late.outcome()).isEqualTo(CallOutcome.UNKNOWN);
    CloudFailure busy = Scene.failure(a.takeover(request(Optional.empty()), WITHIN));
    assertThat(busy.kind()).as("the task still holds the address").isEqualTo(CloudFailureKind.BUSY);
  }

  @Test
  void a_task_that_cannot_be_found_again_is_unknown() {
    scene.api.refuse("DescribeVpcTaskResult", "ResourceNotFound");
    assertThat(Scene.failure(a.takeover(request(Optional.empty()), WITHIN)).outcome())
        .isEqualTo(CallOutcome.UNKNOWN);
  }

  @Test
  void another_member_that_was_faster_is_not_robbed() {
    scene.network.eni("eni-d", "subnet-1", "ins-d", "10.0.0.4");
    try (TencentPrivateIpBinding slow =
        new TencentPrivateIpBinding(
            scene.member("ins-a").build(), OnRelinquish.KEEP, length -> {})) {
      // The API refuses a source that no longer has the address.
      scene.api.fault("MigratePrivateIpAddress", Fault.DROP);
      assertThat(Scene.failure(slow.takeover(request(Optional.of("eni-b")), WITHIN)).outcome())
          .isEqualTo(CallOutcome.UNKNOWN);
      scene.network.place("10.0.0.7", "eni-d");
      assertThat(Scene.failure(slow.takeover(request(Optional.of("eni-b")), WITHIN)).kind())
          .isEqualTo(CloudFailureKind.CONFLICT);
    }
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-d");
  }

  @Test
  void a_takeover_after_a_description_is_one_request_and_its_task() {
    a.describe(PRIVATE, WITHIN).join();
    int before = scene.api.calls().size();
    Scene.done(a.takeover(request(Optional.of("eni-b")), WITHIN));
    assertThat(scene.api.actions().subList(before, scene.api.calls().size()))
        .startsWith("MigratePrivateIpAddress", "DescribeVpcTaskResult")
        .doesNotContain("DescribeNetworkInterfaces");
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-a");
  }

  @Test
  void a_takeover_that_rests_on_an_outdated_description_is_refused_by_the_cloud() {
    scene.network.eni("eni-d", "subnet-1", "ins-d", "10.0.0.4");
    scene.api.taskPolls(0);
    a.describe(PRIVATE, WITHIN).join();
    scene.network.place("10.0.0.7", "eni-d");
    CloudFailure failure = Scene.failure(a.takeover(request(Optional.of("eni-b")), WITHIN));
    assertThat(failure.outcome()).isEqualTo(CallOutcome.NOT_APPLIED);
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-d");
  }

  @Test
  void an_address_seen_as_mine_is_looked_at_again_before_it_is_called_mine() {
    scene.network.place("10.0.0.7", "eni-a");
    a.describe(PRIVATE, WITHIN).join();
    scene.network.place("10.0.0.7", "eni-b");
    CloudFailure failure = Scene.failure(a.takeover(request(Optional.of("eni-a")), WITHIN));
    assertThat(failure.kind()).isEqualTo(CloudFailureKind.CONFLICT);
  }

  @Test
  void an_unassigned_address_goes_to_the_interface_in_its_subnet() {
    scene.network.eni("eni-0a", "subnet-2", "ins-a", "10.0.1.9");
    scene.network.place("10.0.0.7", null);
    assertThat(a.describe(PRIVATE, WITHIN).join()).isInstanceOf(Observation.Nobody.class);
    Scene.done(a.takeover(request(Optional.of("nobody")), WITHIN));
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-a");
  }

  @Test
  void an_address_of_no_subnet_of_ours_is_unknown_and_not_nobodys() {
    CloudFailure cause = Scene.unknown(a.describe(IpAddress.parse("10.0.1.77"), WITHIN));
    assertThat(cause.kind()).isEqualTo(CloudFailureKind.NOT_FOUND);
    assertThat(cause.describe()).contains("10.0.1.77", "10.0.0.0/24", "ins-a");
  }

  @Test
  void a_primary_address_cannot_move() {
    scene.network.place("10.0.0.7", null);
    CloudFailure failure =
        Scene.failure(
            a.takeover(
                new TakeoverRequest(IpAddress.parse("10.0.0.3"), Optional.empty(), 1), WITHIN));
    assertThat(failure.kind()).isEqualTo(CloudFailureKind.INVALID);
    assertThat(failure.describe()).contains("primary address of eni-b");
    assertThat(scene.api.actions()).doesNotContain("MigratePrivateIpAddress");
  }

  @Test
  void a_member_of_another_subnet_is_refused_and_told_before() {
    try (TencentPrivateIpBinding c = open("ins-c", OnRelinquish.KEEP)) {
      Observation.HeldBy seen = (Observation.HeldBy) c.describe(PRIVATE, WITHIN).join();
      assertThat(seen.details().obstacle().map(CloudFailure::kind))
          .contains(CloudFailureKind.WRONG_SUBNET);
      assertThat(Scene.failure(c.takeover(request(Optional.empty()), WITHIN)).kind())
          .isEqualTo(CloudFailureKind.WRONG_SUBNET);
    }
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-b");
  }

  @Test
  void the_wrong_region_or_vpc_is_unknown_and_not_nobody() {
    for (String[] where :
        new String[][] {{"ap-shanghai", "vpc-1"}, {"ap-guangzhou", "vpc-2"}, {"mars", "vpc-1"}}) {
      TencentSettings settings =
          TencentSettings.builder(where[0], where[1])
              .endpoint(scene.api.uri())
              .credentials(() -> Scene.KEY)
              .instance("ins-a")
              .build();
      try (TencentPrivateIpBinding lost =
          new TencentPrivateIpBinding(settings, OnRelinquish.KEEP, length -> {})) {
        assertThat(Scene.unknown(lost.describe(PRIVATE, WITHIN)).describe()).contains(where[0]);
      }
    }
  }

  @Test
  void giving_up_takes_the_address_from_this_member_alone() {
    assertThat(Scene.done(a.relinquish(PRIVATE, WITHIN))).isEqualTo(Move.COMPLETE);
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-b");
    scene.network.place("10.0.0.7", "eni-a");
    assertThat(Scene.done(a.relinquish(PRIVATE, WITHIN))).isEqualTo(Move.COMPLETE);
    assertThat(scene.network.whereIs("10.0.0.7")).isEmpty();
    assertThat(Scene.done(a.relinquish(PRIVATE, WITHIN))).isEqualTo(Move.COMPLETE);
  }

  @Test
  void a_binding_set_to_keep_declares_no_relinquish() {
    try (TencentPrivateIpBinding keep = open("ins-a", OnRelinquish.KEEP)) {
      assertThat(keep.capabilities().conditionalRelinquish()).isFalse();
      scene.network.place("10.0.0.7", "eni-a");
      assertThat(Scene.failure(keep.relinquish(PRIVATE, WITHIN)).outcome())
          .isEqualTo(CallOutcome.NOT_APPLIED);
    }
    assertThat(a.capabilities().conditionalRelinquish()).isTrue();
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-a");
  }

  @Test
  void one_writer_for_an_address() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TencentPrivateIpBinding slow =
        new TencentPrivateIpBinding(
            scene.member("ins-a").build(),
            OnRelinquish.KEEP,
            length -> {
              waiting.countDown();
              goOn.await();
            })) {
      Thread first =
          Thread.ofVirtual()
              .start(() -> Scene.done(slow.takeover(request(Optional.empty()), WITHIN)));
      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
      CloudFailure second = Scene.failure(slow.takeover(request(Optional.empty()), WITHIN));
      assertThat(second.kind()).isEqualTo(CloudFailureKind.BUSY);
      assertThat(second.outcome()).isEqualTo(CallOutcome.NOT_APPLIED);
      assertThat(scene.api.actions()).containsOnlyOnce("MigratePrivateIpAddress");
      goOn.countDown();
      first.join();
    }
    assertThat(scene.network.whereIs("10.0.0.7")).isEqualTo("eni-a");
  }

  @Test
  void an_interrupted_call_ends_as_a_value_and_stays_interrupted() {
    scene.api.fault("MigratePrivateIpAddress", Fault.HANG);
    Thread self = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          scene.api.awaitHanging();
          self.interrupt();
        });
    CloudFailure failure = Scene.failure(a.takeover(request(Optional.empty()), WITHIN));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.outcome()).isEqualTo(CallOutcome.UNKNOWN);
  }

  private TencentPrivateIpBinding open(String instance, OnRelinquish onRelinquish) {
    return new TencentPrivateIpBinding(
        scene.member(instance).build(), onRelinquish, length -> Thread.sleep(1));
  }

  private static TakeoverRequest request(Optional<String> revision) {
    return new TakeoverRequest(PRIVATE, revision, 1);
  }
}
