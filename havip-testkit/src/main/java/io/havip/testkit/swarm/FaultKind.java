package io.havip.testkit.swarm;

import io.havip.testkit.sim.CloudFault;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Forgery;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.StrangerFault;
import java.time.Duration;
import java.util.List;

/** What may go wrong in a swarm, and what may end by chance. */
public enum FaultKind {
  /** A host loses its power. */
  CRASH {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Crash(arena.anyMember(random));
    }
  },
  /** A process is killed. */
  KILL {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Kill(arena.anyMember(random));
    }
  },
  /** A process leaves in order. */
  STOP {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Stop(arena.anyMember(random));
    }
  },
  /** A process comes back, or is killed and comes back. */
  RESTART {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Restart(arena.anyMember(random));
    }
  },
  /** A process stands still while its clock runs, or goes on. */
  PAUSE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      String member = arena.anyMember(random);
      return random.chance(0.6) ? new Fault.Pause(member) : new Fault.Resume(member);
    }
  },
  /** A host and its clock stand still, or go on. */
  FREEZE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      String member = arena.anyMember(random);
      return random.chance(0.6) ? new Fault.Freeze(member) : new Fault.Thaw(member);
    }
  },
  /** A process is late with everything. */
  SLOW {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      Duration interval = arena.interval();
      return random.chance(0.7)
          ? new Fault.Slow(
              arena.anyMember(random), interval.dividedBy(10), interval.multipliedBy(4))
          : new Fault.Slow(arena.anyMember(random), Duration.ZERO, Duration.ZERO);
    }
  },
  /** A link goes down, or comes up. */
  LINK {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      String member = arena.anyMember(random);
      String link = arena.anyInterface(random);
      return random.chance(0.6) ? new Fault.LinkDown(member, link) : new Fault.LinkUp(member, link);
    }
  },
  /** An interface vanishes, or comes back. */
  INTERFACE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      String member = arena.anyMember(random);
      String link = arena.anyInterface(random);
      return random.chance(0.6)
          ? new Fault.InterfaceGone(member, link)
          : new Fault.InterfaceBack(member, link);
    }
  },
  /** A cable is cut without anybody's knowledge. */
  CABLE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.CableCut(arena.anyMember(random));
    }
  },
  /** The words of one member do not reach another. */
  CUT_ONE_WAY {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Cut(arena.anyMember(random), arena.anyMember(random), false);
    }
  },
  /** Two members do not hear each other. */
  CUT_BOTH_WAYS {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Cut(arena.anyMember(random), arena.anyMember(random), true);
    }
  },
  /** A member is cut off from everybody. */
  PARTITION {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.Partition(List.of(arena.anyMember(random)));
    }
  },
  /** Every cut ends. */
  MEND {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.MendAll();
    }
  },
  /** A path loses packets. */
  LOSS {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return arena.impaired(random, Quality.LAN.withLoss(0.3));
    }
  },
  /** Packets take long. */
  DELAY {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      Duration interval = arena.interval();
      return arena.impaired(random, Quality.LAN.withDelay(interval.dividedBy(5), interval));
    }
  },
  /** Packets come twice. */
  DUPLICATE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return arena.impaired(random, Quality.LAN.withDuplicate(0.5));
    }
  },
  /** Packets overtake each other. */
  REORDER {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      Duration interval = arena.interval();
      return arena.impaired(random, Quality.LAN.withReorder(0.5, interval.multipliedBy(2)));
    }
  },
  /** Somebody else takes the address off. */
  ADDRESS_REMOVED {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.RemoveAddress(
          arena.anyMember(random), arena.interfaceOfAddress(), arena.address());
    }
  },
  /** A host refuses an operation, or allows it again. */
  REFUSAL {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      String member = arena.anyMember(random);
      Operation operation = Arena.any(List.of(Operation.values()), random);
      return random.chance(0.6)
          ? new Fault.Refuse(member, operation)
          : new Fault.Allow(member, operation);
    }
  },
  /** Another group uses the same VRID, or is gone. */
  DUPLICATE_VRID {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      String segment = arena.anySegment(random);
      return random.chance(0.6)
          ? new StrangerFault.Rival(segment, 1 + (int) random.below(254))
          : new StrangerFault.RivalGone(segment);
    }
  },
  /** A forged packet. */
  FORGERY {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new StrangerFault.Forged(
          arena.anySegment(random), Arena.any(List.of(Forgery.values()), random));
    }
  },
  /** The wall clock jumps. */
  WALL_CLOCK {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new Fault.JumpWallClock(
          arena.anyMember(random), Duration.ofDays(random.chance(0.5) ? 1 : -1));
    }
  },
  /** A member cannot reach the cloud's API. */
  CLOUD_BLACKOUT {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return broken(arena, random, CloudFault.Kind.BLACKOUT, Duration.ZERO);
    }
  },
  /** The cloud's API refuses a member for the rate of its calls. */
  CLOUD_THROTTLE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return broken(arena, random, CloudFault.Kind.THROTTLED, Duration.ZERO);
    }
  },
  /** A member does not learn what became of its calls. */
  CLOUD_UNKNOWN_OUTCOME {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return broken(arena, random, CloudFault.Kind.UNKNOWN_OUTCOME, Duration.ZERO);
    }
  },
  /** Looks at the cloud show what was. */
  CLOUD_STALE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return broken(arena, random, CloudFault.Kind.STALE, LEAST.plus(some(random, 2)));
    }
  },
  /** What a member writes arrives late. */
  CLOUD_LATE {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return broken(arena, random, CloudFault.Kind.LATE_WRITES, LEAST.plus(some(random, 8)));
    }
  },
  /** The cloud's API is well again. */
  CLOUD_MENDED {
    @Override
    Fault draw(Arena arena, SimRandom random) {
      return new CloudFault.Mended();
    }
  };

  private static final Duration LEAST = Duration.ofMillis(100);

  /**
   * Whether it can happen there.
   *
   * @param arena the arena
   * @return true if it can
   */
  boolean possible(Arena arena) {
    return !name().startsWith("CLOUD_") || arena.simulation().cloud().isPresent();
  }

  /** One of its kind, by chance. */
  abstract Fault draw(Arena arena, SimRandom random);

  private static Fault broken(Arena arena, SimRandom random, CloudFault.Kind kind, Duration by) {
    return new CloudFault.Broken(arena.anyMember(random), kind, by);
  }

  private static Duration some(SimRandom random, long seconds) {
    return random.between(Duration.ZERO, Duration.ofSeconds(seconds));
  }
}
