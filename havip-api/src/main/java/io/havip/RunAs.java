package io.havip;

import java.util.Optional;

/**
 * The user a command runs as, where that is not the user of the process. Only a process that may
 * change its user (root, or CAP_SETUID and CAP_SETGID) can do it, and on Linux only: the program
 * {@code setpriv} of util-linux starts the command. A command that cannot be run as this user does
 * not run at all, which counts as its failure.
 *
 * @param user name of a user of this host, or a number
 * @param group name of a group of this host, or a number; the user's own if empty
 * @param supplementaryGroups whether it also has the supplementary groups that the host gives this
 *     user; otherwise it has none
 */
public record RunAs(String user, Optional<String> group, boolean supplementaryGroups) {

  /** Refuses what cannot be a name. */
  public RunAs {
    check(user);
    group.ifPresent(RunAs::check);
  }

  /**
   * A user with one group alone.
   *
   * @param user name of a user of this host, or a number
   * @param group name of a group of this host, or a number; the user's own if empty
   */
  public RunAs(String user, Optional<String> group) {
    this(user, group, false);
  }

  /**
   * A user with the user's own group alone.
   *
   * @param user name of a user of this host, or a number
   * @return the user
   */
  public static RunAs user(String user) {
    return new RunAs(user, Optional.empty());
  }

  /** {@return the same user with the supplementary groups that the host gives it} */
  public RunAs withSupplementaryGroups() {
    return new RunAs(user, group, true);
  }

  private static void check(String name) {
    if (!name.matches("[\\p{L}\\p{N}_.][\\p{L}\\p{N}_.$@\\\\-]*")) {
      throw new HavipConfigException("\"" + name + "\" is no name of a user or a group");
    }
  }

  /** {@return user and group as {@code chown} takes them} */
  @Override
  public String toString() {
    return user + group.map(g -> ":" + g).orElse("");
  }
}
