package io.havip.core.cloud;

import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.Observation;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the caller has to do after a step, in the order given. */
public sealed interface Action {

  /**
   * Ask for a permit to make a call, and answer with {@link Input.Permitted}. Replaces an earlier
   * asking.
   *
   * @param writes whether the call will write; such calls come first
   */
  record Ask(boolean writes) implements Action {}

  /** The permit that was just given is not needed: others may have it. */
  record ReturnPermit() implements Action {}

  /**
   * Make a call off the loop, and answer with {@link Input.Observed} or {@link Input.Ended}.
   *
   * @param id to be handed back
   * @param call what to do
   * @param within its deadline
   */
  record Call(long id, CloudCall call, Duration within) implements Action {}

  /**
   * Interrupt a call; its result no longer matters.
   *
   * @param id the call's
   */
  record Cancel(long id) implements Action {}

  /** Announce the address to the neighbours again. */
  record Announce() implements Action {}

  /**
   * Tell that another holder is seen.
   *
   * @param before what was seen last, or null
   * @param now what is seen
   */
  record ReportHolder(@Nullable Observation before, Observation now) implements Action {}

  /**
   * Tell that the cloud maps the address to this member, which wants it.
   *
   * @param epoch the number of the holder, if the cloud has one
   * @param waited since it was wanted, or since it was lost
   */
  record ReportConfirmed(OptionalLong epoch, Duration waited) implements Action {}

  /**
   * Tell that the cloud does not map the address to this member although it should by now.
   *
   * @param waited since it was wanted, or since it was lost
   * @param seen what was seen last, or null
   */
  record ReportNotConfirmed(Duration waited, @Nullable Observation seen) implements Action {}

  /**
   * Tell that a call failed.
   *
   * @param failure why
   */
  record ReportFailure(CloudFailure failure) implements Action {}

  /**
   * Tell what became of a call that writes.
   *
   * @param call the call
   * @param result in words
   */
  record ReportCall(CloudCall call, String result) implements Action {}

  /**
   * The cloud has been out of reach for as long as the policy allows, or is in reach again.
   *
   * @param unreachable which of the two
   */
  record ReportReach(boolean unreachable) implements Action {}
}
