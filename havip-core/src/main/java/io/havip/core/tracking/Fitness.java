package io.havip.core.tracking;

import io.havip.RouterSnapshot;
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

  /** A dependency and how it is. */
  public sealed interface Part {

    /**
     * {@return what it does to a router, for a person}
     *
     * @param owner whether the router owns its addresses: its priority is never changed
     */
    RouterSnapshot.PriorityPart explain(boolean owner);
  }

  /**
   * A dependency that is well or not, which every one but a {@link Track.File} is.
   *
   * @param track the dependency
   * @param health how it is, before {@link Track#reverse()}
   */
  public record Dependency(Track track, Health health) implements Part {

    /** Refuses a file, whose value says more. */
    public Dependency {
      if (track instanceof Track.File) {
        throw new IllegalArgumentException("a file has a value, not a health: " + track.label());
      }
    }

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

    private boolean isFault() {
      Health effective = effective();
      return track.weight() == 0 && effective != Health.WELL && effective != Health.TRUSTED;
    }

    private int contribution() {
      Health counts = track.weight() > 0 ? Health.WELL : Health.FAILED;
      return effective() == counts ? track.weight() : 0;
    }

    /** Words for a fault: a dependency that is well is one only if it is reversed. */
    private String describe() {
      String state =
          switch (health) {
            case UNKNOWN, TRUSTED -> "unknown";
            case PRESUMED_FAILED -> "unknown, which counts as failed";
            case WELL -> "well, which counts as failed";
            case FAILED -> "failed";
          };
      return track.label() + ": " + state;
    }

    @Override
    public RouterSnapshot.PriorityPart explain(boolean owner) {
      String condition =
          switch (health) {
            case UNKNOWN, TRUSTED -> "unknown";
            case PRESUMED_FAILED -> "presumed failed";
            case WELL -> "well";
            case FAILED -> "failed";
          };
      return new RouterSnapshot.PriorityPart(
          track.label(),
          track.reverse() ? condition + ", reversed" : condition,
          owner || track.weight() == 0 ? 0 : contribution(),
          isFault());
    }
  }

  /**
   * A file and its value.
   *
   * @param track the dependency
   * @param state what is known of the file
   */
  public record Valued(Track.File track, FileState state) implements Part {

    private static final int FAULT = -254;

    private static final int MOST = 253;

    private boolean isFault(boolean owner) {
      return switch (state.knowledge()) {
        // An owner would serve at once, perhaps only to find that it must not.
        case UNREAD -> track.weight() == 0 || owner;
        case TRUSTED -> false;
        case READ ->
            track.weight() == 0 ? (state.value() != 0) != track.reverse() : product() == FAULT;
      };
    }

    private int contribution() {
      return product() == FAULT ? 0 : product();
    }

    /** A value not yet read is 0. */
    private int product() {
      long signed = (long) state.value() * track.weight() * (track.reverse() ? -1 : 1);
      return Math.clamp(signed, FAULT, MOST);
    }

    @Override
    public RouterSnapshot.PriorityPart explain(boolean owner) {
      return new RouterSnapshot.PriorityPart(
          track.label(),
          state.knowledge() == FileState.Knowledge.READ ? "value " + state.value() : "not read yet",
          owner || track.weight() == 0 ? 0 : contribution(),
          isFault(owner));
    }

    private String describe() {
      String weight = " with weight " + track.weight() + (track.reverse() ? " reverse" : "");
      return track.label()
          + ": "
          + switch (state.knowledge()) {
            case UNREAD, TRUSTED -> "not read yet";
            case READ -> "value " + state.value() + weight;
          };
    }
  }

  /**
   * Adds everything up: a dependency without weight is a fault unless it is well; a positive weight
   * counts while it is well, a negative one while it has failed, and a file by its value. An
   * owner's priority is never changed.
   *
   * @param configuredPriority the priority without tracking
   * @param dependencies what the router depends on
   * @return the sum
   */
  public static Fitness of(int configuredPriority, List<? extends Part> dependencies) {
    boolean owner = configuredPriority == VrrpAdvert.PRIORITY_OWNER;
    int sum = configuredPriority;
    List<String> faults = new ArrayList<>();
    for (Part each : dependencies) {
      switch (each) {
        case Dependency part when part.isFault() -> faults.add(part.describe());
        case Dependency part -> sum += part.contribution();
        case Valued part when part.isFault(owner) -> faults.add(part.describe());
        case Valued part -> sum += part.contribution();
      }
    }
    int priority = owner ? VrrpAdvert.PRIORITY_OWNER : Math.clamp(sum, MIN, MAX);
    return new Fitness(priority, faults);
  }
}
