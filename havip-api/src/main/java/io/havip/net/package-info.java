/**
 * Addresses as values: IP addresses, networks, MAC addresses and the virtual address a router
 * claims.
 *
 * <p>Every type here is immutable, compares by value and may be shared between threads. Nothing in
 * this package resolves a name, reads a clock or touches the network; {@link java.net.InetAddress}
 * appears in conversion methods only.
 */
package io.havip.net;
