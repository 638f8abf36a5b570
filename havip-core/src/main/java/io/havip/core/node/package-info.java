/**
 * Runs a node: feeds the pure packages with what the platform reports, and performs what they
 * decide.
 *
 * <p>The only stateful package of the core. Everything but {@link io.havip.core.node.Node}'s public
 * methods and {@link io.havip.core.node.Events} belongs to the platform's loop and is never used
 * from another thread.
 */
package io.havip.core.node;
