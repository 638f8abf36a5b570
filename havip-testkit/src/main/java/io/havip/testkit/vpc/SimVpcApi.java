package io.havip.testkit.vpc;

import io.havip.core.vpc.VpcState;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API to a simulated VPC, in virtual time: it is slow, limits calls, runs tasks, shows what was
 * true a moment ago, and loses replies.
 *
 * <p>Callers are named, usually by their host, so that one of them can be cut off or have a wrong
 * clock. Replies come on the thread of the simulation; a caller that lives in a process hands them
 * to its own loop.
 */
public final class SimVpcApi {

  private static final Duration SKEW_ALLOWED = Duration.ofMinutes(5);

  /** A state and since when it holds. */
  private record Past(long since, VpcState state) {}

  private final SimVpc vpc;
  private final Simulation simulation;
  private final ApiDesk desk;
  private final Deque<Past> history = new ArrayDeque<>();
  private final Map<String, Deque<Long>> recent = new HashMap<>();
  private final Map<String, Long> served = new HashMap<>();
  private final Set<String> blackout = new HashSet<>();
  private final Set<String> withoutCredentials = new HashSet<>();
  private final Map<String, Duration> skew = new HashMap<>();
  private final Set<String> loseNextReply = new HashSet<>();
  private final Set<String> loseReplies = new HashSet<>();
  private final Map<String, ApiError> refused = new HashMap<>();
  private ApiProfile profile = ApiProfile.DEFAULT;
  private long calls;

  SimVpcApi(SimVpc vpc, Simulation simulation) {
    this.vpc = vpc;
    this.simulation = simulation;
    desk = new ApiDesk(vpc, simulation);
  }

  /**
   * Sets how well it works, {@link ApiProfile#DEFAULT} by default.
   *
   * @param value applies to calls from now on
   * @return this
   */
  public SimVpcApi profile(ApiProfile value) {
    profile = value;
    return this;
  }

  /** {@return how well it works} */
  public ApiProfile profile() {
    return profile;
  }

  /**
   * Cuts a caller off: neither its calls nor replies to it arrive.
   *
   * @param caller who
   * @param on whether it is cut off
   */
  public void blackout(String caller, boolean on) {
    set(blackout, caller, on);
  }

  /**
   * Sets whether a caller's credentials are valid, which they are by default.
   *
   * @param caller who
   * @param valid whether they are
   */
  public void credentials(String caller, boolean valid) {
    set(withoutCredentials, caller, !valid);
  }

  /**
   * Sets how wrong a caller's clock is. More than five minutes, either way, expire its signatures.
   *
   * @param caller who
   * @param by how wrong
   */
  public void clockSkew(String caller, Duration by) {
    skew.put(caller, by);
  }

  /**
   * Carries out the next call of a caller and loses the reply.
   *
   * @param caller who
   */
  public void loseNextReply(String caller) {
    loseNextReply.add(caller);
  }

  /**
   * Carries out the calls of a caller and loses the replies.
   *
   * @param caller who
   * @param on whether they are lost
   */
  public void loseReplies(String caller, boolean on) {
    set(loseReplies, caller, on);
  }

  /**
   * Answers the calls of a caller with an error, without doing anything.
   *
   * @param caller who
   * @param error which one, or null to serve the caller again
   */
  public void refuse(String caller, @Nullable ApiError error) {
    if (error == null) {
      refused.remove(caller);
    } else {
      refused.put(caller, error);
    }
  }

  /**
   * Counts the calls of an action that have arrived, those refused included.
   *
   * @param action as {@link ApiRequest#action} names it
   * @return how many
   */
  public long arrived(String action) {
    return served.getOrDefault(action, 0L);
  }

  /**
   * Calls. The reply comes while the simulation runs, {@link ApiReply.NoReply} at the latest when
   * the timeout ends.
   *
   * @param caller who calls
   * @param request what for
   * @param onReply gets exactly one reply
   */
  public void call(String caller, ApiRequest request, Consumer<ApiReply> onReply) {
    long number = ++calls;
    SimRandom random = simulation.random("api " + vpc.id() + " call " + number);
    long start = simulation.nanos();
    Duration latency = random.between(profile.latencyLeast(), profile.latencyMost());
    boolean requestLost = random.chance(profile.loseRequest());
    boolean loseThisReply = loseNextReply.remove(caller);
    boolean replyLost = random.chance(profile.loseReply()) || loseThisReply;
    Call call = new Call(caller, number + " " + request.action(), start, onReply);
    vpc.note(caller, "api call " + call.name());
    simulation.schedule(
        start + profile.timeout().toNanos(),
        "the timeout of " + call.name(),
        () -> call.end(new ApiReply.NoReply()));
    if (requestLost || blackout.contains(caller)) {
      return;
    }
    simulation.schedule(
        start + latency.toNanos() / 2,
        "the arrival of " + call.name(),
        () -> {
          ApiReply reply = serve(caller, request, random);
          if (!replyLost && !loseReplies.contains(caller)) {
            simulation.schedule(
                start + latency.toNanos(), "the reply to " + call.name(), () -> call.reply(reply));
          }
        });
  }

