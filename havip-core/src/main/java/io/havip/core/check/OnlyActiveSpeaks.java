package io.havip.core.check;

import io.havip.RouterState;
import io.havip.wire.VrrpAdvert;
import java.util.Arrays;
import java.util.Set;

/** S9: only an ACTIVE member advertises, and priority 0 only when it leaves. */
final class OnlyActiveSpeaks extends Property {

  /** A guardian may resign for a process that does not run, or does not exist any more. */
  private static final Set<TroubleKind> EXCUSES =
      Set.of(
          TroubleKind.SLOW,
          TroubleKind.PAUSE,
          TroubleKind.FREEZE,
          TroubleKind.KILL,
          TroubleKind.STOP);

  OnlyActiveSpeaks() {
    super(
        "S9",
        "adverts are sent by ACTIVE members only, and priority 0 only by one that leaves that"
            + " state",
        "the process runs in time; that exactly one timer is armed is shown by the explorer",
        "L",
        Sense.ADVERTS,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Speech(scene, picture);
  }

  private static final class Speech extends PerMember {

    private final boolean[] resigned;
    private final long[] lastActive;

    Speech(Scene scene, Picture picture) {
      super(scene, picture);
      resigned = new boolean[picture.size()];
      lastActive = new long[picture.size()];
      Arrays.fill(lastActive, Long.MIN_VALUE);
    }

    @Override
    public void see(Sighting sighting, Court court) {
      switch (sighting) {
        case Sighting.State state -> {
          int member = picture.number(state.member());
          if (member >= 0 && state.from() == RouterState.ACTIVE) {
            lastActive[member] = state.at();
          }
          if (member >= 0 && waiting(member) && excused(member, state.at())) {
            forget(member);
          }
        }
        case Sighting.Trouble trouble -> {
          for (int i = 0; i < picture.size(); i++) {
            if (trouble.kind().down()
                && trouble.begins()
                && trouble.members().contains(picture.name(i))) {
              forget(i);
            }
          }
        }
        case Sighting.Advert advert -> said(advert);
        default -> {}
      }
    }

    private void said(Sighting.Advert advert) {
      int member = picture.number(advert.member());
      if (member < 0 || advert.vrid() != bounds.router(member).vrid()) {
        return;
      }
      tried = true;
      resigned[member] = advert.priority() == VrrpAdvert.PRIORITY_RESIGN;
      if (!picture.suffers(member, EXCUSES) && !excused(member, advert.at())) {
        await(member, advert.at() + bounds.lateness);
      } else {
        forget(member);
      }
    }

    /** Whether what it said last fits what it is, or has just been. */
    private boolean excused(int member, long now) {
      boolean justWas = lastActive[member] >= now - bounds.lateness;
      return resigned[member]
          ? !picture.active(member) && justWas
          : picture.active(member) || justWas;
    }

    @Override
    void overdue(int member, long now, Court court) {
      if (!picture.suffers(member, EXCUSES)) {
        court.violated(
            now,
            resigned[member]
                ? picture.name(member)
                    + " sent priority 0, but did not leave ACTIVE: it is "
                    + picture.state(member)
                : picture.name(member) + " advertises, but is " + picture.state(member));
      }
    }
  }
}
