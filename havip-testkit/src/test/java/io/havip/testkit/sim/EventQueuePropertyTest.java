package io.havip.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The queue against a sorted list. */
class EventQueuePropertyTest {

  /** What to do: put event {@code which} at {@code at}, remove it, or take the first one. */
  record Move(int kind, int which, long at) {}

  private static final class Numbered extends Event {

    private final int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    void fire() {}

    @Override
    public String label() {
      return "event " + number;
    }
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 19),
            Arbitraries.longs().between(0, 9))
        .as(Move::new)
        .list()
        .ofMaxSize(300);
  }

  @Property(tries = 500)
  void takesInTheOrderOfTimeAndThenOfPutting(@ForAll("moves") List<Move> moves) {
    EventQueue queue = new EventQueue();
    List<Numbered> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(new Numbered(i));
    }
    List<long[]> model = new ArrayList<>(); // time, order of putting, number
    long puts = 0;
    for (Move move : moves) {
      switch (move.kind()) {
        case 0, 1, 2 -> {
          model.removeIf(m -> m[2] == move.which());
          model.add(new long[] {move.at(), puts++, move.which()});
          queue.put(events.get(move.which()), move.at());
        }
        case 3 -> {
          model.removeIf(m -> m[2] == move.which());
          queue.remove(events.get(move.which()));
        }
        default -> takeFromBoth(queue, model);
      }
      assertThat(queue.size()).isEqualTo(model.size());
      for (Numbered event : events) {
        assertThat(event.pending()).isEqualTo(model.stream().anyMatch(m -> m[2] == event.number));
      }
    }
    while (!model.isEmpty()) {
      takeFromBoth(queue, model);
    }
    assertThat(queue.firstTime()).isEqualTo(Long.MAX_VALUE);
  }

  private static void takeFromBoth(EventQueue queue, List<long[]> model) {
    model.sort(Comparator.<long[]>comparingLong(m -> m[0]).thenComparingLong(m -> m[1]));
    if (model.isEmpty()) {
      assertThat(queue.size()).isZero();
      return;
    }
    long[] expected = model.removeFirst();
    assertThat(queue.firstTime()).isEqualTo(expected[0]);
    assertThat(((Numbered) queue.take()).number).isEqualTo((int) expected[2]);
  }
}
