package io.havip.core.check;

import java.util.Set;

/** L11: an address that somebody else takes off is put back, or the member stands down. */
final class RemovalRepaired extends Property {

  private static final Set<TroubleKind> EXCUSES =
      Set.of(
          TroubleKind.PAUSE,
          TroubleKind.FREEZE,
          TroubleKind.SLOW,
          TroubleKind.LINK,
          TroubleKind.REFUSED);

  RemovalRepaired() {
    super(
        "L11",
        "an ACTIVE member whose address somebody else takes off puts it back or stands down",
        "its process runs in time, its interface is up and its host refuses nothing",
        "D + L",
        Sense.STATES,
        Sense.ADDRESSES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new PerMember(scene, picture) {
      @Override
      public void see(Sighting sighting, Court court) {
        if (!(sighting instanceof Sighting.Trouble trouble)) {
          return;
        }
        int member = picture.number(trouble.members().getFirst());
        if (trouble.kind() == TroubleKind.ADDRESS_REMOVED
            && trouble.begins()
            && member >= 0
            && picture.active(member)
            && !picture.suffers(member, EXCUSES)) {
          tried = true;
          await(member, trouble.at() + bounds.epsilon);
        }
      }

      @Override
      void overdue(int member, long now, Court court) {
        if (picture.active(member)
            && !picture.suffers(member, EXCUSES)
            && picture.addresses().stream().anyMatch(a -> !picture.answers(member, a))) {
          court.violated(
              now,
              "%s is ACTIVE, but an address that somebody took off has not come back"
                  .formatted(picture.name(member)));
        }
      }
    };
  }
}
