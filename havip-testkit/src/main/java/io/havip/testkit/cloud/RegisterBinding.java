package io.havip.testkit.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.cloud.CloudRequest.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** One member's access to a register, and the network between the two. */
final class RegisterBinding implements CloudBinding {

  private static final Duration CONNECT = Duration.ofMillis(200);

  private final RegisterCloud cloud;
  private final String member;
  private boolean closed;

  RegisterBinding(RegisterCloud cloud, String member) {
    this.cloud = cloud;
    this.member = member;
  }

  @Override
  public String description() {
    return cloud.getClass().getSimpleName() + " as " + RegisterCloud.id(member);
  }

  @Override
  public CloudCapabilities capabilities() {
    return cloud.capabilities();
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    Call<Observation> call =
        new Call<>(
            Operation.DESCRIBE,
            address,
            Observation.Unknown::new,
            o -> o instanceof Observation.Unknown u ? Optional.of(u.cause()) : Optional.empty());
    return call.send(within, Duration.ZERO, () -> cloud.describe(member, address));
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    Duration asked = cloud.sim.now();
    return write(Operation.TAKEOVER, request.address())
        .send(
            within, cloud.faults().lateness(member), () -> cloud.takeover(member, request, asked));
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    Duration asked = cloud.sim.now();
    return write(Operation.RELINQUISH, address)
        .send(
            within,
            cloud.faults().lateness(member),
            () -> cloud.relinquish(member, address, asked));
  }

  @Override
  public void close() {
    closed = true;
  }

  private Call<CloudResult<Move>> write(Operation operation, IpAddress address) {
    return new Call<>(
        operation,
        address,
        CloudResult.Failed::new,
        r -> r instanceof CloudResult.Failed<Move> f ? Optional.of(f.failure()) : Optional.empty());
  }

  /** One call on its way. */
  private final class Call<T> {

    private final Operation operation;
    private final IpAddress address;
    private final Function<CloudFailure, T> failed;
    private final Function<T, Optional<CloudFailure>> failure;
    private final Duration made = cloud.sim.now();
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Call(
        Operation operation,
        IpAddress address,
        Function<CloudFailure, T> failed,
        Function<T, Optional<CloudFailure>> failure) {
      this.operation = operation;
      this.address = address;
      this.failed = failed;
      this.failure = failure;
    }

    CompletableFuture<T> send(Duration within, Duration late, Supplier<T> request) {
      cloud.made(member, operation);
      CallOutcome doubt =
          operation == Operation.DESCRIBE ? CallOutcome.NOT_APPLIED : CallOutcome.UNKNOWN;
      if (closed) {
        end(fail(CloudFailureKind.UNAVAILABLE, CallOutcome.NOT_APPLIED, "the binding is closed"));
        return answer;
      }
      cloud.later(
          within,
          "a deadline of " + member,
          () -> end(fail(CloudFailureKind.TIMEOUT, doubt, "no reply within " + within)));
      if (cloud.faults().blackout(member)) {
        T refused =
            fail(CloudFailureKind.UNAVAILABLE, CallOutcome.NOT_APPLIED, "no way to the cloud");
        cloud.later(CONNECT, "a connect timeout of " + member, () -> end(refused));
        return answer;
      }
      Duration there = half();
      cloud.later(there.plus(late), "a request of " + member, () -> arrive(request, doubt));
      return answer;
    }

    private void arrive(Supplier<T> request, CallOutcome doubt) {
      T reply = serve(request);
      boolean lost = cloud.faults().blackout(member) || cloud.faults().losesReplies(member);
      T heard =
          lost ? fail(CloudFailureKind.UNAVAILABLE, doubt, "the connection was reset") : reply;
      cloud.later(half(), "a reply to " + member, () -> end(heard));
    }

    private T serve(Supplier<T> request) {
      boolean inRate = cloud.withinRate(member);
      CloudFailureKind refusal =
          cloud.faults().refusal(member).orElse(inRate ? null : CloudFailureKind.THROTTLED);
      if (refusal == null) {
        return request.get();
      }
      CloudFailure refused =
          CloudFailure.of(
              refusal,
              CallOutcome.NOT_APPLIED,
              operation + " " + address,
              "refused by the simulated cloud",
              "end the fault");
      boolean waits = refusal == CloudFailureKind.THROTTLED;
      return failed.apply(
          waits ? cloud.faults().retryAfter().map(refused::after).orElse(refused) : refused);
    }

    private T fail(CloudFailureKind kind, CallOutcome outcome, String message) {
      return failed.apply(CloudFailure.of(kind, outcome, operation + " " + address, message, ""));
    }

    private void end(T result) {
      if (answer.complete(result)) {
        Optional<CloudFailure> why = failure.apply(result);
        cloud.ended(
            new CloudRequest(
                made,
                cloud.sim.now(),
                member,
                operation,
                address,
                why.map(CloudFailure::kind),
                why.map(CloudFailure::outcome).orElse(CallOutcome.APPLIED)));
      }
    }

    private Duration half() {
      return cloud.random.between(cloud.faults().least(), cloud.faults().most()).dividedBy(2);
    }
  }
}
