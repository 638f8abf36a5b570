package io.havip.core.keepalived;

import java.util.List;
import java.util.Optional;

/** Reads the command behind a keyword: a quoted text with a program and its arguments. */
final class ScriptCommand {

  private ScriptCommand() {}

  /**
   * The command of a statement, split into its words.
   *
   * @param usersFollow whether a user and a group may stand behind the command
   * @return empty if there is none to use, which was reported unless nothing follows the keyword
   */
  static Optional<List<String>> read(Node node, Report report, boolean usersFollow) {
    String keyword = node.keyword().text();
    Optional<List<String>> words = CommandLine.split(node.raw());
    Optional<List<String>> argv =
        words.filter(w -> w.size() > 1).flatMap(w -> CommandLine.split(w.get(1)));
    if (words.isEmpty() || (words.get().size() > 1 && argv.isEmpty())) {
      report.warn(node.at(), keyword, "a quote in the command is not closed; it is not used");
      return Optional.empty();
    }
    if (argv.isEmpty() || argv.get().isEmpty() || argv.get().getFirst().isBlank()) {
      return Optional.empty();
    }
    if (argv.get().getFirst().startsWith("<")) {
      report.warn(
          node.at(), keyword, "a command cannot start with '<'; run a shell, as in bash -c");
      return Optional.empty();
    }
    if (words.get().size() > 2 && !usersFollow) {
      report.warn(
          node.at(),
          keyword,
          "only the first word is the command, put quotes around all of it",
          Word.quote(words.get().get(1)));
    }
    return argv;
  }
}
