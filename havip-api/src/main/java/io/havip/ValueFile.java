package io.havip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A file whose content is a whole number, by which somebody else moves a router's priority (see
 * {@link Track.File}). Routers of one node that use the same configuration share its readings.
 *
 * <p>The number stands at the start of the file, in decimal, in octal after a 0 or in hexadecimal
 * after 0x, as C's strtol reads it. A file that is missing, is no regular file, cannot be read or
 * begins with no number has the value 0; a number beyond 32 bits leaves the value as it is. A file
 * found empty counts as 0 only if the next reading finds it empty too, for a writer may just have
 * cut it off.
 *
 * <p>The file is read on a worker thread again and again: a watch by the system would need a thread
 * of its own, and misses changes on network file systems and behind symbolic links. A change that
 * is undone between two readings is not seen; the latest value counts. A reading that hangs leaves
 * the value as it is until it ends.
 *
 * @param name names the file in events and snapshots
 * @param path where it is; a relative path starts at the process's working directory
 * @param interval time from one reading to the next, positive
 * @param initial what is written before the first reading; empty to leave the file alone
 */
public record ValueFile(String name, Path path, Duration interval, Optional<Initial> initial) {

  /** A reading costs microseconds, and Keepalived sees a change at once. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(250);

  /** Checks the name, the path and the interval. */
  public ValueFile {
    require(!name.isBlank(), name, "the name is blank");
    require(!path.toString().isEmpty(), name, "the path is empty");
    Durations.requireDelay("value file \"" + name + "\": the interval", interval);
    require(interval.isPositive(), name, "the interval must be positive, not " + interval);
  }

  /**
   * What is written when the node starts to follow the file, once. A failure to write is reported
   * as a warning.
   *
   * @param value the number
   * @param overwrite whether a regular file that exists is overwritten too; otherwise a file is
   *     only made where there is none
   */
  public record Initial(int value, boolean overwrite) {}

  /**
   * {@return a file that is read four times a second and never written}
   *
   * @param name names the file
   * @param path where it is
   */
  public static ValueFile of(String name, Path path) {
    return new ValueFile(name, path, DEFAULT_INTERVAL, Optional.empty());
  }

  /**
   * {@return the same file, read in another rhythm}
   *
   * @param newInterval time from one reading to the next
   */
  public ValueFile every(Duration newInterval) {
    return new ValueFile(name, path, newInterval, initial);
  }

  /**
   * {@return the same file, written before the first reading}
   *
   * @param newInitial what is written
   */
  public ValueFile startingWith(Initial newInitial) {
    return new ValueFile(name, path, interval, Optional.of(newInitial));
  }

  private static void require(boolean condition, String name, String message) {
    if (!condition) {
      throw new HavipConfigException("value file \"" + name + "\": " + message);
    }
  }
}
