/**
 * A failover cluster that does not speak VRRP, as Windows' does not: members and a witness vote,
 * and whoever has the majority holds the address and announces it by ARP. It proves that a
 * simulated HAVIP follows announcements, whatever elects the announcer.
 *
 * <p>{@link io.havip.testkit.wsfc.FailoverCluster} is the way in.
 */
package io.havip.testkit.wsfc;
