package io.havip.testkit.vpc;

import java.time.Duration;

/**
 * How well a simulated API works.
 *
 * @param latencyLeast shortest time from call to reply
 * @param latencyMost longest such time; uniform between the two
 * @param taskLeast shortest time a task runs
 * @param taskMost longest such time
 * @param lagMost how old what a describe shows may be; uniform from now to then, so that a later
 *     describe may show an earlier state
 * @param timeout how long a caller waits for a reply
 * @param callsPerSecond calls of one action, of all callers together, that are served within any
 *     second
 * @param loseRequest probability, 0 to 1, that a call does not arrive
 * @param loseReply probability, 0 to 1, that a call is carried out but its reply does not come
 */
public record ApiProfile(
    Duration latencyLeast,
    Duration latencyMost,
    Duration taskLeast,
    Duration taskMost,
    Duration lagMost,
    Duration timeout,
    int callsPerSecond,
    double loseRequest,
    double loseReply) {

  /** 20 calls a second, as documented; the rest is a guess at a cloud on a good day. */
  public static final ApiProfile DEFAULT =
      new ApiProfile(
          Duration.ofMillis(50),
          Duration.ofMillis(300),
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          20,
          0,
          0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a time is negative, a longest time shorter than its
   *     shortest, the rate below 1, or a probability outside 0 to 1
   */
  public ApiProfile {
    Ranges.span("latency", latencyLeast, latencyMost);
    Ranges.span("time of a task", taskLeast, taskMost);
    Ranges.span("lag", Duration.ZERO, lagMost);
    Ranges.span("timeout", Duration.ofNanos(1), timeout);
    Ranges.positive("rate of calls", callsPerSecond);
    Ranges.probability("loseRequest", loseRequest);
    Ranges.probability("loseReply", loseReply);
  }

  /**
   * The same with another latency.
   *
   * @param least shortest
   * @param most longest
   * @return the changed copy
   */
  public ApiProfile withLatency(Duration least, Duration most) {
    return new ApiProfile(
        least, most, taskLeast, taskMost, lagMost, timeout, callsPerSecond, loseRequest, loseReply);
  }

  /**
   * The same with other tasks.
   *
   * @param least shortest
   * @param most longest
   * @return the changed copy
   */
  public ApiProfile withTasks(Duration least, Duration most) {
    return new ApiProfile(
        latencyLeast,
        latencyMost,
        least,
        most,
        lagMost,
        timeout,
        callsPerSecond,
        loseRequest,
        loseReply);
  }

  /**
   * The same with another lag of describes.
   *
   * @param most how old at most
   * @return the changed copy
   */
  public ApiProfile withLag(Duration most) {
    return new ApiProfile(
        latencyLeast,
        latencyMost,
        taskLeast,
        taskMost,
        most,
        timeout,
        callsPerSecond,
        loseRequest,
        loseReply);
  }

  /**
   * The same with another loss.
   *
   * @param ofRequests probability, 0 to 1
   * @param ofReplies probability, 0 to 1
   * @return the changed copy
   */
  public ApiProfile withLoss(double ofRequests, double ofReplies) {
    return new ApiProfile(
        latencyLeast,
        latencyMost,
        taskLeast,
        taskMost,
        lagMost,
        timeout,
        callsPerSecond,
        ofRequests,
        ofReplies);
  }
}
