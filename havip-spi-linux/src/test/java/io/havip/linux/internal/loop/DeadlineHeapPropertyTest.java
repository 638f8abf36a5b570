package io.havip.linux.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.internal.loop.DeadlineHeap.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random operations, compared with a list that is sorted each time. */
class DeadlineHeapPropertyTest {

  private static final int DEADLINES = 40;
  private static final int STEPS = 2_000;

  private static final Comparator<Armed> ORDER =
      Comparator.comparingLong(Armed::latest).thenComparingLong(Armed::arming);

  private record Armed(Entry entry, long at, long latest, long arming) {}

  @RepeatedTest(20)
  void firesInOrderNeverEarlyAndOncePerArming(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    DeadlineHeap heap = new DeadlineHeap();
    List<Armed> model = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < DEADLINES; i++) {
      entries.add(new Entry(() -> {}));
    }
    // Few different times, so that equal ones are frequent.
    for (int step = 0; step < STEPS; step++) {
      Entry entry = entries.get(random.nextInt(DEADLINES));
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long at = random.nextInt(30);
          long slack = random.nextInt(3) * 10L;
          heap.arm(entry, at, slack);
          model.removeIf(armed -> armed.entry() == entry);
          model.add(new Armed(entry, at, at + slack, step));
        }
        case 2 -> {
          heap.disarm(entry);
          model.removeIf(armed -> armed.entry() == entry);
        }
        default -> {
          long now = random.nextInt(30);
          model.sort(ORDER);
          Armed first = model.isEmpty() ? null : model.getFirst();
          if (first == null || first.at() > now) {
            assertThat(heap.pollDue(now)).isNull();
          } else {
            assertThat(heap.pollDue(now)).isSameAs(first.entry());
            model.removeFirst();
          }
        }
      }
      assertThat(heap.size()).isEqualTo(model.size());
      assertThat(heap.wakeAt())
          .isEqualTo(model.stream().mapToLong(Armed::latest).min().orElse(Long.MAX_VALUE));
    }
  }

  /** Whoever wakes when the heap says so serves everything in its time. */
  @RepeatedTest(20)
  void nothingFiresBeforeItsTimeOrAfterItsSlack(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    DeadlineHeap heap = new DeadlineHeap();
    IdentityHashMap<Entry, Armed> armed = new IdentityHashMap<>();
    long wakes = 0;
    for (int i = 0; i < DEADLINES; i++) {
      Armed next = new Armed(new Entry(() -> {}), random.nextInt(500), 0, i);
      next = new Armed(next.entry(), next.at(), next.at() + random.nextInt(3) * 20L, i);
      armed.put(next.entry(), next);
      heap.arm(next.entry(), next.at(), next.latest() - next.at());
    }
    while (heap.size() > 0) {
      long now = heap.wakeAt();
      wakes++;
      for (Entry due = heap.pollDue(now); due != null; due = heap.pollDue(now)) {
        Armed was = armed.remove(due);
        assertThat(now).isBetween(was.at(), was.latest());
      }
    }
    assertThat(armed).isEmpty();
    assertThat(wakes).isLessThan(DEADLINES);
  }

  @Test
  void whatIsNeverDueHoldsNobodyUpHoweverMuchSlackItHas() {
    DeadlineHeap heap = new DeadlineHeap();
    Entry other = new Entry(() -> {});
    heap.arm(new Entry(() -> {}), Long.MAX_VALUE, 10);
    heap.arm(new Entry(() -> {}), Long.MAX_VALUE - 5, 10);
    heap.arm(other, 7, 10);
    assertThat(heap.wakeAt()).isEqualTo(17);
    assertThat(heap.pollDue(17)).isSameAs(other);
    assertThat(heap.wakeAt()).isEqualTo(Long.MAX_VALUE);
    assertThat(heap.pollDue(17)).isNull();
  }

  @Test
  void holdsMoreThanItsFirstRoom() {
    DeadlineHeap heap = new DeadlineHeap();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Entry entry = new Entry(() -> {});
      entries.add(entry);
      heap.arm(entry, 1000 - i, 0);
    }
    for (int i = 999; i >= 0; i--) {
      assertThat(heap.pollDue(Long.MAX_VALUE)).isSameAs(entries.get(i));
    }
    assertThat(heap.pollDue(Long.MAX_VALUE)).isNull();
  }
}
