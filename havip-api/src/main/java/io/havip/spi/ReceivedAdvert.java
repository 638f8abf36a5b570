package io.havip.spi;

import io.havip.net.IpAddress;

/**
 * A VRRP message as the host received it.
 *
 * @param source IP source address
 * @param destination IP destination address: tells multicast from unicast
 * @param hopLimit TTL or hop limit of the IP header, 0 to 255
 * @param receivedAt when the host's kernel received it, in nanoseconds of {@link Timers#now()}; a
 *     message that waited while the process was stalled carries the time of its arrival
 * @param buffer holds the VRRP message; owned by the platform and used again after delivery
 * @param offset first byte of the message in {@code buffer}
 * @param length length of the message in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view on the receive buffer, never compared
public record ReceivedAdvert(
    IpAddress source,
    IpAddress destination,
    int hopLimit,
    long receivedAt,
    byte[] buffer,
    int offset,
    int length) {}
