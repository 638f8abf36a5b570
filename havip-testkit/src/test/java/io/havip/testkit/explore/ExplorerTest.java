package io.havip.testkit.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Preemption;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.election.ElectionState;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplorerTest {

  /** Deeper on demand: {@code -Dhavip.explore.depth=30}. */
  private static final int DEPTH = Integer.getInteger("havip.explore.depth", 22);

  static Stream<Group> groupsExploredToTheirEnd() {
    return Stream.of(
        Group.of(200, 100).with(0, 0),
        Group.of(200, 100).with(1, 0),
        Group.of(200, 100).with(0, 1),
        Group.of(200, 100).with(0, 1).claimingQuickly(),
        Group.of(200, 100).with(1, 1).claimingQuickly(),
        Group.of(100, 100).with(1, 0),
        Group.of(100, 100).with(0, 1),
        Group.of(255, 100).with(0, 1),
        changed(Group.of(200, 100), r -> r.preemption(Preemption.NEVER)).with(0, 1),
        changed(Group.of(200, 100), r -> r.preemption(new Preemption.After(Duration.ofSeconds(2))))
            .with(0, 1));
  }

  @ParameterizedTest
  @MethodSource("groupsExploredToTheirEnd")
  void everythingThatCanHappenToTwoMembersKeepsEveryLaw(Group group) {
    Exploration found = Explorer.explore(group, 1000);

    System.out.println("explored " + priorities(group) + ": " + found.describe());
    assertThat(found.violation().map(Exploration.Violation::describe)).isEmpty();
    assertThat(found.complete()).isTrue();
    assertThat(found.worlds()).isGreaterThan(50);
  }

  static Stream<Group> groupsExploredToADepth() {
    return Stream.of(
        Group.of(200, 100).with(3, 2),
        Group.of(200, 150, 100).with(1, 1),
        Group.of(150, 150, 100).with(0, 1),
        Group.of(200, 100, 100).with(0, 2).claimingQuickly(),
        Group.of(200, 150, 100).with(1, 1).claimingQuickly(),
        Group.of(150, 101, 100).with(0, 1).claimingQuickly(),
        changed(Group.of(200, 150, 100), r -> r.preemption(Preemption.NEVER)).with(0, 1));
  }

  @ParameterizedTest
  @MethodSource("groupsExploredToADepth")
  void upToTheDepthEveryLawHolds(Group group) {
    Exploration found = Explorer.explore(group, DEPTH);

    System.out.println("explored " + priorities(group) + ": " + found.describe());
    assertThat(found.violation().map(Exploration.Violation::describe)).isEmpty();
    assertThat(found.depth()).isEqualTo(DEPTH);
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedBugIsFoundByItsLaw(Bug bug) {
    Exploration found = Explorer.explore(bug.group(), bug, 40);

    assertThat(found.violation()).as(found.describe()).isPresent();
    assertThat(found.violation().orElseThrow().law().id())
        .as(found.violation().orElseThrow().describe())
        .isEqualTo(bug.law);
  }

  @Test
  void everyLawHasABugThatItFinds() {
    List<String> laws = new Laws(Group.of(200, 100)).all().stream().map(Law::id).toList();

    assertThat(Arrays.stream(Bug.values()).map(b -> b.law)).containsAll(laws);
  }

  @Test
  void twoThatClaimAtOneMomentAreReachedAndOneOfThemBinds() {
    Group group = Group.of(200, 100, 100).with(0, 1).claimingQuickly();

    assertThat(
            Explorer.find(
                group,
                40,
                step ->
                    step.move() instanceof Move.Silence
                        && step.after().members().get(1).active()
                        && step.after().members().get(2).active()))
        .isPresent();
    assertThat(
            Explorer.find(
                group,
                40,
                step ->
                    step.before().members().get(1).state().serveAt() != ElectionState.NEVER
                        && step.after().members().get(1).state().holding()))
        .isPresent();
  }

  @Test
  void theSameGroupGivesTheSameFigures() {
    Group group = Group.of(200, 100).with(1, 0);

    assertThat(Explorer.explore(group, 30)).isEqualTo(Explorer.explore(group, 30));
  }

  @Test
  void aPathToTwoActiveMembersReplaysInTheSimulator() {
    Group group = Group.of(200, 100).with(3, 0);
    Path path =
        Explorer.find(group, 60, step -> step.after().actives() == 2 && settled(step))
            .orElseThrow();

    List<RouterState> end = Replay.play(group, path, Simulation.seeded(1));

    assertThat(end).as(path.describe()).containsExactly(RouterState.ACTIVE, RouterState.ACTIVE);
  }

  @Test
  void aPathToATakeoverAfterACrashReplaysInTheSimulator() {
    Group group = Group.of(200, 150, 100).with(0, 1);
    Path path =
        Explorer.find(
                group,
                60,
                step ->
                    step.after().members().get(2).active() && !step.after().members().get(0).up())
            .orElseThrow();

    List<RouterState> end = Replay.play(group, path, Simulation.seeded(1));

    assertThat(end).as(path.describe()).isEqualTo(states(path));
  }

  private static boolean settled(Transition step) {
    return step.move() instanceof Move.Fire;
  }

  private static List<RouterState> states(Path path) {
    return path.steps().getLast().after().members().stream().map(m -> m.state().state()).toList();
  }

  private static List<Integer> priorities(Group group) {
    return group.routers().stream().map(VirtualRouterConfig::priority).toList();
  }

  private static Group changed(Group group, UnaryOperator<VirtualRouterConfigBuilder> change) {
    return new Group(
        group.routers().stream().map(r -> change.apply(r.toBuilder()).build()).toList(),
        group.longestDelay(),
        group.losses(),
        group.failures());
  }
}
