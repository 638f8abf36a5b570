package io.havip.core.check;

import io.havip.RouterState;
import java.util.List;
import java.util.Set;

/** L12: a new configuration by itself moves nothing. */
final class QuietReconfiguration extends Property {

  QuietReconfiguration() {
    super(
        "L12",
        "a configuration that changes settings in place causes no takeover",
        "quiet; the ACTIVE member is still one of the highest priority, or nobody preempts; the"
            + " scene knows the longest T",
        "no change of state until settled after it",
        Sense.CONFIGURATION,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private long changed = Picture.NEVER;
      private Sighting.Reconfigured what =
          new Sighting.Reconfigured(0, "", "", Sighting.Reconfigured.Change.UNCHANGED, List.of());

      @Override
      public void see(Sighting sighting, Court court) {
        switch (sighting) {
          case Sighting.Reconfigured now -> reconfigured(now);
          case Sighting.State state -> {
            if (changed != Picture.NEVER && state.to() != RouterState.INITIALIZE) {
              court.violated(
                  state.at(),
                  "%s went from %s to %s %s after %s got a new %s (%s)"
                      .formatted(
                          state.member(),
                          state.from(),
                          state.to(),
                          Bounds.text(state.at() - changed),
                          what.member(),
                          what.settings(),
                          state.cause()));
            }
          }
          case Sighting.Priority priority -> orderMatters();
          case Sighting.Trouble trouble -> {
            if (!trouble.kind().ofCloud()) {
              giveUp();
            }
          }
          default -> {}
        }
      }

      private void reconfigured(Sighting.Reconfigured now) {
        if (picture.number(now.member()) < 0
            || now.change() == Sighting.Reconfigured.Change.UNCHANGED) {
          return;
        }
        giveUp();
        if (now.change() == Sighting.Reconfigured.Change.UPDATED && settled(now.at(), Set.of())) {
          what = now;
          changed = now.at();
          deadline = now.at() + bounds.settle + 1;
          orderMatters();
        }
      }

      private void orderMatters() {
        int highest = 0;
        int active = -1;
        for (int i = 0; i < picture.size(); i++) {
          if (picture.active(i)) {
            active = i;
          } else if (!picture.out(i) && Bounds.preempts(bounds.router(i))) {
            highest = Math.max(highest, picture.priority(i));
          }
        }
        if (active < 0 || picture.priority(active) < highest) {
          giveUp();
        }
      }

      private void giveUp() {
        changed = Picture.NEVER;
        deadline = Picture.NEVER;
      }

      @Override
      public void due(long now, Court court) {
        tried |= changed != Picture.NEVER;
        giveUp();
      }
    };
  }
}
