/**
 * Explores every order in which a small group's adverts, timers and failures can happen, with the
 * election that ships.
 *
 * <p>A {@link io.havip.testkit.explore.World} is a group at one moment on a clock that always shows
 * zero, so that two moments which differ only in the time of day are one. From each world all
 * {@linkplain io.havip.testkit.explore.Move moves} are taken up to a depth: an advert in flight is
 * delivered now, later or never; a due timer fires before or after; a member crashes, stops or
 * returns. Every {@link io.havip.testkit.explore.Law} is checked on every step. What breaks one is
 * a {@link io.havip.testkit.explore.Path} of moves, which the simulator can replay.
 */
package io.havip.testkit.explore;
