package io.havip.core.tracking;

import io.havip.Track;
import io.havip.core.tracking.CheckState.Health;
import io.havip.wire.VrrpAdvert;
import java.util.ArrayList;
import java.util.List;

/**
 * What all dependencies of a router together mean for it.
 *
 * @param priority the effective priority, 1 to 255
 * @param faults what holds it in FAULT, in the order of the configuration; empty if it is fit
 */
public record Fitness(int priority, List<String> faults) {

  private static final int MIN = 1;

  /** Tracking never reaches the owner's 255. */
  private static final int MAX = VrrpAdvert.PRIORITY_OWNER - 1;

  /** Copies the list. */
  public Fitness {
    faults = List.copyOf(faults);
  }

  /**
   * A dependency and its health.
   *
   * @param track the dependency
   * @param health how it is, before {@link Track#reverse()}
   */
  public record Dependency(Track track, Health health) {

    private Health effective() {
      return switch (health) {
        case UNKNOWN -> Health.UNKNOWN;
        case TRUSTED -> Health.TRUSTED;
        // No result, so there is nothing to reverse: else a reversed check would begin as fit.
        case PRESUMED_FAILED -> Health.FAILED;
        case WELL -> track.reverse() ? Health.FAILED : Health.WELL;
        case FAILED -> track.reverse() ? Health.WELL : Health.FAILED;
      };
    }
  }

  /**
   * Adds everything up: a dependency without weight is a fault unless it is well; a positive weight
   * counts while it is well, a negative one while it has failed. An owner's priority is never
   * changed.
   *
   * @param configuredPriority the priority without tracking
   * @param dependencies what the router depends on
   * @return the sum
   */
  public static Fitness of(int configuredPriority, List<Dependency> dependencies) {
    int sum = configuredPriority;
    List<String> faults = new ArrayList<>();
    for (Dependency each : dependencies) {
      Track track = each.track();
      Health health = each.effective();
      if (track.weight() == 0) {
        if (health != Health.WELL && health != Health.TRUSTED) {
          faults.add(describe(each));
        }
      } else if (track.weight() > 0 ? health == Health.WELL : health == Health.FAILED) {
        sum += track.weight();
      }
    }
    int priority =
        configuredPriority == VrrpAdvert.PRIORITY_OWNER
            ? VrrpAdvert.PRIORITY_OWNER
            : Math.clamp(sum, MIN, MAX);
    return new Fitness(priority, faults);
  }

  /** Words for a fault: a dependency that is well is one only if it is reversed. */
  private static String describe(Dependency fault) {
    String state =
        switch (fault.health()) {
          case UNKNOWN, TRUSTED -> "unknown";
          case PRESUMED_FAILED -> "unknown, which counts as failed";
          case WELL -> "well, which counts as failed";
          case FAILED -> "failed";
        };
    return fault.track().label() + ": " + state;
  }
}
