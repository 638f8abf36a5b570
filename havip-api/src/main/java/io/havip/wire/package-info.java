/**
 * Frames and messages as values: VRRPv2 and VRRPv3, IPv4 headers, ARP and neighbour advertisements.
 *
 * <p>Everything here is a pure function of its arguments, without clock, thread or socket. Parsing
 * never throws for any bytes: what cannot be used comes back as a {@link io.havip.wire.Refusal}
 * with a typed reason. Emitting throws {@link java.lang.IllegalArgumentException} for values that
 * cannot be expressed.
 */
package io.havip.wire;
