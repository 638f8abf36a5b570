package io.havip.testkit.explore;

import java.util.ArrayList;
import java.util.List;

/** The next world in the making. */
final class Draft {

  private final List<Member> members;
  private final List<Message> flying;
  private int losses;
  private int failures;
  private long calm;
  private long contested;
  private long vacant;

  Draft(World from) {
    members = new ArrayList<>(from.members());
    flying = new ArrayList<>(from.flying());
    losses = from.losses();
    failures = from.failures();
    calm = from.calm();
    contested = from.contested();
    vacant = from.vacant();
  }

  Draft member(int index, Member member) {
    members.set(index, member);
    return this;
  }

  Draft add(Message message) {
    flying.add(message);
    return this;
  }

  Draft remove(Message message) {
    flying.remove(message);
    return this;
  }

  Draft spendLoss() {
    losses--;
    return this;
  }

  Draft spendFailure() {
    failures--;
    return this;
  }

  /** Something went wrong or began anew: what a law grants for that is granted again. */
  Draft disturb() {
    calm = 0;
    contested = 0;
    vacant = 0;
    return this;
  }

  Draft pass(long nanos, long horizon) {
    members.replaceAll(m -> m.up() ? m.later(nanos) : m);
    flying.replaceAll(
        m -> new Message(m.from(), m.to(), m.priority(), m.intervalNanos(), m.age() + nanos));
    calm = Math.min(horizon, calm + nanos);
    contested = Math.min(horizon, contested + nanos);
    vacant = Math.min(horizon, vacant + nanos);
    return this;
  }

  /** The clocks of what is not the case stand still at zero. */
  World build() {
    long actives = members.stream().filter(Member::active).count();
    boolean anyoneUp = members.stream().anyMatch(Member::up);
    return new World(
        members,
        flying,
        losses,
        failures,
        calm,
        actives > 1 ? contested : 0,
        actives == 0 && anyoneUp ? vacant : 0);
  }
}
