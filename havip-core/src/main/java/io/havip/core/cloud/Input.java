package io.havip.core.cloud;

import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;

/** What a reconciler reacts to. */
public sealed interface Input {

  /**
   * What is wanted changed: this member shall hold the address, or shall not.
   *
   * @param wanted whether this member is ACTIVE and ready to serve
   */
  record Wanted(boolean wanted) implements Input {}

  /** A deadline of the state may have passed. Harmless when none has. */
  record TimerDue() implements Input {}

  /** The call asked for by {@link Action.Ask} may be made now. */
  record Permitted() implements Input {}

  /**
   * A describe call ended.
   *
   * @param id the call's
   * @param observation what it saw
   */
  record Observed(long id, Observation observation) implements Input {}

  /**
   * A call that writes ended.
   *
   * @param id the call's
   * @param result what became of it
   */
  record Ended(long id, CloudResult<Move> result) implements Input {}
}
