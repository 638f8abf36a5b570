package io.havip.spi.cloud;

import io.havip.net.IpAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a cloud maps an address, as one describe call saw it. */
public sealed interface Observation {

  /**
   * A member holds the address.
   *
   * @param holder the member in the cloud's words
   * @param mine whether it is the member whose binding was asked
   * @param details what else the cloud told
   */
  record HeldBy(CloudMember holder, boolean mine, Details details) implements Observation {}

  /**
   * The cloud knows the address, and nobody holds it.
   *
   * @param details what else the cloud told
   */
  record Nobody(Details details) implements Observation {}

  /**
   * It is not known who holds the address. This is not an answer: the node keeps believing what it
   * knew, and neither takes nor gives up anything because of it (C3).
   *
   * @param cause why it is not known; its outcome is {@link CallOutcome#NOT_APPLIED}, for reading
   *     changes nothing
   */
  record Unknown(CloudFailure cause) implements Observation {}

  /**
   * What a cloud tells of an address besides its holder.
   *
   * @param revision an opaque mark of this state of the mapping, to be handed back with a {@link
   *     TakeoverRequest}; empty if the cloud has none
   * @param epoch the number of this holder, higher than that of every holder before (C12); empty if
   *     the cloud has none
   * @param since when the mapping last moved, by the cloud's clock; empty if not told
   * @param publicIp the public address that leads to this one; empty if there is none
   * @param obstacle why this member could not take the address over as things are: outside the
   *     drift range, of another subnet; empty if nothing is in the way or the cloud does not tell
   */
  record Details(
      Optional<String> revision,
      OptionalLong epoch,
      Optional<Instant> since,
      Optional<IpAddress> publicIp,
      Optional<CloudFailure> obstacle) {

    /** Nothing but the holder is known. */
    public static final Details NONE =
        new Details(
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * {@return the same with a revision}
     *
     * @param value the mark
     */
    public Details withRevision(String value) {
      return new Details(Optional.of(value), epoch, since, publicIp, obstacle);
    }

    /**
     * {@return the same with an epoch}
     *
     * @param value the number of the holder
     */
    public Details withEpoch(long value) {
      return new Details(revision, OptionalLong.of(value), since, publicIp, obstacle);
    }

    /**
     * {@return the same with the time of the last move}
     *
     * @param value by the cloud's clock
     */
    public Details withSince(Instant value) {
      return new Details(revision, epoch, Optional.of(value), publicIp, obstacle);
    }

    /**
     * {@return the same with a public address}
     *
     * @param value the address
     */
    public Details withPublicIp(IpAddress value) {
      return new Details(revision, epoch, since, Optional.of(value), obstacle);
    }

    /**
     * {@return the same with an obstacle}
     *
     * @param value what is in the way, with the advice for a person
     */
    public Details withObstacle(CloudFailure value) {
      return new Details(revision, epoch, since, publicIp, Optional.of(value));
    }
  }
}
