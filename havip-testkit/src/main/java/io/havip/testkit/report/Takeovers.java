package io.havip.testkit.report;

import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.testkit.report.Diagram.Bracket;
import io.havip.testkit.report.Spells.Spell;
import io.havip.wire.VrrpVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the takeovers and what each was allowed to take: Active_Down_Interval from the moment the
 * holder fell silent, or Skew_Time after it resigned, and the scene's delay and lateness (RFC 9568
 * section 6.1). A preemption has no such bound and gets no bracket.
 */
final class Takeovers {

  private static final Set<TroubleKind> SILENCING =
      EnumSet.of(
          TroubleKind.CRASH,
          TroubleKind.KILL,
          TroubleKind.PAUSE,
          TroubleKind.FREEZE,
          TroubleKind.LINK,
          TroubleKind.CUT);

  private final FailoverRun run;
  private final RecordIndex index;
  private final List<Spell<Sighting.Trouble>> troubles;
  private final List<Bracket> brackets = new ArrayList<>();
  private final Set<String> active = new HashSet<>();
  private final Set<String> holders = new HashSet<>();
  private long silent = -1;
  private long resigned = -1;

  Takeovers(FailoverRun run, RecordIndex index, List<Spell<Sighting.Trouble>> troubles) {
    this.run = run;
    this.index = index;
    this.troubles = troubles;
  }

  List<Bracket> all() {
    for (Sighting each : run.sightings()) {
      if (each instanceof Sighting.Advert advert) {
        advert(advert);
      } else if (each instanceof Sighting.State state) {
        state(state);
      }
    }
    return brackets;
  }

  private void advert(Sighting.Advert advert) {
    if (active.contains(advert.member())) {
      silent = advert.at();
    }
    if (advert.priority() == 0) {
      resigned = advert.at();
    }
  }

  private void state(Sighting.State state) {
    Scene.Actor actor = actor(state.member(), state.router());
    if (actor == null) {
      return;
    }
    if (state.to() != RouterState.ACTIVE) {
      active.remove(state.member());
      return;
    }
    active.add(state.member());
    if (!holders.isEmpty()) {
      takeover(state, actor.router());
    }
    holders.clear();
    holders.add(state.member());
    resigned = -1;
    silent = state.at();
  }

  private void takeover(Sighting.State state, VirtualRouterConfig router) {
    boolean waited = state.cause().startsWith("no advert for ");
    boolean leave = state.cause().endsWith(" resigned") && resigned >= 0;
    if (holders.contains(state.member()) || !(waited || leave)) {
      return;
    }
    long epsilon = run.scene().longestDelay().plus(run.scene().longestLateness()).toNanos();
    long wait = leave ? skew(router, state.priority()) : patience(router, state.priority());
    long from = leave ? resigned : fellSilent(state.at());
    String words =
        "%s took over %s after the holder %s; allowed after a failure: %s %s + ε %s"
            .formatted(
                state.member(),
                Words.length(state.at() - from),
                leave ? "resigned" : from > silent ? "failed" : "sent its last advert",
                leave ? "Skew_Time" : "Active_Down_Interval",
                Words.length(wait),
                Words.length(epsilon));
    brackets.add(
        new Bracket(
            from, from + wait + epsilon, state.at(), state.member(), words, index.of(state)));
  }

  /** The last thing that silenced a holder after its last advert, or else that advert. */
  private long fellSilent(long before) {
    for (Spell<Sighting.Trouble> each : troubles) {
      Sighting.Trouble begun = each.begun();
      if (begun.at() >= silent
          && begun.at() < before
          && SILENCING.contains(begun.kind())
          && begun.members().stream().anyMatch(holders::contains)) {
        return begun.at();
      }
    }
    return silent;
  }

  private Scene.@Nullable Actor actor(String member, String router) {
    for (Scene.Actor each : run.scene().members()) {
      if (each.name().equals(member) && each.router().name().equals(router)) {
        return each;
      }
    }
    return null;
  }

  private static long skew(VirtualRouterConfig router, int priority) {
    long unit =
        router.version() == VrrpVersion.V2 ? 1_000_000_000L : router.advertInterval().toNanos();
    return (256 - priority) * unit / 256;
  }

  private static long patience(VirtualRouterConfig router, int priority) {
    return router.downMultiplier() * router.advertInterval().toNanos() + skew(router, priority);
  }
}
