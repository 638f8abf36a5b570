package io.havip.core.check;

import io.havip.RouterState;
import java.util.Optional;
import java.util.Set;

/** S10: every change of state has a cause, and a group in quiet changes nothing. */
final class NoUnexplainedChange extends Property {

  NoUnexplainedChange() {
    super(
        "S10",
        "each change of state goes on from the last, names its cause, and has one",
        "priorities do not change unseen",
        "something came, went or went wrong within the last settled",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return new Bounds(scene).unsteady();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private final RouterState[] last = new RouterState[picture.size()];
      private long quiet = Picture.NEVER;

      @Override
      public void see(Sighting sighting, Court court) {
        if (sighting instanceof Sighting.State change && picture.number(change.member()) >= 0) {
          changed(change, court);
        } else if (sighting instanceof Sighting.Trouble trouble && trouble.kind().down()) {
          int member = picture.number(trouble.members().getFirst());
          if (member >= 0 && !trouble.begins()) {
            last[member] = RouterState.INITIALIZE;
          }
        }
        quiet = picture.quietSince(Set.of());
      }

      private void changed(Sighting.State change, Court court) {
        int member = picture.number(change.member());
        tried |= change.to() == RouterState.ACTIVE;
        if (change.cause().isEmpty()) {
          court.violated(change.at(), words(change) + " without a cause");
        }
        if (last[member] != null && last[member] != change.from()) {
          court.violated(change.at(), words(change) + ", but was last seen as " + last[member]);
        }
        last[member] = change.to();
        // An entry of a member is itself a change, so what was quiet before it counts.
        if (change.to() != RouterState.INITIALIZE
            && change.from() != RouterState.FAULT // what was refused is tried again later
            && quiet != Picture.NEVER
            && quiet != Long.MIN_VALUE
            && quiet < change.at() - bounds.settle) {
          court.violated(
              change.at(),
              "%s (%s), although nothing has happened for %s"
                  .formatted(words(change), change.cause(), Bounds.text(change.at() - quiet)));
        }
      }

      private static String words(Sighting.State change) {
        return change.member() + " went from " + change.from() + " to " + change.to();
      }
    };
  }
}
