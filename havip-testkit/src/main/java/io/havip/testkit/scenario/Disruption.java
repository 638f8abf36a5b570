package io.havip.testkit.scenario;

import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.List;

/** What can happen to a member, and ends. */
public enum Disruption {
  /** Its host loses its power, and starts again. */
  CRASHES("crashes"),
  /** Its process is killed, and starts again. */
  IS_KILLED("is killed"),
  /** Its process stands still, as in a long collection of garbage, and goes on. */
  STALLS("stalls"),
  /** Its host stands still with its clock, as a virtual machine that is moved, and goes on. */
  FREEZES("freezes"),
  /** Nothing passes between it and the others, and passes again. */
  IS_CUT_OFF("is cut off"),
  /** Its interface goes down, and comes up. */
  LOSES_ITS_LINK("loses its link"),
  /** Its process is stopped in an orderly way, and starts again. */
  IS_STOPPED("is stopped");

  private final String words;

  Disruption(String words) {
    this.words = words;
  }

  /**
   * {@return it in words}
   *
   * @param member whom it strikes
   */
  public String words(String member) {
    return member + " " + words;
  }

  /** Its begin and its end. */
  List<Step> steps(String member, Duration from, Duration to) {
    Fault fault = fault(member);
    return List.of(Step.of(from, fault), Step.of(to, fault.undone().orElseThrow()));
  }

  private Fault fault(String member) {
    return switch (this) {
      case CRASHES -> new Fault.Crash(member);
      case IS_KILLED -> new Fault.Kill(member);
      case STALLS -> new Fault.Pause(member);
      case FREEZES -> new Fault.Freeze(member);
      case IS_CUT_OFF -> new Fault.Partition(List.of(member));
      case LOSES_ITS_LINK -> new Fault.LinkDown(member, Scenario.INTERFACE);
      case IS_STOPPED -> new Fault.Stop(member);
    };
  }
}
