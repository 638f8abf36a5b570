package io.havip.core.check;

import io.havip.RouterState;
import java.util.Set;

/** L3: who is alone becomes ACTIVE. */
final class AloneAtStart extends Property {

  AloneAtStart() {
    super(
        "L3",
        "a member that starts alone is ACTIVE in time",
        "no other process exists, and its own is in order",
        "M + D + L; an owner at once",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private long started;
      private int starter = -1;

      @Override
      public void see(Sighting sighting, Court court) {
        if (starter >= 0 && picture.active(starter)) {
          tried = true;
        }
        if (!(sighting instanceof Sighting.State change)
            || change.from() != RouterState.INITIALIZE
            || change.to() != RouterState.BACKUP) {
          if (sighting instanceof Sighting.Trouble
              || (starter >= 0 && picture.state(starter) != RouterState.BACKUP)
              || (starter >= 0 && !alone(starter))) {
            deadline = Picture.NEVER;
            starter = -1;
          }
          return;
        }
        int member = picture.number(change.member());
        deadline = Picture.NEVER;
        starter = -1;
        if (member >= 0 && alone(member) && picture.quietSince(Set.of()) == change.at()) {
          starter = member;
          started = change.at();
          long wait =
              bounds.router(member).owner() ? 0 : bounds.patience(member, change.priority());
          deadline = change.at() + wait + bounds.epsilon + 1;
        }
      }

      private boolean alone(int member) {
        for (int i = 0; i < picture.size(); i++) {
          if (i != member && picture.state(i) != RouterState.INITIALIZE) {
            return false;
          }
        }
        return true;
      }

      @Override
      public void due(long now, Court court) {
        deadline = Picture.NEVER;
        tried = true;
        court.violated(
            now,
            "%s started alone and is not ACTIVE after %s"
                .formatted(picture.name(starter), Bounds.text(now - started)));
      }
    };
  }
}
