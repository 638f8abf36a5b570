package io.havip.testkit.sim;

import io.havip.core.check.Sighting;
import io.havip.net.Cidr;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulated network with its hosts, and the virtual time in which they live.
 *
 * <p>Nothing happens but in {@link #run}, {@link #runUntil} and {@link #step}; between these calls
 * the test may look at everything, inject faults, and call the nodes as if it were code of their
 * process: {@link io.havip.spi.Platform#inLoop} is true on the test's thread, so that {@link
 * io.havip.HavipNode#snapshot} and {@link io.havip.HavipNode#close} run at once. What they send or
 * hand to workers happens when the simulation runs on.
 *
 * <p>The same seed and the same calls give the same {@link Trace}.
 *
 * <p>A run is bounded in virtual time and in events. Code in it that never returns is ended by a
 * {@link Watchdog}, on whose thread the simulation then runs.
 */
public final class Simulation {

  private final Engine engine;
  private final SimRandom random;
  private final Topology topology;
  private final Faults faults = new Faults(this);
  private long eventLimit = 100_000_000;
  private @Nullable SimulatedCloud cloud;

  private Simulation(long seed) {
    engine = new Engine(seed);
    random = new SimRandom(seed);
    topology = new Topology(this);
  }

  /**
   * Starts a simulation at time zero.
   *
   * @param seed decides every random choice
   * @return a simulation without hosts
   */
  public static Simulation seeded(long seed) {
    return new Simulation(seed);
  }

  /** {@return the seed} */
  public long seed() {
    return engine.seed;
  }

  /**
   * Sets how much of the trace is kept, everything by default.
   *
   * @param mode applies from now on
   * @return this
   */
  public Simulation tracing(Trace.Mode mode) {
    engine.trace.mode(mode);
    return this;
  }

  /**
   * Bounds the events of one call of {@link #run} or {@link #runUntil}, 100 million by default.
   *
   * @param events how many
   * @return this
   */
  public Simulation eventLimit(long events) {
    eventLimit = events;
    return this;
  }

  /**
   * Bounds the events at one instant, 100,000 by default. More mean that something reschedules
   * itself for ever without letting time pass.
   *
   * @param events how many
   * @return this
   */
  public Simulation instantLimit(long events) {
    engine.instantLimit(events);
    return this;
  }

  /**
   * Sets whether what the code of a process throws is only recorded in the trace, as a platform
   * only logs it. By default it fails the run.
   *
   * @param value true to go on
   * @return this
   */
  public Simulation tolerateErrors(boolean value) {
    engine.tolerant(value);
    return this;
  }

  /**
   * Adds a segment, named {@code lan1}, {@code lan2} and so on.
   *
   * @param cidr its addresses, such as {@code 172.17.16.0/24}
   * @return a segment without hosts
   */
  public SimNetwork segment(String cidr) {
    return topology.newSegment(nextSegmentName("lan"), Cidr.parse(cidr), null);
  }

  /**
   * Adds a segment on which a fabric decides where frames go.
   *
   * @param name its name, from {@link #nextSegmentName}
   * @param cidr its addresses
   * @param fabric decides
   * @return a segment without hosts
   */
  public SimNetwork segment(String name, Cidr cidr, Fabric fabric) {
    return topology.newSegment(name, cidr, fabric);
  }

  /**
   * The name of the next segment, which tells its kind and its number.
   *
   * @param kind such as {@code subnet}
   * @return the name, such as {@code subnet2}
   */
  public String nextSegmentName(String kind) {
    return topology.nextSegmentName(kind);
  }

  /**
   * A host by its name.
   *
   * @param name the name
   * @return the host
   * @throws IllegalArgumentException if there is none
   */
  public SimHost host(String name) {
    return topology.host(name);
  }

  /** {@return all hosts, in the order in which they were made} */
  public Collection<SimHost> hosts() {
    return topology.hosts();
  }

  /** {@return all segments, in the order in which they were made} */
  public Collection<SimNetwork> networks() {
    return Collections.unmodifiableCollection(topology.segments());
  }

  /** {@return virtual time since the start} */
  public Duration now() {
    return Duration.ofNanos(engine.now());
  }

  /**
   * Returns virtual time since the start in nanoseconds. Clocks of hosts show it unless frozen.
   *
   * @return virtual time since the start in nanoseconds
   */
  public long nanos() {
    return engine.now();
  }

  /** {@return how many events have happened: deliveries, deadlines and everything else} */
  public long events() {
    return engine.fired();
  }

  /** {@return what has happened so far} */
  public Trace trace() {
    return engine.trace;
  }

  /**
   * A stream of random numbers that depends on the seed and the name only.
   *
   * @param name names the use
   * @return a new stream, at its begin
   */
  public SimRandom random(String name) {
    return random.fork(name);
  }

  /**
   * Lets time pass.
   *
   * @param length how much
   * @throws SimulationFailure if a bound is broken or the code of a process throws
   */
  public void run(Duration length) {
    engine.enter();
    long until = Math.addExact(engine.now(), length.toNanos());
    long limit = engine.fired() + eventLimit;
    while (engine.step(until)) {
      checkLimit(limit);
    }
    engine.advance(until);
  }

  /**
   * Lets time pass until a condition is true. It is asked now and after every event.
   *
   * @param condition what to wait for; must not change anything
   * @param limit longest virtual time to wait
   * @return how long it took
   * @throws SimulationFailure if it is not true within the limit, a bound is broken, or the code of
   *     a process throws
   */
  public Duration runUntil(BooleanSupplier condition, Duration limit) {
    return runUntil("the condition", condition, limit);
  }

  /**
   * Lets time pass until a condition is true. It is asked now and after every event.
   *
   * @param what names the condition in the message of a failure
   * @param condition what to wait for; must not change anything
   * @param limit longest virtual time to wait
   * @return how long it took
   * @throws SimulationFailure if it is not true within the limit, a bound is broken, or the code of
   *     a process throws
   */
  public Duration runUntil(String what, BooleanSupplier condition, Duration limit) {
    engine.enter();
    long start = engine.now();
    long until = Math.addExact(start, limit.toNanos());
    long most = engine.fired() + eventLimit;
    Activity asking = Activity.of("", what);
    engine.whereabouts().enters(asking);
    while (!condition.getAsBoolean()) {
      if (!engine.step(until)) {
        engine.advance(until);
        if (condition.getAsBoolean()) {
          break;
        }
        throw engine.failure(what + " was not met within " + Times.text(limit), null);
      }
      checkLimit(most);
      engine.whereabouts().enters(asking);
    }
    return Duration.ofNanos(engine.now() - start);
  }

  /**
   * Runs the next event.
   *
   * @return false if there is none
   * @throws SimulationFailure if a bound is broken or the code of a process throws
   */
  public boolean step() {
    engine.enter();
    return engine.step(Long.MAX_VALUE - 1);
  }

  /**
   * Calls a check after every event from now on. What it throws fails the run.
   *
   * @param check must not change anything
   */
  public void afterEachEvent(Runnable check) {
    engine.addCheck(check);
  }

  /**
   * Injects a fault at this moment.
   *
   * @param fault what goes wrong
   * @throws IllegalArgumentException if it names what does not exist
   */
  public void inject(Fault fault) {
    long cause = engine.cause();
    engine.because(engine.note("", TraceKind.FAULT, fault.describe()));
    try {
      Watch watch = engine.watch();
      if (watch != null) {
        watch.during(fault, () -> faults.apply(fault));
      } else {
        faults.apply(fault);
      }
    } finally {
      engine.because(cause);
    }
  }

  /**
   * Injects a fault at a time.
   *
   * @param time virtual time since the start; at once if it is past
   * @param fault what goes wrong
   */
  public void at(Duration time, Fault fault) {
    engine.schedule(new Script(fault.describe(), () -> inject(fault)), time.toNanos());
  }

  /**
   * Injects a fault later.
   *
   * @param delay from now
   * @param fault what goes wrong
   */
  public void after(Duration delay, Fault fault) {
    at(now().plus(delay), fault);
  }

  /**
   * Injects a fault now and ends it later.
   *
   * @param length how long it lasts
   * @param fault one that can be {@linkplain Fault#undone undone}
   * @throws IllegalArgumentException if it cannot
   */
  public void during(Duration length, Fault fault) {
    Fault end =
        fault
            .undone()
            .orElseThrow(
                () -> new IllegalArgumentException(fault.describe() + ": no fault ends it"));
    inject(fault);
    after(length, end);
  }

  /**
   * Runs code of the test at a time.
   *
   * @param time virtual time since the start; at once if it is past
   * @param what names it in the trace
   * @param action the code
   */
  public void at(Duration time, String what, Runnable action) {
    engine.schedule(
        new Script(
            what,
            () -> {
              engine.because(engine.note("", TraceKind.NOTE, what));
              action.run();
            }),
        time.toNanos());
  }

  /**
   * Appends a line to the trace.
   *
   * @param text what the test wants to see there
   */
  public void note(String text) {
    engine.note("", TraceKind.NOTE, text);
  }

  /**
   * Appends a line to the trace that belongs to a station.
   *
   * @param station the name of a host or client, or the empty string
   * @param kind what it tells of
   * @param detail one clause for a person
   */
  public void note(String station, TraceKind kind, String detail) {
    engine.note(station, kind, detail);
  }

  /**
   * Runs code of a simulated device at a time, as a consequence of what happens now.
   *
   * @param nanos virtual time since the start; at once, but after what is due already, if it is
   *     past
   * @param what names it in the message of a run that does not end
   * @param action the code
   */
  public void schedule(long nanos, String what, Runnable action) {
    engine.schedule(new Script(what, action), nanos);
  }

  /** Tells those who measure that something changed which may change who is reached. */
  public void reachabilityChanged() {
    for (SimNetwork segment : topology.segments()) {
      segment.measure();
    }
  }

  /**
   * Gives the simulation its cloud, which faults can strike and a watch follows.
   *
   * @param value the cloud
   * @throws IllegalStateException if it has one already
   */
  public void cloud(SimulatedCloud value) {
    if (cloud != null) {
      throw new IllegalStateException("this simulation has a cloud already");
    }
    cloud = value;
  }

  /** {@return the cloud, if there is one} */
  public Optional<SimulatedCloud> cloud() {
    return Optional.ofNullable(cloud);
  }

  /** Tells those who watch that the cloud works otherwise, or maps otherwise, than before. */
  public void cloudChanged() {
    Watch watch = engine.watch();
    if (watch != null) {
      watch.look();
      watch.compare();
    }
  }

  /**
   * Shows those who watch what a simulated device outside this package does.
   *
   * @param sighting what can be seen of it, of this moment
   */
  public void sighted(Sighting sighting) {
    Watch watch = engine.watch();
    if (watch != null) {
      watch.sighted(sighting);
    }
  }

  Engine engine() {
    return engine;
  }

  SimulatedCloud cloudOrThrow(CloudFault fault) {
    return cloud()
        .orElseThrow(() ->
            new IllegalArgumentException(fault.describe() + ": this simulation has no cloud"));
  }

  Topology topology() {
    return topology;
  }

  private void checkLimit(long limit) {
    if (engine.fired() > limit) {
      throw engine.failure("more than " + eventLimit + " events in one run", null);
    }
  }
}
