package io.havip.testkit.sim;

/** What a {@link TraceRecord} tells of. */
public enum TraceKind {
  /** A fault was injected or taken back, or a script acted. */
  FAULT,
  /** A process started, ended, stalled or went on. */
  PROCESS,
  /** An interface changed its state. */
  LINK,
  /** A kernel got or lost an address. */
  ADDRESS,
  /** A frame left a host. */
  SEND,
  /** A frame with a VRRP message or a reply reached a kernel or a client. */
  ARRIVE,
  /** A process read a message that had waited in its kernel. */
  READ,
  /** A frame was lost, and where. */
  DROP,
  /** A client's neighbour cache changed. */
  CACHE,
  /** The VPC accepted, ignored or applied an announcement. */
  VPC,
  /** A node reported an event. */
  NODE,
  /** Code of a process threw. */
  ERROR,
  /** Anything a test wants to see in the trace. */
  NOTE
}
