package io.havip.core.keepalived;

import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import io.havip.core.keepalived.InstanceDraft.TrackedScript;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the {@code vrrp_script} blocks. */
final class Scripts {

  /** A check and the weight it has where no other is given. */
  private record Script(HealthCheckConfig check, Weight weight) {}

  private static final String LONGEST = "4294";

  private final Report report;
  private final Values values;
  private final CommandRules commands;
  private final Map<String, Script> scripts = new HashMap<>();

  Scripts(Report report, CommandRules commands) {
    this.report = report;
    this.commands = commands;
    values = new Values(report);
  }

  /** What is tracked, or empty if it was reported that there is no such script. */
  Optional<Track> track(TrackedScript tracked) {
    Script script = scripts.get(tracked.name().text());
    if (script == null) {
      String what = "there is no vrrp_script " + tracked.name().shown();
      report.warn(tracked.name().at(), "track_script", what + "; it is not used");
      return Optional.empty();
    }
    Weight weight = tracked.weight() == null ? script.weight() : tracked.weight();
    return Optional.of(new Track.Check(script.check(), weight.value(), weight.reverse()));
  }

  /** Reads a block. */
  void read(Node block) {
    if (block.arguments().isEmpty()) {
      report.fatal(block.at(), "vrrp_script", "vrrp_script needs a name");
      return;
    }
    Word name = block.arguments().getFirst();
    Draft draft = new Draft();
    new Section(report).walk(block, Block.VRRP_SCRIPT, draft);
    if (name.text().isBlank()) {
      report.warn(name.at(), "vrrp_script", "the name is blank; the script is not used");
    } else if (draft.command.isEmpty()) {
      report.warn(
          block.at(),
          "vrrp_script",
          "the script " + name.shown() + " has no command; it is not used");
    } else if (scripts.containsKey(name.text())) {
      report.warn(
          name.at(),
          "vrrp_script",
          "a script " + name.shown() + " exists already",
          "the first one");
    } else {
      draft.finish(name.text()).ifPresent(script -> scripts.put(name.text(), script));
    }
  }

  /** The settings of one block while they are read. */
  private final class Draft implements Section.Handler {
    private List<String> command = List.of();
    private Position at = new Position("", 0, 0);
    private Optional<CommandRules.User> user = commands.usualUser();
    private long intervalMicros = 1_000_000;
    private long timeoutMicros;
    private Weight weight = Weight.NONE;
    private int rise = 1;
    private int fall = 1;
    private boolean initFail;

    @Override
    public void works(Keyword keyword, Node node) {
      String name = keyword.name();
      switch (name) {
        case "script" -> {
          command = ScriptCommand.read(node, report, false).orElse(command);
          at = node.at();
        }
        case "interval" -> intervalMicros = time(node, intervalMicros);
        case "timeout" -> timeoutMicros = time(node, timeoutMicros);
        case "weight" -> weight = Weight.read(node.arguments(), report);
        case "rise" -> rise = count(node);
        case "fall" -> fall = count(node);
        case "init_fail" -> initFail = true;
        case "user" -> user = commands.user(node.arguments(), name, "the script is not used");
        default -> throw new AssertionError(name);
      }
    }

    private long time(Node node, long before) {
      Word word = node.arguments().getFirst();
      String keyword = node.keyword().text();
      if (Values.whole(word.text()).equals(OptionalLong.of(0))) {
        report.warn(word.at(), keyword, keyword + " must be more than 0 s", "1 s");
        return 1_000_000;
      }
      String used = before == 0 ? "the interval" : Values.seconds(before);
      long micros = values.micros(word, keyword, "0.000001", LONGEST, used).orElse(before);
      if (Values.whole(word.text()).isEmpty() && micros != before) {
        report.note(word.at(), keyword, "Keepalived 2.2.7 refuses fractions in " + keyword);
      }
      return micros;
    }

    private int count(Node node) {
      String keyword = node.keyword().text();
      Word word = node.arguments().getFirst();
      return (int) values.whole(word, keyword, 1, Integer.MAX_VALUE, "1").orElse(1);
    }

    private Optional<Script> finish(String name) {
      Duration interval = Duration.ofNanos(intervalMicros * 1000);
      Duration timeout = timeoutMicros == 0 ? interval : Duration.ofNanos(timeoutMicros * 1000);
      return user.flatMap(u -> commands.allow(command, u.runAs(), at, "script"))
          .map(toRun -> new HealthCheck.Command(toRun.argv(), toRun.runAs()))
          .map(check -> new HealthCheckConfig(name, check, interval, timeout, rise, fall, initFail))
          .map(check -> new Script(check, weight));
    }
  }
}
