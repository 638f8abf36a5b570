package io.havip;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command that is told what became of a virtual router or of a sync group.
 *
 * <p>Commands of one router, or of one group, run one at a time, in the order of what happened and
 * for one notice in the order of the configuration. Routers do not wait for each other, and the
 * protocol waits for no command. When notices come faster than the commands end, and a few wait
 * already, older ones are left out, an {@link HavipEvent.OperationFailed} says so, and the latest
 * state is told all the same. What a command prints is discarded. A command that cannot be started,
 * fails or takes too long is reported in the same way and not repeated.
 *
 * <p>When the node closes, what is under way has three seconds to end; then the commands for {@link
 * Occasion#STOP} have ten, whatever their own timeout.
 *
 * @param occasions when it runs, at least one
 * @param argv the program and its arguments; no shell is involved
 * @param appendNotice whether four more arguments follow, as Keepalived's {@code notify} has them:
 *     {@code INSTANCE} or {@code GROUP}, the name, Keepalived's word for what happened ({@code
 *     MASTER}, {@code BACKUP}, {@code FAULT}, {@code STOP}, {@code DELETED}, {@code
 *     MASTER_RX_LOWER_PRI}), and the effective priority, 0 for a group
 * @param timeout after which it is asked to end, and killed two seconds later with all that it
 *     started and that is still its own; positive, at most a day
 * @param runAs the user it runs as; that of the process if empty
 */
public record NotifyCommand(
    Set<Occasion> occasions,
    List<String> argv,
    boolean appendNotice,
    Duration timeout,
    Optional<RunAs> runAs) {

  /** How long a command may take unless told otherwise: a minute. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  private static final Set<Occasion> STATES =
      Set.of(Occasion.ACTIVE, Occasion.BACKUP, Occasion.FAULT, Occasion.STOP, Occasion.DELETED);

  /** Copies the collections and checks the values. */
  public NotifyCommand {
    occasions = Set.copyOf(occasions);
    argv = List.copyOf(argv);
    if (occasions.isEmpty()) {
      throw new HavipConfigException("a notify command needs an occasion to run");
    }
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw new HavipConfigException("a notify command needs a program to run");
    }
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new HavipConfigException(
          "the timeout of a notify command must be positive and at most a day, not " + timeout);
    }
  }

  /** When a command runs. */
  public enum Occasion {
    /** It became ACTIVE; its addresses are bound and announced ({@code notify_master}). */
    ACTIVE,
    /** It became BACKUP; its addresses are off ({@code notify_backup}). */
    BACKUP,
    /** It cannot take part ({@code notify_fault}). */
    FAULT,
    /** It stopped, with its node or by a change of the configuration ({@code notify_stop}). */
    STOP,
    /**
     * A change of the configuration removed it ({@code notify_deleted}). Told instead of {@link
     * #STOP} where {@link Notifications#tellsDeletion} says so; never for a group.
     */
    DELETED,
    /**
     * While ACTIVE it heard an advert of lower priority ({@code notify_master_rx_lower_pri}). Never
     * for a group.
     */
    LOWER_PRIORITY_HEARD
  }

  /**
   * A command for every change of state that is told what happened, as {@code notify}.
   *
   * @param argv the program and its own arguments
   * @return the command, with the default timeout
   */
  public static NotifyCommand onEveryState(String... argv) {
    return new NotifyCommand(STATES, List.of(argv), true, DEFAULT_TIMEOUT, Optional.empty());
  }

  /**
   * A command for one occasion that gets its own arguments only, as {@code notify_master} and its
   * like.
   *
   * @param occasion when it runs
   * @param argv the program and its own arguments
   * @return the command, with the default timeout
   */
  public static NotifyCommand on(Occasion occasion, String... argv) {
    return new NotifyCommand(
        Set.of(occasion), List.of(argv), false, DEFAULT_TIMEOUT, Optional.empty());
  }

  /**
   * {@return the same command with another timeout}
   *
   * @param newTimeout positive, at most a day
   */
  public NotifyCommand withTimeout(Duration newTimeout) {
    return new NotifyCommand(occasions, argv, appendNotice, newTimeout, runAs);
  }

  /**
   * {@return the same command, run as another user}
   *
   * @param user the user; that of the process if empty
   */
  public NotifyCommand withRunAs(Optional<RunAs> user) {
    return new NotifyCommand(occasions, argv, appendNotice, timeout, user);
  }
}
