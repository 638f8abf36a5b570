/**
 * Shows a running node to monitoring: as a bean of the JVM's management ({@link
 * io.havip.core.observe.HavipBean}) and as Micrometer meters ({@link
 * io.havip.core.observe.HavipMeters}). Both only read {@link io.havip.HavipNode#snapshot}, and only
 * when somebody asks; nothing is registered unless the application does it.
 */
package io.havip.core.observe;
