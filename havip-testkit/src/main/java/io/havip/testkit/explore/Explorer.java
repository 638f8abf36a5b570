package io.havip.testkit.explore;

import io.havip.core.election.Election;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes every possible move from every world reached, breadth first, and checks every law on every
 * step. Deterministic; needs about a kilobyte a world.
 */
public final class Explorer {

  private final Dynamics dynamics;
  private final List<Law> laws;
  private final Map<World, Origin> seen = new HashMap<>();

  /** How a world was reached first; the start has no origin. */
  private record Origin(@Nullable World from, @Nullable Move move) {}

  private Explorer(Group group, StepFunction election) {
    Laws all = new Laws(group);
    dynamics = new Dynamics(group, election, all.settledAfter());
    laws = all.all();
  }

  /**
   * Explores a group with the election that ships.
   *
   * @param group the group
   * @param depth moves from the start, at least 1
   * @return what was found
   */
  public static Exploration explore(Group group, int depth) {
    return explore(group, Election::step, depth);
  }

  /**
   * Explores a group with an election of the caller's, such as one with a planted bug.
   *
   * @param group the group
   * @param election the election
   * @param depth moves from the start, at least 1
   * @return what was found
   */
  public static Exploration explore(Group group, StepFunction election, int depth) {
    return new Explorer(group, election).run(depth, step -> false);
  }

  /**
   * Looks for a step, by the shortest way, with the election that ships.
   *
   * @param group the group
   * @param depth moves from the start, at least 1
   * @param wanted tells whether a step is looked for
   * @return the way there, empty if there is none within the depth
   */
  public static Optional<Path> find(Group group, int depth, Predicate<Transition> wanted) {
    return new Explorer(group, Election::step)
        .run(depth, wanted)
        .violation()
        .map(Exploration.Violation::path);
  }

  private Exploration run(int depth, Predicate<Transition> wanted) {
    World start = dynamics.start();
    seen.put(start, new Origin(null, null));
    List<World> frontier = List.of(start);
    long steps = 0;
    int level = 0;
    while (level < depth && !frontier.isEmpty()) {
      level++;
      List<World> next = new ArrayList<>();
      for (World world : frontier) {
        for (Move move : dynamics.moves(world)) {
          Transition step = dynamics.apply(world, move);
          steps++;
          Optional<Exploration.Violation> found = judge(step, wanted);
          if (found.isPresent()) {
            return new Exploration(seen.size(), steps, level, false, found);
          }
          if (seen.putIfAbsent(step.after(), new Origin(world, move)) == null) {
            next.add(step.after());
          }
        }
      }
      frontier = next;
    }
    return new Exploration(seen.size(), steps, level, frontier.isEmpty(), Optional.empty());
  }

  private Optional<Exploration.Violation> judge(Transition step, Predicate<Transition> wanted) {
    for (Law law : laws) {
      Optional<String> wrong = law.check().violation(step);
      if (wrong.isPresent()) {
        return Optional.of(new Exploration.Violation(law, wrong.get(), pathTo(step)));
      }
    }
    if (wanted.test(step)) {
      Law goal = new Law("goal", "what was looked for", s -> Optional.empty());
      return Optional.of(new Exploration.Violation(goal, "found", pathTo(step)));
    }
    return Optional.empty();
  }

  private Path pathTo(Transition last) {
    List<Transition> steps = new ArrayList<>();
    steps.add(last);
    World at = last.before();
    for (Origin origin = seen.get(at); origin != null; origin = seen.get(at)) {
      World from = origin.from();
      Move move = origin.move();
      if (from == null || move == null) {
        break;
      }
      steps.add(dynamics.apply(from, move));
      at = from;
    }
    Collections.reverse(steps);
    return new Path(steps);
  }
}
