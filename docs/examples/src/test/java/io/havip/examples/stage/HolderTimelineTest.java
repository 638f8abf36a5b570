package io.havip.examples.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.check.Sighting;
import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HolderTimelineTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final Duration EPSILON = Duration.ofMillis(100);

  private final List<Sighting> seen = new ArrayList<>();

  private HolderTimelineTest at(int millis, String member, boolean answers) {
    seen.add(new Sighting.Address(millis * 1_000_000L, member, VIP, answers));
    return this;
  }

  private HolderTimeline timeline() {
    return HolderTimeline.of(seen, VIP);
  }

  private static HolderTimelineTest story() {
    return new HolderTimelineTest().at(0, "a", true);
  }

  private static Optional<String> difference(HolderTimelineTest one, HolderTimelineTest other) {
    return one.timeline().differsFrom(other.timeline(), 0, 3_000_000_000L, EPSILON);
  }

  @Test
  void aTakeoverWithinEpsilonIsTheSame() {
    assertThat(
            difference(
                story().at(1000, "a", false).at(1010, "b", true),
                story().at(1005, "a", false).at(1090, "b", true)))
        .isEmpty();
  }

  @Test
  void aTakeoverThatComesLaterIsNot() {
    assertThat(
            difference(
                story().at(1000, "a", false).at(1010, "b", true),
                story().at(1000, "a", false).at(1250, "b", true)))
        .isPresent();
  }

  @Test
  void anOverlapThatLastsIsNot() {
    assertThat(
            difference(
                story().at(1000, "b", true).at(1001, "a", false),
                story().at(1000, "b", true).at(1300, "a", false)))
        .isPresent();
  }

  @Test
  void anotherHolderIsNot() {
    assertThat(
            difference(
                story().at(1000, "b", true).at(1001, "a", false),
                story().at(1000, "c", true).at(1001, "a", false)))
        .isPresent();
  }

  /** Steps of a real run come a little later each; what follows each is compared. */
  @Test
  void timesAreMappedStepByStep() {
    HolderTimeline late =
        story()
            .at(5500, "a", false)
            .at(8700, "a", true)
            .timeline()
            .mapped(
                List.of(5_400_000_000L, 8_600_000_000L), List.of(1_000_000_000L, 2_000_000_000L));

    assertThat(
            story()
                .at(1100, "a", false)
                .at(2100, "a", true)
                .timeline()
                .differsFrom(late, 1_000_000_000L, 3_000_000_000L, EPSILON))
        .isEmpty();
  }
}
