package io.havip.core.check;

import io.havip.RouterState;
import io.havip.wire.RefusalReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** S16: what comes from a member's own address moves nothing, and is told. */
final class OwnAddressHeard extends Property {

  private static final long QUIET = 10_000_000_000L;
  private static final Set<TroubleKind> REFLECTION = Set.of(TroubleKind.REFLECTION);

  OwnAddressHeard() {
    super(
        "S16",
        "adverts from a member's own address, its own that come back or another's, change no state,"
            + " and the member says that it hears them",
        "quiet but for that; priorities do not change unseen; it has not said so within the last"
            + " 10 s",
        "no change of state until settled after it; told within D + L",
        Sense.STATES,
        Sense.REFUSALS,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return new Bounds(scene).unsteady();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    Judge undisturbed = Undisturbed.byItself().judge(scene, picture);
    Judge told = new Told(scene, picture);
    return new Judge() {
      @Override
      public void see(Sighting sighting, Court court) {
        undisturbed.see(sighting, court);
        told.see(sighting, court);
      }

      @Override
      public long nextDeadline() {
        return Math.min(undisturbed.nextDeadline(), told.nextDeadline());
      }

      @Override
      public void due(long now, Court court) {
        if (undisturbed.nextDeadline() <= now) {
          undisturbed.due(now, court);
        }
        if (told.nextDeadline() <= now) {
          told.due(now, court);
        }
      }

      @Override
      public boolean tried() {
        return undisturbed.tried() && told.tried();
      }
    };
  }

  private static final class Told extends PerMember {

    private final long[] told;

    Told(Scene scene, Picture picture) {
      super(scene, picture);
      told = new long[picture.size()];
      Arrays.fill(told, Long.MIN_VALUE / 2);
    }

    @Override
    public void see(Sighting sighting, Court court) {
      switch (sighting) {
        case Sighting.Refused refused -> {
          int member = picture.number(refused.member());
          if (member >= 0 && refused.reason() == RefusalReason.OWN_ADDRESS) {
            told[member] = refused.at();
            tried |= waiting(member);
            forget(member);
          }
        }
        case Sighting.State state -> {
          int member = picture.number(state.member());
          if (member >= 0) {
            forget(member);
          }
        }
        case Sighting.Trouble trouble -> troubled(trouble);
        default -> {}
      }
    }

    private void troubled(Sighting.Trouble trouble) {
      int member = picture.number(trouble.members().getFirst());
      if (trouble.kind() != TroubleKind.REFLECTION) {
        for (int i = 0; i < picture.size() && !trouble.kind().ofCloud(); i++) {
          forget(i);
        }
      } else if (trouble.begins()
          && member >= 0
          && (picture.active(member) || picture.state(member) == RouterState.BACKUP)
          && settled(trouble.at(), REFLECTION)
          && told[member] < trouble.at() - QUIET) {
        await(member, trouble.at() + bounds.epsilon);
      }
    }

    @Override
    void overdue(int member, long now, Court court) {
      tried = true;
      court.violated(
          now, picture.name(member) + " hears its own address, and has not said that it does");
    }
  }
}
