package io.havip.core.check;

import io.havip.RouterState;
import java.util.Optional;
import java.util.Set;

/** S14, S16 and S17: something that must not matter does not. */
final class Undisturbed extends Property {

  private final TroubleKind kind;
  private final String what;

  private Undisturbed(String id, String words, TroubleKind kind, String what) {
    super(
        id,
        words,
        "quiet but for that; priorities do not change unseen",
        "no change of state until settled after it",
        Sense.STATES,
        Sense.TROUBLE);
    this.kind = kind;
    this.what = what;
  }

  static Undisturbed byStrangers() {
    return new Undisturbed(
        "S14",
        "adverts that are not the group's change no state",
        TroubleKind.STRANGER,
        "packets of a stranger");
  }

  /** The first half of S16. */
  static Undisturbed byItself() {
    return new Undisturbed(
        "S16",
        "adverts from a member's own address, its own that come back or another's, change no state",
        TroubleKind.REFLECTION,
        "an advert from its own address");
  }

  static Undisturbed byTheWallClock() {
    return new Undisturbed(
        "S17",
        "a jump of the wall clock changes no state",
        TroubleKind.WALL_CLOCK,
        "a jump of the wall clock");
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return new Bounds(scene).unsteady();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    Set<TroubleKind> but = Set.of(kind);
    return new Settled(scene, picture) {
      private long quiet = Picture.NEVER;

      @Override
      long since() {
        return picture.quietSince(but);
      }

      @Override
      public void see(Sighting sighting, Court court) {
        long last = picture.lastChange(kind);
        if (sighting instanceof Sighting.State change
            && change.to() != RouterState.INITIALIZE
            && change.from() != RouterState.FAULT // what was refused is tried again later
            && quiet != Picture.NEVER
            && last != Long.MIN_VALUE
            && quiet < Math.min(last, change.at()) - bounds.settle
            && (last >= change.at() - bounds.settle || picture.lasts(kind))) {
          court.violated(
              change.at(),
              "%s went from %s to %s %s after %s (%s)"
                  .formatted(
                      change.member(),
                      change.from(),
                      change.to(),
                      Bounds.text(change.at() - last),
                      what,
                      change.cause()));
        }
        quiet = picture.quietSince(but);
        super.see(sighting, court);
        if (deadline != Picture.NEVER && last != Long.MIN_VALUE) {
          deadline = Math.max(deadline, last + bounds.settle + 1);
        }
      }

      @Override
      boolean verify(long now, Court court) {
        long last = picture.lastChange(kind);
        return last != Long.MIN_VALUE && quiet < last - bounds.settle;
      }
    };
  }
}
