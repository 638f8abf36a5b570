package io.havip.core.check;

import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpVersion;
import java.util.Optional;
import java.util.Set;

/** L6: nobody takes over before its whole patience has passed since the last advert it was sent. */
final class NoFalseTakeover extends Property {

  private static final Set<TroubleKind> DEAF =
      Set.of(
          TroubleKind.FREEZE,
          TroubleKind.LINK,
          TroubleKind.CRASH,
          TroubleKind.KILL,
          TroubleKind.STOP);

  /** A slow process also reports late. */
  private static final Set<TroubleKind> SLOW = Set.of(TroubleKind.SLOW);

  NoFalseTakeover() {
    super(
        "L6",
        "a BACKUP waits its whole Active_Down_Interval since the last advert sent to it, however"
            + " late the sender or itself runs",
        "the advert has no lower priority, or the BACKUP may not preempt; its path was in order;"
            + " nobody has resigned since, and no resignation is under way on a bad path",
        "M of the BACKUP, with the interval that the advert says, since it left",
        Sense.STATES,
        Sense.ADVERTS,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return new Bounds(scene).unsteady();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Patience(scene, picture);
  }

  private static final class Patience extends OneDeadline {

    /** What was last said to each member, which may be under way still. */
    private final Word[] last;

    /** What was said to it before that, which has arrived for certain. */
    private final Word[] before;

    /** Who resigned to whom on a bad path, so that nobody knows when that arrives. */
    private final boolean[][] resigned;

    Patience(Scene scene, Picture picture) {
      super(scene, picture);
      last = new Word[picture.size()];
      before = new Word[picture.size()];
      resigned = new boolean[picture.size()][picture.size()];
      for (int i = 0; i < last.length; i++) {
        last[i] = new Word();
        before[i] = new Word();
      }
    }

    @Override
    public void see(Sighting sighting, Court court) {
      switch (sighting) {
        case Sighting.Advert advert -> said(advert);
        case Sighting.State change -> changed(change, court);
        case Sighting.Trouble trouble -> troubled(trouble);
        default -> {}
      }
    }

    private void said(Sighting.Advert advert) {
      int from = picture.number(advert.member());
      if (from < 0 || advert.vrid() != bounds.router(from).vrid()) {
        return;
      }
      for (int i = 0; i < last.length; i++) {
        if (i == from) {
          continue;
        }
        if (advert.priority() == VrrpAdvert.PRIORITY_RESIGN) {
          forget(i);
          resigned[from][i] = !picture.hears(picture.name(from), picture.name(i));
        } else if (counts(advert, from, i)) {
          said(advert, from, i);
        } else if (advert.interval() != last[i].interval) {
          forget(i); // it may be followed all the same, with another patience
        }
      }
    }

    private void said(Sighting.Advert advert, int from, int to) {
      if (last[to].sent < advert.at() - bounds.epsilon) {
        before[to].becomes(last[to]);
        last[to].interval = advert.interval();
      } else { // which of the two comes first is not known
        last[to].interval = Math.min(last[to].interval, advert.interval());
      }
      last[to].sent = advert.at();
      last[to].sender = from;
    }

    /** Whether it keeps a member waiting for certain. */
    private boolean counts(Sighting.Advert advert, int from, int to) {
      VirtualRouterConfig router = bounds.router(to);
      return picture.state(to) == RouterState.BACKUP
          && (advert.priority() >= picture.priority(to) || !Bounds.preempts(router))
          && (router.version() == VrrpVersion.V3
              || advert.interval() == router.advertInterval().toNanos())
          && picture.hears(advert.member(), picture.name(to))
          && !picture.suffers(to, DEAF)
          && !picture.suffers(from, DEAF)
          && !resignationIsUnderWay(to);
    }

    private boolean resignationIsUnderWay(int to) {
      for (int i = 0; i < last.length; i++) {
        if (resigned[i][to]) {
          return true;
        }
      }
      return false;
    }

    private void changed(Sighting.State change, Court court) {
      int member = picture.number(change.member());
      if (member < 0) {
        return;
      }
      Word heard = heard(member, change.at());
      if (change.to() == RouterState.ACTIVE
          && change.from() == RouterState.BACKUP
          && !picture.suffers(member, SLOW)
          && picture.lastChange(TroubleKind.SLOW) != change.at()
          && heard.sent != Word.NOT) {
        tried = true;
        long waited = change.at() - heard.sent;
        long every = Math.min(heard.interval, last[member].interval);
        long least = bounds.patience(member, picture.priority(member), every);
        if (waited < least) {
          court.violated(
              change.at(),
              "%s took over %s after an advert of %s, and must wait %s"
                  .formatted(
                      change.member(),
                      Bounds.text(waited),
                      picture.name(heard.sender),
                      Bounds.text(least)));
        }
      }
      forget(member);
    }

    /** The last word that has arrived by now for certain. */
    private Word heard(int member, long now) {
      return last[member].sent < now - bounds.epsilon ? last[member] : before[member];
    }

    private void forget(int member) {
      last[member].forget();
      before[member].forget();
    }

    private void troubled(Sighting.Trouble trouble) {
      boolean impaired = trouble.kind() == TroubleKind.IMPAIRED;
      if (impaired && !trouble.begins()) {
        int from = picture.number(trouble.members().get(0));
        int to = picture.number(trouble.members().get(1));
        if (from >= 0 && to >= 0) {
          resigned[from][to] = false;
        }
      }
      if (impaired || trouble.kind() == TroubleKind.CUT || DEAF.contains(trouble.kind())) {
        lostOnTheWay(trouble);
      }
    }

    /** What was under way when a path broke may not have arrived. */
    private void lostOnTheWay(Sighting.Trouble trouble) {
      for (int i = 0; i < last.length; i++) {
        if (last[i].sent >= trouble.at() - bounds.epsilon
            && trouble.members().contains(picture.name(i))) {
          last[i].sent = Word.NOT;
        }
      }
    }
  }

  /** An advert that was said to a member. */
  private static final class Word {

    private static final long NOT = Long.MIN_VALUE;

    private long sent = NOT;
    private long interval = Picture.NEVER;
    private int sender;

    void becomes(Word other) {
      sent = other.sent;
      interval = other.interval;
      sender = other.sender;
    }

    void forget() {
      sent = NOT;
      interval = Picture.NEVER;
    }
  }
}
