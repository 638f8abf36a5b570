package io.havip.core.election;

import java.util.ArrayList;
import java.util.List;

/**
 * A router and what happens to it.
 *
 * @param config the router
 * @param priority its priority at the start
 * @param startAt the clock at the start
 * @param moves what happens, in this order
 */
record Scenario(ElectionConfig config, int priority, long startAt, List<Move> moves) {

  /** Copies the list. */
  Scenario {
    moves = List.copyOf(moves);
  }

  Scenario shifted(long by) {
    return new Scenario(config, priority, startAt + by, moves);
  }

  Scenario stretched(long factor) {
    return new Scenario(Times.stretch(config, factor), priority, startAt * factor, moves);
  }

  /** Whether every deadline is met at its moment. */
  boolean punctual() {
    return moves.stream().noneMatch(m -> m instanceof Move.Stall || m instanceof Move.Sleep);
  }

  Trace run(Stepper stepper) {
    Run run = new Run(stepper);
    moves.forEach(run::make);
    return new Trace(config, punctual(), startAt, run.steps);
  }

  private final class Run {

    private final Stepper stepper;
    private final List<Trace.Entry> steps = new ArrayList<>();
    private final long tick = config.intervalNanos() / 256;
    private ElectionState state = Times.shift(ElectionState.initialize(priority), startAt);
    private long now = startAt;
    private Move.Answer answers = Move.Answer.SILENCE;
    private long probedAt = ElectionState.NEVER;
    private boolean answered;

    private Run(Stepper stepper) {
      this.stepper = stepper;
    }

    private void make(Move move) {
      switch (move) {
        case Move.Pass pass -> pass(now + pass.ticks() * tick);
        case Move.Stall stall -> now += stall.ticks() * tick;
        case Move.Sleep sleep -> give(new Input.Slept(sleep.ticks() * tick));
        case Move.Hear hear ->
            give(
                new Input.AdvertReceived(
                    hear.source(),
                    hear.rank().priority(state.priority()),
                    hear.speed().interval(config.intervalNanos()),
                    now - hear.waited() * tick));
        case Move.Answers change -> answers = change.by();
        case Move.Give give -> give(give.input());
      }
    }

    private void pass(long end) {
      while (Math.min(state.nextDeadline(), probedAt) <= end) {
        if (probedAt < state.nextDeadline()) {
          now = Math.max(now, probedAt);
          probedAt = ElectionState.NEVER;
          give(new Input.Probed(answered));
          continue;
        }
        now = Math.max(now, state.nextDeadline());
        give(new Input.TimerDue());
        if (state.nextDeadline() <= now) {
          break; // it would be due again at once; a law complains of that
        }
      }
      now = Math.max(now, end);
    }

    private void give(Input input) {
      Step step = stepper.step(config, state, input, now);
      steps.add(new Trace.Entry(state, input, now, step));
      state = step.state();
      for (Action action : step.actions()) {
        if (action instanceof Action.Probe probe) {
          answered = answers == Move.Answer.ANSWERED;
          boolean silence = answers == Move.Answer.SILENCE;
          probedAt = silence ? probe.until() : now + (probe.until() - now) / 2;
        }
      }
    }
  }
}
