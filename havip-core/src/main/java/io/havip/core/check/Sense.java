package io.havip.core.check;

/** What a stage can see. A check names the senses that it cannot do without. */
public enum Sense {
  /** Changes of state of every member, with their causes. */
  STATES,
  /** Which kernels answer for an address. */
  ADDRESSES,
  /** Adverts as they leave. */
  ADVERTS,
  /** Announcements as they leave. */
  ANNOUNCEMENTS,
  /** Whom clients reach. */
  CLIENTS,
  /** The cloud's mapping of an address to a member. */
  MAPPING,
  /** What goes wrong, and when it ends. */
  TROUBLE,
  /** Calls of the application's callbacks. */
  CALLBACKS,
  /** Packets that were refused. */
  REFUSALS,
  /** The states of the other routers of a member's sync group. */
  SIBLINGS,
  /** Every change of the cloud's register, with who asked for it and when. */
  WRITES,
  /** The epochs of which applications are told. */
  EPOCHS,
  /** What members tell their operators. */
  ALARMS,
  /** What a new configuration changes. */
  CONFIGURATION
}
