package io.havip.core.election;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The state of one virtual router. Deadlines are absolute; {@link #NEVER} stands for one that is
 * not running.
 *
 * @param state the state of RFC 9568 section 6.4, or FAULT
 * @param priority own effective priority
 * @param activeInterval Active_Adver_Interval in nanoseconds: learned in BACKUP by version 3, else
 *     the configured one
 * @param active the member last heard as ACTIVE, or null
 * @param activePriority its priority; 0 if it resigned
 * @param rival the live member of lower priority that was heard last and is not accepted (BACKUP),
 *     or null
 * @param listenedSince when the last advert was accepted, or when listening began if that is later
 * @param activeDownAt when silence will have lasted too long (BACKUP)
 * @param ready whether silence has lasted long enough, and only the sync group is waited for
 *     (BACKUP)
 * @param preemptAt when a live member of lower priority is no longer accepted (BACKUP with a
 *     preemption delay running)
 * @param askAt when the link is to be asked for the address (BACKUP after a resignation)
 * @param silentAt until when nobody may have answered (BACKUP, asking)
 * @param serveAt when rivals that claimed the address at the same moment will have been heard
 *     (ACTIVE after a quick claim); when Active_Down_Timer would have run out (BACKUP, ready by a
 *     quick claim)
 * @param lastAdvertAt when the last own advert was sent (ACTIVE)
 * @param advertAt when the next own advert is due (ACTIVE)
 * @param prepareBy when the application must be ready (ACTIVE, preparing)
 * @param holding whether the addresses are bound (ACTIVE)
 * @param secondRoundAt when the second round of announcements is due (ACTIVE)
 * @param refreshAt when the next refresh round is due (ACTIVE)
 * @param lowerPriorityRoundAt when the second round after an advert of lower priority is due
 *     (ACTIVE)
 */
public record ElectionState(
    RouterState state,
    int priority,
    long activeInterval,
    @Nullable IpAddress active,
    int activePriority,
    @Nullable Rival rival,
    long listenedSince,
    long activeDownAt,
    boolean ready,
    long preemptAt,
    long askAt,
    long silentAt,
    long serveAt,
    long lastAdvertAt,
    long advertAt,
    long prepareBy,
    boolean holding,
    long secondRoundAt,
    long refreshAt,
    long lowerPriorityRoundAt) {

  /** The time of a deadline that is not running. */
  public static final long NEVER = Long.MAX_VALUE;

  /**
   * A member of lower priority that believes to be ACTIVE.
   *
   * @param peer the member
   * @param priority its priority
   * @param aliveUntil when its silence will have lasted too long
   */
  public record Rival(IpAddress peer, int priority, long aliveUntil) {

    private Rival earlier(long nanos) {
      return new Rival(peer, priority, aliveUntil - nanos);
    }
  }

  /**
   * {@return a router that does not take part yet}
   *
   * @param priority own effective priority
   */
  public static ElectionState initialize(int priority) {
    return new ElectionState(
        RouterState.INITIALIZE,
        priority,
        0,
        null,
        0,
        null,
        0,
        NEVER,
        false,
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        0,
        NEVER,
        NEVER,
        false,
        NEVER,
        NEVER,
        NEVER);
  }

  /** {@return when the next step is due if nothing else happens; {@link #NEVER} if none is} */
  public long nextDeadline() {
    // The preemption delay is no deadline: it only decides what the next advert means.
    long announcement = Math.min(secondRoundAt, Math.min(refreshAt, lowerPriorityRoundAt));
    long claim = Math.min(askAt, serveAt);
    return Math.min(
        Math.min(activeDownAt, advertAt), Math.min(Math.min(claim, prepareBy), announcement));
  }

  /**
   * {@return this state on a clock that shows zero now, without what cannot matter any more} Two
   * states that are equal in this form behave alike, so an explorer keeps one of them.
   *
   * @param now the time of this state's clock
   */
  public ElectionState normalized(long now) {
    return new ElectionState(
        state,
        priority,
        activeInterval,
        active,
        activePriority,
        rival == null || rival.aliveUntil() < now ? null : rival.earlier(now),
        state == RouterState.BACKUP ? listenedSince - now : 0,
        shift(activeDownAt, now),
        ready,
        shift(preemptAt, now),
        shift(askAt, now),
        shift(silentAt, now),
        shift(serveAt, now),
        state == RouterState.ACTIVE ? lastAdvertAt - now : 0,
        shift(advertAt, now),
        shift(prepareBy, now),
        holding,
        shift(secondRoundAt, now),
        shift(refreshAt, now),
        shift(lowerPriorityRoundAt, now));
  }

  private static long shift(long deadline, long nanos) {
    return deadline == NEVER ? NEVER : deadline - nanos;
  }
}
