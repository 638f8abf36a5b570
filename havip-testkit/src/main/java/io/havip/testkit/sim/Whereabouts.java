package io.havip.testkit.sim;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulation is: written by its thread, read by a {@link Watchdog} on another. What is
 * written costs no more than plain fields, for nobody waits for it to be seen.
 */
final class Whereabouts {

  private static final Activity START = Activity.of("", "the code before the first event");
  private static final Activity CHECKS = Activity.of("", "a check after an event");

  private final AtomicReference<Activity> activity = new AtomicReference<>(START);
  private final AtomicLong time = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private volatile boolean abandoned;
  private volatile @Nullable String trespass;

  void begins(Event event, long now) {
    time.setRelease(now);
    activity.setRelease(event);
  }

  void enters(Activity value) {
    activity.setRelease(value);
  }

  void judges() {
    activity.setRelease(CHECKS);
  }

  void ends(long events) {
    ended.setRelease(events);
  }

  /** Nobody waits for the end of the run any more: it is to stop at the next opportunity. */
  void abandon() {
    abandoned = true;
  }

  boolean abandoned() {
    return abandoned;
  }

  /** A thread that is not the simulation's did what only that may: nobody may hear it complain. */
  void trespassed(String what) {
    trespass = what;
  }

  @Nullable String trespass() {
    return trespass;
  }

  Activity activity() {
    return activity.getAcquire();
  }

  /** Virtual time of the event that runs. */
  long time() {
    return time.getAcquire();
  }

  /** How many events have ended. */
  long ended() {
    return ended.getAcquire();
  }
}
