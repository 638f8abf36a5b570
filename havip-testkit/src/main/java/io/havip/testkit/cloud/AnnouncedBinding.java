package io.havip.testkit.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.cloud.CloudRequest.Operation;
import io.havip.testkit.vpc.ApiReply;
import io.havip.testkit.vpc.ApiRequest;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.InterfaceId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One member's access to the API of a simulated VPC. */
final class AnnouncedBinding implements CloudBinding {

  private final AnnouncedCloud cloud;
  private final SimVpc vpc;
  private final String member;
  private final InterfaceId own;
  private boolean closed;

  AnnouncedBinding(AnnouncedCloud cloud, SimVpc vpc, String member, InterfaceId own) {
    this.cloud = cloud;
    this.vpc = vpc;
    this.member = member;
    this.own = own;
  }

  @Override
  public String description() {
    return "the API of a simulated VPC as " + own;
  }

  @Override
  public CloudCapabilities capabilities() {
    return cloud.capabilities();
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    Look look = new Look(address);
    cloud.made(member, Operation.DESCRIBE);
    if (closed) {
      look.end(look.unknown(CloudFailureKind.UNAVAILABLE, "the binding is closed"));
      return look.answer;
    }
    cloud.later(
        within,
        "a deadline of " + member,
        () -> look.end(look.unknown(CloudFailureKind.TIMEOUT, "no reply within " + within)));
    vpc.api().call(member, new ApiRequest.Describe(), reply -> look.end(look.read(reply)));
    return look.answer;
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    return notOffered(Operation.TAKEOVER, request.address());
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    return notOffered(Operation.RELINQUISH, address);
  }

  @Override
  public Optional<CloudAdministration> administration() {
    return Optional.of(new AnnouncedAdministration(cloud, vpc, member, () -> closed));
  }

  @Override
  public void close() {
    closed = true;
  }

  private CompletableFuture<CloudResult<Move>> notOffered(Operation operation, IpAddress address) {
    cloud.made(member, operation);
    CloudFailure failure =
        CloudFailure.of(
            closed ? CloudFailureKind.UNAVAILABLE : CloudFailureKind.INVALID,
            CallOutcome.NOT_APPLIED,
            operation + " " + address,
            closed ? "the binding is closed" : "this cloud follows announcements only",
            closed ? "" : "announce the address instead");
    record(operation, address, cloud.sim.now(), Optional.of(failure));
    return CompletableFuture.completedFuture(new CloudResult.Failed<>(failure));
  }

  private void record(
      Operation operation, IpAddress address, Duration made, Optional<CloudFailure> failure) {
    cloud.ended(
        new CloudRequest(
            made,
            cloud.sim.now(),
            member,
            operation,
            address,
            failure.map(CloudFailure::kind),
            failure.map(CloudFailure::outcome).orElse(CallOutcome.APPLIED)));
  }

  /** One look on its way. */
  private final class Look {

    private final IpAddress address;
    private final Duration made = cloud.sim.now();
    private final CompletableFuture<Observation> answer = new CompletableFuture<>();

    Look(IpAddress address) {
      this.address = address;
    }

    Observation read(ApiReply reply) {
      return switch (reply) {
        case ApiReply.Described described -> cloud.seen(described.state(), own, address);
        case ApiReply.Failed failed ->
            unknown(ApiErrors.kind(failed.error()), failed.error().code());
        case ApiReply.NoReply none -> unknown(CloudFailureKind.TIMEOUT, "no reply");
        case ApiReply.Done done -> throw unexpected(done);
        case ApiReply.Started started -> throw unexpected(started);
        case ApiReply.Task task -> throw unexpected(task);
      };
    }

    private IllegalStateException unexpected(ApiReply reply) {
      return new IllegalStateException("not a reply to a look: " + reply);
    }

    Observation unknown(CloudFailureKind kind, String message) {
      CloudFailure failure =
          CloudFailure.of(kind, CallOutcome.NOT_APPLIED, "describe " + address, message, "");
      return new Observation.Unknown(
          kind == CloudFailureKind.THROTTLED
              ? cloud.faults().retryAfter().map(failure::after).orElse(failure)
              : failure);
    }

    void end(Observation seen) {
      if (answer.complete(seen)) {
        record(
            Operation.DESCRIBE,
            address,
            made,
            seen instanceof Observation.Unknown u ? Optional.of(u.cause()) : Optional.empty());
      }
    }
  }
}
