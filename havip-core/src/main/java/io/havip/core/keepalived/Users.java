package io.havip.core.keepalived;

import java.util.Optional;

/** Compares the user a script is to run as with the one it will run as. */
final class Users {

  private Users() {}

  static void check(Word user, String keyword, Optional<String> own, Report report) {
    check(user, keyword, "commands run as the user of the process, not as ", own, report);
  }

  /** The same for what is not a command. */
  static void check(
      Word user, String keyword, String problem, Optional<String> own, Report report) {
    if (!own.equals(Optional.of(user.text()))) {
      report.warn(
          user.at(),
          keyword,
          problem + user.shown(),
          own.map(Word::quote).orElse("the user of the process"));
    }
  }
}
