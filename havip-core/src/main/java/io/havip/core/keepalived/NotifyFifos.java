package io.havip.core.keepalived;

import io.havip.NotifyFifo;
import io.havip.NotifyFifo.Reader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipes of {@code global_defs} and what reads them. As in Keepalived the first of several
 * counts, and what they run as is decided when all of the file's users are known.
 */
final class NotifyFifos {

  private static final String SCRIPT = "_script";

  private final Report report;
  private final CommandRules commands;
  private final Map<String, Node> fifos = new LinkedHashMap<>();
  private final Map<String, Node> scripts = new LinkedHashMap<>();
  private boolean repeatStates;

  NotifyFifos(Report report, CommandRules commands) {
    this.report = report;
    this.commands = commands;
  }

  /** Takes a pipe, or what reads it. */
  void read(Node node) {
    String keyword = node.keyword().text();
    Map<String, Node> before = keyword.endsWith(SCRIPT) ? scripts : fifos;
    if (node.arguments().isEmpty()) {
      String what = keyword.endsWith(SCRIPT) ? " needs a command" : " needs a path";
      report.warn(node.at(), keyword, keyword + what + "; it is not used");
    } else if (before.putIfAbsent(keyword, node) != null) {
      report.warn(node.at(), keyword, keyword + " was given before", "the first one");
    }
  }

  /** Takes a {@code fifo_write_vrrp_states_on_reload}. */
  void repeatStates() {
    repeatStates = true;
  }

  /** The pipes, in the order of the file. */
  List<NotifyFifo> resolve() {
    List<NotifyFifo> usable = new ArrayList<>();
    Map<String, Reader> readers = new HashMap<>();
    scripts.forEach((keyword, node) -> {
      String pipe = keyword.substring(0, keyword.length() - SCRIPT.length());
      if (fifos.containsKey(pipe)) {
        commands
            .command(node)
            .ifPresent(toRun -> readers.put(pipe, new Reader(toRun.argv(), toRun.runAs())));
      } else {
        report.warn(node.at(), keyword, "there is no " + pipe + " to read; it is not used");
      }
    });
    fifos.forEach((keyword, node) ->
        fifo(node, usable, Optional.ofNullable(readers.get(keyword))).ifPresent(usable::add));
    return usable;
  }

  private Optional<NotifyFifo> fifo(Node node, List<NotifyFifo> others, Optional<Reader> reader) {
    String keyword = node.keyword().text();
    List<Word> words = node.arguments();
    Word word = words.getFirst();
    Path path;
    try {
      path = Path.of(word.text());
    } catch (InvalidPathException e) {
      report.warn(word.at(), keyword, word.shown() + " is no path; it is not used");
      return Optional.empty();
    }
    if (word.text().isBlank() || others.stream().anyMatch(o -> o.path().equals(path))) {
      report.warn(word.at(), keyword, word.shown() + " is no pipe of its own; it is not used");
      return Optional.empty();
    }
    Optional<CommandRules.User> owner =
        words.size() > 1
            ? commands.user(words.subList(1, words.size()), keyword, "the pipe is not used")
            : commands.usualUser().or(() -> Optional.of(new CommandRules.User(Optional.empty())));
    return owner.map(user -> new NotifyFifo(path, user.runAs(), reader, repeatStates));
  }
}
