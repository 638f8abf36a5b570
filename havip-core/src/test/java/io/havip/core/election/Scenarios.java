package io.havip.core.election;

import static io.havip.core.election.Machine.HIGHER_ADDRESS;
import static io.havip.core.election.Machine.LOWER_ADDRESS;
import static io.havip.core.election.Machine.OWN_ADDRESS;

import io.havip.Announcements;
import io.havip.Cause;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Routers and what may happen to them. */
final class Scenarios {

  private static final int TICKS = 256;

  private Scenarios() {}

  /** Any scenario; the process may stall. */
  static Arbitrary<Scenario> any() {
    return scenarios(
        configs(),
        Arbitraries.frequencyOf(
            Tuple.of(8, passes()),
            Tuple.of(1, stalls()),
            Tuple.of(1, answers()),
            Tuple.of(8, adverts()),
            Tuple.of(3, inputs())));
  }

  /** Every deadline is met at its moment. */
  static Arbitrary<Scenario> punctual() {
    return scenarios(
        configs(),
        Arbitraries.frequencyOf(
            Tuple.of(8, passes()),
            Tuple.of(8, adverts()),
            Tuple.of(1, answers()),
            Tuple.of(2, inputs())));
  }

  private static Arbitrary<Scenario> scenarios(
      Arbitrary<ElectionConfig> configs, Arbitrary<Move> moves) {
    Arbitrary<List<Move>> afterStart = moves.list().ofMinSize(5).ofMaxSize(50);
    return Combinators.combine(
            configs, priorities(), Arbitraries.longs().between(-E15, E15), afterStart)
        .as((config, priority, startAt, rest) -> {
          List<Move> all = new ArrayList<>();
          all.add(new Move.Give(new Input.Startup(null)));
          all.addAll(rest);
          return new Scenario(config, priority, startAt, all);
        });
  }

  private static final long E15 = 1_000_000_000_000_000L;

  static Arbitrary<Integer> priorities() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.integers().between(1, 254)),
        Tuple.of(2, Arbitraries.of(1, 100, 254)),
        Tuple.of(1, Arbitraries.just(255)));
  }

  /** Multiples of 40 ms: half of it, and a 256th of that, are whole nanoseconds. */
  private static Arbitrary<Long> intervals() {
    return Arbitraries.longs().between(1, 500).map(n -> n * 40_000_000L);
  }

  static Arbitrary<ElectionConfig> configs() {
    Arbitrary<VrrpVersion> versions =
        Arbitraries.frequency(Tuple.of(3, VrrpVersion.V3), Tuple.of(1, VrrpVersion.V2));
    return Combinators.combine(
            versions,
            intervals(),
            Arbitraries.frequency(Tuple.of(3, 3), Tuple.of(1, 1), Tuple.of(1, 5)),
            Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false)),
            Arbitraries.frequency(Tuple.of(2, 0), Tuple.of(1, 3 * TICKS), Tuple.of(1, 100)),
            Arbitraries.of(true, false),
            Arbitraries.frequency(Tuple.of(1, true), Tuple.of(3, false)),
            Combinators.combine(
                    Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 2 * TICKS)), roundTrips())
                .as(Tuple::of))
        .as((version, v3Interval, multiplier, preempt, delay, reply, advise, rest) -> {
          long interval = version == VrrpVersion.V2 ? wholeSeconds(v3Interval) : v3Interval;
          long tick = interval / TICKS;
          return new ElectionConfig(
              version,
              OWN_ADDRESS,
              interval,
              multiplier,
              preempt,
              delay * tick,
              reply,
              advise,
              rest.get1() * tick,
              Announcements.DEFAULT,
              false,
              rest.get2());
        })
        .flatMap(config -> announcements(config).map(a -> with(config, a)));
  }

  /** A third of them, and a 128th of that, are whole nanoseconds. */
  private static Arbitrary<Long> roundTrips() {
    return Arbitraries.frequency(
        Tuple.of(1, 0L), Tuple.of(2, 384_000L), Tuple.of(2, 3_840_000L), Tuple.of(1, 38_400_000L));
  }

  private static long wholeSeconds(long interval) {
    return (1 + interval / 1_000_000_000L) * 1_000_000_000L;
  }

  private static Arbitrary<Announcements> announcements(ElectionConfig config) {
    Arbitrary<Duration> delays =
        Arbitraries.of(0, 64, TICKS, 700)
            .map(n -> Duration.ofNanos(n * (config.intervalNanos() / TICKS)));
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            delays,
            delays,
            Arbitraries.integers().between(0, 2),
            delays)
        .as((repeat, second, refresh, lower, lowerDelay) ->
            new Announcements(repeat, second, refresh, 2, lower, lowerDelay));
  }

  private static ElectionConfig with(ElectionConfig c, Announcements announcements) {
    return new ElectionConfig(
        c.version(),
        c.ownAddress(),
        c.intervalNanos(),
        c.downMultiplier(),
        c.preempt(),
        c.preemptDelayNanos(),
        c.replyToLowerPriority(),
        c.adviseHigherPriority(),
        c.prepareNanos(),
        announcements,
        c.grouped(),
        c.roundTripNanos());
  }

  private static Arbitrary<Move> passes() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(0)),
            Tuple.of(4, Arbitraries.integers().between(1, TICKS)),
            Tuple.of(2, Arbitraries.integers().between(TICKS, 5 * TICKS)))
        .map(Move.Pass::new);
  }

  private static Arbitrary<Move> answers() {
    return Arbitraries.of(Move.Answer.values()).map(Move.Answers::new);
  }

  private static Arbitrary<Move> stalls() {
    Arbitrary<Integer> lengths = Arbitraries.integers().between(1, 8 * TICKS);
    return Arbitraries.oneOf(lengths.map(Move.Stall::new), lengths.map(Move.Sleep::new));
  }

  private static Arbitrary<Move> adverts() {
    Arbitrary<Integer> waits =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, 64)));
    return Combinators.combine(
            Arbitraries.of(Move.Rank.values()),
            Arbitraries.frequency(
                Tuple.of(4, LOWER_ADDRESS), Tuple.of(4, HIGHER_ADDRESS), Tuple.of(1, OWN_ADDRESS)),
            Arbitraries.of(Move.Speed.values()),
            waits)
        .as(Move.Hear::new);
  }

  private static Arbitrary<Move> inputs() {
    Arbitrary<Input> changes =
        Arbitraries.integers().between(1, 254).map(Input.PriorityChanged::new);
    return Arbitraries.frequencyOf(
            Tuple.of(
                4,
                Arbitraries.of(
                    new Input.Startup(null),
                    new Input.FaultCleared(),
                    new Input.TimerDue(),
                    new Input.GroupReady(),
                    new Input.GroupContested(),
                    new Input.Reconnected(),
                    new Input.AddressLost(),
                    new Input.Probed(true),
                    new Input.Probed(false),
                    new Input.Prepared(null))),
            Tuple.of(
                1,
                Arbitraries.of(
                    new Input.Startup("a fault from the start"),
                    new Input.FaultRaised("a fault"),
                    new Input.Shutdown(),
                    new Input.GroupLeft(
                        new Cause.GroupLeft("group", "other", new Cause.FaultRaised("a fault"))),
                    new Input.Prepared("it failed"))),
            Tuple.of(2, changes))
        .map(Move.Give::new);
  }
}
