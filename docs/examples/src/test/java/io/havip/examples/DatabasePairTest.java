package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database is primary where the address is, and the address is where it is primary. */
class DatabasePairTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<String> told = new ArrayList<>();
  private final DatabasePair pair =
      new DatabasePair(5, (where, what) -> told.add(where + " " + what));

  private void begin() {
    start(pair.db1);
    start(pair.db2);
    pair.work();
    await(pair.db1);
    pair.sim.run(Duration.ofSeconds(1));
    told.clear();
  }

  private void start(DatabasePair.Node node) {
    node.start(event -> {
      if (event instanceof HavipEvent.AddressBound || event instanceof HavipEvent.AddressReleased) {
        told.add(node.host + " " + event.describe());
      }
    });
  }

  private void await(DatabasePair.Node node) {
    pair.sim.runUntil(node.host + " serves", node::serves, LIMIT);
  }

  @Test
  void anOrderlyHandOverLosesNothingAndDemotesBeforeTheAddressGoes() {
    begin();
    pair.db1.stop();
    await(pair.db2);
    pair.sim.run(Duration.ofMillis(1));

    assertThat(pair.missingFrom(pair.db2)).isEmpty();
    assertThat(pair.acknowledged()).isPositive();
    assertThat(told).hasSize(4);
    assertThat(told.get(0)).startsWith("db1 database demoted");
    assertThat(told.get(1)).isEqualTo("db1 172.17.16.3 is off eth0");
    assertThat(told.get(2)).startsWith("db2 database promoted");
    assertThat(told.get(3)).isEqualTo("db2 172.17.16.3 is on eth0");
  }

  @Test
  void aFailedCheckHandsOverAsOrderly() {
    begin();
    pair.db1.well(false);
    await(pair.db2);

    assertThat(pair.missingFrom(pair.db2)).isEmpty();
    assertThat(pair.violations()).isEmpty();
  }

  @Test
  void aCrashLosesAtMostWhatWasNotYetCopied() {
    begin();
    pair.db1.crash();
    await(pair.db2);

    assertThat(pair.missingFrom(pair.db2)).as("10 writes between two copies").hasSizeBetween(1, 10);
    pair.db1.restart();
    pair.sim.run(Duration.ofSeconds(2));
    assertThat(pair.db1.database.discarded()).isEqualTo(pair.missingFrom(pair.db2).size());
    assertThat(pair.db2.database.writes()).containsAll(pair.db1.database.writes());
    assertThat(pair.violations()).isEmpty();
  }

  @Test
  void whenACutHealsOnePrimaryIsLeftAndItHoldsTheAddress() {
    begin();
    pair.cut(true);
    pair.sim.runUntil(
        "both are primary, which nothing without a third can prevent",
        () ->
            pair.db1.database.role() == Database.Role.PRIMARY
                && pair.db2.database.role() == Database.Role.PRIMARY,
        LIMIT);
    pair.sim.run(Duration.ofSeconds(2));
    pair.cut(false);
    pair.sim.run(Duration.ofSeconds(10));

    assertThat(pair.violations()).isEmpty();
    assertThat(List.of(pair.db1.serves(), pair.db2.serves())).containsOnlyOnce(true);
    assertThat(pair.db1.database.role()).isNotEqualTo(pair.db2.database.role());
    assertThat(pair.db1.host.has(DatabasePair.HAVIP))
        .isNotEqualTo(pair.db2.host.has(DatabasePair.HAVIP));
  }

  @Test
  void whileTheDatabasesReachEachOtherAPromotionMakesTheOtherSecondary() {
    begin();
    // Adverts alone are lost, as behind a firewall that does not know protocol 112.
    pair.sim.inject(new Fault.Cut("db1", "db2", true));
    pair.sim.runUntil(
        "db2 is promoted", () -> pair.db2.database.role() == Database.Role.PRIMARY, LIMIT);

    assertThat(pair.db1.database.role()).isEqualTo(Database.Role.SECONDARY);
    assertThat(pair.missingFrom(pair.db2)).isEmpty();
    pair.sim.run(Duration.ofSeconds(20));
    assertThat(pair.violations()).isEmpty();
  }

  @Test
  void aWriteToASecondaryIsNotAcknowledged() {
    Database secondary = new Database("db", text -> {});

    assertThat(secondary.write("x")).isFalse();
    assertThat(secondary.writes()).isEmpty();
  }
}
