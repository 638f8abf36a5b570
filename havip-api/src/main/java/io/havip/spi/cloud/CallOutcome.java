package io.havip.spi.cloud;

/** What a call that failed has changed in the cloud. */
public enum CallOutcome {

  /** Nothing, now and later (C7). */
  NOT_APPLIED,

  /** The whole of what was asked for, although the call ended with an error. */
  APPLIED,

  /**
   * Perhaps all, perhaps a part, perhaps nothing, perhaps only in a while. Until a describe call
   * has answered, no call that writes is legal.
   */
  UNKNOWN
}
