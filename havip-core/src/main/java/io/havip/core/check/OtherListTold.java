package io.havip.core.check;

import io.havip.RouterState;
import io.havip.Transport;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** S15: another group with the same VRID does not go unnoticed. */
final class OtherListTold extends Property {

  private static final long QUIET = 10_000_000_000L;
  private static final Set<TroubleKind> RIVAL = Set.of(TroubleKind.DUPLICATE_VRID);

  OtherListTold() {
    super(
        "S15",
        "a member that hears another group with its VRID and other addresses says so",
        "multicast; quiet but for that; it has not said so within the last 10 s",
        "T + D + L since that began",
        Sense.ALARMS,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return scene.members().stream()
            .allMatch(actor -> actor.router().transport() instanceof Transport.Multicast)
        ? Optional.empty()
        : Optional.of("in unicast a stranger speaks to one member only");
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new PerMember(scene, picture) {
      private final long[] told = new long[picture.size()];
      private boolean spoken;

      {
        Arrays.fill(told, Long.MIN_VALUE / 2);
      }

      @Override
      public void see(Sighting sighting, Court court) {
        switch (sighting) {
          case Sighting.Alarm alarm -> {
            int member = picture.number(alarm.member());
            if (member >= 0 && alarm.kind() == Sighting.Alarm.Kind.OTHER_ADDRESSES) {
              told[member] = alarm.at();
              tried |= waiting(member);
              forget(member);
            }
          }
          case Sighting.State state -> {
            int member = picture.number(state.member());
            spoken |= state.to() == RouterState.ACTIVE;
            if (member >= 0 && picture.out(member)) {
              forget(member);
            }
          }
          case Sighting.Trouble trouble -> troubled(trouble);
          default -> {}
        }
      }

      private void troubled(Sighting.Trouble trouble) {
        int member = picture.number(trouble.members().getFirst());
        boolean begins = trouble.kind() == TroubleKind.DUPLICATE_VRID && trouble.begins();
        if (!begins) {
          for (int i = 0; i < picture.size(); i++) {
            forget(i);
          }
        } else if (member >= 0
            && spoken
            && !picture.out(member)
            && settled(trouble.at(), RIVAL)
            && told[member] < trouble.at() - QUIET) {
          await(member, trouble.at() + bounds.interval + bounds.epsilon);
        }
      }

      @Override
      void overdue(int member, long now, Court court) {
        tried = true;
        court.violated(
            now,
            picture.name(member)
                + " hears another group with its VRID, and has not said that its addresses differ");
      }
    };
  }
}
