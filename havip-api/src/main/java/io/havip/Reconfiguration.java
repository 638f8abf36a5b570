package io.havip;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@link HavipNode#apply} did, router by router: first those of the new configuration in their
 * order, then the removed ones.
 *
 * @param changes one for each router, the unchanged ones included
 */
public record Reconfiguration(List<Change> changes) {

  /** Copies the list. */
  public Reconfiguration {
    changes = List.copyOf(changes);
  }

  /** {@return whether every router is as it was} */
  public boolean nothingChanged() {
    return changes.stream().allMatch(Change.Unchanged.class::isInstance);
  }

  /** {@return one line for a person: the changed routers and their settings} */
  public String describe() {
    return nothingChanged()
        ? "nothing changed"
        : changes.stream()
            .filter(c -> !(c instanceof Change.Unchanged))
            .map(c -> c.router() + " " + c.describe())
            .collect(Collectors.joining("; "));
  }

  /** What became of one router. */
  public sealed interface Change {

    /** {@return the name of the router} */
    String router();

    /** {@return a clause for a person, without the name} */
    String describe();

    /**
     * Nothing: no packet, no timer, no address was touched.
     *
     * @param router its name
     */
    record Unchanged(String router) implements Change {
      @Override
      public String describe() {
        return "unchanged";
      }
    }

    /**
     * Settings changed in place: an ACTIVE router is still ACTIVE.
     *
     * @param router its name
     * @param settings the components of {@link VirtualRouterConfig} that differ, and {@code
     *     syncGroup} if its sync group does
     */
    record Updated(String router, List<String> settings) implements Change {

      /** Copies the list. */
      public Updated {
        settings = List.copyOf(settings);
      }

      @Override
      public String describe() {
        return "has a new " + String.join(", ", settings);
      }
    }

    /**
     * A setting changed that makes it another group: it left the old one and joined the new one.
     *
     * @param router its name
     * @param settings the components of {@link VirtualRouterConfig} that differ, and {@code
     *     syncGroup} if its sync group does
     */
    record Restarted(String router, List<String> settings) implements Change {

      /** Copies the list. */
      public Restarted {
        settings = List.copyOf(settings);
      }

      @Override
      public String describe() {
        return "was started anew for a new " + String.join(", ", settings);
      }
    }

    /**
     * The router is new.
     *
     * @param router its name
     */
    record Added(String router) implements Change {
      @Override
      public String describe() {
        return "was added";
      }
    }

    /**
     * The router left its group.
     *
     * @param router its name
     */
    record Removed(String router) implements Change {
      @Override
      public String describe() {
        return "was removed";
      }
    }
  }
}
