package io.havip.testkit.cloud;

import io.havip.core.vpc.AddressRefusal;
import io.havip.core.vpc.HavipRefusal;
import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcRefusal;
import io.havip.core.vpc.VpcState;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.testkit.vpc.ApiReply;
import io.havip.testkit.vpc.ApiRequest;
import io.havip.testkit.vpc.SimVpc;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of an administrator: several requests, one deadline and one answer. */
final class Errand<T> {

  /** Between two looks at what is not there yet. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final AnnouncedCloud cloud;
  private final SimVpc vpc;
  private final String member;
  private final String operation;
  private final CompletableFuture<CloudResult<T>> answer = new CompletableFuture<>();

  /** What is shown must not be older: the begin of the call, or the end of its last write. */
  private Instant since;

  /** Whether a write is under way, or has been carried out. */
  private boolean wrote;

  Errand(
      AnnouncedCloud cloud,
      SimVpc vpc,
      String member,
      String operation,
      Duration within,
      boolean closed) {
    this.cloud = cloud;
    this.vpc = vpc;
    this.member = member;
    this.operation = operation;
    since = vpc.clock();
    if (closed) {
      fail(CloudFailureKind.UNAVAILABLE, "the binding is closed");
    } else {
      cloud.later(
          within,
          "a deadline of " + member,
          () -> fail(CloudFailureKind.TIMEOUT, "not done within " + within));
    }
  }

  CompletableFuture<CloudResult<T>> answer() {
    return answer;
  }

  void done(T value) {
    answer.complete(new CloudResult.Done<>(value));
  }

  void fail(CloudFailureKind kind, String message) {
    CallOutcome outcome = wrote ? CallOutcome.UNKNOWN : CallOutcome.NOT_APPLIED;
    CloudFailure failure = CloudFailure.of(kind, outcome, operation, message, "");
    answer.complete(
        new CloudResult.Failed<>(
            kind == CloudFailureKind.THROTTLED
                ? cloud.faults().retryAfter().map(failure::after).orElse(failure)
                : failure));
  }

  CompletableFuture<CloudResult<T>> refuse(CloudFailureKind kind, String message) {
    fail(kind, message);
    return answer;
  }

  /** Looks until what is shown is no older than this call and what it wrote. */
  void look(Consumer<VpcState> then) {
    call(
        new ApiRequest.Describe(),
        reply -> {
          if (!(reply instanceof ApiReply.Described(VpcState state, Instant asOf))) {
            throw unexpected(reply);
          } else if (asOf.isBefore(since)) {
            cloud.later(PAUSE, "another look of " + member, () -> look(then));
          } else {
            then.accept(state);
          }
        });
  }

  /** Writes, and waits for the end of its task if it has one. */
  void write(VpcCommand command, @Nullable String token, Runnable then) {
    if (answer.isDone()) {
      return;
    }
    boolean before = wrote;
    wrote = true;
    vpc.api()
        .call(
            member,
            new ApiRequest.Write(command, token, null),
            reply -> {
              if (answer.isDone()) {
                return;
              }
              switch (reply) {
                case ApiReply.Done done -> goOn(then);
                case ApiReply.Started(String task) -> await(task, before, then);
                case ApiReply.Failed failed -> {
                  wrote = before;
                  failed(failed);
                }
                case ApiReply.NoReply none -> fail(CloudFailureKind.TIMEOUT, "no reply");
                case ApiReply.Described described -> throw unexpected(described);
                case ApiReply.Task task -> throw unexpected(task);
              }
            });
  }

  private void goOn(Runnable then) {
    since = vpc.clock();
    then.run();
  }

  private void await(String task, boolean before, Runnable then) {
    call(
        new ApiRequest.DescribeTask(task),
        reply -> {
          if (!(reply instanceof ApiReply.Task found)) {
            throw unexpected(reply);
          }
          switch (found.status()) {
            case RUNNING ->
                cloud.later(PAUSE, "another look of " + member, () -> await(task, before, then));
            case SUCCESS -> goOn(then);
            case FAILED -> {
              wrote = before;
              refused(found.refusal());
            }
          }
        });
  }

  /** Reads; what has no result ends the errand. */
  private void call(ApiRequest request, Consumer<ApiReply> then) {
    if (answer.isDone()) {
      return;
    }
    vpc.api()
        .call(
            member,
            request,
            reply -> {
              if (answer.isDone()) {
                return;
              }
              switch (reply) {
                case ApiReply.Failed failed -> failed(failed);
                case ApiReply.NoReply none -> fail(CloudFailureKind.TIMEOUT, "no reply");
                default -> then.accept(reply);
              }
            });
  }

  private void failed(ApiReply.Failed failed) {
    if (failed.refusal() != null) {
      refused(failed.refusal());
    } else {
      fail(ApiErrors.kind(failed.error()), failed.error().code());
    }
  }

  private void refused(@Nullable VpcRefusal refusal) {
    fail(kind(refusal), refusal == null ? "the task came to nothing" : refusal.explain());
  }

  private static CloudFailureKind kind(@Nullable VpcRefusal refusal) {
    return switch (refusal) {
      case AddressRefusal.AddressInUse used -> CloudFailureKind.CONFLICT;
      case AddressRefusal.AddressOutsideSubnet outside -> CloudFailureKind.INVALID;
      case AddressRefusal.AddressReserved reserved -> CloudFailureKind.INVALID;
      case AddressRefusal.SubnetExhausted exhausted -> CloudFailureKind.CAPACITY;
      case HavipRefusal.HavipQuotaReached quota -> CloudFailureKind.QUOTA;
      case HavipRefusal.HavipNameLength name -> CloudFailureKind.INVALID;
      case HavipRefusal.DriftRangeMixed mixed -> CloudFailureKind.INVALID;
      case HavipRefusal.PrimaryInterfaceInRange primary -> CloudFailureKind.INVALID;
      case HavipRefusal.MemberOutsideSubnet outside -> CloudFailureKind.WRONG_SUBNET;
      case VpcRefusal.NotFound missing -> CloudFailureKind.NOT_FOUND;
      case null, default -> CloudFailureKind.INCORRECT_STATE;
    };
  }

  private static IllegalStateException unexpected(ApiReply reply) {
    return new IllegalStateException("not a reply to this request: " + reply);
  }
}
