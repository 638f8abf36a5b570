package io.havip.testkit.explore;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;

import io.havip.core.election.Action;
import io.havip.core.election.Election;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.Step;
import io.havip.wire.VrrpAdvert;
import java.util.List;
import java.util.function.Predicate;

/** Elections with one planted bug each, the law that has to notice it, and where. */
enum Bug implements StepFunction {
  RESIGNATION_NOT_SENT("S9c", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return without(
          Election.step(config, state, input, now),
          a -> a instanceof Action.SendAdvert s && s.priority() == VrrpAdvert.PRIORITY_RESIGN);
    }
  },
  RESIGNATION_NOT_HEARD("L2", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return input instanceof Input.AdvertReceived a
              && a.priority() == VrrpAdvert.PRIORITY_RESIGN
              && state.state() == BACKUP
          ? new Step(state, List.of())
          : Election.step(config, state, input, now);
    }
  },
  EQUAL_PRIORITY_PREEMPTS("S11", 100, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      // The timer that the advert should have restarted goes on.
      return input instanceof Input.AdvertReceived a
              && a.priority() == state.priority()
              && state.state() == BACKUP
          ? new Step(heard(state, Election.step(config, state, input, now).state()), List.of())
          : Election.step(config, state, input, now);
    }
  },
  HIGHER_PRIORITY_IGNORED("S3", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return input instanceof Input.AdvertReceived a
              && a.priority() > state.priority()
              && state.state() == ACTIVE
          ? new Step(state, List.of())
          : Election.step(config, state, input, now);
    }
  },
  NOBODY_YIELDS_TO_THE_HIGHER_ADDRESS("S3", 100, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return input instanceof Input.AdvertReceived a
              && a.priority() == state.priority()
              && state.state() == ACTIVE
          ? new Step(state, List.of())
          : Election.step(config, state, input, now);
    }
  },
  ADDRESS_KEPT_AFTER_YIELDING("S8", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      Step step = Election.step(config, state, input, now);
      return state.state() == ACTIVE && step.state().state() == BACKUP
          ? new Step(Records.with(step.state(), "holding", true), step.actions())
          : step;
    }
  },
  ADVERT_TIMER_NOT_ARMED_AGAIN("S9b", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      Step step = Election.step(config, state, input, now);
      return state.state() == ACTIVE && step.state().state() == ACTIVE
          ? new Step(Records.with(step.state(), "advertAt", ElectionState.NEVER), step.actions())
          : step;
    }
  },
  TIMER_OF_A_BACKUP_IGNORED("S9d", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return input instanceof Input.TimerDue && state.state() == BACKUP
          ? new Step(state, List.of())
          : Election.step(config, state, input, now);
    }
  },
  TWICE_THE_PATIENCE("L1", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return Election.step(
          Records.with(config, "downMultiplier", 2 * config.downMultiplier()), state, input, now);
    }
  },
  ONE_MISSING_ADVERT_IS_ENOUGH("S11", 200, 1, 0) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return Election.step(Records.with(config, "downMultiplier", 1), state, input, now);
    }
  },
  TWO_MISSING_ADVERTS_ARE_ENOUGH("L6", 200, 2, 0) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return Election.step(Records.with(config, "downMultiplier", 2), state, input, now);
    }
  },
  CHANGE_NOT_REPORTED("S10", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      Step step = Election.step(config, state, input, now);
      return step.state().state() == ACTIVE
          ? without(step, a -> a instanceof Action.ReportState)
          : step;
    }
  },
  ADVERTS_AS_BACKUP("S9a", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      Step step = Election.step(config, state, input, now);
      return state.state() == BACKUP && input instanceof Input.AdvertReceived
          ? new Step(step.state(), List.of(new Action.SendAdvert(state.priority())))
          : step;
    }
  },
  NOBODY_PREEMPTS("L4", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return Election.step(Records.with(config, "preempt", false), state, input, now);
    }
  },
  RIVALS_NOT_AWAITED("S1", 200, 0, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      Step step = Election.step(config, state, input, now);
      return step.state().state() == ACTIVE && step.state().serveAt() != ElectionState.NEVER
          ? new Step(Records.with(step.state(), "serveAt", now), step.actions())
          : step;
    }

    @Override
    Group group() {
      return Group.of(200, 100, 100).with(0, 1).claimingQuickly();
    }
  },
  ADVERTS_NEVER_SENT("S3", 200, 1, 1) {
    @Override
    public Step step(ElectionConfig config, ElectionState state, Input input, long now) {
      return without(
          Election.step(config, state, input, now),
          a -> a instanceof Action.SendAdvert s && s.priority() != VrrpAdvert.PRIORITY_RESIGN);
    }
  };

  final String law;
  private final int firstPriority;
  private final int losses;
  private final int failures;

  Bug(String law, int firstPriority, int losses, int failures) {
    this.law = law;
    this.firstPriority = firstPriority;
    this.losses = losses;
    this.failures = failures;
  }

  /** The group in which it shows: a first member, and a second one of priority 100. */
  Group group() {
    return Group.of(firstPriority, 100).with(losses, failures);
  }

  private static Step without(Step step, Predicate<Action> dropped) {
    return new Step(step.state(), step.actions().stream().filter(dropped.negate()).toList());
  }

  /** Remembers whom it heard, but leaves the timer as it was. */
  private static ElectionState heard(ElectionState before, ElectionState after) {
    return Records.with(after, "activeDownAt", before.activeDownAt());
  }
}
