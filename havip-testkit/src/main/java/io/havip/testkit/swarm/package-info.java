/**
 * Runs of a group on which a random subset of the faults strikes. Everything follows from a seed. A
 * run has two phases: in the first anything may happen but nothing may break a check; in the second
 * a random core of the members is well again, the rest stays dead for ever, and the core must be of
 * one mind within its bound.
 */
package io.havip.testkit.swarm;
