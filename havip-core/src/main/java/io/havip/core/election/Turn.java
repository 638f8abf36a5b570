package io.havip.core.election;

import static io.havip.core.election.ElectionState.NEVER;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in progress: a working copy of the state and the actions gathered so far. Lives for one
 * call.
 */
final class Turn {

  final ElectionConfig config;
  final long now;

  RouterState state;
  int priority;
  long activeInterval;
  @Nullable IpAddress active;
  int activePriority;
  ElectionState.@Nullable Rival rival;
  long listenedSince;
  long activeDownAt;
  boolean ready;
  long preemptAt;
  long askAt;
  long silentAt;
  long serveAt;
  long lastAdvertAt;
  long advertAt;
  long prepareBy;
  boolean holding;
  long secondRoundAt;
  long refreshAt;
  long lowerPriorityRoundAt;

  /** Most steps have no action or one. */
  private List<Action> actions = List.of();

  Turn(ElectionConfig config, ElectionState from, long now) {
    this.config = config;
    this.now = now;
    state = from.state();
    priority = from.priority();
    activeInterval = from.activeInterval();
    active = from.active();
    activePriority = from.activePriority();
    rival = from.rival();
    listenedSince = from.listenedSince();
    activeDownAt = from.activeDownAt();
    ready = from.ready();
    preemptAt = from.preemptAt();
    askAt = from.askAt();
    silentAt = from.silentAt();
    serveAt = from.serveAt();
    lastAdvertAt = from.lastAdvertAt();
    advertAt = from.advertAt();
    prepareBy = from.prepareBy();
    holding = from.holding();
    secondRoundAt = from.secondRoundAt();
    refreshAt = from.refreshAt();
    lowerPriorityRoundAt = from.lowerPriorityRoundAt();
  }

  void act(Action action) {
    if (actions.isEmpty()) {
      actions = List.of(action);
      return;
    }
    if (actions.size() == 1) {
      actions = new ArrayList<>(actions);
    }
    actions.add(action);
  }

  /** Every change of state comes through here, with its cause. */
  void enter(RouterState to, Cause cause) {
    act(new Action.ReportState(state, to, cause));
    state = to;
  }

  void sendAdvert() {
    lastAdvertAt = now;
    act(new Action.SendAdvert(priority));
  }

  /** Runs Active_Down_Timer to a moment. */
  void waitUntil(long at) {
    activeDownAt = at;
    ready = false;
  }

  /** The peers did not sleep: what this member said is longer ago than its clock shows. */
  void sleep(long nanos) {
    lastAdvertAt -= nanos;
    advertAt = advertAt == NEVER ? NEVER : advertAt - nanos;
  }

  /**
   * Begins to listen anew, for what was sent meanwhile may be lost. A member of lower priority must
   * be heard for the whole preemption delay from now on.
   *
   * @param until when silence will have lasted long enough
   */
  void listenAnew(long until) {
    stopClaiming();
    listenedSince = now;
    waitUntil(until);
    if (preemptAt != NEVER) {
      preemptAt = Math.max(preemptAt, now + config.preemptDelayNanos());
    }
  }

  /** When an advert counts as received. */
  long heardAt(Input.AdvertReceived advert) {
    return Math.max(listenedSince, advert.receivedAt());
  }

  /** Nothing is waited for any more but the sync group. */
  void beReady() {
    activeDownAt = NEVER;
    ready = true;
  }

  /** Something speaks against the short way: Active_Down_Timer decides alone. */
  void stopClaiming() {
    if (ready && serveAt != NEVER) {
      waitUntil(serveAt);
    }
    askAt = NEVER;
    silentAt = NEVER;
    serveAt = NEVER;
  }

  /** Ends listening. */
  void stopListening() {
    stopClaiming();
    activeDownAt = NEVER;
    ready = false;
    preemptAt = NEVER;
  }

  /** Stops being ACTIVE in all but name: no address, no advert, no announcement. */
  void release() {
    if (prepareBy != NEVER) {
      act(new Action.CancelPrepare());
    }
    if (holding) {
      act(new Action.Unbind());
    }
    holding = false;
    prepareBy = NEVER;
    serveAt = NEVER;
    advertAt = NEVER;
    secondRoundAt = NEVER;
    refreshAt = NEVER;
    lowerPriorityRoundAt = NEVER;
  }

  /**
   * Nothing that arrived before listening began counts: a receive queue that overflowed while the
   * process stood still keeps its oldest packets, and their age says nothing about their sender.
   */
  void hear(Input.AdvertReceived advert) {
    active = advert.source();
    activePriority = advert.priority();
    rival = null;
    listenedSince = heardAt(advert);
  }

  void forgetActive() {
    active = null;
    activePriority = 0;
    rival = null;
    listenedSince = now;
  }

  long skew() {
    return config.skew(priority, activeInterval);
  }

  long activeDownInterval() {
    return config.activeDownInterval(priority, activeInterval);
  }

  /** A deadline after a delay, or none if the delay is zero. */
  long after(Duration delay) {
    return delay.isZero() ? NEVER : now + delay.toNanos();
  }

  Step end() {
    return new Step(
        new ElectionState(
            state,
            priority,
            activeInterval,
            active,
            activePriority,
            rival,
            listenedSince,
            activeDownAt,
            ready,
            preemptAt,
            askAt,
            silentAt,
            serveAt,
            lastAdvertAt,
            advertAt,
            prepareBy,
            holding,
            secondRoundAt,
            refreshAt,
            lowerPriorityRoundAt),
        actions);
  }
}
