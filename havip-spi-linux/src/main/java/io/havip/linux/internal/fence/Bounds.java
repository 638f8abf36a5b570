package io.havip.linux.internal.fence;

import io.havip.spi.Fence;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a fence guarantees.
 *
 * @param exit longest time from the death of the process to silence
 * @param stall longest time from the last renewal to silence
 */
record Bounds(Optional<Duration> exit, Optional<Duration> stall) {

  static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

  static Bounds of(Fence fence) {
    return switch (fence) {
      case Fence.None() -> NONE;
      case Fence.OnExit(Duration exit) -> new Bounds(Optional.of(exit), Optional.empty());
      case Fence.OnExitAndStall(Duration exit, Duration stall) ->
          new Bounds(Optional.of(exit), Optional.of(stall));
    };
  }

  /** Two fences around the same address: the one that acts first counts. */
  Bounds and(Bounds other) {
    return new Bounds(sooner(exit, other.exit), sooner(stall, other.stall));
  }

  private static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
    return Stream.concat(one.stream(), other.stream()).min(Duration::compareTo);
  }

  /** A dead process renews no more than a stalled one, so the stall bound holds for its end too. */
  Fence fence() {
    Optional<Duration> end = sooner(exit, stall);
    if (end.isEmpty()) {
      return new Fence.None();
    }
    return stall.isEmpty()
        ? new Fence.OnExit(end.get())
        : new Fence.OnExitAndStall(end.get(), stall.get());
  }
}
