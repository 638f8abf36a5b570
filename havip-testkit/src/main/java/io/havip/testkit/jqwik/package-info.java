/**
 * Random groups, faults and schedules for jqwik, which shrinks them by its own rules.
 *
 * <p>Needs {@code net.jqwik:jqwik-api} 1.9.3, which is optional: nothing outside this package does.
 */
package io.havip.testkit.jqwik;
