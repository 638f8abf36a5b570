package io.havip.testkit.sim;

/** What a host can be told to refuse, as without a privilege. */
public enum Operation {
  /** Opening a VRRP socket. */
  OPEN,
  /** Sending a VRRP message. */
  SEND,
  /** Announcing an address or probing for one. */
  ANNOUNCE,
  /** Reserving an address, as when another process of the host has it. */
  RESERVE,
  /** Adding an address, and setting whether packets to one are accepted. */
  BIND,
  /** Removing an address. */
  UNBIND
}
