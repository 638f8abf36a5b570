package io.havip.testkit.log;

import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one log tells of one virtual router, on the common clock. */
final class MemberLog {

  private static final long JUMP = 1_000_000_000L;

  private final RecordedLog log;
  private final String name;
  private final VirtualRouterConfig router;
  private final Map<Integer, Long> times = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<LogProblem> problems = new ArrayList<>();
  private final List<Sighting> sightings = new ArrayList<>();
  private final long grace;
  private boolean linkDown;
  private boolean stopped;

  /** A change of state. */
  record Change(int line, long at, RouterState from, RouterState to, String cause, int priority) {}

  /**
   * Lays a log on the common clock: monotonic within a process, the wall clock between processes.
   *
   * @param name the member's name, which no other has
   * @param offset what to add to the host's clock
   * @param grace how late a line may be
   */
  MemberLog(
      RecordedLog log, String name, VirtualRouterConfig router, Duration offset, Duration grace) {
    this.log = log;
    this.name = name;
    this.router = router;
    this.grace = grace.toNanos();
    List<RecordedLog.Line> process = new ArrayList<>();
    for (RecordedLog.Line line : log.lines()) {
      if (line.starts()) {
        lay(process, offset);
        process.clear();
      }
      process.add(line);
    }
    lay(process, offset);
    log.lines().forEach(this::note);
  }

  private void lay(List<RecordedLog.Line> process, Duration offset) {
    if (process.isEmpty()) {
      return;
    }
    long[] distances = process.stream().mapToLong(MemberLog::distance).sorted().toArray();
    long usual = distances[distances.length / 2];
    long before = usual;
    for (RecordedLog.Line line : process) {
      times.put(line.number(), line.nanos() + usual + offset.toNanos());
      long here = distance(line);
      if (Math.abs(here - before) > JUMP) {
        problems.add(
            new LogProblem(
                log.file(),
                line.number(),
                "the wall clock jumped by %.3f s; the monotonic clock is used"
                    .formatted((here - before) / 1e9)));
      }
      before = here;
    }
  }

