package io.havip.spi.cloud;

/** How far a takeover or a relinquishment got. */
public enum Move {

  /** The cloud maps the address as asked. */
  COMPLETE,

  /**
   * One step of several is done (C9). The node makes sure that the move is still wanted, looks at
   * the mapping, and calls again. A binding that moves an address by two requests returns after the
   * first, so that a member that lost its role in between stops there.
   */
  PARTIAL
}
