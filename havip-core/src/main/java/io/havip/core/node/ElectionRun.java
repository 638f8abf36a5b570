package io.havip.core.node;

import io.havip.RouterState;
import io.havip.core.election.Action;
import io.havip.core.election.Election;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.Step;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The election of one router as it runs: its state, its deadline, and what waits to be told to it.
 */
final class ElectionRun {

  /** What the election moves. */
  interface Cast {

    /** Something is told to the election, perhaps amid another thing. */
    void begins();

    /** Before the actions of a step by which the router becomes ACTIVE. */
    void rises();

    /** Does what a step asks for; may tell the election something, which then waits. */
    void perform(Action action, ElectionRun run);

    /** After the actions of a step by which the router became ACTIVE. */
    void risen();

    /** After the actions of a step by which the router ceased to be ACTIVE. */
    void fallen();

    /** Everything that was told has been acted on; matches {@link #begins}. */
    void ends();
  }

  /** Hears how late a deadline was served. */
  @FunctionalInterface
  interface Watch {
    void due(long then, long now);
  }

  private static final Input TIMER_DUE = new Input.TimerDue();

  private static final long MAX_SLACK = 1_000_000L;

  private final Platform platform;
  private final Cast cast;
  private final Watch watch;
  private final Timers.Deadline deadline;
  private final DressRehearsal.@Nullable Call call;
  private final Queue<Input> inputs = new ArrayDeque<>();
  private ElectionConfig config;
  private ElectionState state;
  private long armedAt = ElectionState.NEVER;
  private boolean stepping;

  /** For how long the host had slept when it was last looked. */
  private long slept;

  ElectionRun(
      Platform platform,
      ElectionConfig config,
      int priority,
      Cast cast,
      Watch watch,
      DressRehearsal.@Nullable Call call) {
    this.platform = platform;
    this.config = config;
    this.cast = cast;
    this.watch = watch;
    this.call = call;
    state = ElectionState.initialize(priority);
    deadline = platform.timers().newDeadline(this::due);
    slept = platform.timers().slept();
  }

  ElectionConfig config() {
    return config;
  }

  /** What the next steps are taken by. The election is told of a change that it has to heed. */
  void config(ElectionConfig next) {
    config = next;
  }

  ElectionState state() {
    return state;
  }

  boolean in(RouterState wanted) {
    return state.state() == wanted;
  }

  /** No deadline fires any more. */
  void stop() {
    deadline.disarm();
    if (call != null) {
      call.expect(ElectionState.NEVER);
    }
  }

  private void due() {
    watch.due(armedAt, platform.timers().now());
    armedAt = ElectionState.NEVER;
    input(TIMER_DUE);
  }

  /**
   * Steps the election. An action may cause another input, which waits until the actions of this
   * step are done.
   */
  void input(Input input) {
    noticeSleep();
    inputs.add(input);
    if (stepping) {
      return;
    }
    stepping = true;
    cast.begins();
    try {
      for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
        step(next);
      }
    } finally {
      stepping = false;
      arm();
      cast.ends();
    }
  }

  /** A sleep is told before anything that comes after it. */
  private void noticeSleep() {
    long total = platform.timers().slept();
    if (total > slept) {
      inputs.add(new Input.Slept(total - slept));
      slept = total;
    }
  }

  private void step(Input input) {
    Step step = Election.step(config, state, input, platform.timers().now());
    boolean wasActive = in(RouterState.ACTIVE);
    state = step.state();
    boolean isActive = in(RouterState.ACTIVE);
    if (isActive && !wasActive) {
      cast.rises();
    }
    for (int i = 0; i < step.actions().size(); i++) {
      cast.perform(step.actions().get(i), this);
    }
    if (isActive && !wasActive) {
      cast.risen();
    } else if (wasActive && !isActive) {
      cast.fallen();
    }
  }

  private void arm() {
    long at = state.nextDeadline();
    if (at == armedAt) {
      return;
    }
    armedAt = at;
    if (call != null) {
      call.expect(state.activeDownAt());
    }
    if (at == ElectionState.NEVER) {
      deadline.disarm();
    } else {
      deadline.arm(at, at == state.advertAt() ? advertSlack() : 0);
    }
  }

  /**
   * Adverts that are due within a moment leave together: as late as the least patient peer, whose
   * skew is 2/256 of the interval, still bears when all its other patience was spent on lost
   * adverts. Nothing else may be late at all.
   */
  private long advertSlack() {
    return Math.min(MAX_SLACK, config.intervalNanos() / 128);
  }
}
