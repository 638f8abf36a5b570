package io.havip.testkit.sim;

import org.jspecify.annotations.Nullable;

/**
 * A simulation did not do what was expected: a condition was not met in time, a bound was broken,
 * or the code of a process threw. The message holds the seed and the end of the trace.
 */
public final class SimulationFailure extends AssertionError {

  private static final long serialVersionUID = 1L;

  SimulationFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