  /** A state holds from now on. */
  void remember(VpcState state) {
    long now = simulation.nanos();
    history.addLast(new Past(now, state));
    long oldest = now - profile.lagMost().toNanos();
    Past first = history.removeFirst();
    while (!history.isEmpty() && history.getFirst().since() <= oldest) {
      first = history.removeFirst();
    }
    history.addFirst(first);
  }

  private ApiReply serve(String caller, ApiRequest request, SimRandom random) {
    served.merge(request.action(), 1L, Long::sum);
    if (withoutCredentials.contains(caller)) {
      return failed(ApiError.UNAUTHENTICATED);
    }
    if (skew.getOrDefault(caller, Duration.ZERO).abs().compareTo(SKEW_ALLOWED) > 0) {
      return failed(ApiError.SIGNATURE_EXPIRED);
    }
    ApiError refusal = refused.get(caller);
    if (refusal != null) {
      return failed(refusal);
    }
    if (throttled(request.action())) {
      return failed(ApiError.THROTTLED);
    }
    return switch (request) {
      case ApiRequest.Write write ->
          desk.write(write, random.between(profile.taskLeast(), profile.taskMost()));
      case ApiRequest.DescribeTask task -> desk.task(task.task());
      case ApiRequest.Describe describe ->
          described(
              simulation.nanos() - random.between(Duration.ZERO, profile.lagMost()).toNanos());
    };
  }

  /** Every call counts, also one that is refused for being one too many. */
  private boolean throttled(String action) {
    Deque<Long> times = recent.computeIfAbsent(action, a -> new ArrayDeque<>());
    long now = simulation.nanos();
    while (!times.isEmpty() && times.getFirst() <= now - 1_000_000_000L) {
      times.removeFirst();
    }
    times.addLast(now);
    return times.size() > profile.callsPerSecond();
  }

  private ApiReply described(long at) {
    Past shown = history.getFirst();
    for (Past each : history) {
      if (each.since() <= at) {
        shown = each;
      }
    }
    long asOf = Math.max(at, shown.since());
    return new ApiReply.Described(shown.state(), SimVpc.START.plusNanos(asOf));
  }

  private static ApiReply failed(ApiError error) {
    return new ApiReply.Failed(error, null);
  }

  private static void set(Set<String> names, String name, boolean in) {
    if (in) {
      names.add(name);
    } else {
      names.remove(name);
    }
  }

  /** A call until its caller has a reply. */
  private final class Call {

    private final String caller;
    private final String name;
    private final long start;
    private final Consumer<ApiReply> onReply;
    private boolean over;

    Call(String caller, String name, long start, Consumer<ApiReply> onReply) {
      this.caller = caller;
      this.name = name;
      this.start = start;
      this.onReply = onReply;
    }

    String name() {
      return name;
    }

    void reply(ApiReply reply) {
      if (!blackout.contains(caller)) {
        end(reply);
      }
    }

    void end(ApiReply reply) {
      if (over) {
        return;
      }
      over = true;
      Duration took = Duration.ofNanos(simulation.nanos() - start);
      vpc.note(caller, "api call " + name + " ends after " + took + ": " + summary(reply));
      onReply.accept(reply);
    }

    private String summary(ApiReply reply) {
      return switch (reply) {
        case ApiReply.Done done -> "done";
        case ApiReply.Started started -> "task " + started.task();
        case ApiReply.Described described -> "as of " + described.asOf();
        case ApiReply.Task task -> task.status().toString();
        case ApiReply.Failed failed ->
            failed.error().code()
                + (failed.refusal() == null ? "" : ", " + failed.refusal().explain());
        case ApiReply.NoReply none -> "no reply";
      };
    }
  }
}
