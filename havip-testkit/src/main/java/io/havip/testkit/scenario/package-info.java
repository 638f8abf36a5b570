/**
 * A failover test as a value: a group, a network and what happens when, which a person can read and
 * write as a text file, and which runs the real node in the simulator under the checks.
 *
 * <p>A {@link io.havip.testkit.scenario.Scenario} is run by a {@link
 * io.havip.testkit.scenario.ScenarioRunner}, which gives an {@link
 * io.havip.testkit.scenario.Outcome}. Equal scenarios give equal runs, to the last record of the
 * trace, on any JVM. {@link io.havip.testkit.scenario.ScenarioFile} reads and writes the text.
 *
 * <p><b>Threads.</b> A run uses the calling thread only, and nothing here is shared between runs.
 */
package io.havip.testkit.scenario;