  private static long distance(RecordedLog.Line line) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, line.wall()) - line.nanos();
  }

  private long at(RecordedLog.Line line) {
    return times.getOrDefault(line.number(), 0L);
  }

  private void note(RecordedLog.Line line) {
    if (!line.event().equals("state-changed") || !line.subject().equals(router.name())) {
      return;
    }
    try {
      changes.add(
          new Change(
              line.number(),
              at(line),
              RouterState.valueOf(line.text("from")),
              RouterState.valueOf(line.text("to")),
              line.text("cause"),
              line.json().path("priority").asInt(router.priority())));
    } catch (IllegalArgumentException e) {
      problems.add(
          new LogProblem(log.file(), line.number(), "no such state; the line is left out"));
    }
  }

  String name() {
    return name;
  }

  String file() {
    return log.file();
  }

  VirtualRouterConfig router() {
    return router;
  }

  List<Change> changes() {
    return changes;
  }

  List<LogProblem> problems() {
    return problems;
  }

  long first() {
    return at(log.lines().getFirst());
  }

  long last() {
    return at(log.lines().getLast());
  }

  /** Until when the router stayed what it became. */
  long activeUntil(Change entry) {
    int next = changes.indexOf(entry) + 1;
    return next < changes.size() ? changes.get(next).at() : Long.MAX_VALUE;
  }

  /** Whether its process ever stood still or died. */
  boolean interrupted() {
    RecordedLog.Line before = null;
    for (RecordedLog.Line line : log.lines()) {
      if (before != null && (line.starts() || silent(at(before), at(line)))) {
        return true;
      }
      before = line;
    }
    return changes.stream().noneMatch(c -> c.to() == RouterState.INITIALIZE);
  }

  /**
   * What is to be seen.
   *
   * @param end when the last of all logs ends
   */
  List<Sighting> sightings(long end) {
    RouterState state = RouterState.INITIALIZE;
    Map<Integer, Change> byLine = new HashMap<>();
    changes.forEach(change -> byLine.put(change.line(), change));
    RecordedLog.Line before = null;
    for (RecordedLog.Line line : log.lines()) {
      long now = at(line);
      if (line.starts()) {
        if (before != null) {
          died(state, at(before));
          TroubleKind how = stopped ? TroubleKind.STOP : TroubleKind.KILL;
          stopped = false;
          trouble(now, how, false, "the process starts");
        }
        state = RouterState.INITIALIZE;
      } else if (before != null && silent(at(before), now)) {
        trouble(at(before) + grace, TroubleKind.PAUSE, true, "no line was written");
        trouble(now, TroubleKind.PAUSE, false, "lines are written again");
      }
      Change change = byLine.get(line.number());
      if (change != null) {
        state = change.to();
        changed(change, line);
      } else {
        event(line, now);
      }
      before = line;
    }
    if (alive().isPresent() && silent(last(), end)) {
      died(state, last());
    }
    return sightings;
  }

  private Optional<Duration> alive() {
    return log.alive();
  }

  private boolean silent(long from, long to) {
    return alive().isPresent() && to - from > 2 * alive().orElseThrow().toNanos() + grace;
  }

  private void died(RouterState state, long at) {
    if (!stopped && state != RouterState.INITIALIZE) {
      trouble(at, TroubleKind.KILL, true, "the log ends without a word");
    }
  }

  private void changed(Change change, RecordedLog.Line line) {
    long now = change.at();
    if (change.from() == RouterState.FAULT || change.to() == RouterState.FAULT) {
      moment(now, TroubleKind.HEALTH, line.text("text"));
    }
    if (change.cause().equals("late-wake")) {
      moment(now, TroubleKind.PAUSE, line.text("text"));
    }
    String why = line.json().hasNonNull("why") ? line.text("why") : line.text("cause");
    sightings.add(
        new Sighting.State(
            now, name, router.name(), change.from(), change.to(), change.priority(), why));
    if (change.to() == RouterState.INITIALIZE) {
      stopped = true;
      trouble(now, TroubleKind.STOP, true, "stopped");
    }
  }

  private void event(RecordedLog.Line line, long now) {
    boolean ours = line.subject().equals(router.name());
    switch (line.event()) {
      case "address-bound", "address-released" -> {
        if (ours) {
          address(line, now, line.event().equals("address-bound"));
        }
      }
      case "address-lost" -> {
        if (ours) {
          moment(now, TroubleKind.ADDRESS_REMOVED, line.text("text"));
        }
      }
      case "priority-changed" -> {
        if (ours) {
          moment(now, TroubleKind.HEALTH, line.text("text"));
          int to = line.json().path("to").asInt();
          sightings.add(new Sighting.Priority(now, name, router.name(), to));
        }
      }
      case "operation-failed" -> moment(now, TroubleKind.REFUSED, line.text("text"));
      case "check-changed", "file-changed" -> moment(now, TroubleKind.HEALTH, line.text("text"));
      case "reconfigured" -> moment(now, TroubleKind.RECONFIGURED, line.text("text"));
      case "link-changed" -> link(line, now);
      default -> {}
    }
  }

  private void address(RecordedLog.Line line, long now, boolean bound) {
    try {
      IpAddress address = IpAddress.parse(line.text("address"));
      sightings.add(new Sighting.Address(now, name, address, bound));
    } catch (IllegalArgumentException e) {
      problems.add(new LogProblem(log.file(), line.number(), "no address; the line is left out"));
    }
  }

  private void link(RecordedLog.Line line, long now) {
    boolean down = !line.json().path("up").asBoolean();
    if (line.subject().equals(router.interfaceName()) && down != linkDown) {
      linkDown = down;
      trouble(now, TroubleKind.LINK, down, line.text("text"));
    }
  }

  private void moment(long now, TroubleKind kind, String words) {
    trouble(now, kind, true, words);
    trouble(now, kind, false, words);
  }

  private void trouble(long now, TroubleKind kind, boolean begins, String words) {
    sightings.add(new Sighting.Trouble(now, kind, List.of(name), begins, words));
  }
}
