package io.havip.core.keepalived;

import io.havip.NotifyCommand;
import io.havip.NotifyCommand.Occasion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The notify commands of a {@code vrrp_instance} or a {@code vrrp_sync_group}. */
final class NotifyDraft {

  private final Map<Occasion, NotifyCommand> specific = new EnumMap<>(Occasion.class);
  private @Nullable NotifyCommand general;

  /**
   * Reads a statement. As in Keepalived the first of several counts.
   *
   * @return whether it is about notify commands
   */
  boolean read(Node node, Optional<String> userName, Report report) {
    switch (node.keyword().text()) {
      case "notify" -> {
        if (first(node, general, report)) {
          general = argv(node, userName, report).map(NotifyCommand::onEveryState).orElse(general);
        }
      }
      case "notify_master" -> specific(Occasion.ACTIVE, node, userName, report);
      case "notify_backup" -> specific(Occasion.BACKUP, node, userName, report);
      case "notify_fault" -> specific(Occasion.FAULT, node, userName, report);
      case "notify_stop" -> specific(Occasion.STOP, node, userName, report);
      case "notify_master_rx_lower_pri" ->
          specific(Occasion.LOWER_PRIORITY_HEARD, node, userName, report);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The commands, those for an occasion before the general one, as Keepalived starts them. */
  List<NotifyCommand> commands() {
    List<NotifyCommand> commands = new ArrayList<>(specific.values());
    if (general != null) {
      commands.add(general);
    }
    return commands;
  }

  private void specific(Occasion occasion, Node node, Optional<String> userName, Report report) {
    if (first(node, specific.get(occasion), report)) {
      argv(node, userName, report)
          .ifPresent(argv -> specific.put(occasion, NotifyCommand.on(occasion, argv)));
    }
  }

  private static boolean first(Node node, @Nullable NotifyCommand before, Report report) {
    if (before == null) {
      return true;
    }
    String keyword = node.keyword().text();
    report.warn(node.at(), keyword, keyword + " was given before", "the first one");
    return false;
  }

  /** The command line; a user and a group may stand behind it. */
  private static Optional<String[]> argv(Node node, Optional<String> userName, Report report) {
    Optional<List<String>> argv = ScriptCommand.read(node, report, true);
    if (argv.isPresent() && node.arguments().size() > 1) {
      Users.check(node.arguments().get(1), node.keyword().text(), userName, report);
    }
    return argv.map(words -> words.toArray(String[]::new));
  }
}
