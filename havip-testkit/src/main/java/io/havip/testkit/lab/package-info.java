/**
 * Test hosts out of Linux network namespaces on one bridge, with real processes in them.
 *
 * <p>{@link io.havip.testkit.lab.Lab} builds the network and {@link io.havip.testkit.lab.LabHost}
 * is one machine in it: it runs programs ({@link io.havip.testkit.lab.LabProcess}), loses its
 * cable, and says what its kernel knows. {@link io.havip.testkit.lab.Wire} loses frames one way,
 * {@link io.havip.testkit.lab.MemoryLimit} has the kernel kill what uses too much memory. {@link
 * io.havip.testkit.lab.Keepalived} is the outside judge to play against. {@link
 * io.havip.testkit.lab.Capture} sees every frame with the kernel's time, {@link
 * io.havip.testkit.lab.Probe} sees what a client sees. {@link io.havip.testkit.lab.LabAvailability}
 * tells beforehand whether all this can work here, {@link io.havip.testkit.lab.RealNetwork} turns
 * that into skipped or failed JUnit tests.
 *
 * <p>Nothing here is a simulation: times are those of the machine, and on a busy one they are late.
 * Events are awaited with deadlines; there are no fixed sleeps.
 */
package io.havip.testkit.lab;
