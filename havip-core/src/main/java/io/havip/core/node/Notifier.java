package io.havip.core.node;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.NotifyCommand;
import io.havip.NotifyFifo;
import io.havip.Reconfiguration;
import io.havip.RouterState;
import io.havip.SyncGroup;
import io.havip.VirtualRouterConfig;
import io.havip.core.node.Notice.Sort;
import io.havip.core.node.Notice.Subject;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells commands and named pipes what becomes of routers and groups: every router, every group and
 * every pipe in a lane of its own. On the loop only.
 */
final class Notifier {

  /** A command may take long: then the latest state counts more than the story. */
  private static final int MOST_RUNS = 16;

  private static final int MOST_LINES = 256;

  private static final NoticeLane.Patience FOR_COMMANDS =
      new NoticeLane.Patience(Duration.ofSeconds(3), Duration.ofSeconds(10));
  private static final NoticeLane.Patience FOR_FIFOS =
      new NoticeLane.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));

  /** A command that is ended has two seconds until it is killed. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Platform platform;
  private final Events events;
  private final Map<Subject, NoticeLane> lanes = new HashMap<>();
  private final Map<NotifyFifo, Fifo> fifos = new LinkedHashMap<>();
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private final Map<String, RouterState> groups = new LinkedHashMap<>();
  private HavipConfig config;
  private Set<String> removed = Set.of();

  private record Fifo(FifoWriter writer, NoticeLane lane, Optional<FifoReader> reader) {}

  /** How a router stands, as last reported. */
  private record Standing(RouterState state, int priority) {}

  Notifier(Platform platform, Events events, HavipConfig config) {
    this.platform = platform;
    this.events = events;
    this.config = config;
  }

  /**
   * The longest that {@link #shut} takes.
   *
   * @param config what is told
   */
  static Duration limit(HavipConfig config) {
    boolean commands =
        Stream.concat(
                config.routers().stream().flatMap(r -> r.notifications().commands().stream()),
                config.syncGroups().stream().flatMap(g -> g.notifyCommands().stream()))
            .findAny()
            .isPresent();
    Duration readers =
        config.notifyFifos().stream().anyMatch(f -> f.reader().isPresent())
            ? FifoReader.PATIENCE.plus(GRACE).plus(GRACE)
            : Duration.ZERO;
    if (commands) {
      return FOR_COMMANDS.sum().plus(GRACE).plus(GRACE).plus(readers);
    }
    return config.notifyFifos().isEmpty() ? Duration.ZERO : FOR_FIFOS.sum().plus(readers);
  }

  /** Opens the pipes, so that readers find them before there is anything to tell. */
  void start() {
    reconfigure(config);
  }

  /** Some routers are about to stop, and for good. */
  void removing(Reconfiguration changes) {
    removed =
        changes.changes().stream()
            .filter(Reconfiguration.Change.Removed.class::isInstance)
            .map(Reconfiguration.Change::router)
            .collect(Collectors.toSet());
  }

  /** Tells of what comes from now on by another configuration. */
  void reconfigure(HavipConfig next) {
    config = next;
    removed = Set.of();
    List<String> names =
        Stream.concat(
                next.routers().stream().map(VirtualRouterConfig::name),
                next.syncGroups().stream().map(SyncGroup::name))
            .toList();
    lanes.entrySet().removeIf(e -> e.getValue().idle() && !names.contains(e.getKey().name()));
    standings.keySet().retainAll(names);
    groups.keySet().retainAll(names);
    fifos
        .entrySet()
        .removeIf(e -> !next.notifyFifos().contains(e.getKey()) && retire(e.getValue()));
    next.notifyFifos().stream()
        .filter(NotifyFifo::repeatsStates)
        .map(fifos::get)
        .filter(Objects::nonNull)
        .forEach(fifo -> repeatStates(fifo.lane()));
    next.notifyFifos().forEach(fifo -> fifos.computeIfAbsent(fifo, this::open));
  }

  private void repeatStates(NoticeLane lane) {
    groups.forEach(
        (name, state) -> lane.offer(Notice.state(new Subject(Sort.GROUP, name), state, 0)));
    standings.forEach((name, standing) -> {
      if (standing.state() != RouterState.INITIALIZE) {
        lane.offer(Notice.state(router(name), standing.state(), standing.priority()));
      }
    });
  }

  /** Hears of everything that happens in the node. */
  void accept(HavipEvent event) {
    switch (event) {
      case HavipEvent.StateChanged changed -> {
        standings.put(changed.subject(), new Standing(changed.to(), changed.priority()));
        tell(state(changed));
      }
      case HavipEvent.GroupChanged changed -> {
        groups.put(changed.subject(), changed.to());
        tell(Notice.state(new Subject(Sort.GROUP, changed.subject()), changed.to(), 0));
      }
      case HavipEvent.PriorityChanged changed -> priority(changed);
      case HavipEvent.LowerPriorityHeard heard -> {
        Standing standing = standings.get(heard.subject());
        if (standing != null) {
          tell(Notice.lowerPriority(router(heard.subject()), standing.priority()));
        }
      }
      default -> {}
    }
  }

  /** Nothing more is told; what waits is, within {@link #limit}. */
  CompletableFuture<?> shut() {
    List<NoticeLane> all =
        Stream.concat(lanes.values().stream(), fifos.values().stream().map(Fifo::lane)).toList();
    all.forEach(NoticeLane::shut);
    return CompletableFuture.allOf(
            all.stream().map(NoticeLane::idleAfterShut).toArray(CompletableFuture<?>[]::new))
        .thenCompose(told ->
            CompletableFuture.allOf(
                fifos.values().stream().map(this::close).toArray(CompletableFuture<?>[]::new)));
  }

  private Notice state(HavipEvent.StateChanged changed) {
    Subject subject = router(changed.subject());
    boolean deletion =
        changed.to() == RouterState.INITIALIZE
            && removed.contains(subject.name())
            && config.routers().stream()
                .filter(r -> r.name().equals(subject.name()))
                .anyMatch(r -> r.notifications().tellsDeletion());
    return deletion
        ? Notice.deletion(subject, changed.priority())
        : Notice.state(subject, changed.to(), changed.priority());
  }

  private static Subject router(String name) {
    return new Subject(Sort.INSTANCE, name);
  }

  private void priority(HavipEvent.PriorityChanged changed) {
    Standing before = standings.get(changed.subject());
    if (before == null) {
      return;
    }
    RouterState state = before.state();
    standings.put(changed.subject(), new Standing(state, changed.to()));
    boolean takesPart = state == RouterState.ACTIVE || state == RouterState.BACKUP;
    boolean wanted =
        config.routers().stream()
            .filter(r -> r.name().equals(changed.subject()))
            .anyMatch(r -> r.notifications().priorityChanges());
    if (takesPart && wanted) {
      tell(Notice.priority(router(changed.subject()), state, changed.to()));
    }
  }

  private void tell(Notice notice) {
    Subject subject = notice.topic().subject();
    Notice told = notice.by(commands(subject));
    if (!told.commands().isEmpty()) {
      lanes.computeIfAbsent(subject, this::newLane).offer(told);
    }
    config.notifyFifos().stream()
        .map(fifos::get)
        .filter(Objects::nonNull)
        .forEach(fifo -> fifo.lane().offer(notice));
  }

  private Stream<NotifyCommand> commands(Subject subject) {
    return switch (subject.sort()) {
      case INSTANCE ->
          config.routers().stream()
              .filter(r -> r.name().equals(subject.name()))
              .flatMap(r -> r.notifications().commands().stream());
      case GROUP ->
          config.syncGroups().stream()
              .filter(g -> g.name().equals(subject.name()))
              .flatMap(g -> g.notifyCommands().stream());
    };
  }

  private NoticeLane newLane(Subject subject) {
    FailureReports reports = new FailureReports(subject.name(), events);
    return new NoticeLane(platform, MOST_RUNS, FOR_COMMANDS, reports, Notifier::runs);
  }

  private static List<NoticeLane.Step> runs(Notice notice) {
    return notice.commands().stream()
        .map(command ->
            new NoticeLane.Step(
                "notify " + notice.word() + " by " + command.argv().getFirst(),
                () -> CommandRun.run(notice.argv(command), command.runAs()),
                command.timeout()))
        .toList();
  }

  private Fifo open(NotifyFifo fifo) {
    FifoWriter writer = new FifoWriter(fifo);
    String path = fifo.path().toString();
    FailureReports reports = new FailureReports(path, events);
    NoticeLane lane =
        new NoticeLane(
            platform,
            MOST_LINES,
            FOR_FIFOS,
            reports,
            notice -> List.of(step("write to " + path, () -> writer.write(notice.line()))));
    Optional<FifoReader> reader =
        fifo.reader().map(program -> new FifoReader(platform, program, path, reports));
    lane.begin(
        step(
            "open " + path,
            () -> {
              writer.open();
              reader.ifPresent(r -> platform.execute(r::start));
            }));
    return new Fifo(writer, lane, reader);
  }

  /** What a pipe does until interrupted. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static NoticeLane.Step step(String name, Work work) {
    return NoticeLane.Step.unlimited(
        name,
        () -> {
          work.run();
          return new CheckRunner.Result(true, "");
        });
  }

  private boolean retire(Fifo fifo) {
    if (fifo.lane().idle()) {
      var unused = close(fifo);
      return true;
    }
    return false;
  }

  /** Completes when nobody reads any more whom this node started. */
  private CompletableFuture<?> close(Fifo fifo) {
    try {
      fifo.writer().close();
    } catch (IOException e) {
      new FailureReports("notify", events)
          .report(new Outcome.Failed("close a pipe", String.valueOf(e.getMessage()), ""));
    }
    return fifo.reader()
        .<CompletableFuture<?>>map(FifoReader::stop)
        .orElse(CompletableFuture.completedFuture(null));
  }
}
