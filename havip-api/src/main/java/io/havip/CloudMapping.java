package io.havip;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.Observation;
import java.util.Optional;

/**
 * A cloud's mapping of one address at one moment.
 *
 * @param address the address
 * @param observed what was last seen of it; empty before the first answer
 * @param confirmed whether this member wants the address and the cloud was seen to map it here
 * @param calls calls made so far
 * @param failures calls failed so far
 * @param lastFailure the last one that failed; empty if none did
 */
public record CloudMapping(
    IpAddress address,
    Optional<Observation> observed,
    boolean confirmed,
    long calls,
    long failures,
    Optional<CloudFailure> lastFailure) {}
