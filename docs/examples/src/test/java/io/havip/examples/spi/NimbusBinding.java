package io.havip.examples.spi;

import static io.havip.spi.cloud.CallOutcome.NOT_APPLIED;
import static io.havip.spi.cloud.CallOutcome.UNKNOWN;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A binding for {@link Nimbus}, which keeps a holder and a version for each address. */
record NimbusBinding(Nimbus.Access api, String instance) implements CloudBinding {

  @Override
  public String description() {
    return "nimbus, instance " + instance;
  }

  @Override
  public CloudCapabilities capabilities() {
    return Nimbus.CAPABILITIES;
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    Nimbus.Reply reply = api.get(address, within);
    if (reply.status() != 200) {
      return completedFuture(new Observation.Unknown(failure(address, reply, NOT_APPLIED)));
    }
    String revision = Long.toString(reply.version());
    var details = Observation.Details.NONE.withRevision(revision).withEpoch(reply.version());
    return completedFuture(
        reply.holder().isEmpty()
            ? new Observation.Nobody(details)
            : new Observation.HeldBy(
                new CloudMember(reply.holder(), ""), reply.holder().equals(instance), details));
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    return put(request.address(), request.revision(), instance, within);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    Nimbus.Reply seen = api.get(address, within.dividedBy(2));
    if (seen.status() != 200) {
      return completedFuture(new CloudResult.Failed<>(failure(address, seen, NOT_APPLIED)));
    }
    return seen.holder().equals(instance)
        ? put(address, Optional.of("" + seen.version()), "", within.dividedBy(2))
        : completedFuture(new CloudResult.Done<>(Move.COMPLETE));
  }

  private CompletableFuture<CloudResult<Move>> put(
      IpAddress address, Optional<String> ifMatch, String holder, Duration within) {
    Nimbus.Reply reply = api.put(address, ifMatch, holder, within);
    CallOutcome changed = reply.status() == Nimbus.NO_REPLY ? UNKNOWN : NOT_APPLIED;
    return completedFuture(
        reply.status() == 200
            ? new CloudResult.Done<>(Move.COMPLETE)
            : new CloudResult.Failed<>(failure(address, reply, changed)));
  }

  private static CloudFailure failure(IpAddress address, Nimbus.Reply reply, CallOutcome changed) {
    CloudFailureKind kind =
        switch (reply.status()) {
          case 401 -> CloudFailureKind.AUTHENTICATION;
          case 404 -> CloudFailureKind.NOT_FOUND;
          case 412 -> CloudFailureKind.CONFLICT;
          case 429 -> CloudFailureKind.THROTTLED;
          default -> CloudFailureKind.UNAVAILABLE;
        };
    return CloudFailure.of(kind, changed, "address " + address, "status " + reply.status(), "");
  }

  @Override
  public void close() {
    api.close();
  }
}
