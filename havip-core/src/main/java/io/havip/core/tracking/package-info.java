/**
 * What the health of dependencies means for a router: hysteresis of checks, weights, effective
 * priority and faults. Pure; times do not occur here.
 */
package io.havip.core.tracking;
