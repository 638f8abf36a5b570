/**
 * The same scenarios in the simulator and in network namespaces: real nodes in processes of their
 * own, real Keepalived peers, real faults, seen by a capture and the kernels' address tables and
 * judged by the same checks.
 */
package io.havip.examples.stage;
