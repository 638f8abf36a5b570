package io.havip.examples;

import io.havip.Handover;
import io.havip.HavipListener;
import io.havip.HavipNode;
import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Two databases, each in one process with a member of this library, and a client that writes to the
 * HAVIP all the time.
 */
final class DatabasePair {

  static final IpAddress HAVIP = IpAddress.parse("172.17.16.3");

  private static final Duration BETWEEN_WRITES = Duration.ofMillis(20);
  private static final Duration BETWEEN_COPIES = Duration.ofMillis(200);

  /** How long promoting and demoting take. */
  private static final Duration SWITCHING = Duration.ofMillis(250);

  private static final Duration LONGEST_SWITCH = Duration.ofSeconds(5);

  final Simulation sim;
  final Node db1;
  final Node db2;

  private final SimClient client;
  private final BiConsumer<String, String> tell;
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private boolean cut;
  private boolean linked;
  private int attempts;
  private Duration lastAcknowledged = Duration.ZERO;
  private Duration lastGap = Duration.ZERO;

  DatabasePair(long seed, BiConsumer<String, String> tell) {
    this.tell = tell;
    sim = Simulation.seeded(seed);
    SimNetwork subnet = sim.segment("172.17.16.0/20");
    db1 = new Node(subnet, "db1", "172.17.16.13", 100, "172.17.16.7");
    db2 = new Node(subnet, "db2", "172.17.16.7", 80, "172.17.16.13");
    client = subnet.client("client", "172.17.16.100");
    sim.afterEachEvent(this::neverTwoWritable);
  }

  /** A process with a database and a member, on a host. */
  final class Node {

    final SimHost host;
    final Database database;
    private final VirtualRouterConfig router;
    private boolean well = true;
    private boolean serving;

    private Node(SimNetwork subnet, String name, String own, int priority, String peer) {
      host = subnet.host(name, own).workersDelay(SWITCHING);
      database = new Database(host.name(), text -> tell.accept(host.name(), "database " + text));
      router =
          VirtualRouterConfig.builder("orders")
              .interfaceName("eth0")
              .vrid(51)
              .priority(priority)
              .address(HAVIP + "/20")
              .unicast(own, peer)
              .preemption(Preemption.NEVER)
              .healthCheck("database", this::fit)
              .beforeServing(any -> promote(), LONGEST_SWITCH)
              .beforeLeaving(leaving(), LONGEST_SWITCH)
              .build();
    }

    /** One that serves must be primary; one that does not need only be well. */
    private boolean fit() {
      return well && (!serving || database.role() == Database.Role.PRIMARY);
    }

    private void promote() {
      database.promote();
      serving = true;
    }

    private Handover.Callback leaving() {
      return new Handover.Callback() {
        @Override
        public void demote(String name) {
          serving = false;
          database.demote();
        }

        @Override
        public void lost(String name) {
          serving = false;
          database.stepDown();
        }
      };
    }

    /** Starts the process. */
    void start(HavipListener listener) {
      // Listeners at once, so that what they are told is not told late: the callbacks take time.
      host.start(platform ->
          HavipNode.builder(router)
              .platform(platform)
              .listener(listener)
              .callbackExecutor(Runnable::run)
              .start());
      connection();
    }

    /** The host dies, and its process with it. */
    void crash() {
      host.crash();
      gone();
    }

    /** The process is asked to leave. */
    void stop() {
      host.stop();
    }

    /** The process is there again, as a secondary with what is on its disk. */
    void restart() {
      gone();
      host.restart();
      connection();
    }

    /** What the health check of the database says from now on. */
    void well(boolean value) {
      well = value;
    }

    private void gone() {
      Database.disconnect(db1.database, db2.database);
      linked = false;
      serving = false;
      database.crash();
    }

    boolean serves() {
      return client.reaches(HAVIP).equals(Optional.of(host))
          && database.role() == Database.Role.PRIMARY;
    }
  }

  /** The client writes and the primary copies, from now on. */
  void work() {
    every(BETWEEN_WRITES, "a write", this::write);
    every(
        BETWEEN_COPIES,
        "replication",
        () -> {
          connection();
          db1.database.replicate();
          db2.database.replicate();
        });
  }

  /** Cuts everything between the two, or mends it. The client reaches both all the time. */
  void cut(boolean value) {
    cut = value;
    String a = db1.host.name();
    String b = db2.host.name();
    sim.inject(value ? new Fault.Cut(a, b, true) : new Fault.Mend(a, b, true));
    connection();
  }

  /** The writes that were acknowledged and that a database does not have. */
  Set<String> missingFrom(Node node) {
    Set<String> missing = new HashSet<>(acknowledged);
    node.database.writes().forEach(missing::remove);
    return missing;
  }

  /** The last time between two acknowledged writes that was longer than that between attempts. */
  Duration lastGap() {
    return lastGap;
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** What must never have happened, if it did. */
  List<String> violations() {
    return violations;
  }

  Node other(Node node) {
    return node == db1 ? db2 : db1;
  }

  private boolean connected() {
    return !cut && db1.host.running() && db2.host.running();
  }

  private void connection() {
    boolean now = connected();
    if (now && !linked) {
      Database.connect(db1.database, db2.database);
    } else if (!now) {
      Database.disconnect(db1.database, db2.database);
    }
    linked = now;
  }

  private void write() {
    String text = "write " + ++attempts;
    client
        .reaches(HAVIP)
        .map(host -> host == db1.host ? db1 : db2)
        .filter(node -> node.database.write(text))
        .ifPresent(node -> acknowledge(text));
  }

  private void acknowledge(String text) {
    Duration gap = sim.now().minus(lastAcknowledged);
    if (gap.compareTo(BETWEEN_WRITES) > 0) {
      lastGap = gap;
    }
    lastAcknowledged = sim.now();
    acknowledged.add(text);
  }

  private void every(Duration interval, String what, Runnable action) {
    sim.at(
        sim.now().plus(interval),
        what,
        () -> {
          action.run();
          every(interval, what, action);
        });
  }

  private void neverTwoWritable() {
    boolean two =
        db1.database.role() == Database.Role.PRIMARY
            && db2.database.role() == Database.Role.PRIMARY;
    if (two && connected()) {
      violations.add("two writable primaries at " + sim.now());
    }
  }
}
