package io.havip.core.keepalived;

import io.havip.NotifyCommand;
import io.havip.NotifyCommand.Occasion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The notify commands of a {@code vrrp_instance} or a {@code vrrp_sync_group}. */
final class NotifyDraft {

  private final Map<Occasion, NotifyCommand> specific = new EnumMap<>(Occasion.class);
  private @Nullable NotifyCommand general;
  private boolean tellsDeletion;

  /**
   * Reads a statement. As in Keepalived the first of several counts.
   *
   * @return whether it is about notify commands
   */
  boolean read(Node node, CommandRules rules, Report report) {
    switch (node.keyword().text()) {
      case "notify" -> {
        if (first(node, general, report)) {
          general = command(node, rules, NotifyCommand::onEveryState).orElse(general);
        }
      }
      case "notify_master" -> specific(Occasion.ACTIVE, node, rules, report);
      case "notify_backup" -> specific(Occasion.BACKUP, node, rules, report);
      case "notify_fault" -> specific(Occasion.FAULT, node, rules, report);
      case "notify_stop" -> specific(Occasion.STOP, node, rules, report);
      case "notify_deleted" -> {
        tellsDeletion = true;
        if (!node.arguments().isEmpty()) {
          specific(Occasion.DELETED, node, rules, report);
        }
      }
      case "notify_master_rx_lower_pri" ->
          specific(Occasion.LOWER_PRIORITY_HEARD, node, rules, report);
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

  /** Whether a router that a reload removes is told of as deleted. */
  boolean tellsDeletion() {
    return tellsDeletion;
  }

  private void specific(Occasion occasion, Node node, CommandRules rules, Report report) {
    if (first(node, specific.get(occasion), report)) {
      command(node, rules, argv -> NotifyCommand.on(occasion, argv))
          .ifPresent(command -> specific.put(occasion, command));
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

  private static Optional<NotifyCommand> command(
      Node node, CommandRules rules, Function<String[], NotifyCommand> of) {
    return rules
        .command(node)
        .map(toRun -> of.apply(toRun.argv().toArray(String[]::new)).withRunAs(toRun.runAs()));
  }
}
