/**
 * Benchmarks, run on demand: JMH for the cost of codec and step, and figures from the real network.
 */
package io.havip.benchmarks;
