package io.havip.tencent.metadata;

/** The metadata service has no answer. The message never holds a part of a reply. */
public final class MetadataException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean passing;

  MetadataException(String message, boolean passing) {
    super("the metadata service at " + message);
    this.passing = passing;
  }

  /**
   * {@return whether asking again may help; false if the service says that there is no such value}
   */
  public boolean passing() {
    return passing;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
