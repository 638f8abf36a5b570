package io.havip.core.check;

import io.havip.RouterState;
import io.havip.wire.VrrpAdvert;
import java.util.Arrays;
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
            + " nobody has resigned since",
        "M of the BACKUP since the advert left",
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

    private static final long NOT = Long.MIN_VALUE;

    private final long[] sent;

    /** The advert before the last, which has arrived for certain when the last may not have. */
    private final long[] sentBefore;

    private final int[] sender;

    Patience(Scene scene, Picture picture) {
      super(scene, picture);
      sent = new long[picture.size()];
      sentBefore = new long[picture.size()];
      sender = new int[picture.size()];
      Arrays.fill(sent, NOT);
      Arrays.fill(sentBefore, NOT);
    }

    @Override
    public void see(Sighting sighting, Court court) {
      switch (sighting) {
        case Sighting.Advert advert -> said(advert);
        case Sighting.State change -> changed(change, court);
        case Sighting.Trouble trouble -> lostOnTheWay(trouble);
        default -> {}
      }
    }

    private void said(Sighting.Advert advert) {
      int from = picture.number(advert.member());
      if (from < 0 || advert.vrid() != bounds.router(from).vrid()) {
        return;
      }
      if (advert.priority() == VrrpAdvert.PRIORITY_RESIGN) {
        Arrays.fill(sent, NOT);
        Arrays.fill(sentBefore, NOT);
        return;
      }
      for (int i = 0; i < sent.length; i++) {
        if (i != from
            && picture.state(i) == RouterState.BACKUP
            && (advert.priority() >= picture.priority(i) || !Bounds.preempts(bounds.router(i)))
            && picture.hears(advert.member(), picture.name(i))
            && !picture.suffers(i, DEAF)
            && !picture.suffers(from, DEAF)) {
          if (sent[i] < advert.at() - bounds.epsilon) {
            sentBefore[i] = sent[i];
          }
          sent[i] = advert.at();
          sender[i] = from;
        }
      }
    }

    private void changed(Sighting.State change, Court court) {
      int member = picture.number(change.member());
      if (member < 0) {
        return;
      }
      if (change.to() == RouterState.ACTIVE
          && change.from() == RouterState.BACKUP
          && !picture.suffers(member, SLOW)
          && picture.lastChange(TroubleKind.SLOW) != change.at()
          && heard(member, change.at()) != NOT) {
        tried = true;
        long waited = change.at() - heard(member, change.at());
        long least = bounds.patience(member, picture.priority(member));
        if (waited < least) {
          court.violated(
              change.at(),
              "%s took over %s after an advert of %s, and must wait %s"
                  .formatted(
                      change.member(),
                      Bounds.text(waited),
                      picture.name(sender[member]),
                      Bounds.text(least)));
        }
      }
      sent[member] = NOT;
      sentBefore[member] = NOT;
    }

    /** When the last advert left that has arrived by now for certain. */
    private long heard(int member, long now) {
      return sent[member] < now - bounds.epsilon ? sent[member] : sentBefore[member];
    }

    /** What was under way when a path broke may not have arrived. */
    private void lostOnTheWay(Sighting.Trouble trouble) {
      boolean path = trouble.kind() == TroubleKind.CUT || trouble.kind() == TroubleKind.IMPAIRED;
      if (!path && !DEAF.contains(trouble.kind())) {
        return;
      }
      for (int i = 0; i < sent.length; i++) {
        if (sent[i] >= trouble.at() - bounds.epsilon
            && trouble.members().contains(picture.name(i))) {
          sent[i] = NOT;
        }
      }
    }
  }
}
