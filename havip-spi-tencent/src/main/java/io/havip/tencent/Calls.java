package io.havip.tencent;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Observation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What all calls of a binding have in common: one writer for an address, and no exception. */
final class Calls {

  private final Set<IpAddress> writing = ConcurrentHashMap.newKeySet();

  /**
   * Runs a call that writes, unless another one for the address is still running: the node may have
   * given up on that one, but its request may still be on its way.
   */
  <T> CompletableFuture<CloudResult<T>> write(
      IpAddress address, String operation, Supplier<CloudResult<T>> call) {
    if (!writing.add(address)) {
      return CompletableFuture.completedFuture(
          failed(
              CloudFailureKind.BUSY,
              CallOutcome.NOT_APPLIED,
              operation,
              "an earlier call for " + address + " is still running",
              ""));
    }
    try {
      return CompletableFuture.completedFuture(call.get());
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(
          failed(CloudFailureKind.UNAVAILABLE, CallOutcome.UNKNOWN, operation, bug(e), ""));
    } finally {
      writing.remove(address);
    }
  }

  /** Runs a call that reads. */
  static CompletableFuture<Observation> observe(String operation, Supplier<Observation> call) {
    try {
      return CompletableFuture.completedFuture(call.get());
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(
          new Observation.Unknown(
              CloudFailure.of(
                  CloudFailureKind.UNAVAILABLE, CallOutcome.NOT_APPLIED, operation, bug(e), "")));
    }
  }

  static <T> CloudResult<T> failed(
      CloudFailureKind kind, CallOutcome outcome, String operation, String message, String advice) {
    return new CloudResult.Failed<>(CloudFailure.of(kind, outcome, operation, message, advice));
  }

  /** Refused before anything was sent. */
  static <T> CloudResult<T> refused(
      CloudFailureKind kind, String operation, String message, String advice) {
    return failed(kind, CallOutcome.NOT_APPLIED, operation, message, advice);
  }

  private static String bug(RuntimeException e) {
    return "an error in the binding: " + e.getClass().getName();
  }
}
