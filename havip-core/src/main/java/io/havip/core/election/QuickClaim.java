package io.havip.core.election;

import static io.havip.core.election.ElectionState.NEVER;

/**
 * The short way from a resignation to a takeover: each BACKUP waits its rank, asks the link whether
 * anybody still answers for the address, and claims it if nobody does. Active_Down_Timer runs on
 * beside it and decides if anything speaks against the short way, so that no takeover is later than
 * by RFC 9568, and a forged resignation gains nothing.
 *
 * <p>Skew_Time keeps several BACKUPs apart by more than an advert is under way. Ranks are too close
 * together for that. So whoever claims the short way advertises at once, and binds only after the
 * adverts of all who claimed at the same moment have arrived: of these one is left (RFC 9568
 * section 6.4.3).
 */
final class QuickClaim {

  private QuickClaim() {}

  /**
   * How long a BACKUP waits before it asks. Every priority has a rank of its own, and the ranks of
   * far ones are near, since members of 150 and 50 may follow one of 200: it grows by a third of a
   * round trip each time that the distance to the old priority doubles.
   *
   * @param roundTrip nanoseconds
   * @param left the priority of the member that resigned
   * @param own the own priority
   * @return nanoseconds, less than three round trips; the higher the own priority, the less
   */
  static long rank(long roundTrip, int left, int own) {
    int distance = 1 + Math.max(0, left - own);
    int octave = Integer.highestOneBit(distance);
    long step = roundTrip / 3;
    return step * Integer.numberOfTrailingZeros(octave) + step * (distance - octave) / octave;
  }

  /**
   * A BACKUP heard that the ACTIVE member resigns; Active_Down_Timer has been shortened already.
   *
   * @param left the priority that the member had
   */
  static void begin(Turn turn, int left) {
    // Who leaves others alone for a while leaves them the time of the RFC.
    boolean holdsOff = turn.preemptAt != NEVER && turn.now < turn.preemptAt;
    if (turn.config.roundTripNanos() == 0 || turn.ready || holdsOff) {
      return;
    }
    turn.askAt = turn.listenedSince + rank(turn.config.roundTripNanos(), left, turn.priority);
    if (turn.askAt <= turn.now) {
      ask(turn);
    }
  }

  /** The rank has been waited for. */
  static void ask(Turn turn) {
    turn.askAt = NEVER;
    long until = turn.now + turn.config.roundTripNanos();
    if (until < turn.activeDownAt) {
      turn.silentAt = until;
      turn.act(new Action.Probe(until));
    }
  }

  /**
   * A probe ended.
   *
   * @return whether the address may be claimed now
   */
  static boolean probed(Turn turn, boolean answered) {
    // What ends before its time in silence was never asked, or belongs to an earlier resignation.
    if (turn.silentAt == NEVER || (!answered && turn.now < turn.silentAt)) {
      return false;
    }
    turn.silentAt = NEVER;
    if (answered || turn.now >= turn.activeDownAt) {
      return false;
    }
    turn.serveAt = turn.activeDownAt;
    return true;
  }

  /** When a member that claims now may serve: at once, or when its rivals have been heard. */
  static long serveAt(Turn turn) {
    return Math.min(turn.now + turn.config.roundTripNanos(), turn.serveAt);
  }
}
