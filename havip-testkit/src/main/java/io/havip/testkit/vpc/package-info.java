/**
 * A simulated VPC on the deterministic engine of {@link io.havip.testkit.sim}: it runs the rules of
 * {@link io.havip.core.vpc}, moves a HAVIP as its members announce it, and has an API that fails
 * the way cloud APIs fail.
 *
 * <p>What providers do not document is a knob, in {@link io.havip.testkit.vpc.VpcProfile} and
 * {@link io.havip.testkit.vpc.ApiProfile}. The defaults follow what Tencent Cloud states.
 *
 * <p>Everything runs on the thread that runs the simulation, and the same seed gives the same
 * trace.
 */
package io.havip.testkit.vpc;
