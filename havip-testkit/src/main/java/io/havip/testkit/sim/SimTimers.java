package io.havip.testkit.sim;

import io.havip.spi.Timers;
import java.time.Duration;
import java.time.Instant;

/** The clocks of a host and the deadlines of its process. */
final class SimTimers implements Timers {

  /** What a wall clock shows when the simulation starts. */
  private static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

  private final SimProcess process;

  SimTimers(SimProcess process) {
    this.process = process;
  }

  @Override
  public long now() {
    return process.kernel().now();
  }

  @Override
  public Instant wallTime() {
    Kernel kernel = process.kernel();
    Duration jumped = kernel.host().wallClockJumped();
    return EPOCH.plusNanos(kernel.now()).plus(jumped);
  }

  @Override
  public long slept() {
    return process.kernel().slept();
  }

  @Override
  public Deadline newDeadline(Runnable onDue) {
    return new SimDeadline(process, onDue);
  }
}
