package io.havip.core.check;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Preemption;
import io.havip.core.check.Sighting.Callback.Call;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each check: a run that it passes, the same run with one thing wrong, and a run without occasion.
 */
class CatalogueTest {

  private static final Preemption AT_ONCE = Preemption.AT_ONCE;
  private static final Preemption NEVER = Preemption.NEVER;
  private static final Preemption LATER = new Preemption.After(Duration.ofSeconds(4));
  private static final long END = 60_000;

  /** What happens after a has begun to serve. */
  interface Part {
    Story tell(Story story);
  }

  /** A check, how its members preempt, and what happens when all is well and when it is not. */
  record Pages(String id, Preemption preemption, Part good, Part bad) {}

  static List<Pages> pages() {
    return List.of(
        new Pages("S1", NEVER, s -> leaves(s), s -> leaves(s.address(19_999, "b", true))),
        new Pages("S2", AT_ONCE, s -> s, s -> s.address(9_000, "a", false)),
        new Pages(
            "S3",
            AT_ONCE,
            s -> s.address(9_000, "b", true).address(9_001, "b", false),
            s -> s.address(9_000, "b", true).address(9_003, "b", false)),
        new Pages(
            "S4",
            AT_ONCE,
            s -> cutOff(s).state(12_609, "b", BACKUP, ACTIVE),
            CatalogueTest::cutOff),
        new Pages("S5", AT_ONCE, s -> moved(s, "a"), s -> moved(s, "")),
        new Pages(
            "S6",
            AT_ONCE,
            s -> moved(s, "a"),
            s -> moved(s, "a").write(9_500, "a", 8_000, "b", "a", 3)),
        new Pages(
            "S7",
            AT_ONCE,
            s -> moved(s, "a").epoch(9_100, "a", 1).epoch(9_200, "b", 2),
            s -> moved(s, "a").epoch(9_100, "a", 1).epoch(9_200, "b", 1)),
        new Pages("S8", AT_ONCE, s -> s, s -> s.address(9_000, "b", true)),
        new Pages("S9", AT_ONCE, s -> s, s -> s.advert(9_000, "b", 100)),
        new Pages("S10", AT_ONCE, s -> s, s -> s.state(9_000, "b", BACKUP, ACTIVE)),
        new Pages(
            "S11",
            NEVER,
            CatalogueTest::stepsBack,
            s -> stepsBack(s).state(30_000, "a", BACKUP, ACTIVE)),
        new Pages("S12", LATER, s -> returns(s, 37_220), s -> returns(s, 33_300)),
        new Pages(
            "S13",
            AT_ONCE,
            s -> s.sibling(3_219, "a", ACTIVE),
            s -> s.sibling(3_219, "a", ACTIVE).sibling(9_000, "a", FAULT)),
        new Pages(
            "S14",
            AT_ONCE,
            s -> s.moment(9_000, TroubleKind.STRANGER, "b"),
            s -> s.moment(9_000, TroubleKind.STRANGER, "b").state(9_100, "b", BACKUP, ACTIVE)),
        new Pages(
            "S15",
            AT_ONCE,
            s -> s.trouble(9_000, TroubleKind.DUPLICATE_VRID, true, "b").alarm(10_000, "b"),
            s -> s.trouble(9_000, TroubleKind.DUPLICATE_VRID, true, "b").alarm(10_002, "b")),
        new Pages(
            "S16",
            AT_ONCE,
            s -> s.moment(9_000, TroubleKind.REFLECTION, "a").heardItself(9_001, "a"),
            s -> s.moment(9_000, TroubleKind.REFLECTION, "a").state(9_100, "a", ACTIVE, BACKUP)),
        new Pages(
            "S17",
            AT_ONCE,
            s -> s.moment(9_000, TroubleKind.WALL_CLOCK, "b"),
            s -> s.moment(9_000, TroubleKind.WALL_CLOCK, "b").state(9_100, "b", BACKUP, ACTIVE)),
        new Pages(
            "S18",
            AT_ONCE,
            s -> s.call(3_219, "a", Call.BOUND),
            s -> s.call(9_000, "b", Call.BOUND)),
        new Pages("L1", AT_ONCE, s -> dies(s).serves(22_700, "b", BACKUP), CatalogueTest::dies),
        new Pages("L2", AT_ONCE, CatalogueTest::leaves, s -> resigns(s)),
        new Pages(
            "L3", AT_ONCE, s -> alone(s).state(43_219, "a", BACKUP, ACTIVE), CatalogueTest::alone),
        new Pages(
            "L4",
            AT_ONCE,
            s -> s,
            s -> s.state(9_000, "a", ACTIVE, BACKUP).state(9_000, "b", BACKUP, ACTIVE)),
        new Pages(
            "L5",
            AT_ONCE,
            s -> dies(s).serves(22_700, "b", BACKUP),
            s -> dies(s).serves(22_700, "b", BACKUP).serves(22_701, "c", BACKUP)),
        new Pages(
            "L6",
            AT_ONCE,
            s -> s.advert(9_000, "a", 200).state(12_610, "b", BACKUP, ACTIVE),
            s -> s.advert(9_000, "a", 200).state(12_000, "b", BACKUP, ACTIVE)),
        new Pages("L8", AT_ONCE, s -> s, s -> s.reach(9_000, "b")),
        new Pages("L9", AT_ONCE, s -> dies(s).address(20_010, "a", false), CatalogueTest::dies),
        new Pages("L10", AT_ONCE, s -> s.mapped(3_300, "a"), s -> s.mapped(3_300, "b")),
        new Pages(
            "L11", AT_ONCE, s -> removed(s).address(9_000, "a", true), CatalogueTest::removed),
        new Pages(
            "L12",
            AT_ONCE,
            s -> s.updated(9_000, "b"),
            s -> s.updated(9_000, "b").state(9_100, "b", BACKUP, ACTIVE)),
        new Pages(
            "L13",
            AT_ONCE,
            CatalogueTest::cloudLost,
            s -> cloudLost(s).state(12_000, "a", ACTIVE, FAULT)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void passesWhatIsWell(Pages pages) {
    assertThat(pages.good().tell(begun(pages)).at(END)).isEqualTo(Verdict.PASS);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void failsWhatIsNot(Pages pages) {
    assertThat(pages.bad().tell(begun(pages)).at(END)).isEqualTo(Verdict.FAIL);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void knowsNothingOfARunInWhichNothingHappens(Pages pages) {
    assertThat(new Story(pages.id(), pages.preemption()).at(END)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void everyCheckHasItsPages() {
    Stream<String> built = Catalogue.all().stream().map(Check::id);
    assertThat(pages().stream().map(Pages::id)).containsExactlyElementsOf(built.toList());
  }

  private static Story begun(Pages pages) {
    return new Story(pages.id(), pages.preemption()).begin();
  }

  private static Story leaves(Story s) {
    return s.address(20_000, "a", false)
        .advert(20_000, "a", 0)
        .state(20_000, "a", ACTIVE, INITIALIZE)
        .trouble(20_000, TroubleKind.STOP, true, "a")
        .serves(20_609, "b", BACKUP);
  }

  /** Says that it leaves while its kernel still answers. */
  private static Story resigns(Story s) {
    return s.advert(20_000, "a", 0).address(20_000, "a", false);
  }

  private static Story dies(Story s) {
    return s.trouble(20_000, TroubleKind.KILL, true, "a");
  }

  private static Story stepsBack(Story s) {
    return dies(s)
        .serves(22_700, "b", BACKUP)
        .trouble(23_000, TroubleKind.KILL, false, "a")
        .state(23_000, "a", INITIALIZE, BACKUP);
  }

  private static Story returns(Story s, long takesOver) {
    return dies(s)
        .serves(22_700, "b", BACKUP)
        .trouble(30_000, TroubleKind.KILL, false, "a")
        .state(30_000, "a", INITIALIZE, BACKUP)
        .state(takesOver, "a", BACKUP, ACTIVE);
  }

  private static Story alone(Story s) {
    for (String name : List.of("a", "b", "c")) {
      s.trouble(39_000, TroubleKind.KILL, true, name);
    }
    return s.trouble(40_000, TroubleKind.KILL, false, "a").state(40_000, "a", INITIALIZE, BACKUP);
  }

  /** b and c are cut off from a. */
  private static Story cutOff(Story s) {
    for (String name : List.of("b", "c")) {
      s.trouble(9_000, TroubleKind.CUT, true, "a", name)
          .trouble(9_000, TroubleKind.CUT, true, name, "a");
    }
    return s;
  }

  private static Story cloudLost(Story s) {
    return s.trouble(9_000, TroubleKind.CLOUD_OUT_OF_REACH, true, "a");
  }

  /** The cloud's register passes from a to b, from whom it takes it. */
  private static Story moved(Story s, String from) {
    return s.write(3_300, "a", 3_200, "", "a", 1).write(9_000, "b", 8_900, from, "b", 2);
  }

  private static Story removed(Story s) {
    return s.address(9_000, "a", false).moment(9_000, TroubleKind.ADDRESS_REMOVED, "a");
  }
}
