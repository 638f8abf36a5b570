/**
 * What a platform supplies to run a node: an event loop with timers, VRRP transport, neighbour
 * announcements, address binding and link monitoring.
 *
 * <p><b>Threads.</b> A {@link io.havip.spi.Platform} has one loop. The node calls every method of
 * every seam on that loop, except the few documented as callable from any thread, and the platform
 * calls every listener of the node on it. Nothing here is called concurrently, so neither side
 * needs a lock.
 *
 * <p><b>Failures</b> while running are values ({@link io.havip.spi.Outcome}); only opening a
 * platform throws.
 */
package io.havip.spi;
