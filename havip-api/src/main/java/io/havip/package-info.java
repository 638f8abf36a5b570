/**
 * What an application writes: the configuration of a node, the node itself, and the events it
 * reports.
 *
 * <p>A {@link io.havip.HavipNode} runs one or more virtual routers. Each gives a group of processes
 * one highly available IP address: one member is ACTIVE and answers for it, the others are BACKUP.
 * Terms are those of RFC 9568.
 *
 * <pre>{@code
 * VirtualRouterConfig router =
 *     VirtualRouterConfig.builder("orders")
 *         .interfaceName("eth0")
 *         .vrid(51)
 *         .address("10.0.0.3/24")
 *         .build();
 * try (HavipNode node = HavipNode.builder(router).listener(System.out::println).start()) {
 *   runTheApplication(); // ACTIVE or BACKUP; closing takes the address off and resigns
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Methods of {@link io.havip.HavipNode} may be called from any thread. Listeners
 * are called one at a time, in the order of the events, away from the thread that runs the
 * protocol.
 */
package io.havip;
