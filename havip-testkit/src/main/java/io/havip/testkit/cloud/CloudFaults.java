package io.havip.testkit.cloud;

import io.havip.spi.cloud.CloudFailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a simulated cloud, for all or for one member. Faults act on calls made and
 * answered from now on, and last until undone.
 */
public final class CloudFaults {

  private static final Duration USUAL_LEAST = Duration.ofMillis(20);
  private static final Duration USUAL_MOST = Duration.ofMillis(80);

  private final Set<String> blackouts = new HashSet<>();
  private final Set<String> lostReplies = new HashSet<>();
  private final Map<String, CloudFailureKind> refusals = new HashMap<>();
  private final Map<String, Duration> lateWrites = new HashMap<>();
  private @Nullable Duration retryAfter;
  private final Runnable changed;
  private Duration least = USUAL_LEAST;
  private Duration most = USUAL_MOST;
  private Duration stale = Duration.ZERO;

  /** The argument is run after each change. */
  CloudFaults(Runnable changed) {
    this.changed = changed;
  }

  /**
   * The member cannot reach the cloud: new calls are refused by its own host after a while, and
   * replies to those under way are lost.
   *
   * @param member its name
   * @param on true to begin, false to end
   * @return this
   */
  public CloudFaults blackout(String member, boolean on) {
    return set(blackouts, member, on);
  }

  /**
   * Replies to the member's calls are lost, after the cloud has done what was asked for.
   *
   * @param member its name
   * @param on true to begin, false to end
   * @return this
   */
  public CloudFaults loseReplies(String member, boolean on) {
    return set(lostReplies, member, on);
  }

  /**
   * The cloud refuses the member's calls: expired credentials, a skewed clock, the wrong region, a
   * throttled account.
   *
   * @param member its name
   * @param kind how
   * @return this
   */
  public CloudFaults refuse(String member, CloudFailureKind kind) {
    refusals.put(member, kind);
    return done();
  }

  /**
   * The cloud accepts the member's calls again.
   *
   * @param member its name
   * @return this
   */
  public CloudFaults accept(String member) {
    refusals.remove(member);
    return done();
  }

  /**
   * What a refusal for the rate tells about the time to wait.
   *
   * @param wait the time; null for none, which is the default
   * @return this
   */
  public CloudFaults retryAfter(@Nullable Duration wait) {
    retryAfter = wait;
    return done();
  }

  /**
   * The member's writes arrive late, whether or not it still waits for them.
   *
   * @param member its name
   * @param by how much; zero to end
   * @return this
   */
  public CloudFaults lateWrites(String member, Duration by) {
    lateWrites.put(member, by);
    return done();
  }

  /**
   * How long a request and its reply take together, uniformly; requests overtake each other.
   *
   * @param shortest by default 20 ms, or what the API of a simulated VPC takes
   * @param longest by default 80 ms, or what the API of a simulated VPC takes
   * @return this
   */
  public CloudFaults latency(Duration shortest, Duration longest) {
    least = shortest;
    most = longest;
    return done();
  }

  /**
   * Looks show the mapping as it was a while ago.
   *
   * @param by how long ago; zero to end
   * @return this
   */
  public CloudFaults stale(Duration by) {
    stale = by;
    return done();
  }

  /**
   * Ends all faults.
   *
   * @return this
   */
  public CloudFaults heal() {
    blackouts.clear();
    lostReplies.clear();
    refusals.clear();
    lateWrites.clear();
    stale = Duration.ZERO;
    return latency(USUAL_LEAST, USUAL_MOST);
  }

  /** Whether anything is wrong for a member. */
  boolean fails(String member) {
    return blackout(member)
        || losesReplies(member)
        || refusal(member).isPresent()
        || lateness(member).isPositive()
        || stale.isPositive()
        || !usualLatency();
  }

  boolean blackout(String member) {
    return blackouts.contains(member);
  }

  boolean losesReplies(String member) {
    return lostReplies.contains(member);
  }

  Optional<CloudFailureKind> refusal(String member) {
    return Optional.ofNullable(refusals.get(member));
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  Duration lateness(String member) {
    return lateWrites.getOrDefault(member, Duration.ZERO);
  }

  Duration least() {
    return least;
  }

  Duration most() {
    return most;
  }

  Duration stale() {
    return stale;
  }

  /** {@return whether requests and replies take the time that they take without faults} */
  boolean usualLatency() {
    return least.equals(USUAL_LEAST) && most.equals(USUAL_MOST);
  }

  private CloudFaults done() {
    changed.run();
    return this;
  }

  private CloudFaults set(Set<String> members, String member, boolean on) {
    if (on) {
      members.add(member);
    } else {
      members.remove(member);
    }
    return done();
  }
}
