package io.havip.testkit.vpc;

import io.havip.core.vpc.VpcCommand;
import io.havip.vpc.NetworkInterface;
import org.jspecify.annotations.Nullable;

/** What a caller asks the API for. */
public sealed interface ApiRequest {

  /**
   * Names the action, for which calls are counted and limited.
   *
   * @return the name
   */
  String action();

  /**
   * Changes something.
   *
   * @param command what to do
   * @param token makes a repetition of the same request harmless, or null
   * @param expected an interface as the caller knows it, or null: if it is no longer so, nothing is
   *     done. This is how GCP's fingerprint works.
   */
  record Write(VpcCommand command, @Nullable String token, @Nullable NetworkInterface expected)
      implements ApiRequest {

    /**
     * A write without token and condition.
     *
     * @param command what to do
     */
    public Write(VpcCommand command) {
      this(command, null, null);
    }

    @Override
    public String action() {
      return command.getClass().getSimpleName();
    }
  }

  /** Asks for everything there is, as of a little while ago. */
  record Describe() implements ApiRequest {
    @Override
    public String action() {
      return "Describe";
    }
  }

  /**
   * Asks how a task is doing.
   *
   * @param task its id
   */
  record DescribeTask(String task) implements ApiRequest {
    @Override
    public String action() {
      return "DescribeTask";
    }
  }
}
