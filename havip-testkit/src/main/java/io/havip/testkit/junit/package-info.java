/**
 * Failover tests of a service of one's own as JUnit 5 tests.
 *
 * <p>Needs {@code org.junit.jupiter:junit-jupiter-api}, which is optional: without it {@link
 * io.havip.testkit.scenario.Failover} does the same from any test framework.
 */
package io.havip.testkit.junit;
