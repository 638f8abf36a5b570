package io.havip.core.check;

import java.util.Set;

/** S8: a member's kernel answers only while the member is ACTIVE. */
final class OnlyActiveHolds extends Property {

  private static final Set<TroubleKind> EXCUSES =
      Set.of(
          TroubleKind.PAUSE,
          TroubleKind.FREEZE,
          TroubleKind.SLOW,
          TroubleKind.REFUSED,
          TroubleKind.CRASH,
          TroubleKind.KILL,
          TroubleKind.STOP);

  OnlyActiveHolds() {
    super(
        "S8",
        "a member's kernel answers for an address only while the member is ACTIVE",
        "its process runs in time and its host refuses nothing",
        "D + L",
        Sense.ADDRESSES,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new PerMember(scene, picture) {
      @Override
      public void see(Sighting sighting, Court court) {
        for (int i = 0; i < picture.size(); i++) {
          boolean answers = picture.answers(i);
          tried |= answers;
          if (!answers || picture.active(i) || picture.suffers(i, EXCUSES)) {
            forget(i);
          } else if (!waiting(i)) {
            await(i, sighting.at() + bounds.epsilon);
          }
        }
      }

      @Override
      void overdue(int member, long now, Court court) {
        court.violated(
            now,
            "the kernel of %s answers, but the member is %s since %s ago"
                .formatted(
                    picture.name(member),
                    picture.state(member),
                    picture.since(member) == Long.MIN_VALUE
                        ? "long"
                        : Bounds.text(now - picture.since(member))));
      }
    };
  }
}
