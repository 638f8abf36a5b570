package io.havip.tencent.credentials;

/**
 * There are no usable credentials. The message says where they were looked for and what to do; it
 * never holds a part of one, and neither does its cause.
 */
public final class CredentialsException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whether it may be well again without anybody doing anything. */
  private final boolean passing;

  /**
   * Creates the exception.
   *
   * @param message what is missing, where, and what to do
   * @param passing whether trying again later may help without a person doing anything
   */
  public CredentialsException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /**
   * {@return whether trying again later may help}
   *
   * <p>True for a metadata service that did not answer, false for a variable that is not set.
   */
  public boolean passing() {
    return passing;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
