package io.havip.core.election;

import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One router driven by hand: a clock that moves only when told, and the actions of each step. Times
 * are durations since the start.
 */
final class Machine {

  static final IpAddress LOWER_ADDRESS = IpAddress.parse("10.0.0.1");
  static final IpAddress OWN_ADDRESS = IpAddress.parse("10.0.0.2");
  static final IpAddress HIGHER_ADDRESS = IpAddress.parse("10.0.0.3");

  /** Not zero, so that a time since the start is never mistaken for a time of the clock. */
  private static final long ORIGIN = 1_000_000_000_000L;

  private final ElectionConfig config;
  private ElectionState state;
  private long now = ORIGIN;

  Machine(VirtualRouterConfig router) {
    this(router, false);
  }

  private Machine(VirtualRouterConfig router, boolean grouped) {
    config = ElectionConfig.of(router, OWN_ADDRESS, grouped);
    state = ElectionState.initialize(router.priority());
  }

  /** Version 3, priority 100, adverts every second, unless changed. */
  static Machine v3(UnaryOperator<VirtualRouterConfigBuilder> change) {
    return new Machine(router(VrrpVersion.V3, change));
  }

  static Machine v3() {
    return v3(b -> b);
  }

  /** The same in a sync group. */
  static Machine grouped(UnaryOperator<VirtualRouterConfigBuilder> change) {
    return new Machine(router(VrrpVersion.V3, change), true);
  }

  static Machine v2(UnaryOperator<VirtualRouterConfigBuilder> change) {
    return new Machine(router(VrrpVersion.V2, change));
  }

  static VirtualRouterConfig router(
      VrrpVersion version, UnaryOperator<VirtualRouterConfigBuilder> change) {
    return change
        .apply(
            VirtualRouterConfig.builder("vr")
                .interfaceName("eth0")
                .vrid(51)
                .version(version)
                .priority(100)
                .address("10.0.0.50/24"))
        .build();
  }

  ElectionConfig config() {
    return config;
  }

  ElectionState state() {
    return state;
  }

  RouterState where() {
    return state.state();
  }

  /** When the takeover is due. */
  Duration activeDownAt() {
    return sinceStart(state.activeDownAt());
  }

  Duration advertAt() {
    return sinceStart(state.advertAt());
  }

  Duration nextDeadline() {
    return sinceStart(state.nextDeadline());
  }

  /** A time since the start as the router's clock shows it. */
  long clock(Duration sinceStart) {
    return ORIGIN + sinceStart.toNanos();
  }

  Machine at(Duration sinceStart) {
    now = ORIGIN + sinceStart.toNanos();
    return this;
  }

  Machine at(long millis) {
    return at(Duration.ofMillis(millis));
  }

  List<Action> give(Input input) {
    Step step = Election.step(config, state, input, now);
    state = step.state();
    return step.actions();
  }

  List<Action> start() {
    return give(new Input.Startup(null));
  }

  List<Action> timer() {
    return give(new Input.TimerDue());
  }

  List<Action> hears(IpAddress source, int priority) {
    return hears(source, priority, Duration.ofNanos(config.intervalNanos()));
  }

  List<Action> hears(IpAddress source, int priority, Duration interval) {
    return give(new Input.AdvertReceived(source, priority, interval.toNanos(), now));
  }

  /** An advert that waited in the queue of the host. */
  List<Action> readsLate(IpAddress source, int priority, Duration receivedSinceStart) {
    return give(
        new Input.AdvertReceived(
            source, priority, config.intervalNanos(), ORIGIN + receivedSinceStart.toNanos()));
  }

  List<Action> faultRaised() {
    return give(new Input.FaultRaised("interface eth0 is down"));
  }

  List<Action> faultCleared() {
    return give(new Input.FaultCleared());
  }

  List<Action> shutdown() {
    return give(new Input.Shutdown());
  }

  List<Action> priorityChanged(int priority) {
    return give(new Input.PriorityChanged(priority));
  }

  List<Action> prepared() {
    return give(new Input.Prepared(null));
  }

  List<Action> prepareFailed(String why) {
    return give(new Input.Prepared(why));
  }

  /** Meets every deadline up to and including a time, at its very moment. */
  List<Timed> runTo(Duration sinceStart) {
    long end = ORIGIN + sinceStart.toNanos();
    List<Timed> actions = new ArrayList<>();
    for (int i = 0; state.nextDeadline() <= end; i++) {
      if (i > 100_000) {
        throw new AssertionError("deadlines do not end: " + state);
      }
      now = Math.max(now, state.nextDeadline());
      Duration when = sinceStart(now);
      timer().forEach(a -> actions.add(new Timed(when, a)));
    }
    now = end;
    return actions;
  }

  List<Timed> runTo(long millis) {
    return runTo(Duration.ofMillis(millis));
  }

  /** Starts it, and lets it take over from silence; the start of the clock is the takeover. */
  static Machine active(UnaryOperator<VirtualRouterConfigBuilder> change) {
    Machine machine = v3(change);
    machine.start();
    machine.now = machine.state.nextDeadline();
    machine.timer();
    machine.shiftToOrigin();
    return machine;
  }

  static Machine active() {
    return active(b -> b);
  }

  /** The machine knows distances only, so its present may be called the start. */
  private void shiftToOrigin() {
    state = Times.shift(state, ORIGIN - now);
    now = ORIGIN;
  }

  private static Duration sinceStart(long nanos) {
    return nanos == ElectionState.NEVER
        ? Duration.ofNanos(ElectionState.NEVER)
        : Duration.ofNanos(nanos - ORIGIN);
  }

  /**
   * An action and when it was asked for.
   *
   * @param at since the start
   * @param action what
   */
  record Timed(Duration at, Action action) {

    /** When the given actions were asked for. */
    static List<Long> millisOf(List<Timed> all, Class<? extends Action> kind) {
      return all.stream().filter(t -> kind.isInstance(t.action)).map(t -> t.at.toMillis()).toList();
    }
  }
}
