/**
 * A simulated network on which real nodes run: one thread, virtual time, every run repeatable from
 * its seed.
 *
 * <p>A {@link io.havip.testkit.sim.Simulation} holds {@linkplain io.havip.testkit.sim.SimNetwork
 * segments} with {@linkplain io.havip.testkit.sim.SimHost hosts} and {@linkplain
 * io.havip.testkit.sim.SimClient clients}. A host's kernel (interfaces, addresses, ARP, receive
 * queues) and the process on it (the platform a node runs on) are apart: a process can be paused or
 * killed while its kernel goes on answering, which is where virtual addresses go wrong.
 *
 * <p><b>Threads.</b> Everything runs on the thread that calls {@link
 * io.havip.testkit.sim.Simulation#run}: timers, packets, health checks, listeners and {@linkplain
 * io.havip.spi.Platform#workers workers}. Nothing here may be used by two threads.
 *
 * <p><b>Errors.</b> What the code of a process throws fails the run, because a node has no business
 * throwing. A run that breaks a bound fails with a {@link io.havip.testkit.sim.SimulationFailure}
 * that holds the seed and the end of the trace.
 */
package io.havip.testkit.sim;
