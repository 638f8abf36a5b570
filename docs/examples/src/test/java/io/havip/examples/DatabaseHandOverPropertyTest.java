package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever orderly hand-overs follow each other, no acknowledged write is lost. */
class DatabaseHandOverPropertyTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How the one that serves is made to hand over, and how long after the one before. */
  record HandOver(boolean byStop, int afterMillis) {}

  @Provide
  Arbitrary<HandOver> handOvers() {
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(0, 6000))
        .as(HandOver::new);
  }

  @Property(tries = 60)
  void noAcknowledgedWriteIsLostAndNeverTwoArePrimary(
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 5) List<@From("handOvers") HandOver> handOvers) {
    DatabasePair pair = new DatabasePair(seed, (where, what) -> {});
    pair.db1.start(event -> {});
    pair.db2.start(event -> {});
    pair.work();
    DatabasePair.Node serving = pair.db1;
    await(pair, serving);
    for (HandOver each : handOvers) {
      pair.sim.run(Duration.ofMillis(each.afterMillis()));
      serving = handOver(pair, serving, each);
      assertThat(pair.missingFrom(serving)).isEmpty();
    }
    assertThat(pair.acknowledged()).isPositive();
    assertThat(pair.violations()).isEmpty();
    assertThat(pair.db1.database.discarded() + pair.db2.database.discarded()).isZero();
  }

  private static DatabasePair.Node handOver(
      DatabasePair pair, DatabasePair.Node from, HandOver how) {
    DatabasePair.Node to = pair.other(from);
    if (how.byStop()) {
      from.stop();
    } else {
      from.well(false);
    }
    await(pair, to);
    if (how.byStop()) {
      pair.sim.runUntil("the old process ends", () -> !from.host.running(), LIMIT);
      from.restart();
    } else {
      from.well(true);
    }
    // It must be fit again before it can be handed to.
    pair.sim.run(Duration.ofSeconds(3));
    return to;
  }

  private static void await(DatabasePair pair, DatabasePair.Node node) {
    pair.sim.runUntil(node.host + " serves", node::serves, LIMIT);
  }
}
