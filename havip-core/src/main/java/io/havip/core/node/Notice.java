package io.havip.core.node;

import io.havip.NotifyCommand;
import io.havip.NotifyCommand.Occasion;
import io.havip.RouterState;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing to tell the outside, in Keepalived's words.
 *
 * @param topic what it is about
 * @param word what happened
 * @param priority the effective priority, 0 for a group
 * @param commands what runs to tell it: the configuration may be another by then
 */
record Notice(Topic topic, String word, int priority, List<NotifyCommand> commands) {

  /** What a later notice says anew, so that it replaces the earlier one. */
  record Topic(Subject subject, Kind kind) {}

  /** Whom a notice is about. */
  record Subject(Sort sort, String name) {}

  /** As scripts and pipes name the sorts of subjects. */
  enum Sort {
    INSTANCE,
    GROUP
  }

  enum Kind {
    STATE,
    PRIORITY,
    LOWER_PRIORITY
  }

  static Notice state(Subject subject, RouterState state, int priority) {
    return new Notice(new Topic(subject, Kind.STATE), word(occasion(state)), priority, List.of());
  }

  static Notice priority(Subject subject, RouterState state, int priority) {
    String word = word(occasion(state)) + "_PRIORITY";
    return new Notice(new Topic(subject, Kind.PRIORITY), word, priority, List.of());
  }

  static Notice lowerPriority(Subject subject, int priority) {
    return new Notice(
        new Topic(subject, Kind.LOWER_PRIORITY),
        word(Occasion.LOWER_PRIORITY_HEARD),
        priority,
        List.of());
  }

  /** A router that is gone for good. */
  static Notice deletion(Subject subject, int priority) {
    return new Notice(new Topic(subject, Kind.STATE), word(Occasion.DELETED), priority, List.of());
  }

  /** The same, told by those of the commands that run on it. */
  Notice by(Stream<NotifyCommand> candidates) {
    return new Notice(
        topic,
        word,
        priority,
        candidates
            .filter(c -> c.occasions().stream().anyMatch(o -> word(o).equals(word)))
            .toList());
  }

  /** The command line that tells it. */
  List<String> argv(NotifyCommand command) {
    if (!command.appendNotice()) {
      return command.argv();
    }
    Subject subject = topic.subject();
    return Stream.concat(
            command.argv().stream(),
            Stream.of(subject.sort().name(), subject.name(), word, Integer.toString(priority)))
        .toList();
  }

  /** The line that tells it; a name cannot break out of it. */
  String line() {
    String name = topic.subject().name().replaceAll("\\p{Cntrl}", "?");
    return "%s \"%s\" %s %d\n".formatted(topic.subject().sort(), name, word, priority);
  }

  private static Occasion occasion(RouterState state) {
    return switch (state) {
      case INITIALIZE -> Occasion.STOP;
      case BACKUP -> Occasion.BACKUP;
      case ACTIVE -> Occasion.ACTIVE;
      case FAULT -> Occasion.FAULT;
    };
  }

  private static String word(Occasion occasion) {
    return switch (occasion) {
      case ACTIVE -> "MASTER";
      case BACKUP -> "BACKUP";
      case FAULT -> "FAULT";
      case STOP -> "STOP";
      case DELETED -> "DELETED";
      case LOWER_PRIORITY_HEARD -> "MASTER_RX_LOWER_PRI";
    };
  }
}
