package io.havip.tencent;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.tencent.client.ApiClient;
import io.havip.tencent.client.Deadline;
import io.havip.tencent.client.NetworkInterface;
import io.havip.tencent.client.NetworkInterface.PrivateAddress;
import io.havip.tencent.client.Pauses;
import io.havip.tencent.client.Results;
import io.havip.tencent.client.VpcApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An ordinary secondary private address, moved from interface to interface by {@code
 * MigratePrivateIpAddress}: the way from before there were HAVIPs. ARP does nothing for it.
 *
 * <p>A takeover that rests on the last description sends the move at once, with the interface that
 * was seen as its source, and waits for the task; any other takeover looks first. If another member
 * took the address in between, the source is no longer right and the API refuses the move; but
 * should the address have returned to that interface meanwhile, it does not, which is why {@link
 * CloudCapabilities#refusesStaleWrites} is not declared. After a look, a revision that is not the
 * current holder is refused without a request.
 *
 * <p>An address that nobody has is assigned to the interface of this member whose subnet it belongs
 * to. A primary address cannot move. IPv4 only. Calls block their thread.
 */
public final class TencentPrivateIpBinding implements CloudBinding {

  private static final CloudResult<Move> COMPLETE = new CloudResult.Done<>(Move.COMPLETE);

  /** The guide of the old method speaks of ten seconds and more. */
  private static final Duration CONVERGENCE = Duration.ofSeconds(10);

  /** Not documented; that long a description may lag behind a task that has ended. */
  private static final Duration STALENESS = Duration.ofSeconds(2);

  private final TencentSettings settings;
  private final OnRelinquish onRelinquish;
  private final ApiClient client;
  private final VpcApi api;
  private final Self self;
  private final Calls calls = new Calls();
  private final Map<IpAddress, Sight> lastSeen = new ConcurrentHashMap<>();

  /**
   * Opens the binding. Makes no request.
   *
   * @param settings where, and who this member is
   * @param onRelinquish what becomes of the address when this member gives it up
   */
  public TencentPrivateIpBinding(TencentSettings settings, OnRelinquish onRelinquish) {
    this(settings, onRelinquish, Pauses.SLEEP);
  }

  TencentPrivateIpBinding(TencentSettings settings, OnRelinquish onRelinquish, Pauses pauses) {
    this.settings = settings;
    this.onRelinquish = onRelinquish;
    client = new ApiClient(TencentClients.settings(settings), pauses);
    api = new VpcApi(client);
    self = new Self(settings, api);
  }

  @Override
  public String description() {
    return "Tencent Cloud private address in "
        + settings.vpc()
        + " of "
        + settings.region()
        + ", "
        + self;
  }

  @Override
  public CloudCapabilities capabilities() {
    return new CloudCapabilities(
        TakeoverMode.MOVE,
        true,
        false,
        onRelinquish == OnRelinquish.UNASSIGN,
        false,
        false,
        true,
        settings.callsPerSecond(),
        Duration.ZERO,
        CONVERGENCE,
        STALENESS);
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    String operation = "find the holder of " + address;
    Deadline deadline = Deadline.in(within);
    return Calls.observe(
        operation,
        () ->
            switch (look(address, operation, deadline)) {
              case CloudResult.Failed<Sight>(CloudFailure failure) ->
                  new Observation.Unknown(failure);
              case CloudResult.Done<Sight>(Sight sight) -> {
                lastSeen.put(address, sight);
                yield observation(sight);
              }
            });
  }

  private static Observation observation(Sight sight) {
    Observation.Details details = Observation.Details.NONE.withRevision(sight.revision());
    if (sight.holder().isEmpty()) {
      return new Observation.Nobody(details);
    }
    NetworkInterface holder = sight.holder().get();
    if (!sight.mine()) {
      details = sight.obstacle().map(details::withObstacle).orElse(details);
    }
    return new Observation.HeldBy(
        new CloudMember(holder.instanceId(), holder.id()), sight.mine(), details);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    IpAddress address = request.address();
    String operation = "take over " + address;
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                seen(request, operation, deadline),
                sight -> {
                  if (sight.mine()) {
                    return COMPLETE;
                  }
                  Optional<String> outdated =
                      request.revision().filter(known -> !known.equals(sight.revision()));
                  if (outdated.isPresent()) {
                    return Calls.refused(
                        CloudFailureKind.CONFLICT,
                        operation,
                        "it was with \"%s\" and is with \"%s\""
                            .formatted(outdated.get(), sight.revision()),
                        "");
                  }
                  return take(sight, deadline);
                }));
  }

  /** What the request rests on, if it was another's when it was seen; else a new look. */
  private CloudResult<Sight> seen(TakeoverRequest request, String operation, Deadline deadline) {
    Sight before = lastSeen.remove(request.address());
    return before != null
            && !before.mine()
            && request.revision().equals(Optional.of(before.revision()))
        ? new CloudResult.Done<>(before)
        : look(request.address(), operation, deadline);
  }

  private CloudResult<Move> take(Sight sight, Deadline deadline) {
    if (sight.obstacle().isPresent()) {
      return new CloudResult.Failed<>(sight.obstacle().get());
    }
    String destination = sight.destination().orElseThrow().id();
    String address = sight.address().toString();
    return Results.map(
        sight.holder().isPresent()
            ? api.migrate(address, sight.holder().get().id(), destination, deadline)
            : api.assign(address, destination, deadline),
        answer -> Move.COMPLETE);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    String operation = "give up " + address;
    if (onRelinquish == OnRelinquish.KEEP) {
      return CompletableFuture.completedFuture(
          Calls.refused(
              CloudFailureKind.INVALID,
              operation,
              "the binding is set to keep the address until the next holder moves it",
              ""));
    }
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                look(address, operation, deadline),
                sight ->
                    sight.mine()
                        ? Results.map(
                            api.unassign(
                                address.toString(), sight.holder().orElseThrow().id(), deadline),
                            answer -> Move.COMPLETE)
                        : COMPLETE));
  }

  @Override
  public void close() {
    client.close();
  }

  /** What is known of an address and of this member, in one look. */
  private record Sight(
      IpAddress address,
      Optional<NetworkInterface> holder,
      boolean mine,
      Optional<NetworkInterface> destination,
      Optional<CloudFailure> obstacle) {

    /** The holder's interface, or {@code nobody}. */
    String revision() {
      return holder.map(NetworkInterface::id).orElse("nobody");
    }
  }

  private CloudResult<Sight> look(IpAddress address, String operation, Deadline deadline) {
    if (address.family() != IpFamily.IPV4) {
      return Calls.refused(
          CloudFailureKind.INVALID, operation, "only IPv4 addresses can be moved", "");
    }
    return Results.then(
        self.member(),
        me ->
            Results.then(
                here(operation, deadline),
                mine ->
                    Results.then(
                        api.holderOf(settings.vpc(), address.toString(), deadline),
                        holder ->
                            holder.isPresent()
                                ? new CloudResult.Done<>(
                                    held(address, operation, me, mine, holder.get()))
                                : unheld(address, operation, mine, deadline))));
  }

  /**
   * This member's interfaces in the VPC. There must be one: a description of a VPC or region that
   * is not ours is empty, and would read as if nobody had the address.
   */
  private CloudResult<List<NetworkInterface>> here(String operation, Deadline deadline) {
    return Results.then(
        self.interfaces(deadline),
        all -> {
          List<NetworkInterface> here =
              all.stream().filter(each -> each.vpcId().equals(settings.vpc())).toList();
          return here.isEmpty()
              ? Calls.refused(
                  CloudFailureKind.NOT_FOUND,
                  operation,
                  "%s has no interface in %s of %s"
                      .formatted(self, settings.vpc(), settings.region()),
                  "check the VPC, the region and the instance")
              : new CloudResult.Done<>(here);
        });
  }

  private Sight held(
      IpAddress address,
      String operation,
      CloudMember me,
      List<NetworkInterface> mine,
      NetworkInterface with) {
    boolean held = Self.same(me, with.instanceId(), with.id());
    Optional<NetworkInterface> near =
        mine.stream().filter(each -> each.subnetId().equals(with.subnetId())).findFirst();
    CloudFailure obstacle = null;
    if (!held && primary(with, address)) {
      obstacle =
          obstacle(
              CloudFailureKind.INVALID,
              operation,
              "it is the primary address of " + with.id() + ", which cannot move",
              "use a secondary address");
    } else if (near.isEmpty()) {
      obstacle =
          obstacle(
              CloudFailureKind.WRONG_SUBNET,
              operation,
              "it is of " + with.subnetId() + ", and " + self + " has no interface there",
              "an address moves only between interfaces of one subnet");
    }
    return new Sight(address, Optional.of(with), held, near, Optional.ofNullable(obstacle));
  }

  /**
   * Nobody has it. Then it must be an address of a subnet of ours: of any other the API knows no
   * more than of one that does not exist.
   */
  private CloudResult<Sight> unheld(
      IpAddress address, String operation, List<NetworkInterface> mine, Deadline deadline) {
    Map<String, NetworkInterface> bySubnet =
        mine.stream()
            .collect(
                Collectors.toMap(NetworkInterface::subnetId, each -> each, (first, more) -> first));
    return Results.then(
        api.ranges(bySubnet.keySet(), deadline),
        ranges ->
            ranges.entrySet().stream()
                .filter(range -> range.getValue().contains(address))
                .map(range -> bySubnet.get(range.getKey()))
                .findFirst()
                .<CloudResult<Sight>>map(near ->
                    new CloudResult.Done<>(
                        new Sight(
                            address, Optional.empty(), false, Optional.of(near), Optional.empty())))
                .orElseGet(() ->
                    Calls.refused(
                        CloudFailureKind.NOT_FOUND,
                        operation,
                        "no interface in %s of %s has it, and it is of none of %s's subnets %s"
                            .formatted(settings.vpc(), settings.region(), self, ranges.values()),
                        "check the address, the VPC and the region")));
  }

  private static boolean primary(NetworkInterface with, IpAddress address) {
    return with.addresses().contains(new PrivateAddress(address.toString(), true));
  }

  private static CloudFailure obstacle(
      CloudFailureKind kind, String operation, String message, String advice) {
    return CloudFailure.of(kind, CallOutcome.NOT_APPLIED, operation, message, advice);
  }
}
