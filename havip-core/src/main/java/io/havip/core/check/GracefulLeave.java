package io.havip.core.check;

import io.havip.RouterState;
import java.util.Set;

/** L2: a member that resigns has released first, and is followed at once. */
final class GracefulLeave extends Property {

  GracefulLeave() {
    super(
        "L2",
        "who resigns has taken the address off, and another member is ACTIVE soon",
        "quiet before; a BACKUP is there; nothing but the leaving happens",
        "skew + D + L of the best BACKUP, from priority 0",
        Sense.STATES,
        Sense.ADVERTS,
        Sense.ADDRESSES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private long quiet = Picture.NEVER;
      private long resigned;
      private int leaver;

      @Override
      public void see(Sighting sighting, Court court) {
        switch (sighting) {
          case Sighting.Advert advert -> {
            if (advert.priority() == 0 && deadline == Picture.NEVER) {
              resigns(advert, court);
            }
          }
          case Sighting.State change -> {
            if (change.to() == RouterState.ACTIVE || change.to() == RouterState.FAULT) {
              deadline = Picture.NEVER;
            }
          }
          case Sighting.Trouble trouble -> {
            boolean leaves =
                trouble.kind() == TroubleKind.STOP
                    && trouble.begins()
                    && picture.number(trouble.members().getFirst()) == leaver;
            if (!leaves) {
              deadline = Picture.NEVER;
            }
          }
          default -> {}
        }
        quiet = picture.quietSince(Set.of());
      }

      private void resigns(Sighting.Advert advert, Court court) {
        leaver = picture.number(advert.member());
        if (leaver < 0 || quiet == Picture.NEVER || quiet >= advert.at() - bounds.settle) {
          return;
        }
        if (picture.answers(leaver)) {
          tried = true;
          court.violated(advert.at(), advert.member() + " resigns while its kernel still answers");
        }
        long best = Picture.NEVER;
        for (int i = 0; i < picture.size(); i++) {
          if (i != leaver && picture.state(i) == RouterState.BACKUP) {
            best = Math.min(best, bounds.skew(i, picture.priority(i), picture.interval(leaver)));
          }
        }
        if (best != Picture.NEVER) {
          tried = true;
          resigned = advert.at();
          deadline = advert.at() + best + bounds.epsilon + 1;
        }
      }

      @Override
      public void due(long now, Court court) {
        deadline = Picture.NEVER;
        court.violated(
            now,
            "nobody is ACTIVE %s after %s resigned"
                .formatted(Bounds.text(now - resigned), picture.name(leaver)));
      }
    };
  }
}
