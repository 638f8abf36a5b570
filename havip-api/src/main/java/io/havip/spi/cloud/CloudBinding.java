package io.havip.spi.cloud;

import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One member's access to the cloud that maps its virtual addresses.
 *
 * <p><b>Threads.</b> {@link #capabilities}, {@link #description} and {@link #close} may be called
 * from any thread and return at once. Every other method is called on a worker, never on the thread
 * that runs the protocol: it may block until its deadline, or return at once and complete the
 * future later, on any thread. The node waits for one call of an address at a time; one that it has
 * cancelled may still be ending when the next begins, and calls for different addresses run at the
 * same time. So a binding is safe for use by several threads.
 *
 * <p><b>Deadlines.</b> {@code within} is the longest time the call may take, counted from the
 * moment it is made. After it the node interrupts the worker, cancels the future, and treats a
 * mutating call as {@link CallOutcome#UNKNOWN}.
 *
 * <p><b>Retries.</b> The node decides about them, because only the node knows whether it is still
 * ACTIVE. A binding may repeat requests that read; it does not repeat one that writes.
 *
 * <p><b>Rules</b>
 *
 * <ul>
 *   <li>C1: {@link #capabilities} never changes.
 *   <li>C2: {@link #describe} changes nothing.
 *   <li>C3: when the cloud's answer is missing or cannot be understood, the observation is {@link
 *       Observation.Unknown} with the cause. An error is never {@link Observation.Nobody} and never
 *       another's {@link Observation.HeldBy}.
 *   <li>C4: a call ends by its deadline, and ends with a value. A failure is a value; a future
 *       never completes exceptionally, and a method never throws.
 *   <li>C5: {@link #takeover} by the member that holds the address already is done, and changes
 *       neither the holder nor the epoch.
 *   <li>C6: after {@link Move#COMPLETE} the cloud maps the address to this member until somebody
 *       moves it; {@link #describe} shows it, at the latest after the longest staleness that the
 *       capabilities declare.
 *   <li>C7: {@link CallOutcome#NOT_APPLIED} is a promise: the call has changed nothing and will
 *       change nothing later.
 *   <li>C8: when the reply to a request that writes is lost, the outcome is {@link
 *       CallOutcome#UNKNOWN}.
 *   <li>C9: after {@link Move#PARTIAL} nobody or the old holder has the address, and calling again
 *       goes on from there.
 *   <li>C10: {@link #relinquish} removes this member's mapping or none. When another member holds
 *       the address, or nobody, it is done and changes nothing.
 *   <li>C11: with {@link CloudCapabilities#refusesStaleWrites}, a takeover whose revision is no
 *       longer the current one fails as {@link CloudFailureKind#CONFLICT} and is not applied,
 *       however late it arrives.
 *   <li>C12: with {@link CloudCapabilities#epochs}, every observation that tells the holder tells
 *       the epoch, and the epoch rises with every change of holder.
 *   <li>C13: a call that the cloud refuses for its rate fails as {@link
 *       CloudFailureKind#THROTTLED}, is not applied, and passes on the time to wait if the cloud
 *       tells one.
 *   <li>C14: where takeovers are announced ({@link TakeoverMode#ANNOUNCE}), {@link #takeover} fails
 *       as {@link CloudFailureKind#INVALID} and changes nothing.
 *   <li>C15: no credential is part of a message, a description or an exception.
 *   <li>C16: after {@link #close} calls fail as {@link CloudFailureKind#UNAVAILABLE}, not applied.
 *   <li>C17: with {@link CloudCapabilities#atomicSteal}, a takeover leaves no time at which nobody
 *       holds the address.
 * </ul>
 */
public interface CloudBinding extends AutoCloseable {

  /**
   * {@return one line for logs and snapshots: the cloud, the region, and this member's name in it}
   */
  String description();

  /** {@return what this cloud can do; always the same (C1)} */
  CloudCapabilities capabilities();

  /**
   * Tells where the cloud maps an address (C2, C3).
   *
   * @param address the virtual address
   * @param within the deadline, positive
   * @return the observation
   */
  CompletableFuture<Observation> describe(IpAddress address, Duration within);

  /**
   * Moves an address to this member, whoever holds it (C5 to C9, C11, C14). In {@link
   * TakeoverMode#PROBE} it makes this member answer the load balancer's probe.
   *
   * @param request the address, with what was last seen of it
   * @param within the deadline, positive
   * @return how far it got, or why not
   */
  CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within);

  /**
   * Gives an address up if this member holds it (C10). Called only with {@link
   * CloudCapabilities#conditionalRelinquish}.
   *
   * @param address the virtual address
   * @param within the deadline, positive
   * @return complete if this member does not hold the address any longer, or why that is not known
   */
  CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within);

  /**
   * {@return what prepares addresses: allocation, authorisation, public addresses; empty if the
   * binding offers none of it} The node never calls it: applications and tools do.
   */
  default Optional<CloudAdministration> administration() {
    return Optional.empty();
  }

  /** Ends running calls and frees what they need (C16). Idempotent; does not block. */
  @Override
  void close();
}
