package io.havip.core.cloud;

/** What a reconciler is waiting for. */
public sealed interface Phase {

  /** For its next deadline. */
  record Resting() implements Phase {}

  /**
   * For a permit.
   *
   * @param writes whether for a call that writes
   */
  record Asking(boolean writes) implements Phase {}

  /**
   * For the end of a call.
   *
   * @param id the call's
   * @param call the call
   * @param endsBy when it counts as failed
   */
  record Calling(long id, CloudCall call, long endsBy) implements Phase {}
}
