package io.havip.core.node;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.core.cloud.Input;
import io.havip.net.IpAddress;
import io.havip.spi.Platform;
import io.havip.wire.Refusal;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * What a flight recording of the JVM tells about the node. Nothing is written, and no text is made,
 * while no recording wants it.
 */
final class Flight {

  /** A rehearsal is not told. */
  private final boolean real;

  /**
   * The teller of one node.
   *
   * @param platform on what it runs
   */
  Flight(Platform platform) {
    real = !(platform instanceof Stage);
  }

  @Category("HAVIP")
  @StackTrace(false)
  abstract static class OfRouter extends Event {
    @Label("Router")
    String router = "";
  }

  @Name("io.havip.Transition")
  @Label("Transition")
  @Description("A virtual router changed its state")
  static final class Transition extends OfRouter {
    @Label("From")
    String from = "";

    @Label("To")
    String to = "";

    @Label("Cause")
    String cause = "";

    @Label("Priority")
    int priority;
  }

  void transition(String router, RouterState from, RouterState to, Cause cause, int priority) {
    Transition event = new Transition();
    if (real && event.isEnabled()) {
      event.router = router;
      event.from = from.name();
      event.to = to.name();
      event.cause = cause.describe();
      event.priority = priority;
      event.commit();
    }
  }

  @Name("io.havip.Takeover")
  @Label("Takeover")
  @Description("A virtual router became ACTIVE: from its decision until its work was done")
  static final class Takeover extends OfRouter {
    @Label("Cause")
    String cause = "";

    @Label("Announcements")
    long announcements;
  }

  /** A takeover begins. */
  Takeover takeover() {
    Takeover event = new Takeover();
    event.begin();
    return event;
  }

  void end(Takeover event, String router, Cause cause, long announcements) {
    if (real && event.isEnabled()) {
      event.router = router;
      event.cause = cause.describe();
      event.announcements = announcements;
      event.commit();
    }
  }

  @Name("io.havip.LateWake")
  @Label("Late Wake")
  @Description("The loop came to an advert or a timer later than it should")
  static final class LateWake extends OfRouter {
    @Label("What")
    String what = "";

    @Label("Late")
    @Timespan(Timespan.NANOSECONDS)
    long late;
  }

  void lateWake(String router, String what, long late) {
    LateWake event = new LateWake();
    if (real && event.isEnabled()) {
      event.router = router;
      event.what = what;
      event.late = late;
      event.commit();
    }
  }

  @Name("io.havip.RefusedPacket")
  @Label("Refused Packet")
  @Description("A received packet was not acted upon")
  static final class RefusedPacket extends OfRouter {
    @Label("Peer")
    String peer = "";

    @Label("Reason")
    String reason = "";

    @Label("Explanation")
    String explanation = "";
  }

  void refused(String router, IpAddress peer, Refusal refusal) {
    RefusedPacket event = new RefusedPacket();
    if (real && event.isEnabled()) {
      event.router = router;
      event.peer = peer.toString();
      event.reason = refusal.reason().id();
      event.explanation = refusal.explain();
      event.commit();
    }
  }

  @Name("io.havip.CloudCall")
  @Label("Cloud Call")
  @Description("A call of the cloud, from its start on a worker until its end reached the loop")
  @Category("HAVIP")
  @StackTrace(false)
  static final class CloudCall extends Event {
    @Label("Call")
    String call = "";

    @Label("Result")
    String result = "";
  }

  /** A call begins. */
  CloudCall cloudCall() {
    CloudCall event = new CloudCall();
    event.begin();
    return event;
  }

  void end(CloudCall event, String call, Input result) {
    if (real && event.isEnabled()) {
      event.call = call;
      event.result = result.toString();
      event.commit();
    }
  }

  @Name("io.havip.PropertyViolated")
  @Label("Property Violated")
  @Description("The node saw one of the named properties broken")
  static final class Violated extends OfRouter {
    @Label("Property")
    String property = "";

    @Label("Words")
    String words = "";
  }

  void violated(String router, String property, String words) {
    Violated event = new Violated();
    if (real && event.isEnabled()) {
      event.router = router;
      event.property = property;
      event.words = words;
      event.commit();
    }
  }
}
