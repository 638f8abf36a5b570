package io.havip.tencent;

import static io.havip.tencent.fake.Scene.HAVIP;
import static io.havip.tencent.fake.Scene.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.tencent.credentials.Credentials;
import io.havip.tencent.fake.FakeMetadata;
import io.havip.tencent.fake.FakeVpcApi.Fault;
import io.havip.tencent.fake.ManualClock;
import io.havip.tencent.fake.Scene;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TencentHavipBindingTest {

  private final Scene scene = new Scene();
  private final AtomicInteger pauses = new AtomicInteger();
  private final TencentHavipBinding a = open(scene.member("ins-a"));

  @AfterEach
  void stop() {
    a.close();
    scene.close();
  }

  @Test
  void a_havip_that_was_never_announced_is_held_by_nobody() {
    Observation.Nobody seen = (Observation.Nobody) a.describe(HAVIP, WITHIN).join();
    assertThat(seen.details().since()).isEmpty();
    assertThat(seen.details().obstacle()).isEmpty();
  }

  @Test
  void an_accepted_announcement_shows_as_holder_with_a_new_revision() {
    scene.network.announce("havip-1", "eni-b");
    Observation.HeldBy other = (Observation.HeldBy) a.describe(HAVIP, WITHIN).join();
    assertThat(other.mine()).isFalse();
    assertThat(other.holder()).isEqualTo(new CloudMember("ins-b", "eni-b"));
    scene.network.announce("havip-1", "eni-a");
    Observation.HeldBy mine = (Observation.HeldBy) a.describe(HAVIP, WITHIN).join();
    assertThat(mine.mine()).isTrue();
    assertThat(mine.details().revision())
        .contains("eni-a@2026-11-22 20:00:02")
        .isNotEqualTo(other.details().revision());
    assertThat(mine.details().since()).contains(Instant.parse("2026-11-22T12:00:02Z"));
  }

  @Test
  void a_repeated_announcement_of_the_same_holder_is_seen_by_its_flushed_time() {
    scene.network.announce("havip-1", "eni-a");
    Observation.HeldBy first = (Observation.HeldBy) a.describe(HAVIP, WITHIN).join();
    scene.network.announce("havip-1", "eni-a");
    Observation.HeldBy second = (Observation.HeldBy) a.describe(HAVIP, WITHIN).join();
    assertThat(second.holder()).isEqualTo(first.holder());
    assertThat(second.details().since().orElseThrow())
        .isAfter(first.details().since().orElseThrow());
  }

  @Test
  void the_elastic_ip_is_told() {
    scene.network.set("havip-1", "AddressIp", "203.0.113.5");
    Observation.Nobody seen = (Observation.Nobody) a.describe(HAVIP, WITHIN).join();
    assertThat(seen.details().publicIp()).contains(IpAddress.parse("203.0.113.5"));
  }

  @Test
  void a_member_of_another_subnet_is_told_why_it_is_ignored() {
    try (TencentHavipBinding c = open(scene.member("ins-c"))) {
      scene.network.announce("havip-1", "eni-c");
      Observation.Nobody seen = (Observation.Nobody) c.describe(HAVIP, WITHIN).join();
      CloudFailure obstacle = seen.details().obstacle().orElseThrow();
      assertThat(obstacle.kind()).isEqualTo(CloudFailureKind.WRONG_SUBNET);
      assertThat(obstacle.describe()).contains("10.0.0.9", "subnet-1", "ins-c");
    }
  }

  @Test
  void a_member_outside_the_drift_range_is_told_why_it_is_ignored() {
    scene.network.haVip("havip-2", "10.0.0.10", "subnet-1", true);
    scene.network.announce("havip-2", "eni-a");
    IpAddress restricted = IpAddress.parse("10.0.0.10");
    Observation.Nobody seen = (Observation.Nobody) a.describe(restricted, WITHIN).join();
    assertThat(seen.details().obstacle().map(CloudFailure::kind))
        .contains(CloudFailureKind.NOT_MEMBER);
    Scene.done(a.havips().authorise(restricted, List.of(new CloudMember("ins-a", "")), WITHIN));
    seen = (Observation.Nobody) a.describe(restricted, WITHIN).join();
    assertThat(seen.details().obstacle()).isEmpty();
  }

  @Test
  void a_description_without_rights_to_interfaces_still_tells_the_holder() {
    scene.network.announce("havip-1", "eni-b");
    scene.api.refuse("DescribeNetworkInterfaces", "UnauthorizedOperation");
    assertThat(a.describe(HAVIP, WITHIN).join()).isInstanceOf(Observation.HeldBy.class);
  }

  @Test
  void an_ordinary_address_is_no_havip() {
    CloudFailure cause = Scene.unknown(a.describe(IpAddress.parse("10.0.0.77"), WITHIN));
    assertThat(cause.kind()).isEqualTo(CloudFailureKind.NOT_FOUND);
    assertThat(cause.describe()).contains("10.0.0.77", "vpc-1", "ap-guangzhou");
  }

  @Test
  void the_wrong_region_is_named_and_never_read_as_nobody() {
    for (String region : new String[] {"ap-shanghai", "mars"}) {
      TencentSettingsBuilder elsewhere =
          TencentSettings.builder(region, "vpc-1")
              .endpoint(scene.api.uri())
              .credentials(() -> Scene.KEY)
              .instance("ins-a");
      try (TencentHavipBinding binding = open(elsewhere)) {
        CloudFailure cause = Scene.unknown(binding.describe(HAVIP, WITHIN));
        assertThat(cause.describe()).contains("region").contains(region);
        assertThat(cause.retryable()).isFalse();
      }
    }
  }

  @Test
  void contradictions_and_replies_in_another_form_are_unknown() {
    scene.network.set("havip-1", "State", "AVAILABLE");
    assertThat(Scene.unknown(a.describe(HAVIP, WITHIN)).message()).contains("contradicts");
    scene.network.set("havip-1", "State", "UNBIND");
    for (String reply :
        new String[] {
          "",
          "<html>proxy</html>",
          "{}",
          "{\"Response\": {\"RequestId\": \"r\"}}",
          "{\"Response\": {\"TotalCount\": 0, \"RequestId\": \"r\"}}",
          "{\"Response\": []}"
        }) {
      for (int attempt = 0; attempt < 3; attempt++) {
        scene.api.answerWith("DescribeHaVips", reply);
      }
      assertThat(Scene.unknown(a.describe(HAVIP, WITHIN)).outcome())
          .as(reply)
          .isEqualTo(CallOutcome.NOT_APPLIED);
      a.describe(HAVIP, WITHIN).join();
      a.describe(HAVIP, WITHIN).join();
      a.describe(HAVIP, WITHIN).join();
    }
  }

  @Test
  void reads_are_repeated_when_the_failure_passes() {
    scene.api.refuse("DescribeHaVips", "RequestLimitExceeded");
    scene.api.fault("DescribeHaVips", Fault.DROP);
    assertThat(a.describe(HAVIP, WITHIN).join()).isInstanceOf(Observation.Nobody.class);
    assertThat(pauses).hasValue(2);
  }

  @Test
  void reads_are_repeated_three_times_at_most_and_not_when_it_is_no_use() {
    for (int i = 0; i < 3; i++) {
      scene.api.refuse("DescribeHaVips", "InternalError");
    }
    assertThat(Scene.unknown(a.describe(HAVIP, WITHIN)).kind())
        .isEqualTo(CloudFailureKind.UNAVAILABLE);
    int sent = scene.api.calls().size();
    scene.api.refuse("DescribeHaVips", "UnauthorizedOperation");
    assertThat(Scene.unknown(a.describe(HAVIP, WITHIN)).describe())
        .contains("vpc:DescribeHaVips", "CAM");
    assertThat(scene.api.calls()).hasSize(sent + 1);
  }

  @Test
  void repeats_end_when_their_budget_is_used_up() {
    for (int call = 0; call < 20; call++) {
      for (int i = 0; i < 3; i++) {
        scene.api.fault("DescribeHaVips", Fault.DROP);
      }
    }
    for (int call = 0; call < 20; call++) {
      Scene.unknown(a.describe(HAVIP, WITHIN));
    }
    assertThat(pauses).hasValue(10);
    assertThat(scene.api.calls()).hasSize(30);
  }

  @Test
  void a_blackout_is_unknown_within_the_deadline() {
    scene.api.fault("DescribeHaVips", Fault.HANG);
    long start = System.nanoTime();
    CloudFailure cause = Scene.unknown(a.describe(HAVIP, Duration.ofMillis(200)));
    assertThat(cause.kind()).isEqualTo(CloudFailureKind.TIMEOUT);
    assertThat(cause.retryable()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void an_endpoint_that_is_not_there_is_named() {
    try (TencentHavipBinding nowhere =
        open(scene.member("ins-a").endpoint(URI.create("http://127.0.0.1:1")))) {
      assertThat(Scene.unknown(nowhere.describe(HAVIP, WITHIN)).describe())
          .contains("127.0.0.1:1", "internal endpoint");
    }
  }

  @Test
  void a_wrong_clock_is_named_with_its_error() {
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(6));
    InstantSource behind = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-8));
    try (TencentHavipBinding early = open(scene.member("ins-a").clock(ahead));
        TencentHavipBinding late = open(scene.member("ins-a").clock(behind))) {
      CloudFailure cause = Scene.unknown(early.describe(HAVIP, WITHIN));
      assertThat(cause.kind()).isEqualTo(CloudFailureKind.CLOCK_SKEW);
      assertThat(cause.describe())
          .contains("AuthFailure.SignatureExpire")
          .containsPattern("clock is 6 min [0-9]+ s ahead of the API's")
          .contains("NTP");
      assertThat(Scene.unknown(late.describe(HAVIP, WITHIN)).describe())
          .containsPattern("clock is (8 min 0|7 min [0-9]+) s behind the API's");
    }
  }

  @Test
  void a_wrong_key_is_an_authentication_failure_with_the_request_id() {
    scene.api.accept(Credentials.permanent(Scene.SECRET_ID, "other"));
    CloudFailure cause = Scene.unknown(a.describe(HAVIP, WITHIN));
    assertThat(cause.kind()).isEqualTo(CloudFailureKind.AUTHENTICATION);
    assertThat(cause.message()).contains("AuthFailure.SignatureFailure", "req-1");
  }

  @Test
  void a_temporary_key_is_sent_with_its_token() {
    Credentials temporary = new Credentials(Scene.SECRET_ID, Scene.SECRET_KEY, "token", null);
    scene.api.accept(temporary);
    assertThat(Scene.unknown(a.describe(HAVIP, WITHIN)).message()).contains("TokenFailure");
    try (TencentHavipBinding b = open(scene.member("ins-b").credentials(() -> temporary))) {
      assertThat(b.describe(HAVIP, WITHIN).join()).isInstanceOf(Observation.Nobody.class);
    }
  }

  @Test
  void a_list_that_may_be_cut_short_is_unknown() {
    String noTotal = "{\"Response\": {\"HaVipSet\": [], \"RequestId\": \"r\"}}";
    scene.api.answerWith("DescribeHaVips", noTotal);
    assertThat(Scene.unknown(a.describe(HAVIP, WITHIN)).kind())
        .isEqualTo(CloudFailureKind.UNAVAILABLE);
  }

  @Test
  void without_a_name_the_member_asks_the_metadata_service() {
    scene.network.announce("havip-1", "eni-b");
    try (FakeMetadata metadata = new FakeMetadata();
        TencentHavipBinding b = open(scene.member("").metadata(metadata.uri()))) {
      CloudFailure cause = Scene.unknown(b.describe(HAVIP, WITHIN));
      assertThat(cause.describe()).contains("set the instance or the network interface");
      metadata.value("instance-id", "ins-b\n");
      assertThat(((Observation.HeldBy) b.describe(HAVIP, WITHIN).join()).mine()).isTrue();
      assertThat(b.description()).contains("ap-guangzhou", "vpc-1", "ins-b");
    }
  }

  @Test
  void a_member_named_by_its_interface_is_not_its_neighbour_on_the_same_instance() {
    scene.network.eni("eni-a2", "subnet-1", "ins-a", "10.0.0.22");
    scene.network.announce("havip-1", "eni-a2");
    try (TencentHavipBinding first = open(scene.member("ins-a").networkInterface("eni-a"));
        TencentHavipBinding second = open(scene.member("").networkInterface("eni-a2"))) {
      assertThat(((Observation.HeldBy) first.describe(HAVIP, WITHIN).join()).mine()).isFalse();
      assertThat(((Observation.HeldBy) second.describe(HAVIP, WITHIN).join()).mine()).isTrue();
    }
  }

  @Test
  void no_call_moves_a_havip() {
    CloudFailure takeover =
        Scene.failure(a.takeover(new TakeoverRequest(HAVIP, Optional.empty(), 1), WITHIN));
    assertThat(takeover.kind()).isEqualTo(CloudFailureKind.INVALID);
    assertThat(takeover.outcome()).isEqualTo(CallOutcome.NOT_APPLIED);
    assertThat(Scene.failure(a.relinquish(HAVIP, WITHIN)).kind())
        .isEqualTo(CloudFailureKind.INVALID);
    assertThat(scene.api.calls()).isEmpty();
  }

  @Test
  void after_close_nothing_is_sent() {
    a.close();
    a.close();
    CloudFailure cause = Scene.unknown(a.describe(HAVIP, WITHIN));
    assertThat(cause.kind()).isEqualTo(CloudFailureKind.UNAVAILABLE);
    assertThat(cause.message()).isEqualTo("the binding is closed");
    assertThat(scene.api.calls()).isEmpty();
  }

  @Test
  void its_own_interfaces_are_asked_for_once_a_minute() {
    ManualClock clock = new ManualClock(Instant.now());
    try (TencentHavipBinding aged = open(scene.member("ins-a").clock(clock))) {
      aged.describe(HAVIP, WITHIN).join();
      aged.describe(HAVIP, WITHIN).join();
      assertThat(scene.api.actions()).containsOnlyOnce("DescribeNetworkInterfaces");
      clock.advance(Duration.ofMinutes(1));
      aged.describe(HAVIP, WITHIN).join();
      assertThat(scene.api.actions()).filteredOn("DescribeNetworkInterfaces"::equals).hasSize(2);
    }
  }

  @Test
  void ipv6_is_refused_without_a_request() {
    assertThat(Scene.unknown(a.describe(IpAddress.parse("fd00::9"), WITHIN)).kind())
        .isEqualTo(CloudFailureKind.INVALID);
    assertThat(scene.api.calls()).isEmpty();
  }

  private TencentHavipBinding open(TencentSettingsBuilder settings) {
    return new TencentHavipBinding(settings.build(), length -> pauses.incrementAndGet());
  }
}
