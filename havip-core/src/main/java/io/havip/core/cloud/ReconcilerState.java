package io.havip.core.cloud;

import io.havip.spi.cloud.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known and wanted of one address. Deadlines are absolute; {@link #NEVER} stands for one
 * that is not running.
 *
 * @param wanted whether this member shall hold the address
 * @param phase what is waited for
 * @param dueAt when the next call is due (resting)
 * @param known what was seen last, never {@link Observation.Unknown}; null before the first look
 * @param lookAt when to look again
 * @param mustLook whether a look must come before any call that writes
 * @param takeoverDue whether the address is to be taken over by a call
 * @param attempted whether a takeover since {@link #wanted} may have worked
 * @param relinquishDue whether the address is to be given up
 * @param confirmed whether the cloud was seen to do what is wanted
 * @param unconfirmedSince since when it was not
 * @param pushedAt when the address was last taken over or announced
 * @param complainAt when to say that it is not confirmed
 * @param saidAt when that was last said
 * @param failures failures in a row
 * @param pauseUntil no call before this time, for the last one failed
 * @param throttledUntil no call before this time, for the cloud said so
 * @param failingSince when the failures in a row began
 * @param unreachable whether they have lasted longer than the policy allows
 * @param highestEpoch the highest epoch seen, 0 before the first
 * @param calls how many calls were made
 */
public record ReconcilerState(
    boolean wanted,
    Phase phase,
    long dueAt,
    @Nullable Observation known,
    long lookAt,
    boolean mustLook,
    boolean takeoverDue,
    boolean attempted,
    boolean relinquishDue,
    boolean confirmed,
    long unconfirmedSince,
    long pushedAt,
    long complainAt,
    long saidAt,
    int failures,
    long pauseUntil,
    long throttledUntil,
    long failingSince,
    boolean unreachable,
    long highestEpoch,
    long calls) {

  /** The time of a deadline that is not running. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A time that has passed, whatever the time is. */
  static final long PAST = Long.MIN_VALUE;

  /**
   * {@return a reconciler that has seen nothing and shall not hold the address}
   *
   * @param now when it shall look for the first time
   */
  public static ReconcilerState initial(long now) {
    return new ReconcilerState(
        false,
        new Phase.Resting(),
        now,
        null,
        now,
        false,
        false,
        false,
        false,
        false,
        NEVER,
        PAST,
        NEVER,
        PAST,
        0,
        PAST,
        PAST,
        NEVER,
        false,
        0,
        0);
  }

  /**
   * {@return when the next step is due if nothing else happens; {@link #NEVER} if none is}
   *
   * @param config the constants of the address
   */
  public long nextDeadline(ReconcilerConfig config) {
    long own =
        switch (phase) {
          case Phase.Resting resting -> dueAt;
          case Phase.Asking asking -> NEVER;
          case Phase.Calling calling -> calling.endsBy();
        };
    return Math.min(Math.min(own, complainAt), unreachableAt(config));
  }

  long unreachableAt(ReconcilerConfig config) {
    boolean running = failingSince != NEVER && config.unreachableNanos() > 0 && !unreachable;
    return running ? failingSince + config.unreachableNanos() : NEVER;
  }

  /** {@return whether the cloud was last seen to map the address to this member} */
  public boolean mine() {
    return known instanceof Observation.HeldBy held && held.mine();
  }
}
