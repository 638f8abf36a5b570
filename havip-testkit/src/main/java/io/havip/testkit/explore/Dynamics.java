package io.havip.testkit.explore;

import io.havip.core.election.Action;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.Step;
import io.havip.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** What can happen to a group, and what follows from it. */
final class Dynamics {

  private final Group group;
  private final StepFunction election;
  private final List<ElectionConfig> configs;
  private final List<IpAddress> addresses = new ArrayList<>();
  private final long longestDelay;
  private final long horizon;

  /**
   * Prepares a group.
   *
   * @param horizon how far the clocks of a world count, in nanoseconds
   */
  Dynamics(Group group, StepFunction election, long horizon) {
    this.group = group;
    this.election = election;
    this.horizon = horizon;
    configs = group.elections();
    for (int i = 0; i < group.routers().size(); i++) {
      addresses.add(group.address(i));
    }
    longestDelay = group.longestDelay().toNanos();
  }

  /** All members begin at the same moment. */
  World start() {
    List<Member> none = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      none.add(new Member(false, fresh(i)));
    }
    World world = new World(none, List.of(), group.losses(), group.failures(), 0, 0, 0);
    for (int i = 0; i < configs.size(); i++) {
      world = apply(world, new Move.Start(i)).after();
    }
    return world;
  }

  private ElectionState fresh(int member) {
    return ElectionState.initialize(group.routers().get(member).priority());
  }

  /** Every move that is possible now, each once, in a fixed order. */
  SequencedSet<Move> moves(World world) {
    SequencedSet<Move> moves = new LinkedHashSet<>();
    boolean mustRun = false;
    long untilNext = Long.MAX_VALUE;
    for (int i = 0; i < world.members().size(); i++) {
      Member member = world.members().get(i);
      if (member.up()) {
        long due = member.state().nextDeadline();
        if (due <= 0) {
          moves.add(new Move.Fire(i));
          mustRun = true;
        } else {
          untilNext = Math.min(untilNext, due);
        }
      }
      Member.Question question = member.question();
      if (question != null) {
        moves.addAll(ends(world, i, question));
        mustRun |= question.until() <= 0;
        untilNext = Math.min(untilNext, question.until());
      }
    }
    for (Message message : world.flying()) {
      moves.add(new Move.Deliver(message));
      if (world.losses() > 0) {
        moves.add(new Move.Lose(message));
      }
      if (message.age() >= longestDelay) {
        mustRun = true;
      }
      untilNext = Math.min(untilNext, longestDelay - message.age());
    }
    for (int i = 0; i < world.members().size(); i++) {
      if (!world.members().get(i).up()) {
        moves.add(new Move.Start(i));
      } else if (world.failures() > 0) {
        moves.add(new Move.Crash(i));
        moves.add(new Move.Stop(i));
      }
    }
    if (!mustRun && untilNext < Long.MAX_VALUE) {
      moves.add(new Move.Pass(untilNext));
    }
    return moves;
  }

  /**
   * How a question may end now. Whoever holds the address from its begin to its end answers, unless
   * the answer is lost; whoever holds it at one of both may.
   */
  private static List<Move> ends(World world, int asking, Member.Question question) {
    boolean holds = held(world, asking);
    List<Move> ends = new ArrayList<>(2);
    if (question.held() || holds) {
      ends.add(new Move.Answer(asking));
    }
    boolean certain = question.held() && holds;
    if (question.until() <= 0 && (!certain || world.losses() > 0)) {
      ends.add(new Move.Silence(asking));
    }
    return ends;
  }

  private static boolean held(World world, int butBy) {
    for (int i = 0; i < world.members().size(); i++) {
      if (i != butBy && world.members().get(i).state().holding()) {
        return true;
      }
    }
    return false;
  }

  Transition apply(World world, Move move) {
    return switch (move) {
      case Move.Fire fire -> run(world, move, fire.member(), new Input.TimerDue());
      case Move.Deliver deliver -> deliver(world, deliver);
      case Move.Answer answer ->
          run(
              world,
              asked(world, answer.member()).build(),
              move,
              answer.member(),
              new Input.Probed(true));
      case Move.Silence silence -> silence(world, silence);
      case Move.Lose lose ->
          quiet(world, move, new Draft(world).remove(lose.message()).spendLoss().disturb());
      case Move.Crash crash ->
          quiet(world, move, down(new Draft(world).spendFailure().disturb(), crash.member()));
      case Move.Stop stop -> stop(world, stop);
      case Move.Start start -> {
        World awake = up(new Draft(world).disturb(), start.member()).build();
        yield run(world, awake, move, start.member(), new Input.Startup(null));
      }
      case Move.Pass pass -> quiet(world, move, new Draft(world).pass(pass.nanos(), horizon));
    };
  }

  private static Draft asked(World world, int member) {
    Member asked = world.members().get(member);
    return new Draft(world).member(member, new Member(true, asked.state()));
  }

  private Transition silence(World world, Move.Silence silence) {
    int member = silence.member();
    Member.Question question = world.members().get(member).question();
    Draft asked = asked(world, member);
    if (question != null && question.held() && held(world, member)) {
      asked.spendLoss().disturb();
    }
    return run(world, asked.build(), silence, member, new Input.Probed(false));
  }

  private Transition deliver(World world, Move.Deliver deliver) {
    Message message = deliver.message();
    World taken = new Draft(world).remove(message).build();
    if (!world.members().get(message.to()).up()) {
      return new Transition(world, deliver, -1, List.of(), taken);
    }
    return run(
        world,
        taken,
        deliver,
        message.to(),
        new Input.AdvertReceived(
            addresses.get(message.from()), message.priority(), message.intervalNanos(), 0));
  }

  private Transition stop(World world, Move.Stop stop) {
    World spent = new Draft(world).spendFailure().disturb().build();
    Transition left = run(world, spent, stop, stop.member(), new Input.Shutdown());
    World after = down(new Draft(left.after()), stop.member()).build();
    return new Transition(world, stop, stop.member(), left.actions(), after);
  }

  private Draft up(Draft draft, int member) {
    return draft.member(member, new Member(true, fresh(member)));
  }

  /** A host that is down has forgotten everything; what it sent goes on flying. */
  private Draft down(Draft draft, int member) {
    return draft.member(member, new Member(false, fresh(member)));
  }

  private static Transition quiet(World world, Move move, Draft draft) {
    return new Transition(world, move, -1, List.of(), draft.build());
  }

  private Transition run(World world, Move move, int member, Input input) {
    return run(world, world, move, member, input);
  }

  private Transition run(World before, World world, Move move, int member, Input input) {
    Step step = election.step(configs.get(member), world.members().get(member).state(), input, 0);
    Member.Question question = world.members().get(member).question();
    for (Action action : step.actions()) {
      if (action instanceof Action.Probe probe) {
        question = new Member.Question(probe.until(), held(world, member));
      }
    }
    ElectionState after = step.state().normalized(0);
    boolean matters = after.silentAt() != ElectionState.NEVER;
    Draft draft =
        new Draft(world).member(member, new Member(true, after, matters ? question : null));
    for (Action action : step.actions()) {
      if (action instanceof Action.SendAdvert sent) {
        for (int to = 0; to < configs.size(); to++) {
          if (to != member && world.members().get(to).up()) {
            draft.add(
                new Message(member, to, sent.priority(), configs.get(member).intervalNanos(), 0));
          }
        }
      }
    }
    return new Transition(before, move, member, step.actions(), draft.build());
  }
}
