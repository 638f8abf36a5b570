/**
 * What an application writes: the configuration of a node, the node itself, and the events it
 * reports.
 *
 * <p>A {@link io.havip.HavipNode} runs one or more virtual routers. Each gives a group of processes
 * one highly available IP address: one member is ACTIVE and answers for it, the others are BACKUP.
 * Terms are those of RFC 9568.
 *
 * <p><b>Threads.</b> Methods of {@link io.havip.HavipNode} may be called from any thread. Listeners
 * are called one at a time, in the order of the events, away from the thread that runs the
 * protocol.
 */
package io.havip;
