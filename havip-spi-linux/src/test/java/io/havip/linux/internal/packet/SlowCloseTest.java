package io.havip.linux.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SlowCloseTest {

  private final Queue<Runnable> work = new ArrayDeque<>();
  private final List<Integer> closed = new ArrayList<>();
  private final SlowClose slowly = new SlowClose(work::add, closed::add);

  @Test
  void aWorkerClosesAndNobodyElse() {
    slowly.soon(7);
    assertThat(closed).isEmpty();

    work.remove().run();
    slowly.rest();

    assertThat(closed).containsExactly(7);
  }

  @Test
  void whatWorkersDropIsClosedInTheEnd() {
    slowly.soon(7);
    slowly.soon(8);
    work.clear();

    slowly.rest();

    assertThat(closed).containsExactlyInAnyOrder(7, 8);
  }

  /** By then the number may be that of another descriptor. */
  @Test
  void aWorkerThatComesLateClosesNothing() {
    slowly.soon(7);
    slowly.rest();

    work.remove().run();

    assertThat(closed).containsExactly(7);
  }

  @Test
  void aNumberThatIsUsedAgainIsClosedAgain() {
    slowly.soon(7);
    work.remove().run();
    slowly.soon(7);
    work.remove().run();

    assertThat(closed).containsExactly(7, 7);
  }
}
