package io.havip.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The waiting times of clients are computed from the configuration, not from the brochure. */
class FailoverTimeTest {

  private static FailoverTime time(String body) {
    String text =
        "vrrp_script web {\n script \"/bin/true\"\n interval 5\n timeout 3\n fall 2\n}\n"
            + "vrrp_instance A {\n interface eth0\n virtual_router_id 51\n"
            + " virtual_ipaddress {\n 10.0.1.50\n }\n"
            + body
            + "\n}\n";
    var read = KeepalivedReader.read(text, "f", ReadOptions.DEFAULT);
    return CloudLint.check(List.of(read), CloudProfile.DEFAULT).failoverTimes().getFirst();
  }

  @Test
  void version_2_skews_by_a_second_whatever_the_interval() {
    FailoverTime time = time("priority 100\n advert_int 5");

    assertThat(time.activeDownInterval()).isEqualTo(Duration.ofNanos(15_609_375_000L));
    assertThat(time.shortestAfterCrash()).isEqualTo(Duration.ofNanos(10_709_375_000L));
    assertThat(time.longestAfterCrash()).isEqualTo(Duration.ofNanos(25_609_375_000L));
    assertThat(time.longestAfterLeave()).isEqualTo(Duration.ofNanos(10_609_375_000L));
  }

  @Test
  void version_3_skews_by_the_interval() {
    FailoverTime time = time("priority 100\n advert_int 5\n version 3");

    assertThat(time.activeDownInterval()).isEqualTo(Duration.ofNanos(18_046_875_000L));
  }

  @Test
  void a_failed_check_adds_its_interval_times_fall_and_its_timeout() {
    assertThat(time("track_script {\n web\n }").longestAfterFailedCheck())
        .isEqualTo(Duration.ofNanos(10_609_375_000L).plusSeconds(13));
    assertThat(time("").longestAfterFailedCheck()).isEqualTo(time("").longestAfterLeave());
  }

  @Test
  void a_slower_region_makes_them_longer() {
    CloudProfile slow = CloudProfile.DEFAULT.withSlowestMove(Duration.ofMinutes(2));
    CloudProfile instant = CloudProfile.DEFAULT.withSlowestMove(Duration.ZERO);

    assertThat(slow.fastestMove()).isEqualTo(Duration.ofMillis(100));
    assertThat(instant.fastestMove()).isZero();
  }

  @Test
  void the_sentence_gives_all_of_them_in_seconds() {
    assertThat(time("priority 100\n track_script {\n web\n }").describe())
        .isEqualTo(
            "A: a crash of the holder is noticed after 2.6 to 3.6 s, the cloud follows 0.1 to 10.0"
                + " s later: this member serves 2.7 to 13.6 s after the crash; after an orderly"
                + " leave within 10.6 s; after a failed check within 23.6 s");
  }
}
