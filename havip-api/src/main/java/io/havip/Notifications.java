package io.havip;

import java.util.List;

/**
 * Who outside the process is told of one virtual router. The pipes of the node ({@link
 * HavipConfig#notifyFifos}) are told of all routers.
 *
 * @param commands what runs; for one notice in this order
 * @param priorityChanges whether the node's pipes also get a line when the effective priority of
 *     the router changes while it is ACTIVE ({@code MASTER_PRIORITY}) or BACKUP ({@code
 *     BACKUP_PRIORITY})
 * @param tellsDeletion whether a router that a change of the configuration removes is told of as
 *     {@code DELETED} ({@link NotifyCommand.Occasion#DELETED}) instead of {@code STOP}
 */
public record Notifications(
    List<NotifyCommand> commands, boolean priorityChanges, boolean tellsDeletion) {

  /** No commands, and no lines about priorities. */
  public static final Notifications NONE = new Notifications(List.of(), false, false);

  /** Copies the list. */
  public Notifications {
    commands = List.copyOf(commands);
  }

  /**
   * Commands, and no lines about priorities.
   *
   * @param commands what runs; for one notice in this order
   * @return the notifications
   */
  public static Notifications of(NotifyCommand... commands) {
    return new Notifications(List.of(commands), false, false);
  }
}
