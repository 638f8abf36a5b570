package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.testkit.contract.PlatformFixture.Ability;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rules of {@link io.havip.spi.Platform} itself: its loop, its workers and its end. */
public abstract class PlatformContract extends SeamContract {

  private static final int TASKS = 100;

  private final List<String> log = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected PlatformContract() {}

  private void awaitLog(String entry) {
    await(entry, () -> log.contains(entry));
  }

  /** Tasks run in order. */
  @Test
  public void p1_tasksRunInTheOrderGiven() {
    List<Integer> ran = new CopyOnWriteArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      int number = i;
      platform().execute(() -> ran.add(number));
    }
    await("all tasks", () -> ran.size() >= TASKS);
    for (int i = 0; i < TASKS; i++) {
      assertEquals(i, ran.get(i), () -> "out of order: " + ran);
    }
  }

  /** A task that the loop gives itself comes later. */
  @Test
  public void p1_aTaskGivenOnTheLoopRunsAfterTheCurrentOne() {
    run(() -> {
      platform().execute(() -> log.add("given"));
      log.add("current");
    });
    awaitLog("given");
    assertEquals(List.of("current", "given"), log);
  }

  /** Tasks run on the loop, and it knows itself. */
  @Test
  public void p2_tasksRunOnTheLoop() {
    platform().execute(() -> log.add("in the loop: " + platform().inLoop()));
    await("the task", () -> !log.isEmpty());
    assertEquals(List.of("in the loop: true"), log);
  }

  /** No other thread is the loop. */
  @Test
  public void p2_noOtherThreadIsTheLoop() {
    needs(Ability.THREADS);
    assertFalse(platform().inLoop(), "the test's thread is not the loop");
  }

  /** What a task throws is its own affair. */
  @Test
  public void p3_aTaskThatThrowsDoesNotEndTheLoop() {
    platform()
        .execute(() -> {
          throw new IllegalStateException("thrown on purpose by a contract test");
        });
    platform().execute(() -> log.add("the next task"));
    awaitLog("the next task");
  }

  /** Work that blocks does not hold up the loop, and its result gets back. */
  @Test
  public void p4_workersDoNotHoldUpTheLoop() {
    AtomicInteger before = new AtomicInteger(-1);
    CountDownLatch released = new CountDownLatch(1);
    boolean threads = env().abilities().contains(Ability.THREADS);
    run(() -> {
      platform()
          .workers()
          .execute(() -> {
            if (threads) {
              hold(released);
              log.add("on the loop: " + platform().inLoop());
            }
            platform().execute(() -> log.add("back"));
            log.add("work");
          });
      before.set(log.size());
      released.countDown();
    });
    await("work and its result", () -> log.contains("work") && log.contains("back"));
    assertEquals(0, before.get(), "the work was done by the loop");
    assertFalse(log.contains("on the loop: true"), "the work was done by the loop");
  }

  private void hold(CountDownLatch released) {
    try {
      if (!released.await(env().bounds().patience().toMillis(), TimeUnit.MILLISECONDS)) {
        log.add("the loop waited for the work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end takes everything with it. */
  @Test
  public void p5_closeReleasesTheAddresses() {
    VirtualAddress address = env().freeAddress(anyFamily());
    assertEquals(Outcome.DONE, call(() -> platform().addresses().add(eth(), address)));
    assertTrue(answered(address.address()));
    platform().close();
    assertFalse(answered(address.address()), "the address outlived its platform");
    platform().close();
  }

  /** Nothing runs after the end. */
  @Test
  public void p6_tasksAfterCloseAreDropped() {
    AtomicBoolean ran = new AtomicBoolean();
    platform().close();
    platform().execute(() -> ran.set(true));
    settle();
    assertFalse(ran.get(), "a task ran after close");
  }

  /** Nothing fires after the end. */
  @Test
  public void p6_deadlinesDoNotFireAfterClose() {
    AtomicBoolean fired = new AtomicBoolean();
    run(() ->
        platform().timers().newDeadline(() -> fired.set(true)).arm(now() + settleTime().toNanos()));
    platform().close();
    settle();
    settle();
    assertFalse(fired.get(), "a deadline fired after close");
  }

  /** A platform says what it is. */
  @Test
  public void p7_theDescriptionIsOneLine() {
    String description = platform().description();
    assertFalse(description.isBlank());
    assertEquals(1, description.lines().count(), description);
  }

  /** A rehearsal is not seen: not in the addresses, and not by who asks for them. */
  @Test
  public void p8_aRehearsalLeavesNoTrace() {
    VirtualAddress address = env().freeAddress(anyFamily());
    assertEquals(Outcome.DONE, call(() -> platform().addresses().add(eth(), address)));
    Optional<Link> before = call(() -> platform().links().find(eth()));
    run(() -> platform().rehearse());
    settle();
    assertEquals(before, call(() -> platform().links().find(eth())));
    assertTrue(answered(address.address()), "the address does not answer any more");
  }
}
