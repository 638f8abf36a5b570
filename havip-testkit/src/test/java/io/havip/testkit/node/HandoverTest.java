package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.Handover;
import io.havip.HavipEvent;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** S18: when the application hears that it may serve, and that it may no longer. */
class HandoverTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Pair pair = new Pair(3);
  private final AtomicBoolean well = new AtomicBoolean(true);
  private final List<String> calls = new ArrayList<>();

  /** What is called, with whether the host has the address at that moment. */
  private final class Application implements Handover.Callback {

    @Override
    public void demote(String router) {
      record("demote");
    }

    @Override
    public void lost(String router) {
      record("lost");
    }

    private void record(String call) {
      calls.add(call + (pair.a.has(Pair.VIP) ? " with" : " without") + " the address");
    }
  }

  private VirtualRouterConfigBuilder member(int priority) {
    return Pair.router(priority).beforeLeaving(new Application(), TIMEOUT);
  }

  private VirtualRouterConfigBuilder preparingMember(int priority) {
    Application application = new Application();
    return member(priority)
        .beforeServing(router -> application.record("prepare"), Duration.ofSeconds(5));
  }

  private void startBoth(VirtualRouterConfigBuilder a) {
    pair.a.start(a.build());
    pair.b.start(Pair.router(100).build());
    pair.awaitServedBy(pair.a);
  }

  @Test
  void close_demotesTheApplicationWhileItIsStillActive_thenUnbinds_thenResigns() {
    startBoth(preparingMember(150));
    Exposure exposure = pair.lan.observe(Pair.VIP);
    pair.a.workersDelay(Duration.ofMillis(4500));
    pair.a.node().orElseThrow().close();
    pair.sim.run(Duration.ofMillis(4499));
    assertThat(Pair.state(pair.a)).as("adverts go on, so that nobody takes over").isEqualTo(ACTIVE);
    assertThat(Pair.state(pair.b)).isEqualTo(BACKUP);
    assertThat(pair.lan.answering(Pair.VIP)).isEqualTo(List.of(pair.a));
    pair.sim.run(Duration.ofMillis(2));
    assertThat(Pair.state(pair.a)).isEqualTo(INITIALIZE);
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.awaitServedBy(pair.b);
    assertThat(Pair.cause(pair.b)).isInstanceOf(Cause.PeerResigned.class);
    assertThat(exposure.overlap()).isZero();
    assertThat(calls).containsExactly("prepare without the address", "demote with the address");
  }

  @Test
  void aFailedCheck_demotesTheApplicationFirst() {
    startBoth(member(150).healthCheck("db", well::get));
    Exposure exposure = pair.lan.observe(Pair.VIP);
    well.set(false);
    pair.awaitServedBy(pair.b);
    assertThat(Pair.state(pair.a)).isEqualTo(FAULT);
    assertThat(Pair.cause(pair.a)).isEqualTo(new Cause.FaultRaised("check db: failed"));
    assertThat(calls).containsExactly("demote with the address");
    assertThat(exposure.overlap()).isZero();
  }

  @Test
  void aCheckThatRecoversDuringTheDemotion_endsInBackup() {
    startBoth(member(150).healthCheck("db", well::get));
    pair.a.workersDelay(Duration.ofMillis(900));
    well.set(false);
    pair.sim.runUntil("the check failed", this::checkFailed, Pair.LIMIT);
    well.set(true);
    pair.a.workersDelay(Duration.ZERO);
    Duration left = pair.awaitState(pair.a, BACKUP);
    assertThat(left).as("after the demotion, not before").isEqualTo(Duration.ofMillis(900));
    assertThat(calls).containsExactly("demote with the address");
    assertThat(Pair.snapshot(pair.a).faults()).isEmpty();
    pair.awaitServedBy(pair.a);
  }

  @Test
  void aLinkThatFails_isALoss_andToldAfterwards() {
    startBoth(member(150));
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    pair.awaitState(pair.a, FAULT);
    pair.sim.run(Duration.ofMillis(1));
    assertThat(calls).containsExactly("lost without the address");
  }

  @Test
  void aLinkThatFailsDuringTheDemotion_endsItAtOnce() {
    startBoth(member(150).healthCheck("db", well::get));
    pair.a.workersDelay(Duration.ofMillis(900));
    well.set(false);
    pair.sim.runUntil("the check failed", this::checkFailed, Pair.LIMIT);
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    assertThat(pair.awaitState(pair.a, FAULT)).isLessThan(Duration.ofMillis(5));
    assertThat(pair.a.has(Pair.VIP)).isFalse();
    pair.sim.run(Duration.ofSeconds(5));
    assertThat(calls).containsExactly("demote without the address");
  }

  @Test
  void yielding_isALoss_andToldAfterwards() {
    startBoth(member(150));
    pair.b.kill();
    pair.b.start(Pair.router(200).build());
    pair.awaitServedBy(pair.b);
    pair.sim.run(Duration.ofMillis(10));
    assertThat(calls).containsExactly("lost without the address");
  }

  @Test
  void aLateWake_isALoss_andToldAfterwards() {
    startBoth(member(150));
    pair.a.pause(Duration.ofSeconds(20));
    pair.sim.run(Duration.ofSeconds(21));
    assertThat(calls).containsExactly("lost without the address");
  }

  @Test
  void anApplicationThatTakesTooLong_isNotWaitedFor() {
    startBoth(member(150));
    pair.a.workersDelay(Duration.ofSeconds(60));
    pair.a.node().orElseThrow().close();
    Duration left =
        pair.sim.runUntil("the address is gone", () -> !pair.a.has(Pair.VIP), Pair.LIMIT);
    assertThat(left).isEqualTo(TIMEOUT);
    pair.awaitServedBy(pair.b);
    pair.a.workersDelay(Duration.ZERO);
    pair.sim.run(Duration.ofSeconds(60));
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class))
        .anyMatch(e -> e.failure().operation().contains("demote"));
  }

  @Test
  void anApplicationThatFails_leavesAllTheSame_andIsReported() {
    pair.a.start(
        Pair.router(150)
            .beforeLeaving(
                router -> {
                  throw new IllegalStateException("still writing");
                },
                TIMEOUT)
            .build());
    pair.awaitState(pair.a, ACTIVE);
    pair.a.node().orElseThrow().close();
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(Pair.state(pair.a)).isEqualTo(INITIALIZE);
    assertThat(Pair.events(pair.a, HavipEvent.OperationFailed.class))
        .anyMatch(e -> e.failure().cause().contains("still writing"));
  }

  @Test
  void overruledDuringTheDemotion_theAddressGoesAtOnce_andNothingIsToldTwice() {
    pair.b.start(Pair.router(200).build());
    pair.awaitState(pair.b, ACTIVE);
    pair.sim.inject(new Fault.Cut("a", "b", true));
    pair.a.start(member(150).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.a.workersDelay(Duration.ofSeconds(3));
    pair.a.node().orElseThrow().close();
    pair.sim.inject(new Fault.MendAll());
    Duration left =
        pair.sim.runUntil("the address is gone", () -> !pair.a.has(Pair.VIP), Pair.LIMIT);
    assertThat(left).isLessThan(Duration.ofMillis(1100));
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(Pair.state(pair.a)).isEqualTo(INITIALIZE);
    assertThat(calls).containsExactly("demote without the address");
  }

  @Test
  void aPreparationThatNeverBegan_isNotAnswered() {
    pair.a.workersDelay(Duration.ofSeconds(2));
    pair.a.start(preparingMember(150).build());
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    pair.awaitState(pair.a, FAULT);
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(calls).isEmpty();
  }

  @Test
  void aMemberThatNeverServed_isNotCalled() {
    pair.b.start(Pair.router(200).build());
    pair.awaitState(pair.b, ACTIVE);
    pair.a.start(preparingMember(150).build());
    pair.sim.run(Duration.ofSeconds(10));
    pair.a.node().orElseThrow().close();
    pair.sim.run(Duration.ofSeconds(10));
    assertThat(calls).isEmpty();
  }

  @Test
  void theEventOfBeingActive_comesWhenTheAddressIsUsable() {
    List<Boolean> usable = new ArrayList<>();
    pair.a.start(
        Pair.router(150).build(),
        event -> {
          if (event instanceof HavipEvent.StateChanged changed && changed.to() == ACTIVE) {
            usable.add(pair.a.has(Pair.VIP));
          }
        });
    pair.awaitState(pair.a, ACTIVE);
    pair.sim.run(Duration.ofSeconds(1));
    assertThat(usable).containsExactly(true);
  }

  private boolean checkFailed() {
    return !Pair.snapshot(pair.a).faults().isEmpty();
  }
}
