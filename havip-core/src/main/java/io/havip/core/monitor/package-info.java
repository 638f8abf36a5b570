/**
 * Turns what one node sees of itself and hears of its peers into sightings for the checks of {@link
 * io.havip.core.check}. Pure: time is an argument.
 */
package io.havip.core.monitor;
