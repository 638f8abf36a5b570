package io.havip.core.keepalived;

import io.havip.Track;
import io.havip.ValueFile;
import io.havip.core.keepalived.InstanceDraft.TrackedObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the {@code track_file} blocks of the top level. */
final class TrackFiles {

  /** A file and the weight it has where no other is given. */
  private record Entry(ValueFile file, Weight weight) {}

  private static final int SENSIBLE = 254;

  private final Report report;
  private final Map<String, Entry> files = new HashMap<>();

  TrackFiles(Report report) {
    this.report = report;
  }

  /** What is tracked, or empty if it was reported that there is no such file. */
  Optional<Track> track(TrackedObject tracked) {
    Entry entry = files.get(tracked.name().text());
    if (entry == null) {
      String what = "there is no track_file " + tracked.name().shown();
      report.warn(tracked.name().at(), "track_file", what + "; it is not used");
      return Optional.empty();
    }
    Weight weight = tracked.weight(entry.weight(), report);
    return Optional.of(new Track.File(entry.file(), weight.value(), weight.reverse()));
  }

  /** Reads a block. */
  void read(Node block) {
    String keyword = block.keyword().text();
    if (block.arguments().isEmpty()) {
      report.fatal(block.at(), keyword, keyword + " needs a name");
      return;
    }
    Word name = block.arguments().getFirst();
    Draft draft = new Draft();
    new Section(report).walk(block, Block.TRACK_FILE, draft);
    if (name.text().isBlank()) {
      report.warn(name.at(), keyword, "the name is blank; the file is not used");
    } else if (draft.path == null) {
      String what = "the track_file " + name.shown() + " has no file; it is not used";
      report.warn(block.at(), keyword, what);
    } else if (files.containsKey(name.text())) {
      String what = "a track_file " + name.shown() + " exists already";
      report.warn(name.at(), keyword, what, "the first one");
    } else {
      files.put(name.text(), draft.finish(name.text(), draft.path));
    }
  }

  /** The settings of one block while they are read. */
  private final class Draft implements Section.Handler {
    private @Nullable Path path;
    private Weight weight = new Weight(1, false);
    private Optional<ValueFile.Initial> initial = Optional.empty();

    @Override
    public void works(Keyword keyword, Node node) {
      if (keyword.name().equals("init_file")) {
        initial = Optional.of(initial(node.arguments()));
        return;
      }
      if (node.arguments().isEmpty()) {
        String what = keyword.name() + " needs a value; it is not used";
        report.warn(node.at(), keyword.name(), what);
        return;
      }
      switch (keyword.name()) {
        case "file" -> path(node.arguments().getFirst());
        case "weight" -> weight = Weight.readOver(weight, node.arguments(), report);
        default -> throw new AssertionError(keyword.name());
      }
    }

    private void path(Word word) {
      if (path != null) {
        report.warn(word.at(), "file", "a track_file has one file", "the first one");
        return;
      }
      try {
        path = word.text().isEmpty() ? null : Path.of(word.text());
      } catch (InvalidPathException e) {
        report.warn(word.at(), "file", word.shown() + " is no path");
      }
    }

    private ValueFile.Initial initial(List<Word> words) {
      int value = 0;
      boolean overwrite = false;
      for (Word word : words) {
        OptionalLong number = Values.whole(word.text());
        if (word.text().equals("overwrite")) {
          overwrite = true;
        } else if (number.isPresent() && number.getAsLong() == (int) number.getAsLong()) {
          value = (int) number.getAsLong();
          unusual(word, value);
        } else {
          report.warn(
              word.at(),
              "init_file",
              "init_file takes a whole number and overwrite, not " + word.shown());
        }
      }
      return new ValueFile.Initial(value, overwrite);
    }

    private void unusual(Word word, int value) {
      if (Math.abs((long) value) > SENSIBLE) {
        report.warn(word.at(), "init_file", "no priority is changed by more than 254");
      }
    }

    private Entry finish(String name, Path file) {
      ValueFile plain = ValueFile.of(name, file);
      return new Entry(initial.map(plain::startingWith).orElse(plain), weight);
    }
  }
}
