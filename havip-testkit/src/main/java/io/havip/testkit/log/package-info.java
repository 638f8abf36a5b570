/**
 * Judges what production nodes recorded: event logs of one or several members, as JSON lines,
 * become sightings for the checks of {@link io.havip.core.check}.
 *
 * <p>The format: the first line of each start is a header, <code>{"log":"havip-events","version":1,
 * ...}</code>, with the member's name and its virtual routers; each other line is an event with
 * {@code time}, {@code nanos}, {@code event} and {@code subject}. {@code docs/operations.md}
 * describes it; {@code examples node --json} writes it. Needs Jackson.
 */
package io.havip.testkit.log;
