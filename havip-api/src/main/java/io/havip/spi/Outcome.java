package io.havip.spi;

/**
 * What became of an operation on the host. A failure is a value: the node decides what follows from
 * it.
 */
public sealed interface Outcome {

  /** The operation took effect, or was already in effect. */
  Outcome DONE = new Done();

  /** The operation took effect, or was already in effect. */
  record Done() implements Outcome {}

  /**
   * The operation did not take effect.
   *
   * @param operation what was tried, with its object: {@code add 10.0.0.3/24 to eth0}
   * @param cause why it failed, in the host's words: {@code EPERM (operation not permitted)}
   * @param advice what a person can do, or the empty string
   */
  record Failed(String operation, String cause, String advice) implements Outcome {

    /** {@return one sentence with all three parts} */
    public String describe() {
      return operation + " failed: " + cause + (advice.isEmpty() ? "" : "; " + advice);
    }
  }
}
