package io.havip.core.check;

import java.util.Optional;

/** L4: with preemption the highest priority is ACTIVE in the end. */
final class HighestPriorityWins extends Property {

  HighestPriorityWins() {
    super(
        "L4",
        "the ACTIVE member is one of the highest priority that takes part",
        "all members preempt; quiet; priorities do not change unseen",
        "settled of quiet",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    for (Scene.Actor actor : scene.members()) {
      if (!Bounds.preempts(actor.router())) {
        return Optional.of(actor.name() + " may not preempt");
      }
    }
    return new Bounds(scene).unsteady();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Settled(scene, picture) {
      @Override
      boolean verify(long now, Court court) {
        int best = -1;
        for (int i = 0; i < picture.size(); i++) {
          if (!picture.out(i) && (best < 0 || picture.priority(i) > picture.priority(best))) {
            best = i;
          }
        }
        boolean found = false;
        for (int i = 0; i < picture.size(); i++) {
          if (!picture.active(i)) {
            continue;
          }
          found = true;
          if (best >= 0 && picture.priority(i) < picture.priority(best)) {
            court.violated(
                now,
                "%s with priority %d is ACTIVE, although %s with %d takes part"
                    .formatted(
                        picture.name(i),
                        picture.priority(i),
                        picture.name(best),
                        picture.priority(best)));
          }
        }
        return found;
      }
    };
  }
}
