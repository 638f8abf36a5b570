package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Handover;
import io.havip.Takeover;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S18 with real threads: calls never overlap, whatever interrupts them. */
@Timeout(60)
class ApplicationCallsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ThreadedPlatform platform = new ThreadedPlatform();
  private final Events events = new Events(platform.workers(), platform, List.of());
  private final ApplicationCalls calls = new ApplicationCalls("VI_1", platform, events);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch preparing = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private final Handover handover =
      new Handover(
          new Handover.Callback() {
            @Override
            public void demote(String router) {
              heard.add("demote");
            }

            @Override
            public void lost(String router) {
              heard.add("lost");
            }
          },
          LIMIT);

  /** Goes on for a while although it was interrupted. */
  private final Takeover stubborn =
      new Takeover(
          router -> {
            heard.add("prepare");
            preparing.countDown();
            boolean interrupted = false;
            while (mayEnd.getCount() > 0) {
              try {
                mayEnd.await();
              } catch (InterruptedException e) {
                interrupted = true;
              }
            }
            heard.add(interrupted || Thread.interrupted() ? "interrupted" : "prepared");
          },
          LIMIT);

  @AfterEach
  void close() {
    mayEnd.countDown();
    platform.close();
  }

  @Test
  void aPreparationThatGoesOn_holdsUpWhatFollows() throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    platform.runOnLoop(() -> calls.prepare(stubborn, result::complete));
    await(preparing);
    platform.runOnLoop(() -> {
      calls.cancelPrepare();
      calls.left(handover);
    });
    assertThat(heard).containsExactly("prepare");
    mayEnd.countDown();
    awaitIdle();
    assertThat(heard).containsExactly("prepare", "interrupted", "lost");
    assertThat(result).as("a cancelled preparation has no result").isNotDone();
  }

  @Test
  void aDemotionThatHadToWait_becomesALoss_whenTheRouterIsOverruledMeanwhile() throws Exception {
    CompletableFuture<String> demoted = new CompletableFuture<>();
    platform.runOnLoop(() -> calls.prepare(stubborn, failure -> {}));
    await(preparing);
    platform.runOnLoop(() -> {
      calls.serving();
      calls.demote(handover, () -> demoted.complete("demoted"));
      calls.left(handover);
    });
    mayEnd.countDown();
    awaitIdle();
    assertThat(heard).containsExactly("prepare", "prepared", "lost");
    assertThat(demoted).isNotDone();
  }

  @Test
  void aDemotionThatNeverBeganInTime_becomesALoss() throws Exception {
    platform.runOnLoop(() -> calls.prepare(stubborn, failure -> {}));
    await(preparing);
    platform.runOnLoop(() -> {
      calls.serving();
      calls.demote(handover, () -> heard.add("demoted"));
      calls.cancelDemote();
      calls.left(handover);
    });
    mayEnd.countDown();
    awaitIdle();
    assertThat(heard).containsExactly("prepare", "prepared", "lost");
  }

  @Test
  void abandoned_nothingBeginsAnyMore() throws Exception {
    platform.runOnLoop(() -> calls.prepare(stubborn, failure -> {}));
    await(preparing);
    platform.runOnLoop(() -> {
      calls.left(handover);
      calls.abandon();
    });
    mayEnd.countDown();
    awaitIdle();
    assertThat(heard).containsExactly("prepare", "prepared");
  }

  private void awaitIdle() throws Exception {
    platform.runOnLoop(calls::shut);
    calls.idleAfterShut().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }
}
