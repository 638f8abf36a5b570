package io.havip.testkit.sim;

/** Code that runs at a time. */
final class Script extends Event {

  private final String what;
  private final Runnable action;

  Script(String what, Runnable action) {
    this.what = what;
    this.action = action;
  }

  @Override
  void fire() {
    action.run();
  }

  @Override
  public String label() {
    return what;
  }
}
