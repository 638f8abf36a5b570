package io.havip;

import io.havip.net.IpAddress;
import java.time.Duration;

/** Why a virtual router changed its state. Every change has exactly one. */
public sealed interface Cause {

  /** {@return one clause for a person, without a full stop} */
  String describe();

  /** The router was started. */
  record Started() implements Cause {
    @Override
    public String describe() {
      return "started";
    }
  }

  /** The router was started with priority 255: it owns the addresses (RFC 9568 section 6.4.1). */
  record StartedAsOwner() implements Cause {
    @Override
    public String describe() {
      return "started as address owner";
    }
  }

  /**
   * Nobody advertised for Active_Down_Interval.
   *
   * @param waited how long the router had listened since the last accepted advert, or since it
   *     began to listen
   */
  record ActiveDown(Duration waited) implements Cause {
    @Override
    public String describe() {
      return "no advert for " + Durations.text(waited);
    }
  }

  /**
   * A member of lower priority is alive, and this one takes over from it.
   *
   * @param peer the other member
   * @param priority its priority
   */
  record Preempted(IpAddress peer, int priority) implements Cause {
    @Override
    public String describe() {
      return "preempts " + peer + ", which has the lower priority " + priority;
    }
  }

  /**
   * The ACTIVE member resigned (priority 0), and Skew_Time passed or nobody answered for the
   * address any more ({@link VirtualRouterConfigBuilder#quickClaim}).
   *
   * @param peer the member that resigned
   */
  record PeerResigned(IpAddress peer) implements Cause {
    @Override
    public String describe() {
      return peer + " resigned";
    }
  }

  /**
   * A member with a higher priority advertises.
   *
   * @param peer the member
   * @param priority its priority
   */
  record HigherPriority(IpAddress peer, int priority) implements Cause {
    @Override
    public String describe() {
      return peer + " has the higher priority " + priority;
    }
  }

  /**
   * A member with the same priority and a higher address advertises.
   *
   * @param peer the member
   * @param priority the priority of both
   */
  record HigherAddress(IpAddress peer, int priority) implements Cause {
    @Override
    public String describe() {
      return peer + " has the same priority " + priority + " and the higher address";
    }
  }

  /**
   * Something the router depends on failed.
   *
   * @param what the interface, check or address, with its condition: {@code interface eth0 is down}
   */
  record FaultRaised(String what) implements Cause {
    @Override
    public String describe() {
      return what;
    }
  }

  /**
   * Another router of the same sync group is not ACTIVE any more, so this one leaves with it.
   *
   * @param group the sync group
   * @param router the router that left
   * @param why its own cause
   */
  record GroupLeft(String group, String router, Cause why) implements Cause {
    @Override
    public String describe() {
      return "sync group " + group + ": " + router + " left: " + why.describe();
    }
  }

  /** Everything the router depends on works again. */
  record FaultCleared() implements Cause {
    @Override
    public String describe() {
      return "all faults cleared";
    }
  }

  /**
   * The process ran so late that its peers may have elected another member: it stands down and
   * listens.
   *
   * @param late how long after its last advert the process ran again
   */
  record LateWake(Duration late) implements Cause {
    @Override
    public String describe() {
      return "woke " + Durations.text(late) + " after its last advert";
    }
  }

  /**
   * The application could not prepare to serve, so the router resigned.
   *
   * @param reason what the callback reported, or that it ran out of time
   */
  record PrepareFailed(String reason) implements Cause {
    @Override
    public String describe() {
      return "the application could not prepare: " + reason;
    }
  }

  /** The node is closing. */
  record Stopped() implements Cause {
    @Override
    public String describe() {
      return "stopped";
    }
  }
}
