package io.havip.core.check;

import io.havip.RouterState;
import java.util.Optional;
import java.util.Set;

/** L1 and L5: what follows the death of the ACTIVE member. */
final class AfterCrash extends Property {

  private final boolean counts;

  private AfterCrash(String id, String words, String condition, String bound, boolean counts) {
    super(id, words, condition, bound, Sense.STATES, Sense.ADVERTS, Sense.TROUBLE);
    this.counts = counts;
  }

  static AfterCrash takeover() {
    return new AfterCrash(
        "L1",
        "after the ACTIVE member dies, another is ACTIVE in time and not too early",
        "quiet before; a BACKUP is there; nothing else goes wrong; nobody resigns for the dead",
        "M - T - (D + L) to M + D + L of the best BACKUP, from the death",
        false);
  }

  static AfterCrash singleSuccessor() {
    return new AfterCrash(
        "L5",
        "of several BACKUPs only one takes over from an ACTIVE member that dies",
        "quiet before; two BACKUPs are there; waiting times differ by more than D + L",
        "within the longest M + D + L from the death",
        true);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return counts ? new Bounds(scene).crowded() : new Bounds(scene).unsteady();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Vigil(scene, picture);
  }

  private final class Vigil extends OneDeadline {

    private long quiet = Picture.NEVER;
    private long died = Picture.NEVER;
    private long least;
    private int successors;

    Vigil(Scene scene, Picture picture) {
      super(scene, picture);
    }

    @Override
    public void see(Sighting sighting, Court court) {
      switch (sighting) {
        case Sighting.Trouble trouble -> troubled(trouble);
        case Sighting.Advert advert -> {
          if (advert.priority() == 0) {
            giveUp();
          }
        }
        case Sighting.State change -> {
          if (died != Picture.NEVER) {
            changed(change, court);
          }
        }
        default -> {}
      }
      quiet = picture.quietSince(Set.of());
    }

    private void troubled(Sighting.Trouble trouble) {
      int member = picture.number(trouble.members().getFirst());
      boolean dies =
          trouble.begins()
              && (trouble.kind() == TroubleKind.CRASH || trouble.kind() == TroubleKind.KILL)
              && member >= 0
              && picture.endedAs(member) == RouterState.ACTIVE;
      boolean known =
          quiet != Picture.NEVER && quiet < trouble.at() - bounds.settle && died == Picture.NEVER;
      giveUp();
      if (dies && known) {
        watch(trouble.at(), picture.interval(member));
      }
    }

    private void watch(long at, long every) {
      long best = Picture.NEVER;
      long worst = 0;
      int backups = 0;
      for (int i = 0; i < picture.size(); i++) {
        if (picture.active(i)) {
          return;
        }
        if (picture.state(i) == RouterState.BACKUP) {
          long wait = bounds.patience(i, picture.priority(i), every);
          best = Math.min(best, wait);
          worst = Math.max(worst, wait);
          backups++;
        }
      }
      if (backups < (counts ? 2 : 1)) {
        return;
      }
      died = at;
      successors = 0;
      least = at + best - every - bounds.epsilon;
      deadline = at + (counts ? worst : best) + bounds.epsilon + 1;
    }

    private void changed(Sighting.State change, Court court) {
      if (change.to() == RouterState.FAULT) {
        giveUp();
      } else if (change.to() == RouterState.ACTIVE) {
        successors++;
        tried = true;
        if (counts && successors > 1) {
          court.violated(
              change.at(),
              change.member() + " is the " + successors + ". that took over from one dead member");
        } else if (!counts) {
          if (change.at() < least) {
            court.violated(
                change.at(),
                "%s took over %s after the death of the ACTIVE member, %s too early"
                    .formatted(
                        change.member(),
                        Bounds.text(change.at() - died),
                        Bounds.text(least - change.at())));
          }
          giveUp();
        }
      }
    }

    @Override
    public void due(long now, Court court) {
      if (!counts && died != Picture.NEVER) {
        tried = true;
        court.violated(now, "nobody took over for " + Bounds.text(now - died) + " after the death");
      }
      giveUp();
    }

    private void giveUp() {
      died = Picture.NEVER;
      deadline = Picture.NEVER;
    }
  }
}
