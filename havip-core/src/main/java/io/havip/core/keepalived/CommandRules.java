package io.havip.core.keepalived;

import io.havip.HavipConfigException;
import io.havip.RunAs;
import java.util.List;
import java.util.Optional;

/** Decides which user a command runs as, and whether it may run at all. */
final class CommandRules {

  private static final String ROOT = "root";

  /** Keepalived runs commands as this user if it exists and nothing else is said. */
  private static final String USUAL_USER = "keepalived_script";

  /**
   * A command as it is to run.
   *
   * @param argv the program and its arguments
   * @param runAs the user, if it is not that of the process
   */
  record ToRun(List<String> argv, Optional<RunAs> runAs) {}

  /** A user for whom something can be run or made; empty is the user of the process. */
  record User(Optional<RunAs> runAs) {}

  private final Report report;
  private final Optional<String> own;
  private final Optional<ScriptHost> host;
  private Optional<User> usual;
  private boolean secure;
  private boolean allGroups;

  CommandRules(Report report, ReadOptions options) {
    this.report = report;
    own = options.userName();
    host = options.scriptHost();
    boolean usualExists = host.filter(h -> h.hasUser(USUAL_USER)).isPresent();
    boolean takesIt = runsAsRoot() && usualExists;
    usual = Optional.of(new User(Optional.of(RunAs.user(USUAL_USER)).filter(u -> takesIt)));
  }

  /** Takes a {@code script_user}. */
  void scriptUser(Node node) {
    if (node.arguments().isEmpty()) {
      report.warn(node.at(), "script_user", "script_user needs a user; it is not used");
      return;
    }
    usual =
        user(node.arguments(), "script_user", "commands without a user of their own are not used");
  }

  /** Takes an {@code enable_script_security}. */
  void secure() {
    secure = true;
  }

  /** Takes a {@code set_supplementary_groups}. */
  void allGroups() {
    allGroups = true;
  }

  /** Who commands run as unless they say otherwise; empty if script_user named nobody there is. */
  Optional<User> usualUser() {
    return usual;
  }

  /** The command of a statement, behind which a user and a group may stand. */
  Optional<ToRun> command(Node node) {
    Optional<List<String>> argv = ScriptCommand.read(node, report, true);
    String keyword = node.keyword().text();
    List<Word> words = node.arguments();
    Optional<User> user =
        words.size() > 1
            ? user(words.subList(1, words.size()), keyword, "the command is not used")
            : usual;
    return argv.flatMap(line -> user.flatMap(u -> allow(line, u.runAs(), node.at(), keyword)));
  }

  /**
   * The user that the words name, with a group if there is a second.
   *
   * @param otherwise what becomes of what has no user
   * @return empty if there is no such user, which was reported
   */
  Optional<User> user(List<Word> words, String keyword, String otherwise) {
    Word user = words.getFirst();
    Optional<Word> group = words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
    if (host.isPresent() && !host.get().hasUser(user.text())) {
      report.warn(user.at(), keyword, "there is no user " + user.shown() + "; " + otherwise);
      return Optional.empty();
    }
    if (host.isPresent() && group.isPresent() && !host.get().hasGroup(group.get().text())) {
      Word missing = group.get();
      report.warn(missing.at(), keyword, "there is no group " + missing.shown() + "; " + otherwise);
      return Optional.empty();
    }
    boolean isOwn = own.equals(Optional.of(user.text()));
    if (isOwn && (group.isEmpty() || !runsAsRoot())) {
      return Optional.of(new User(Optional.empty()));
    }
    if (own.isPresent() && !runsAsRoot()) {
      report.warn(
          user.at(),
          keyword,
          "a process of " + Word.quote(own.get()) + " cannot run anything as " + user.shown(),
          Word.quote(own.get()));
      return Optional.of(new User(Optional.empty()));
    }
    try {
      return Optional.of(new User(Optional.of(new RunAs(user.text(), group.map(Word::text)))));
    } catch (HavipConfigException e) {
      report.warn(user.at(), keyword, e.getMessage() + "; " + otherwise);
      return Optional.empty();
    }
  }

  /**
   * The command, unless {@code enable_script_security} keeps it from running.
   *
   * @return empty if it may not run, which was reported
   */
  Optional<ToRun> allow(List<String> argv, Optional<RunAs> runAs, Position at, String keyword) {
    Optional<String> changeable =
        asRoot(runAs) ? host.flatMap(h -> h.changeableByOthers(argv.getFirst())) : Optional.empty();
    if (changeable.isPresent()) {
      String what =
          "%s would run as root, but others may change %s"
              .formatted(Word.quote(argv.getFirst()), Word.quote(changeable.get()));
      report.warn(at, keyword, secure ? what + "; it is not used" : what);
      if (secure) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new ToRun(argv, allGroups ? runAs.map(RunAs::withSupplementaryGroups) : runAs));
  }

  private boolean runsAsRoot() {
    return own.equals(Optional.of(ROOT));
  }

  private boolean asRoot(Optional<RunAs> runAs) {
    return runAs
        .map(as -> as.user().equals(ROOT) || as.group().equals(Optional.of(ROOT)))
        .orElse(runsAsRoot());
  }
}
