package io.havip;

/** The state of a virtual router (RFC 9568 section 6.4, with FAULT as Keepalived knows it). */
public enum RouterState {
  /** Not taking part: not yet started, or stopped. */
  INITIALIZE,
  /** Another member answers for the addresses; this one watches it. Keepalived's BACKUP. */
  BACKUP,
  /** This member answers for the addresses and sends adverts. Keepalived's MASTER. */
  ACTIVE,
  /**
   * Unfit to take part: an interface is down or a health check fails. Nothing is sent, nothing is
   * claimed.
   */
  FAULT
}
