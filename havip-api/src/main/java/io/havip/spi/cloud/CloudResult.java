package io.havip.spi.cloud;

/**
 * What became of a call. A failure is a value: the node decides what follows from it.
 *
 * @param <T> what a call that worked returns
 */
public sealed interface CloudResult<T> {

  /**
   * The call worked.
   *
   * @param value what it returned
   * @param <T> its type
   */
  record Done<T>(T value) implements CloudResult<T> {}

  /**
   * The call failed, which does not mean that it changed nothing.
   *
   * @param failure why, and what it changed
   * @param <T> what it would have returned
   */
  record Failed<T>(CloudFailure failure) implements CloudResult<T> {}
}
