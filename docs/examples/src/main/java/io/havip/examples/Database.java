package io.havip.examples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One of two databases: a log of writes that the primary takes and copies to the secondary. A write
 * is acknowledged before it is copied, as with the asynchronous replication most databases come
 * with: what a crash costs is seen, and that an orderly hand-over costs nothing.
 *
 * <p>Each promotion begins an epoch. Of two primaries that meet, the one of the older epoch steps
 * down; what it took and the other has not is discarded, and counted.
 */
final class Database {

  /** What a database does. */
  enum Role {
    /** Takes writes. */
    PRIMARY,
    /** Copies what the primary takes. */
    SECONDARY
  }

  private record Epoch(long number, String owner) implements Comparable<Epoch> {
    @Override
    public int compareTo(Epoch other) {
      return Comparator.comparingLong(Epoch::number)
          .thenComparing(Epoch::owner)
          .compare(this, other);
    }
  }

  private record Entry(Epoch epoch, String text) {}

  private final String name;
  private final Consumer<String> tell;
  private final List<Entry> log = new ArrayList<>();
  private Optional<Database> peer = Optional.empty();
  private Role role = Role.SECONDARY;
  private Epoch epoch = new Epoch(0, "");
  private int discarded;

  Database(String name, Consumer<String> tell) {
    this.name = name;
    this.tell = tell;
  }

  Role role() {
    return role;
  }

  /** How many writes it had to discard because another primary went on without them. */
  int discarded() {
    return discarded;
  }

  List<String> writes() {
    return log.stream().map(Entry::text).toList();
  }

  /** {@return whether the write is acknowledged} */
  boolean write(String text) {
    if (role != Role.PRIMARY) {
      return false;
    }
    log.add(new Entry(epoch, text));
    return true;
  }

  /** Copies to the secondary what it does not have. Does nothing on a secondary or without peer. */
  void replicate() {
    if (role == Role.PRIMARY) {
      peer.filter(other -> other.role == Role.SECONDARY).ifPresent(other -> other.copy(this));
    }
  }

  /**
   * Becomes the primary of a new epoch. A primary that can be reached is made a secondary first.
   */
  void promote() {
    peer.ifPresent(other -> {
      other.demote();
      if (other.isAheadOf(this)) {
        copy(other);
      }
      epoch = later(epoch, other.epoch);
    });
    epoch = new Epoch(epoch.number() + 1, name);
    role = Role.PRIMARY;
    peer.ifPresent(other -> other.epoch = epoch);
    tell.accept("promoted, " + log.size() + " writes");
  }

  /** Takes no more writes and hands the last ones over. */
  void demote() {
    if (role == Role.PRIMARY) {
      role = Role.SECONDARY;
      int before = peer.map(other -> other.log.size()).orElse(0);
      peer.ifPresent(other -> other.copy(this));
      int copied = peer.map(other -> other.log.size()).orElse(0) - before;
      tell.accept("demoted, " + log.size() + " writes, the last " + copied + " copied just now");
    }
  }

  /** Takes no more writes: another one is primary, or will be. */
  void stepDown() {
    if (role == Role.PRIMARY) {
      role = Role.SECONDARY;
      tell.accept("no longer primary, " + log.size() + " writes");
    }
  }

  /** Its process ends; the next one starts with what is on the disk, as a secondary. */
  void crash() {
    role = Role.SECONDARY;
  }

  /** The two can reach each other from now on. */
  static void connect(Database a, Database b) {
    a.peer = Optional.of(b);
    b.peer = Optional.of(a);
    Database newer = a.epoch.compareTo(b.epoch) >= 0 ? a : b;
    Database older = newer == a ? b : a;
    if (newer.role == Role.PRIMARY) {
      older.stepDown();
    }
    older.epoch = newer.epoch;
    newer.replicate();
  }

  /** The two cannot reach each other any more. */
  static void disconnect(Database a, Database b) {
    a.peer = Optional.empty();
    b.peer = Optional.empty();
  }

  private boolean isAheadOf(Database other) {
    if (log.isEmpty() || other.log.isEmpty()) {
      return log.size() > other.log.size();
    }
    int byEpoch = log.getLast().epoch().compareTo(other.log.getLast().epoch());
    return byEpoch > 0 || (byEpoch == 0 && log.size() > other.log.size());
  }

  private void copy(Database from) {
    int same = 0;
    while (same < log.size()
        && same < from.log.size()
        && log.get(same).equals(from.log.get(same))) {
      same++;
    }
    int surplus = log.size() - same;
    if (surplus > 0) {
      discarded += surplus;
      log.subList(same, log.size()).clear();
      tell.accept("discards " + surplus + " writes that " + from.name + " never had");
    }
    log.addAll(from.log.subList(same, from.log.size()));
    epoch = later(epoch, from.epoch);
  }

  private static Epoch later(Epoch a, Epoch b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
