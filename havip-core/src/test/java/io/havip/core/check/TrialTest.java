package io.havip.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrialTest {

  private static final Scene SCENE =
      new Scene(
          List.of(
              new Scene.Actor(
                  "a",
                  VirtualRouterConfig.builder("VI_1")
                      .interfaceName("eth0")
                      .vrid(1)
                      .address("10.0.0.3")
                      .build())),
          Duration.ofMillis(1),
          Duration.ZERO,
          Set.of(Sense.STATES));

  @Test
  void aCheckWhoseOccasionNeverCameIsUnknown() {
    Trial trial = new Trial(SCENE, List.of(new ActiveWithin(10)));

    assertThat(trial.verdicts()).containsEntry("T", Verdict.UNKNOWN);
  }

  @Test
  void aDeadlinePassesAlthoughNothingIsSeen() {
    Trial trial = new Trial(SCENE, List.of(new ActiveWithin(10)));
    trial.see(state(5, RouterState.INITIALIZE, RouterState.BACKUP));

    trial.advance(14);
    assertThat(trial.findings()).isEmpty();
    trial.advance(100);

    assertThat(trial.findings()).containsExactly(new Finding("T", 15, "nobody is ACTIVE"));
    assertThat(trial.verdicts()).containsEntry("T", Verdict.FAIL);
  }

  @Test
  void whatIsSeenAtTheDeadlineComesAfterIt() {
    Trial trial = new Trial(SCENE, List.of(new ActiveWithin(10)));
    trial.see(state(5, RouterState.INITIALIZE, RouterState.BACKUP));
    trial.see(state(14, RouterState.BACKUP, RouterState.ACTIVE));
    trial.advance(100);

    assertThat(trial.verdicts()).containsEntry("T", Verdict.PASS);
  }

  @Test
  void aMissingSenseIsUnsupportedWithItsReason() {
    Scene blind = new Scene(SCENE.members(), Duration.ZERO, Duration.ZERO, Set.of());
    Trial trial = new Trial(blind, List.of(new ActiveWithin(10)));

    assertThat(trial.verdicts()).containsEntry("T", Verdict.UNSUPPORTED);
    assertThat(trial.unsupported().get("T")).contains("STATES");
  }

  @Test
  void timeDoesNotGoBack() {
    Trial trial = new Trial(SCENE, List.of(new ActiveWithin(10)));
    trial.advance(50);

    assertThatThrownBy(() -> trial.see(state(49, RouterState.BACKUP, RouterState.ACTIVE)))
        .hasMessageContaining("49 ns");
  }

  private static Sighting state(long at, RouterState from, RouterState to) {
    return new Sighting.State(at, "a", "VI_1", from, to, 100, "");
  }

  /** Somebody is ACTIVE within a bound after anybody became BACKUP. */
  private record ActiveWithin(long limit) implements Check {
    @Override
    public String id() {
      return "T";
    }

    @Override
    public String words() {
      return "somebody is ACTIVE in time";
    }

    @Override
    public Set<Sense> needs() {
      return Set.of(Sense.STATES);
    }

    @Override
    public Optional<String> outside(Scene scene) {
      return Optional.empty();
    }

    @Override
    public String condition() {
      return "always";
    }

    @Override
    public String bound() {
      return limit + " ns";
    }

    @Override
    public Judge judge(Scene scene, Picture picture) {
      return new Judge() {
        private long deadline = Long.MAX_VALUE;
        private boolean tried;

        @Override
        public void see(Sighting sighting, Court court) {
          if (sighting instanceof Sighting.State state) {
            tried = true;
            deadline = state.to() == RouterState.BACKUP ? sighting.at() + limit : Long.MAX_VALUE;
          }
        }

        @Override
        public long nextDeadline() {
          return deadline;
        }

        @Override
        public void due(long now, Court court) {
          deadline = Long.MAX_VALUE;
          court.violated(now, "nobody is ACTIVE");
        }

        @Override
        public boolean tried() {
          return tried;
        }
      };
    }
  }
}
