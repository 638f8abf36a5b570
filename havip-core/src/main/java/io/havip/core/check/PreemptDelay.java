package io.havip.core.check;

import io.havip.RouterState;
import java.util.Optional;
import java.util.Set;

/** S12: a preemption delay is waited for, and does not shorten the patience. */
final class PreemptDelay extends Property {

  PreemptDelay() {
    super(
        "S12",
        "a member with a preemption delay does not take over from a live member before it is over",
        "some member has a preemption delay; quiet since it became BACKUP, which it did not by"
            + " waking up",
        "M - T + delay - (D + L) after both were in place",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return scene.members().stream().allMatch(actor -> Bounds.preemptDelay(actor.router()) == 0)
        ? Optional.of("no member has a preemption delay")
        : Optional.empty();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private final long[] backupSince = new long[picture.size()];

      // Since when a member of lower priority is there to be heard, by BACKUP.
      private final long[] met = new long[picture.size()];

      @Override
      public void see(Sighting sighting, Court court) {
        if (!(sighting instanceof Sighting.State change) || picture.number(change.member()) < 0) {
          return;
        }
        int member = picture.number(change.member());
        if (change.to() == RouterState.BACKUP) {
          backupSince[member] = change.at();
          met[member] = Picture.NEVER;
        } else if (change.from() == RouterState.BACKUP && change.to() == RouterState.ACTIVE) {
          took(member, change.at(), court);
        }
        for (int i = 0; i < picture.size(); i++) {
          meet(i, change.at());
        }
      }

      private void meet(int backup, long now) {
        boolean lower = false;
        for (int i = 0; i < picture.size(); i++) {
          if (i != backup && picture.active(i)) {
            if (picture.priority(i) >= picture.priority(backup)) {
              met[backup] = Picture.NEVER;
              return;
            }
            lower = true;
          }
        }
        if (!lower) {
          met[backup] = Picture.NEVER;
        } else if (met[backup] == Picture.NEVER) {
          met[backup] = now;
        }
      }

      // Who wakes up reads what was said before, which counts for the delay.
      private boolean stalledAt(long time) {
        return justChanged(TroubleKind.PAUSE, time)
            || justChanged(TroubleKind.FREEZE, time)
            || justChanged(TroubleKind.SLOW, time);
      }

      private boolean justChanged(TroubleKind kind, long time) {
        long last = picture.lastChange(kind);
        return last >= time - bounds.lateness && last <= time;
      }

      // M - T with the shortest T of those that it may have followed.
      private long patienceBetweenAdverts(int taker) {
        long every = Picture.NEVER;
        for (int i = 0; i < picture.size(); i++) {
          if (i != taker && picture.active(i)) {
            every = Math.min(every, picture.interval(i));
          }
        }
        return bounds.patience(taker, picture.priority(taker), every) - every;
      }

      private void took(int taker, long now, Court court) {
        long delay = Bounds.preemptDelay(bounds.router(taker));
        long waited = now - met[taker];
        if (delay == 0
            || met[taker] == Picture.NEVER
            || waited <= bounds.epsilon
            || picture.quietSince(Set.of()) > backupSince[taker]
            || stalledAt(backupSince[taker])) {
          return;
        }
        tried = true;
        long least = patienceBetweenAdverts(taker) + delay - bounds.epsilon;
        if (waited < least) {
          court.violated(
              now,
              "%s took over from a member of lower priority after %s, earlier than %s"
                  .formatted(picture.name(taker), Bounds.text(waited), Bounds.text(least)));
        }
      }
    };
  }
}
