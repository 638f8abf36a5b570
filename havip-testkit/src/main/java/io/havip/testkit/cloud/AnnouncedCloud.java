package io.havip.testkit.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The API of a simulated cloud whose members announce their addresses, as Tencent Cloud's HAVIP: it
 * only shows what the simulated VPC has made of the announcements.
 */
public final class AnnouncedCloud extends SimCloud {

  private final CloudCapabilities capabilities;
  private final Function<IpAddress, Optional<String>> mapping;
  private final Predicate<IpAddress> known;
  private final Map<IpAddress, Deque<Seen>> history = new HashMap<>();
  private final Map<String, CloudFailureKind> obstacles = new HashMap<>();

  /**
   * Creates the API.
   *
   * @param sim whose time it lives in
   * @param convergence the longest time in which the VPC follows an announcement
   * @param mapping the name of the member to which the VPC maps an address
   * @param known whether an address is a HAVIP of the VPC
   */
  public AnnouncedCloud(
      Simulation sim,
      Duration convergence,
      Function<IpAddress, Optional<String>> mapping,
      Predicate<IpAddress> known) {
    super(sim);
    this.known = known;
    this.mapping = mapping;
    capabilities = CloudCapabilities.announced(10, Duration.ofSeconds(1), convergence);
    sim.afterEachEvent(this::watch);
  }

  private record Seen(long at, @Nullable String holder) {}

  /**
   * Makes the API tell a member why its announcements do not count: outside the drift range, or of
   * another subnet.
   *
   * @param member its name
   * @param kind why
   * @return this
   */
  public AnnouncedCloud obstacle(String member, CloudFailureKind kind) {
    obstacles.put(member, kind);
    return this;
  }

  @Override
  public CloudCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public Optional<String> holder(IpAddress address) {
    return mapping.apply(address);
  }

  @Override
  Observation describe(String member, IpAddress address) {
    if (!known.test(address)) {
      return new Observation.Unknown(unknownAddress("describe", address));
    }
    String holder = shown(address);
    Observation.Details details = Observation.Details.NONE;
    CloudFailureKind obstacle = obstacles.get(member);
    if (obstacle != null) {
      details =
          details.withObstacle(
              CloudFailure.of(
                  obstacle,
                  CallOutcome.NOT_APPLIED,
                  "announce " + address,
                  "the VPC does not accept announcements of " + id(member),
                  "add the member to the drift range"));
    }
    return holder == null
        ? new Observation.Nobody(details)
        : new Observation.HeldBy(id(holder), holder.equals(member), details);
  }

  @Override
  CloudResult<Move> takeover(String member, TakeoverRequest request, Duration asked) {
    return notOffered("take over " + request.address());
  }

  @Override
  CloudResult<Move> relinquish(String member, IpAddress address, Duration asked) {
    return notOffered("relinquish " + address);
  }

  private static CloudResult<Move> notOffered(String operation) {
    return new CloudResult.Failed<>(
        CloudFailure.of(
            CloudFailureKind.INVALID,
            CallOutcome.NOT_APPLIED,
            operation,
            "this cloud follows announcements only",
            "announce the address instead"));
  }

  private @Nullable String shown(IpAddress address) {
    long until = sim.nanos() - faults().stale().toNanos();
    history.computeIfAbsent(address, a -> new ArrayDeque<>());
    watch();
    String shown = null;
    for (Seen each : history.get(address)) {
      shown = each.at() <= until ? each.holder() : shown;
    }
    return shown;
  }

  /** Keeps what the VPC's mapping was, so that an outdated look can show it. */
  private void watch() {
    history.forEach((address, seen) -> {
      String now = mapping.apply(address).orElse(null);
      Seen last = seen.peekLast();
      if (last == null || !Objects.equals(last.holder(), now)) {
        seen.add(new Seen(sim.nanos(), now));
      }
    });
  }
}
