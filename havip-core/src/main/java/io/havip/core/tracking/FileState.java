package io.havip.core.tracking;

import java.util.OptionalInt;

/**
 * The standing value of a file that a router depends on.
 *
 * @param knowledge whether it was read
 * @param value its value, 0 until it was read
 * @param emptied whether the last reading found nothing, which the next one must confirm
 */
public record FileState(Knowledge knowledge, int value, boolean emptied) {

  /** How a value came to be known. */
  public enum Knowledge {
    /** Not read yet. */
    UNREAD,
    /**
     * Not read yet, and costs nothing: a file that was added to a running router must not throw it
     * out before it has been read.
     */
    TRUSTED,
    /** Read. */
    READ
  }

  /** {@return the state before the first reading} */
  public static FileState initial() {
    return new FileState(Knowledge.UNREAD, 0, false);
  }

  /** {@return the state before the first reading of a file that is added to a running router} */
  public static FileState trusted() {
    return new FileState(Knowledge.TRUSTED, 0, false);
  }

  /**
   * {@return the state after one more reading}
   *
   * @param content what it found
   */
  public FileState after(FileContent content) {
    return switch (content) {
      case FileContent.Unreadable ignored -> read(0);
      case FileContent.Text text when text.isEmpty() ->
          value == 0 || emptied ? read(0) : new FileState(knowledge, value, true);
      case FileContent.Text text -> {
        OptionalInt number = text.number();
        yield read(number.orElse(value));
      }
    };
  }

  private static FileState read(int value) {
    return new FileState(Knowledge.READ, value, false);
  }
}
