package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.core.node.Notice.Sort;
import io.havip.core.node.Notice.Subject;
import io.havip.core.node.Notice.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What waits is bounded, stays in order, and ends with the latest of everything. */
class OutboxPropertyTest {

  /** An offer, or a receiver that takes one. */
  @Provide
  Arbitrary<List<Optional<Notice>>> moves() {
    Arbitrary<Subject> subjects =
        Combinators.combine(Arbitraries.of(Sort.class), Arbitraries.of("a", "b")).as(Subject::new);
    Arbitrary<RouterState> states = Arbitraries.of(RouterState.class);
    Arbitrary<Integer> priorities = Arbitraries.integers().between(1, 3);
    Arbitrary<Notice> notices =
        Arbitraries.oneOf(
            Combinators.combine(subjects, states, priorities).as(Notice::state),
            Combinators.combine(subjects, states, priorities).as(Notice::priority),
            Combinators.combine(subjects, priorities).as(Notice::lowerPriority));
    return notices.optional(0.8).list().ofMaxSize(200);
  }

  @Property(tries = 300)
  void whatIsTaken_isInOrder_andEndsWithTheLatestOfEachTopic(
      @ForAll("moves") List<Optional<Notice>> moves,
      @ForAll @IntRange(min = 1, max = 20) int bound) {
    Outbox outbox = new Outbox(bound);
    List<Notice> offered = new ArrayList<>();
    List<Notice> taken = new ArrayList<>();
    int leftOut = 0;
    for (Optional<Notice> move : moves) {
      if (move.isPresent()) {
        offered.add(move.get());
        leftOut += outbox.offer(move.get());
        assertThat(outbox.size()).isLessThanOrEqualTo(Math.max(bound, topics(offered).size()));
      } else {
        Notice next = outbox.poll();
        if (next != null) {
          taken.add(next);
        }
      }
    }
    for (Notice next = outbox.poll(); next != null; next = outbox.poll()) {
      taken.add(next);
    }
    assertThat(topics(taken)).isEqualTo(topics(offered));
    assertThat(offered).containsSubsequence(taken);
    assertThat(leftOut).isLessThanOrEqualTo(offered.size() - taken.size());
  }

  @Property(tries = 100)
  void withinTheBound_nothingIsLeftOut(@ForAll("moves") List<Optional<Notice>> moves) {
    Outbox outbox = new Outbox(200);
    List<Notice> offered = new ArrayList<>();
    for (Notice each : moves.stream().flatMap(Optional::stream).toList()) {
      if (offered.isEmpty() || !offered.getLast().equals(each)) {
        offered.add(each);
      }
      assertThat(outbox.offer(each)).isZero();
    }
    List<Notice> taken = new ArrayList<>();
    for (Notice next = outbox.poll(); next != null; next = outbox.poll()) {
      taken.add(next);
    }
    assertThat(taken).isEqualTo(offered);
  }

  /** The latest notice of each topic. */
  private static Map<Topic, Notice> topics(List<Notice> notices) {
    Map<Topic, Notice> latest = new LinkedHashMap<>();
    notices.forEach(n -> latest.put(n.topic(), n));
    return latest;
  }
}
