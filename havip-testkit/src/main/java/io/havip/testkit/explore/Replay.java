package io.havip.testkit.explore;

import io.havip.RouterState;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays a path in the simulator: the same members as real nodes, the same failures at the same
 * times, and every advert delayed or lost as on the path.
 *
 * <p>On a path, moves of the same moment have an order; in the simulator each of them gets a
 * nanosecond of its own, deliveries before a timer fires just before it. One kind of path cannot be
 * told apart so: an advert that is sent and delivered in the very moment in which its receiver's
 * timer fires, and before it.
 */
public final class Replay {

  /** Longer than what the moves of one moment are spread over, shorter than any timer. */
  private static final long SETTLE_NANOS = 10_000;

  /** What is still under way at the end of a path never arrives. */
  private static final Quality NEVER = Quality.of(Duration.ZERO).withLoss(1);

  private final Simulation simulation;
  private final List<SimHost> hosts = new ArrayList<>();
  private final List<Sent> underWay = new ArrayList<>();

  /** An advert and when the simulator sends it. */
  private record Sent(Message message, long time) {}

  private Replay(Simulation simulation) {
    this.simulation = simulation;
  }

  /**
   * Plays a path to its end.
   *
   * @param group the group that was explored
   * @param path the path, of a group without quick claims
   * @param simulation a fresh simulation to play it in
   * @return the state of each member at the end, INITIALIZE for one that is down
   */
  public static List<RouterState> play(Group group, Path path, Simulation simulation) {
    Replay replay = new Replay(simulation);
    SimNetwork network = simulation.segment("10.0.0.0/24").quality(NEVER);
    for (int i = 0; i < group.routers().size(); i++) {
      replay.hosts.add(network.host("m" + i, group.address(i).toString()));
    }
    long end = replay.schedule(path.steps());
    for (int i = 0; i < group.routers().size(); i++) {
      replay.hosts.get(i).start(group.routers().get(i));
    }
    simulation.run(Duration.ofNanos(end + SETTLE_NANOS));
    return replay.hosts.stream().map(Replay::state).toList();
  }

  /** Puts the path's failures and the fate of its adverts on the simulation's calendar. */
  private long schedule(List<Transition> steps) {
    long now = 0;
    int within = 0;
    for (int i = 0; i < steps.size(); i++) {
      within++;
      long moment = now + within;
      switch (steps.get(i).move()) {
        case Move.Pass pass -> {
          now += pass.nanos();
          within = 0;
        }
        case Move.Deliver deliver -> {
          boolean justBefore = deliver.message().age() > 0 && timerFiresLater(steps, i);
          long arrival = justBefore ? now - 1 : moment;
          long sent = takeSent(deliver.message());
          fate(
              deliver.message(),
              sent,
              Quality.of(Duration.ZERO).withReorder(1, nanos(arrival - sent)));
          noteSent(steps.get(i), arrival);
        }
        case Move.Lose lose -> fate(lose.message(), takeSent(lose.message()), NEVER);
        case Move.Crash crash -> simulation.at(nanos(moment), new Fault.Crash(m(crash.member())));
        case Move.Stop stop -> {
          simulation.at(nanos(moment), new Fault.Stop(m(stop.member())));
          noteSent(steps.get(i), moment);
        }
        case Move.Start start -> {
          simulation.at(nanos(moment), new Fault.Restart(m(start.member())));
          noteSent(steps.get(i), moment);
        }
        case Move.Fire fire -> noteSent(steps.get(i), now);
        case Move.Answer answer -> throw asked(answer);
        case Move.Silence silence -> throw asked(silence);
      }
    }
    return now;
  }

  private static IllegalArgumentException asked(Move move) {
    return new IllegalArgumentException(
        "the simulator answers questions itself; replay a group without quick claims: " + move);
  }

  /** Remembers the simulator's time of every advert that a step sent. */
  private void noteSent(Transition step, long time) {
    List<Message> before = new ArrayList<>(step.before().flying());
    for (Message message : step.after().flying()) {
      if (!before.remove(message) && message.age() == 0 && message.from() == step.member()) {
        underWay.add(new Sent(message, time));
      }
    }
  }

  /** The oldest advert under way that looks like this one. */
  private long takeSent(Message message) {
    for (Sent sent : underWay) {
      if (sent.message().equals(message.fresh())) {
        underWay.remove(sent);
        return sent.time();
      }
    }
    throw new IllegalArgumentException("the path delivers what nobody sent: " + message);
  }

  /** The simulated path takes the advert's quality just before the advert is sent. */
  private void fate(Message message, long sent, Quality quality) {
    simulation.at(
        nanos(Math.max(0, sent - 1)),
        new Fault.Impair(m(message.from()), m(message.to()), quality));
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }

  private static boolean timerFiresLater(List<Transition> steps, int after) {
    for (int i = after + 1; i < steps.size(); i++) {
      switch (steps.get(i).move()) {
        case Move.Pass pass -> {
          return false;
        }
        case Move.Fire fire -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static String m(int member) {
    return "m" + member;
  }

  private static RouterState state(SimHost host) {
    return host.running()
        ? host.node().orElseThrow().snapshot().routers().getFirst().state()
        : RouterState.INITIALIZE;
  }
}
