package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.core.election.ElectionState.NEVER;

import io.havip.core.election.Action.Announce;
import io.havip.core.election.Action.Bind;
import io.havip.core.election.Action.ReportLowerPriority;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Action.SendAdvert;
import io.havip.core.election.Action.Unbind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Machines with one planted bug each, and the law that has to notice it. */
enum Mutant {
  SKEW_DROPPED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        ElectionState to = step.state();
        boolean set = to.state() == BACKUP && to.activeDownAt() != s.activeDownAt();
        return set && !(i instanceof Input.PriorityChanged)
            ? with(step, downAt(to, to.activeDownAt() - c.skew(to.priority(), to.activeInterval())))
            : step;
      }),
  SKEW_IN_CENTISECONDS(
      ElectionLaw.PACE_MEANS_NOTHING,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        ElectionState to = step.state();
        boolean set = to.state() == BACKUP && to.activeDownAt() != s.activeDownAt();
        return set && i instanceof Input.AdvertReceived
            ? with(
                step,
                downAt(
                    to,
                    to.activeDownAt() - c.skew(to.priority(), to.activeInterval()) % 10_000_000L))
            : step;
      }),
  INTERVAL_NOT_LEARNED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(
              c,
              s,
              i instanceof Input.AdvertReceived a
                  ? new Input.AdvertReceived(
                      a.source(), a.priority(), c.intervalNanos(), a.receivedAt())
                  : i,
              now)),
  READ_TIME_INSTEAD_OF_RECEIVE_TIME(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(
              c,
              s,
              i instanceof Input.AdvertReceived a
                  ? new Input.AdvertReceived(a.source(), a.priority(), a.intervalNanos(), now)
                  : i,
              now)),
  EQUAL_PRIORITY_PREEMPTS(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          s.state() == BACKUP && i instanceof Input.AdvertReceived a && a.priority() == s.priority()
              ? new Step(s, List.of())
              : Election.step(c, s, i, now)),
  LOWER_PRIORITY_ACCEPTED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(
              c,
              s,
              s.state() == BACKUP && i instanceof Input.AdvertReceived a && a.priority() > 0
                  ? new Input.AdvertReceived(
                      a.source(),
                      Math.max(a.priority(), s.priority()),
                      a.intervalNanos(),
                      a.receivedAt())
                  : i,
              now)),
  PREEMPTION_DELAY_RESTARTED_BY_EACH_ADVERT(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(c, i instanceof Input.AdvertReceived ? preemptAt(s, NEVER) : s, i, now)),
  RESIGNATION_IGNORED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          s.state() == BACKUP && i instanceof Input.AdvertReceived a && a.priority() == 0
              ? new Step(s, List.of())
              : Election.step(c, s, i, now)),
  RESIGNATION_POSTPONES_THE_TAKEOVER(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.state() == BACKUP && i instanceof Input.AdvertReceived a && a.priority() == 0
            ? with(
                step,
                downAt(step.state(), a.receivedAt() + c.skew(s.priority(), s.activeInterval())))
            : step;
      }),
  PRIORITY_CHANGE_DOES_NOT_SHIFT(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.state() == BACKUP && i instanceof Input.PriorityChanged
            ? with(step, downAt(step.state(), s.activeDownAt()))
            : step;
      }),
  ADVERT_FROM_BEFORE_LISTENING_COUNTS(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        ElectionState to = step.state();
        boolean accepted =
            i instanceof Input.AdvertReceived a
                && s.state() == BACKUP
                && a.priority() >= s.priority();
        return accepted
            ? with(
                step,
                downAt(
                    to,
                    ((Input.AdvertReceived) i).receivedAt()
                        + c.activeDownInterval(to.priority(), to.activeInterval())))
            : step;
      }),
  LATE_BACKUP_ELECTS_ITSELF(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(
              c,
              s.state() == BACKUP && i instanceof Input.TimerDue && now > s.activeDownAt()
                  ? downAt(s, now)
                  : s,
              i,
              now)),
  ASKS_BEFORE_ITS_RANK(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        ElectionState to = step.state();
        return to.askAt() == NEVER
            ? step
            : with(step, claim(to, now + 1, to.silentAt(), to.serveAt()));
      }),
  CLAIMS_ALTHOUGH_SOMEBODY_ANSWERS(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          s.silentAt() != NEVER && i instanceof Input.Probed
              ? Election.step(
                  c, claim(s, s.askAt(), now, s.serveAt()), new Input.Probed(false), now)
              : Election.step(c, s, i, now)),
  CLAIMS_WITHOUT_HAVING_ASKED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(
              c,
              s.silentAt() != NEVER && i instanceof Input.Probed
                  ? claim(s, s.askAt(), Math.min(now, s.silentAt()), s.serveAt())
                  : s,
              i,
              now)),
  AN_ADVERT_DOES_NOT_STOP_A_CLAIM(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return i instanceof Input.AdvertReceived && s.silentAt() != NEVER && !changed(s, step)
            ? with(step, claim(step.state(), s.askAt(), s.silentAt(), s.serveAt()))
            : step;
      }),
  RIVALS_ARE_NOT_AWAITED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        ElectionState to = step.state();
        return to.serveAt() == NEVER
            ? step
            : with(step, claim(to, to.askAt(), to.silentAt(), now + 1));
      }),
  A_STRANGERS_RESIGNATION_BEGINS_A_CLAIM(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          Election.step(
              c,
              s,
              i instanceof Input.AdvertReceived a && a.priority() == 0 && s.active() != null
                  ? new Input.AdvertReceived(
                      s.active(), a.priority(), a.intervalNanos(), a.receivedAt())
                  : i,
              now)),
  A_CLAIM_IS_LATER_THAN_THE_SKEW(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return step.state().silentAt() != NEVER
            ? with(step, downAt(step.state(), step.state().silentAt() + c.intervalNanos()))
            : step;
      }),
  PREEMPTION_DELAY_PASSES_WHILE_NOBODY_LISTENS(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.preemptAt() != NEVER && step.state().preemptAt() > s.preemptAt()
            ? with(step, preemptAt(step.state(), s.preemptAt()))
            : step;
      }),
  SLEEP_OF_A_BACKUP_IGNORED(
      ElectionLaw.TAKEOVER_AFTER_SILENCE,
      (c, s, i, now) ->
          s.state() == BACKUP && i instanceof Input.Slept
              ? new Step(s, List.of())
              : Election.step(c, s, i, now)),
  SLEEP_OF_A_HOLDER_IGNORED(
      ElectionLaw.LATE_WAKE_STANDS_DOWN,
      (c, s, i, now) ->
          s.state() == ACTIVE && i instanceof Input.Slept
              ? new Step(s, List.of())
              : Election.step(c, s, i, now)),
  PREEMPTION_CALLED_A_FAILURE(
      ElectionLaw.EVERY_CHANGE_HAS_ITS_CAUSE,
      (c, s, i, now) ->
          Election.step(c, i instanceof Input.TimerDue ? withoutRival(s) : s, i, now)),
  RESIGNATION_LOST(
      ElectionLaw.RESIGNS_EXACTLY_WHEN_LEAVING,
      without(a -> a instanceof SendAdvert advert && advert.priority() == 0)),
  RESIGNATION_SENT_TWICE(
      ElectionLaw.RESIGNS_EXACTLY_WHEN_LEAVING,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        List<Action> actions = new ArrayList<>(step.actions());
        int at = actions.indexOf(new SendAdvert(0));
        if (at >= 0) {
          actions.add(at, new SendAdvert(0));
        }
        return new Step(step.state(), actions);
      }),
  RESIGNS_WHEN_IT_YIELDS(
      ElectionLaw.RESIGNS_EXACTLY_WHEN_LEAVING,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        List<Action> actions = new ArrayList<>(step.actions());
        if (s.state() == ACTIVE && i instanceof Input.AdvertReceived && changed(s, step)) {
          actions.add(1, new SendAdvert(0));
        }
        return new Step(step.state(), actions);
      }),
  RESIGNS_BEFORE_IT_UNBINDS(
      ElectionLaw.ADDRESSES_FOLLOW_THE_STATE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        List<Action> actions = new ArrayList<>(step.actions());
        if (actions.remove(new SendAdvert(0))) {
          actions.addFirst(new SendAdvert(0));
        }
        return new Step(step.state(), actions);
      }),
  UNBIND_DROPPED(ElectionLaw.ADDRESSES_FOLLOW_THE_STATE, without(Unbind.class::isInstance)),
  BOUND_AGAIN_WITH_EACH_ADVERT(
      ElectionLaw.ADDRESSES_FOLLOW_THE_STATE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        List<Action> actions = new ArrayList<>(step.actions());
        if (s.holding() && actions.contains(new SendAdvert(s.priority()))) {
          actions.add(new Bind());
        }
        return new Step(step.state(), actions);
      }),
  ANNOUNCEMENT_DROPPED(ElectionLaw.ADDRESSES_FOLLOW_THE_STATE, without(Announce.class::isInstance)),
  PREPARATION_NOT_AWAITED(
      ElectionLaw.ADDRESSES_FOLLOW_THE_STATE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return new Step(
            step.state(),
            step.actions().stream()
                .map(a -> a instanceof Action.Prepare ? new Bind() : a)
                .toList());
      }),
  ADVERT_TIMER_POSTPONED_BY_ANY_PACKET(
      ElectionLaw.ADVERT_CADENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return i instanceof Input.AdvertReceived && step.state().state() == ACTIVE
            ? with(step, advertAt(step.state(), now + c.intervalNanos()))
            : step;
      },
      scenario -> !scenario.config().replyToLowerPriority()),
  ADVERT_TIMER_COUNTS_FROM_WHEN_IT_WAS_SERVED_PLUS_JITTER(
      ElectionLaw.ADVERT_CADENCE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return i instanceof Input.TimerDue && step.state().state() == ACTIVE
            ? with(step, advertAt(step.state(), step.state().advertAt() + 1))
            : step;
      }),
  ADVERT_TIMER_NOT_REARMED(
      ElectionLaw.ONE_TIMER,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.state() == ACTIVE && i instanceof Input.TimerDue && !changed(s, step)
            ? with(step, advertAt(step.state(), NEVER))
            : step;
      }),
  DOWN_TIMER_LEFT_RUNNING(
      ElectionLaw.ONE_TIMER,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.state() == BACKUP && step.state().state() == ACTIVE
            ? with(step, downAt(step.state(), s.activeDownAt()))
            : step;
      }),
  SPEAKS_IN_BACKUP(
      ElectionLaw.ADVERTS_ONLY_WHEN_ACTIVE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.state() == BACKUP && i instanceof Input.AdvertReceived
            ? new Step(step.state(), List.of(new SendAdvert(s.priority())))
            : step;
      }),
  TAKES_OVER_WITHOUT_AN_ADVERT(
      ElectionLaw.ADVERTS_ONLY_WHEN_ACTIVE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return s.state() == BACKUP && step.state().state() == ACTIVE
            ? new Step(step.state(), step.actions().subList(1, step.actions().size()))
            : step;
      }),
  REPORT_LOST(ElectionLaw.EVERY_CHANGE_HAS_ITS_CAUSE, without(ReportState.class::isInstance)),
  REPORTED_TWICE(
      ElectionLaw.EVERY_CHANGE_HAS_ITS_CAUSE,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        List<Action> actions = new ArrayList<>(step.actions());
        step.actions().stream().filter(ReportState.class::isInstance).forEach(actions::add);
        return new Step(step.state(), actions);
      }),
  NEVER_YIELDS(
      ElectionLaw.THE_WEAKER_YIELDS,
      (c, s, i, now) ->
          s.state() == ACTIVE && i instanceof Input.AdvertReceived a && a.priority() > s.priority()
              ? new Step(s, List.of())
              : Election.step(c, s, i, now)),
  EQUAL_PRIORITY_NEVER_YIELDS(
      ElectionLaw.THE_WEAKER_YIELDS,
      (c, s, i, now) ->
          s.state() == ACTIVE && i instanceof Input.AdvertReceived a && a.priority() == s.priority()
              ? new Step(s, List.of())
              : Election.step(c, s, i, now)),
  CONTEST_NOT_TOLD(ElectionLaw.THE_WEAKER_YIELDS, without(ReportLowerPriority.class::isInstance)),
  SPEAKS_AFTER_A_LATE_WAKE(
      ElectionLaw.LATE_WAKE_STANDS_DOWN,
      (c, s, i, now) -> Election.step(c, s.state() == ACTIVE ? lastAdvertAt(s, now) : s, i, now)),
  SECOND_ROUND_FOR_EVER(
      ElectionLaw.NO_BUSY_LOOP,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        return i instanceof Input.TimerDue && now >= s.secondRoundAt() && !changed(s, step)
            ? with(step, secondRoundAt(step.state(), s.secondRoundAt()))
            : step;
      }),
  ADVERT_TIMER_ON_FULL_SECONDS(
      ElectionLaw.CLOCK_ORIGIN_MEANS_NOTHING,
      (c, s, i, now) -> {
        Step step = Election.step(c, s, i, now);
        long at = step.state().advertAt();
        return at != NEVER && at != s.advertAt()
            ? with(step, advertAt(step.state(), at - Math.floorMod(at, 7)))
            : step;
      }),
  REMEMBERS_OUTSIDE_ITS_STATE(
      ElectionLaw.DETERMINISTIC,
      () -> {
        AtomicInteger steps = new AtomicInteger();
        return (c, s, i, now) -> {
          Step step = Election.step(c, s, i, now);
          return steps.incrementAndGet() % 100 == 0 ? new Step(step.state(), List.of()) : step;
        };
      });

  final ElectionLaw law;

  @SuppressWarnings("ImmutableEnumChecker") // makes a new one each time
  private final Supplier<Stepper> stepper;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  final Predicate<Scenario> shows;

  Mutant(ElectionLaw law, Stepper stepper) {
    this(law, () -> stepper);
  }

  Mutant(ElectionLaw law, Supplier<Stepper> stepper) {
    this.law = law;
    this.stepper = stepper;
    shows = s -> true;
  }

  Mutant(ElectionLaw law, Stepper stepper, Predicate<Scenario> shows) {
    this.law = law;
    this.stepper = () -> stepper;
    this.shows = shows;
  }

  Stepper stepper() {
    return stepper.get();
  }

  private static Stepper without(Predicate<Action> dropped) {
    return (c, s, i, now) -> {
      Step step = Election.step(c, s, i, now);
      return new Step(step.state(), step.actions().stream().filter(dropped.negate()).toList());
    };
  }

  private static boolean changed(ElectionState before, Step step) {
    return before.state() != step.state().state();
  }

  private static Step with(Step step, ElectionState state) {
    return new Step(state, step.actions());
  }

  private static ElectionState downAt(ElectionState s, long at) {
    return copy(s, at, s.preemptAt(), s.lastAdvertAt(), s.advertAt(), s.secondRoundAt());
  }

  private static ElectionState preemptAt(ElectionState s, long at) {
    return copy(s, s.activeDownAt(), at, s.lastAdvertAt(), s.advertAt(), s.secondRoundAt());
  }

  private static ElectionState lastAdvertAt(ElectionState s, long at) {
    return copy(s, s.activeDownAt(), s.preemptAt(), at, s.advertAt(), s.secondRoundAt());
  }

  private static ElectionState advertAt(ElectionState s, long at) {
    return copy(s, s.activeDownAt(), s.preemptAt(), s.lastAdvertAt(), at, s.secondRoundAt());
  }

  private static ElectionState secondRoundAt(ElectionState s, long at) {
    return copy(s, s.activeDownAt(), s.preemptAt(), s.lastAdvertAt(), s.advertAt(), at);
  }

  private static ElectionState withoutRival(ElectionState s) {
    return new ElectionState(
        s.state(),
        s.priority(),
        s.activeInterval(),
        s.active(),
        s.activePriority(),
        null,
        s.listenedSince(),
        s.activeDownAt(),
        s.ready(),
        s.preemptAt(),
        s.askAt(),
        s.silentAt(),
        s.serveAt(),
        s.lastAdvertAt(),
        s.advertAt(),
        s.prepareBy(),
        s.holding(),
        s.secondRoundAt(),
        s.refreshAt(),
        s.lowerPriorityRoundAt());
  }

  private static ElectionState claim(ElectionState s, long askAt, long silentAt, long serveAt) {
    return new ElectionState(
        s.state(),
        s.priority(),
        s.activeInterval(),
        s.active(),
        s.activePriority(),
        s.rival(),
        s.listenedSince(),
        s.activeDownAt(),
        s.ready(),
        s.preemptAt(),
        askAt,
        silentAt,
        serveAt,
        s.lastAdvertAt(),
        s.advertAt(),
        s.prepareBy(),
        s.holding(),
        s.secondRoundAt(),
        s.refreshAt(),
        s.lowerPriorityRoundAt());
  }

  private static ElectionState copy(
      ElectionState s,
      long activeDownAt,
      long preemptAt,
      long lastAdvertAt,
      long advertAt,
      long secondRoundAt) {
    return new ElectionState(
        s.state(),
        s.priority(),
        s.activeInterval(),
        s.active(),
        s.activePriority(),
        s.rival(),
        s.listenedSince(),
        activeDownAt,
        s.ready(),
        preemptAt,
        s.askAt(),
        s.silentAt(),
        s.serveAt(),
        lastAdvertAt,
        advertAt,
        s.prepareBy(),
        s.holding(),
        secondRoundAt,
        s.refreshAt(),
        s.lowerPriorityRoundAt());
  }
}
