package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.Timers;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoopIT {

  private static final long MILLI = 1_000_000;

  private static Lab lab;
  private static Member a;
  private static Member b;

  /**
   * On the host of b: the kernel hands a message to both at once, so it shows what b could hear.
   */
  private static Member witness;

  @BeforeAll
  static void open() {
    RealNetwork.assume();
    lab = Lab.open();
    a = new Member(lab.addHost("a", "172.17.16.7"));
    b = new Member(lab.addHost("b", "172.17.16.13"));
    witness = new Member(b.host);
  }

  @AfterEach
  void closePorts() {
    a.closePorts();
    b.closePorts();
    witness.closePorts();
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      a.close();
      b.close();
      witness.close();
      lab.close();
    }
  }

  /**
   * The rule of the SPI that keeps a late process from electing itself: while the loop is stuck,
   * messages arrive and a deadline passes; the messages are delivered first, with the times of
   * their arrival.
   */
  @Test
  void whatArrivedDuringAStallIsDeliveredBeforeTheOverdueDeadline() throws InterruptedException {
    IpAddress group = IpAddress.parse("224.0.0.18");
    AdvertPort from = a.open(IpFamily.IPV4);
    listen(b, group);
    listen(witness, group);
    byte[] message = {0x31, 1, 100, 0};
    while (stampedWhenRead(from, group, message)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }

    LinkedBlockingQueue<Integer> heardAtDeadline = new LinkedBlockingQueue<>();
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    Timers timers = b.platform.timers();
    CountDownLatch free =
        stall(() ->
            timers
                .newDeadline(() -> heardAtDeadline.add(b.heard.size()))
                .arm(timers.now() + MILLI));
    for (int i = 0; i < 40; i++) {
      before.add(System.nanoTime());
      sendNow(from, group, message);
      witness.take();
      after.add(System.nanoTime());
      TimeUnit.MILLISECONDS.sleep(7); // spreads the arrivals over the stall
    }
    long freed = System.nanoTime();
    free.countDown();

    assertThat(b.take(heardAtDeadline, "deadline")).isEqualTo(40);
    for (int i = 0; i < 40; i++) {
      Member.Heard heard = b.take();
      assertThat(heard.receivedAt()).isBetween(before.get(i) - MILLI, after.get(i) + MILLI);
      assertThat(heard.deliveredAt()).isGreaterThan(freed);
    }
  }

  /** Runs something on the loop of b and keeps it busy until the latch is counted down. */
  private static CountDownLatch stall(Runnable first) {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    b.platform.execute(() -> {
      first.run();
      stuck.countDown();
      await(free);
    });
    await(stuck);
    return free;
  }

  /**
   * The kernel begins to stamp messages a while after the first socket has asked for it; until then
   * they get the time at which they are read.
   */
  private static boolean stampedWhenRead(AdvertPort from, IpAddress group, byte[] message)
      throws InterruptedException {
    CountDownLatch free = stall(() -> {});
    sendNow(from, group, message);
    witness.take();
    long arrived = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(3);
    free.countDown();
    return b.take().receivedAt() > arrived + MILLI;
  }

  private static void listen(Member member, IpAddress group) {
    AdvertPort port = member.open(IpFamily.IPV4);
    member.run(() -> port.join(group));
  }

  /** Returns when the message has left: an announcement leaves at once and after it. */
  private static void sendNow(AdvertPort from, IpAddress group, byte[] message) {
    a.run(() -> {
      from.send(a.address(), group, 255, message, message.length);
      a.platform.announcer().announce(LabHost.INTERFACE, IpAddress.parse("172.17.16.99"));
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(Member.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A task that starts on time and ends late makes deadlines overdue within one turn. */
  @Test
  void whatArrivedWhileATaskRanIsDeliveredBeforeADeadlineThatFellDueMeanwhile() {
    IpAddress group = IpAddress.parse("224.0.0.18");
    AdvertPort from = a.open(IpFamily.IPV4);
    listen(b, group);
    listen(witness, group);
    byte[] message = {0x31, 1, 100, 0};
    for (int round = 0; round < 50; round++) {
      LinkedBlockingQueue<Integer> heardAtDeadline = new LinkedBlockingQueue<>();
      b.run(() -> {
        Timers timers = b.platform.timers();
        timers
            .newDeadline(() -> heardAtDeadline.add(b.heard.size()))
            .arm(timers.now() + MILLI / 10);
      });
      CountDownLatch sent = stall(() -> {});
      boolean fired = !heardAtDeadline.isEmpty();
      sendNow(from, group, message);
      witness.take();
      sent.countDown();
      if (!fired) {
        assertThat(b.take(heardAtDeadline, "deadline")).isEqualTo(1);
      }
      b.take();
      b.run(() -> {});
      b.heard.clear();
    }
  }

  @Test
  void tasksRunInOrderAndAfterTheCurrentOne() {
    List<String> order = new ArrayList<>();
    b.run(() -> {
      b.platform.execute(() -> order.add("second"));
      b.platform.execute(() -> order.add("third"));
      order.add("first");
    });
    assertThat(b.call(() -> List.copyOf(order))).containsExactly("first", "second", "third");
  }

  @Test
  void deadlinesFireInTheirOrderAndNeverEarly() {
    LinkedBlockingQueue<Long> lateness = new LinkedBlockingQueue<>();
    List<Integer> order = new ArrayList<>();
    b.run(() -> {
      Timers timers = b.platform.timers();
      long now = timers.now();
      for (int i = 49; i >= 0; i--) {
        int number = i;
        long at = now + 20 * MILLI + i * 100_000L;
        timers
            .newDeadline(() -> {
              order.add(number);
              lateness.add(timers.now() - at);
            })
            .arm(at);
      }
    });
    for (int i = 0; i < 50; i++) {
      assertThat(b.take(lateness, "deadline")).isNotNegative();
    }
    assertThat(b.call(() -> List.copyOf(order))).isSorted().hasSize(50);
  }

  @Test
  void deadlineArmedForThePastFiresInTheNextTurnAndDoesNotStarveTasks() {
    LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    Timers timers = b.platform.timers();
    Timers.Deadline[] deadline = new Timers.Deadline[1];
    b.run(() -> {
      deadline[0] = timers.newDeadline(() -> deadline[0].arm(0));
      deadline[0].arm(0);
    });
    for (int i = 0; i < 100; i++) {
      b.platform.execute(() -> done.add("task"));
      assertThat(b.take(done, "task")).isEqualTo("task");
    }
    b.run(deadline[0]::disarm);
  }

  @Test
  void disarmedAndReArmedDeadlinesKeepTheirWord() throws InterruptedException {
    Timers timers = b.platform.timers();
    LinkedBlockingQueue<Long> fired = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Long> never = new LinkedBlockingQueue<>();
    long start = timers.now();
    b.run(() -> {
      Timers.Deadline moved = timers.newDeadline(() -> fired.add(timers.now()));
      moved.arm(start + MILLI);
      moved.arm(start + 30 * MILLI);
      Timers.Deadline disarmed = timers.newDeadline(() -> never.add(timers.now()));
      disarmed.arm(start + 2 * MILLI);
      disarmed.disarm();
      disarmed.disarm();
    });
    assertThat(b.take(fired, "deadline") - start).isGreaterThanOrEqualTo(30 * MILLI);
    assertThat(never).isEmpty();
    assertThat(fired).isEmpty();
  }

  @Test
  void whatATaskADeadlineOrAListenerThrowsDoesNotEndTheLoop() {
    LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    b.platform.execute(() -> {
      throw new IllegalStateException("thrown on purpose by a task");
    });
    b.run(() ->
        b.platform
            .timers()
            .newDeadline(() -> {
              throw new AssertionError("thrown on purpose by a deadline");
            })
            .arm(0));
    b.platform.execute(() -> done.add("alive"));
    assertThat(b.take(done, "task")).isEqualTo("alive");
  }

  @Test
  void seamsRefuseOtherThreads() {
    assertThatThrownBy(() -> b.platform.links().find("eth0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("instead of havip-b");
    assertThatThrownBy(() -> b.platform.timers().newDeadline(() -> {}).arm(0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void workersRunElsewhereUnderTheNodesName() {
    LinkedBlockingQueue<Thread> seen = new LinkedBlockingQueue<>();
    b.platform.workers().execute(() -> seen.add(Thread.currentThread()));
    Thread worker = b.take(seen, "worker");
    assertThat(worker.getName()).startsWith("havip-b-worker-");
    assertThat(worker.isDaemon()).isTrue();
    assertThat(b.call(Thread::currentThread).getName()).isEqualTo("havip-b");
    assertThat(b.call(b.platform::inLoop)).isTrue();
    assertThat(b.platform.inLoop()).isFalse();
  }

  @Test
  void sleepingLoopWakesForATaskAtOnce() {
    long longest = 0;
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      b.run(() -> {});
      longest = Math.max(longest, System.nanoTime() - start);
    }
    // Without the wake-up it would sleep until the next event, which never comes here.
    assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));
  }
}
