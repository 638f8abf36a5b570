/**
 * Makes a cloud's mapping of an address follow the election: what is wanted against what is
 * observed, and the next call. Pure: time is an argument, and calls are actions.
 *
 * <p>Level-triggered: nothing is done because something happened, only because what is observed
 * differs from what is wanted. For each address there is one writer and one call at a time; each
 * call is decided when it may be made, not when it was asked for, so that a member that lost its
 * role in between makes none.
 */
package io.havip.core.cloud;
