/** A service of a user's own, tested through failovers. */
package io.havip.examples.failover;
