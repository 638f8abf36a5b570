package io.havip.core.node;

import io.havip.core.cloud.CloudCall;
import io.havip.core.cloud.Input;
import io.havip.spi.Platform;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of a binding, on a worker. Its end is reported on the loop unless cancelled before. */
final class CloudRun {

  private final long id;
  private final CloudCall call;
  private final Platform platform;
  private final Consumer<Input> whenEnded;
  private final FutureTask<?> task;
  private final Flight flight;
  private final Flight.CloudCall told;
  private volatile @Nullable CompletableFuture<?> answer;
  private boolean over;

  CloudRun(
      long id,
      CloudCall call,
      CloudBinding binding,
      Duration within,
      Platform platform,
      Consumer<Input> whenEnded) {
    this.id = id;
    this.call = call;
    this.platform = platform;
    this.whenEnded = whenEnded;
    flight = new Flight(platform);
    told = flight.cloudCall();
    task = new FutureTask<>(() -> make(binding, within), null);
    try {
      platform.workers().execute(task);
    } catch (RejectedExecutionException e) {
      report(failed(CallOutcome.NOT_APPLIED, "no worker takes the call"));
    }
  }

  void cancel() {
    over = true;
    task.cancel(true);
    CompletableFuture<?> running = answer;
    if (running != null) {
      running.cancel(true);
    }
  }

  /** Runs on a worker. What a binding throws against its promise must not be lost. */
  private void make(CloudBinding binding, Duration within) {
    try {
      CompletableFuture<Input> running =
          switch (call) {
            case CloudCall.Describe describe ->
                ask(binding.describe(describe.address(), within), this::seen);
            case CloudCall.Takeover takeover ->
                ask(binding.takeover(takeover.request(), within), this::ended);
            case CloudCall.Relinquish relinquish ->
                ask(binding.relinquish(relinquish.address(), within), this::ended);
          };
      var unused =
          running.whenComplete((input, thrown) ->
              report(input != null ? input : failed(CallOutcome.UNKNOWN, String.valueOf(thrown))));
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      report(failed(CallOutcome.UNKNOWN, "the binding threw " + e));
    }
  }

  private <T> CompletableFuture<Input> ask(
      CompletableFuture<T> running, Function<T, Input> toInput) {
    answer = running;
    return running.thenApply(toInput);
  }

  private Input seen(Observation observation) {
    return new Input.Observed(id, observation);
  }

  private Input ended(CloudResult<Move> result) {
    return new Input.Ended(id, result);
  }

  private void report(Input input) {
    platform.execute(() -> {
      if (!over) {
        over = true;
        flight.end(told, call.describe(), input);
        whenEnded.accept(input);
      }
    });
  }

  private Input failed(CallOutcome outcome, String message) {
    CallOutcome of = call.writes() ? outcome : CallOutcome.NOT_APPLIED;
    CloudFailure failure =
        CloudFailure.of(CloudFailureKind.UNAVAILABLE, of, call.describe(), message, "");
    return call.writes()
        ? new Input.Ended(id, new CloudResult.Failed<>(failure))
        : new Input.Observed(id, new Observation.Unknown(failure));
  }
}
