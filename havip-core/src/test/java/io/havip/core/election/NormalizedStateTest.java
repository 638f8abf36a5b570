package io.havip.core.election;

import static io.havip.core.election.ElectionState.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NormalizedStateTest {

  private static final long NOW = 1_000;

  /** Lengths and not moments. */
  private static final Set<String> LENGTHS = Set.of("activeInterval");

  @Test
  void everyMomentOfABackupMovesWithTheClock() throws ReflectiveOperationException {
    everyMomentMoves(state(RouterState.BACKUP), Set.of("lastAdvertAt"));
  }

  @Test
  void everyMomentOfAnActiveMemberMovesWithTheClock() throws ReflectiveOperationException {
    everyMomentMoves(state(RouterState.ACTIVE), Set.of("listenedSince"));
  }

  @Test
  void aDeadlineThatIsNotRunningStaysSo() {
    assertThat(ElectionState.initialize(100).normalized(NOW).nextDeadline()).isEqualTo(NEVER);
  }

  @Test
  void aRivalIsForgottenOnceItsSilenceHasLastedTooLong() {
    assertThat(state(RouterState.BACKUP).normalized(NOW).rival())
        .isEqualTo(new ElectionState.Rival(IpAddress.parse("10.0.0.2"), 50, 4_000));
    assertThat(state(RouterState.BACKUP).normalized(5_001).rival()).isNull();
  }

  /** A new component of the state that is a moment has to be moved too. */
  private static void everyMomentMoves(ElectionState state, Set<String> forgotten)
      throws ReflectiveOperationException {
    ElectionState moved = state.normalized(NOW);
    for (RecordComponent component : ElectionState.class.getRecordComponents()) {
      if (component.getType() == long.class && !LENGTHS.contains(component.getName())) {
        long before = (long) component.getAccessor().invoke(state);
        long expected = forgotten.contains(component.getName()) ? 0 : before - NOW;
        assertThat((long) component.getAccessor().invoke(moved))
            .as(component.getName())
            .isEqualTo(expected);
      }
    }
  }

  private static ElectionState state(RouterState state) {
    IpAddress peer = IpAddress.parse("10.0.0.2");
    ElectionState.Rival rival = new ElectionState.Rival(peer, 50, 5_000);
    return new ElectionState(
        state, 100, 7, peer, 100, rival, 11, 2_001, false, 2_002, 2_008, 2_009, 2_010, 12, 2_003,
        2_004, true, 2_005, 2_006, 2_007);
  }
}
