package io.havip.testkit.vpc;

import io.havip.core.vpc.VpcRefusal;
import io.havip.core.vpc.VpcState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a caller gets. */
public sealed interface ApiReply {

  /** The write is done. */
  record Done() implements ApiReply {}

  /**
   * The write is under way.
   *
   * @param task asks for its end with {@link ApiRequest.DescribeTask}
   */
  record Started(String task) implements ApiReply {}

  /**
   * Everything there is.
   *
   * @param state as it was
   * @param asOf when it was so
   */
  record Described(VpcState state, Instant asOf) implements ApiReply {}

  /**
   * A task.
   *
   * @param status how it is doing
   * @param refusal the rule that made it fail, or null
   */
  record Task(TaskStatus status, @Nullable VpcRefusal refusal) implements ApiReply {}

  /**
   * The API answers with an error, and nothing was done.
   *
   * @param error why
   * @param refusal the rule, if {@link ApiError#REFUSED}, or null
   */
  record Failed(ApiError error, @Nullable VpcRefusal refusal) implements ApiReply {}

  /** Nothing came back in time. The write may have been done, may be done yet, or may never be. */
  record NoReply() implements ApiReply {}

  /** How a task is doing. */
  enum TaskStatus {
    /** It is not done yet. */
    RUNNING,
    /** It is done. */
    SUCCESS,
    /** It came to nothing. */
    FAILED
  }
}
