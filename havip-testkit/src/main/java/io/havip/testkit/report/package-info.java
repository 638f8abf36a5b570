/**
 * Draws one run as one HTML file that needs nothing else: no network, no library, no server.
 *
 * <p>{@link io.havip.testkit.report.FailoverReport} takes a {@link
 * io.havip.testkit.report.FailoverRun}: the sightings and findings of {@link io.havip.core.check},
 * whatever stage they come from, and, if the stage was a simulation, its trace, from which the
 * arrows and the chain of causes are drawn. The same run gives the same bytes.
 *
 * <p>Sightings become a {@link io.havip.testkit.report.Diagram}, which knows times and names only;
 * a layout gives everything its place; a writer makes SVG of it. Places in time are percentages, so
 * that the page zooms by widening the drawing and the text keeps its shape.
 */
package io.havip.testkit.report;
