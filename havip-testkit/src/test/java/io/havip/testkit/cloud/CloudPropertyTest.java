package io.havip.testkit.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.cloud.CloudGroup.Kind;
import java.time.Duration;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What holds in and after any storm of faults. */
class CloudPropertyTest {

  /** L10, S2: the stated bound, and no flapping afterwards. */
  @Property(tries = 40)
  void afterAStorm_arpAndMappingEndAtTheElectedMember_withinTheBound(
      @ForAll Kind kind, @ForAll long seed) {
    CloudStorm storm = new CloudStorm(kind, seed).blow();
    storm.heal();
    storm.group.sim.runUntil("all is well", storm::well, storm.bound());
    int changes = storm.group.cloud instanceof RegisterCloud r ? r.changes().size() : 0;
    storm.group.sim.run(Duration.ofSeconds(30));
    assertThat(storm.well()).isTrue();
    if (storm.group.cloud instanceof RegisterCloud r) {
      assertThat(r.changes().size() - changes)
          .as("moves after all was well")
          .isLessThanOrEqualTo(2);
    }
  }

  @Property(tries = 40)
  void inAStorm_theRateIsKept_andEveryDoubtIsFollowedByALook(@ForAll Kind kind, @ForAll long seed) {
    CloudStorm storm = new CloudStorm(kind, seed).blow();
    storm.assertRateIsKept();
    storm.assertDoubtIsFollowedByALook();
  }

  @Property(tries = 40)
  void s5_inAStorm_thereIsAtMostOneOwnerAtAllTimes_whereTheRegisterIsAtomic(
      @ForAll boolean oneCall, @ForAll long seed) {
    CloudStorm storm = new CloudStorm(oneCall ? Kind.ONE_CALL : Kind.TWO_CALL, seed).blow();
    storm.assertOneOwnerAtAllTimes();
  }

  @Property(tries = 40)
  void s6_s7_inAStorm_noStaleWriteLands_andEpochsRise_whereTheCloudCompares(@ForAll long seed) {
    CloudStorm storm = new CloudStorm(Kind.TWO_CALL, seed).blow();
    storm.heal();
    storm.group.sim.run(Duration.ofSeconds(30));
    assertThat(storm.staleWrites()).isEmpty();
    storm.assertEpochsRise();
  }

  /** The check of S6 can fail: a cloud that does not compare lets stale writes through. */
  @Test
  void s6_isViolatedByACarelessCloud() {
    assertThat(
            LongStream.range(0, 40)
                .filter(seed -> {
                  CloudStorm storm = new CloudStorm(Kind.TWO_CALL, seed);
                  ((TwoCallCloud) storm.group.cloud).careless();
                  return !storm.blow().staleWrites().isEmpty();
                })
                .count())
        .isPositive();
  }
}
