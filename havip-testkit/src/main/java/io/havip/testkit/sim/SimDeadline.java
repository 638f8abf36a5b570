package io.havip.testkit.sim;

import io.havip.spi.Timers.Deadline;

/** A deadline of a process, as an event of the engine. */
final class SimDeadline extends Event implements Deadline {

  private final SimProcess process;
  private final Runnable onDue;
  private long time;

  SimDeadline(SimProcess process, Runnable onDue) {
    this.process = process;
    this.onDue = onDue;
  }

  /** The armed time on the host's clock. */
  long time() {
    return time;
  }

  boolean isAfter(SimDeadline other) {
    return time > other.time || (time == other.time && order > other.order);
  }

  @Override
  public void arm(long atNanos) {
    process.engine().requireThread("arm");
    if (process.ended()) {
      return;
    }
    process.forget(this);
    time = atNanos;
    process.engine().schedule(this, process.kernel().engineTime(atNanos));
  }

  @Override
  public void disarm() {
    process.engine().requireThread("disarm");
    process.forget(this);
  }

  void run() {
    onDue.run();
  }

  @Override
  void fire() {
    process.due(this);
  }

  @Override
  public String label() {
    String callback = onDue.getClass().getName();
    int lambda = callback.indexOf("$$Lambda");
    return "a deadline of "
        + process.kernel().name()
        + ", callback "
        + (lambda < 0 ? callback : "in " + callback.substring(0, lambda));
  }
}
