package io.havip.testkit.cloud;

import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A change of a simulated cloud's mapping.
 *
 * @param at when it took effect, virtual time
 * @param asked when the call that caused it was made, virtual time
 * @param by the member that caused it
 * @param address the address
 * @param before the member that had it; empty for nobody
 * @param after the member that has it; empty for nobody
 * @param epoch the number of the holder from now on
 */
public record CloudChange(
    Duration at,
    Duration asked,
    String by,
    IpAddress address,
    Optional<String> before,
    Optional<String> after,
    long epoch) {}
