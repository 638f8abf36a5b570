package io.havip.core.check;

import io.havip.RouterState;
import java.util.Optional;
import java.util.Set;

/** S11: who may not preempt leaves a live member alone. */
final class NoPreemption extends Property {

  NoPreemption() {
    super(
        "S11",
        "a member that may not preempt does not take over from an ACTIVE member that it hears",
        "some member may not preempt; quiet",
        "both for 2T + 2 (D + L): quiet, and the other ACTIVE",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return scene.members().stream().allMatch(actor -> Bounds.preempts(actor.router()))
        ? Optional.of("every member may preempt")
        : Optional.empty();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Settled(scene, picture) {
      @Override
      public void see(Sighting sighting, Court court) {
        super.see(sighting, court);
        if (sighting instanceof Sighting.State change
            && change.from() == RouterState.BACKUP
            && change.to() == RouterState.ACTIVE
            && picture.number(change.member()) >= 0
            && !Bounds.preempts(bounds.router(picture.number(change.member())))) {
          judge(picture.number(change.member()), change.at(), court);
        }
      }

      private void judge(int taker, long now, Court court) {
        long heard = now - 2 * (bounds.interval + bounds.epsilon);
        if (picture.quietSince(Set.of()) > heard) {
          return;
        }
        for (int i = 0; i < picture.size(); i++) {
          if (i != taker && picture.active(i) && picture.since(i) <= heard) {
            court.violated(
                now,
                "%s took over from %s, which it hears and must not preempt"
                    .formatted(picture.name(taker), picture.name(i)));
          }
        }
      }

      // The occasion: a better member stands back.
      @Override
      boolean verify(long now, Court court) {
        for (int i = 0; i < picture.size(); i++) {
          for (int j = 0; j < picture.size(); j++) {
            if (picture.state(i) == RouterState.BACKUP
                && picture.active(j)
                && !Bounds.preempts(bounds.router(i))
                && picture.priority(i) > picture.priority(j)) {
              return true;
            }
          }
        }
        return false;
      }
    };
  }
}
