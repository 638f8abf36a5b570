package io.havip.tencent.client;

import io.havip.spi.cloud.CloudResult;
import java.util.function.Function;

/** Goes on after a call that worked, and hands a failure through. */
public final class Results {

  private Results() {}

  /**
   * Applies a function to the value of a call that worked.
   *
   * @param result the call
   * @param next makes the new value
   * @param <A> the type of the value
   * @param <B> the type of the new value
   * @return the new value, or the same failure
   */
  public static <A, B> CloudResult<B> map(CloudResult<A> result, Function<A, B> next) {
    return then(result, value -> new CloudResult.Done<>(next.apply(value)));
  }

  /**
   * Makes another call after one that worked.
   *
   * @param result the first call
   * @param next the second call
   * @param <A> the type of the first value
   * @param <B> the type of the second value
   * @return what became of the second call, or the failure of the first
   */
  public static <A, B> CloudResult<B> then(
      CloudResult<A> result, Function<A, CloudResult<B>> next) {
    return switch (result) {
      case CloudResult.Done<A>(A value) -> next.apply(value);
      case CloudResult.Failed<A> failed -> new CloudResult.Failed<>(failed.failure());
    };
  }
}
