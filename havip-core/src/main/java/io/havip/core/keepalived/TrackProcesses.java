package io.havip.core.keepalived;

import io.havip.HealthCheck.Processes;
import io.havip.HealthCheck.Processes.Match;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.core.keepalived.InstanceDraft.TrackedObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code vrrp_track_process} blocks. */
final class TrackProcesses {

  /** A check and the weight it has where no other is given. */
  private record Entry(HealthCheckConfig check, Weight weight) {}

  private static final String BLOCK = "vrrp_track_process";

  /** Counting takes some milliseconds, and a busy host is no failure. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Report report;
  private final Values values;
  private final Map<String, Entry> processes = new HashMap<>();

  TrackProcesses(Report report) {
    this.report = report;
    values = new Values(report);
  }

  /** What is tracked, or empty if it was reported that there is no such block. */
  Optional<Track> track(TrackedObject tracked) {
    Entry entry = processes.get(tracked.name().text());
    if (entry == null) {
      String what = "there is no vrrp_track_process " + tracked.name().shown();
      report.warn(tracked.name().at(), "track_process", what + "; it is not used");
      return Optional.empty();
    }
    Weight weight = tracked.weight(entry.weight(), report);
    return Optional.of(new Track.Check(entry.check(), weight.value(), weight.reverse()));
  }

  /** Reads a block. */
  void read(Node block) {
    if (block.arguments().isEmpty()) {
      report.fatal(block.at(), BLOCK, BLOCK + " needs a name");
      return;
    }
    Word name = block.arguments().getFirst();
    Draft draft = new Draft();
    new Section(report).walk(block, Block.TRACK_PROCESS, draft);
    if (name.text().isBlank()) {
      report.warn(name.at(), BLOCK, "the name is blank; the process is not used");
    } else if (draft.process.isEmpty() || draft.process.getFirst().text().isBlank()) {
      String what = "the vrrp_track_process " + name.shown() + " has no process; it is not used";
      report.warn(block.at(), BLOCK, what);
    } else if (processes.containsKey(name.text())) {
      String what = "a vrrp_track_process " + name.shown() + " exists already";
      report.warn(name.at(), BLOCK, what, "the first one");
    } else {
      processes.put(name.text(), draft.finish(name.text()));
    }
  }

  /** The settings of one block while they are read. */
  private final class Draft implements Section.Handler {
    private List<Word> process = List.of();
    private boolean matchGiven;
    private @Nullable Match match;
    private boolean fullCommand;
    private Weight weight = Weight.NONE;
    private int quorum = 1;
    private int quorumMax = Integer.MAX_VALUE;
    private long forkMicros;
    private long terminateMicros;

    @Override
    public void works(Keyword keyword, Node node) {
      String name = keyword.name();
      switch (name) {
        case "process" -> process(node);
        case "param_match" -> match(node);
        case "weight" -> weight(node);
        case "quorum" -> quorum(first(node));
        case "quorum_max" -> quorumMax(first(node));
        case "delay" -> {
          forkMicros = delay(node, forkMicros);
          terminateMicros = forkMicros;
        }
        case "fork_delay" -> forkMicros = delay(node, forkMicros);
        case "terminate_delay" -> terminateMicros = delay(node, terminateMicros);
        case "full_command" -> fullCommand = true;
        default -> throw new AssertionError(name);
      }
    }

    private Word first(Node node) {
      return node.arguments().getFirst();
    }

    private void process(Node node) {
      if (process.isEmpty()) {
        process = node.arguments();
      } else {
        report.warn(node.at(), "process", "one process is looked for", "the first one");
      }
    }

    private void match(Node node) {
      matchGiven = true;
      for (Word word : node.arguments()) {
        switch (word.text()) {
          case "initial" -> match = Match.INITIAL;
          case "partial" -> match = Match.PARTIAL;
          default ->
              report.warn(
                  word.at(),
                  "param_match",
                  "param_match must be initial or partial, not " + word.shown());
        }
      }
    }

    private void weight(Node node) {
      if (node.arguments().isEmpty()) {
        report.warn(node.at(), "weight", "weight needs a value; it is not used");
      } else {
        weight = Weight.readOver(weight, node.arguments(), report);
      }
    }

    private void quorum(Word word) {
      int given = (int) values.whole(word, "quorum", 1, 65_535, quorum + "").orElse(quorum);
      if (given > quorumMax) {
        String what = "quorum " + given + " is more than quorum_max " + quorumMax;
        report.warn(word.at(), "quorum", what, quorum + "");
      } else {
        quorum = given;
      }
    }

    /** Less than the quorum that was given is a mistake, but 0 says that it must not run. */
    private void quorumMax(Word word) {
      int given = (int) values.whole(word, "quorum_max", 0, 65_535, "none").orElse(quorumMax);
      if (given < quorum && quorum > 1) {
        String what = "quorum_max " + given + " is less than quorum " + quorum;
        report.warn(word.at(), "quorum_max", what, "none");
      } else {
        quorumMax = given;
      }
    }

    private long delay(Node node, long before) {
      String used = before == 0 ? "none" : Values.seconds(before);
      return values
          .micros(first(node), node.keyword().text(), "0.000001", "3600", used)
          .orElse(before);
    }

    private Entry finish(String name) {
      Processes wanted =
          new Processes(
              process.getFirst().text(),
              process.subList(1, process.size()).stream().map(Word::text).toList(),
              kind(),
              Math.min(quorum, quorumMax),
              quorumMax);
      return new Entry(
          new HealthCheckConfig(
              "process " + name,
              wanted,
              INTERVAL,
              PATIENCE,
              runs(forkMicros),
              runs(terminateMicros),
              false),
          weight);
    }

    /** As measured with Keepalived 2.2.7. */
    private Match kind() {
      if (process.size() > 1) {
        return match == null ? Match.EXACT : match;
      }
      if (matchGiven) {
        return match == null ? Match.EXACT : Match.PARTIAL;
      }
      if (!fullCommand && process.getFirst().text().contains("/")) {
        report.warn(
            process.getFirst().at(),
            "process",
            "the name of a process has no '/', so that Keepalived never finds this one",
            "full_command");
        return Match.PARTIAL;
      }
      return fullCommand ? Match.PARTIAL : Match.NAME;
    }

    /** How many runs in a row span a delay, from the first of them to the last. */
    private int runs(long micros) {
      long interval = INTERVAL.toNanos() / 1000;
      return 1 + (int) ((micros + interval - 1) / interval);
    }
  }
}
