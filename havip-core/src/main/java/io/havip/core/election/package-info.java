/**
 * The state machine of one virtual router (RFC 9568 section 6) as a pure function, and the rules by
 * which a received advert is let in.
 *
 * <p>{@link io.havip.core.election.Election#step} takes a configuration, a state, an input and the
 * time, and returns the next state and the actions that follow from it. It has no side effect, asks
 * no clock and never throws for what comes from the network, so the code that ships is the code
 * that is simulated and explored. The caller performs the actions in their order, and calls again
 * with {@link io.havip.core.election.Input.TimerDue} at {@link
 * io.havip.core.election.ElectionState#nextDeadline()}.
 *
 * <p>Times are nanoseconds of any monotonic clock. Everything here is immutable and may be used
 * from any thread.
 */
package io.havip.core.election;
