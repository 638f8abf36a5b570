package io.havip.core.check;

/** What can go wrong with a group. */
public enum TroubleKind {
  /** A host dies: its kernel falls silent too. Ends with its restart. */
  CRASH,
  /** A process dies; its kernel goes on. Ends with its restart. */
  KILL,
  /** A member leaves in order. Ends with its restart. */
  STOP,
  /** A process stands still while its clock runs. */
  PAUSE,
  /** A host and its clock stand still. */
  FREEZE,
  /** A process takes longer over everything. */
  SLOW,
  /** An interface or a cable is down. */
  LINK,
  /** Words of one station do not reach another. One trouble for each direction. */
  CUT,
  /** A path loses, delays, doubles or reorders, in one direction. */
  IMPAIRED,
  /** Somebody takes an address off. */
  ADDRESS_REMOVED,
  /** Somebody sends packets that are not the group's and must not count. */
  STRANGER,
  /** Another group uses the same VRID for other addresses: its adverts count. */
  DUPLICATE_VRID,
  /** A member hears its own words again, or those of somebody with its address. */
  REFLECTION,
  /** The wall clock jumps. */
  WALL_CLOCK,
  /** A dependency of a member fails. */
  HEALTH,
  /** A host refuses operations. */
  REFUSED,
  /** The cloud's API fails, is slow or lies. */
  CLOUD,
  /** A member cannot reach the cloud's API, which is also a {@link #CLOUD} trouble. */
  CLOUD_OUT_OF_REACH,
  /** A member's configuration is changed. */
  RECONFIGURED;

  /** {@return whether it concerns the cloud's API only, on which the election does not depend} */
  public boolean ofCloud() {
    return this == CLOUD || this == CLOUD_OUT_OF_REACH;
  }

  /** {@return whether the member's process does not exist while it lasts} */
  public boolean down() {
    return this == CRASH || this == KILL || this == STOP;
  }
}
