/**
 * The named properties of a failover, and what judges a run by them.
 *
 * <p>A run is seen as a sequence of {@link io.havip.core.check.Sighting sightings}, whoever makes
 * them: the simulator after every event, a lab of namespaces from captured packets and kernel
 * tables, a node's own events, or a recorded log. What a {@link io.havip.core.check.Check} says is
 * therefore the same on every stage. A stage says which {@linkplain io.havip.core.check.Sense
 * senses} it has; a check that needs one that is missing answers <em>unsupported</em>, and one
 * whose occasion never came answers <em>unknown</em>: silence proves nothing.
 */
package io.havip.core.check;
