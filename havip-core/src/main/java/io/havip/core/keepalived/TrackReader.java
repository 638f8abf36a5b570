package io.havip.core.keepalived;

import io.havip.core.keepalived.InstanceDraft.TrackedInterface;
import io.havip.core.keepalived.InstanceDraft.TrackedObject;
import io.havip.core.keepalived.InstanceDraft.TrackedScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of {@code track_interface} and its like. */
final class TrackReader {

  private final Report report;

  TrackReader(Report report) {
    this.report = report;
  }

  void interfaces(Node block, List<TrackedInterface> target) {
    for (Node line : block.children()) {
      Word name = line.keyword();
      if (target.stream().anyMatch(t -> t.name().text().equals(name.text()))) {
        duplicate(name, "track_interface");
        continue;
      }
      Line read = read(line, "track_interface");
      if (read.used) {
        target.add(new TrackedInterface(name, read.weight == null ? Weight.NONE : read.weight));
      }
    }
  }

  void scripts(Node block, List<TrackedScript> target) {
    for (Node line : block.children()) {
      Word name = line.keyword();
      if (target.stream().anyMatch(t -> t.name().text().equals(name.text()))) {
        duplicate(name, "track_script");
        continue;
      }
      Line read = read(line, "track_script");
      if (read.used) {
        target.add(new TrackedScript(name, read.weight));
      }
    }
  }

  /** Reads the lines of track_file and track_process. */
  void objects(Node block, List<TrackedObject> target) {
    String keyword = block.keyword().text();
    for (Node line : block.children()) {
      Word name = line.keyword();
      if (target.stream().anyMatch(t -> t.name().text().equals(name.text()))) {
        duplicate(name, keyword);
      } else if (wellFormed(line, keyword)) {
        List<Word> words = line.arguments();
        target.add(
            new TrackedObject(name, words.isEmpty() ? words : words.subList(1, words.size())));
      }
    }
  }

  private record Line(boolean used, @Nullable Weight weight) {}

  /** A name, then {@code weight} with its words or nothing. Anything else drops the line. */
  private Line read(Node line, String keyword) {
    List<Word> options = line.arguments();
    if (!wellFormed(line, keyword)) {
      return new Line(false, null);
    }
    return options.isEmpty()
        ? new Line(true, null)
        : new Line(true, Weight.read(options.subList(1, options.size()), report));
  }

  private boolean wellFormed(Node line, String keyword) {
    List<Word> options = line.arguments();
    if (line.isBlock()) {
      report.warn(line.at(), keyword, "a block cannot stand here; it is not used");
      return false;
    }
    if (options.isEmpty()) {
      return true;
    }
    Word first = options.getFirst();
    if (!first.text().equals("weight")) {
      report.warn(
          first.at(),
          keyword,
          first.shown() + " is not known here; " + line.keyword().shown() + " is not tracked");
      return false;
    }
    if (options.size() == 1) {
      report.warn(
          first.at(),
          keyword,
          "weight needs a value; " + line.keyword().shown() + " is not tracked");
      return false;
    }
    return true;
  }

  private void duplicate(Word name, String keyword) {
    report.warn(name.at(), keyword, name.shown() + " is tracked already; this is not used");
  }
}
