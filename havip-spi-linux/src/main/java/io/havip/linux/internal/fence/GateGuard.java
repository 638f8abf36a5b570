package io.havip.linux.internal.fence;

import io.havip.linux.internal.nftables.GateTable;
import io.havip.linux.internal.nftables.GateTable.Family;
import io.havip.linux.internal.nftables.NftBatch;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gate of one router. */
final class GateGuard implements Guard {

  private final Gate gate;
  private final String name;
  private GateTiming timing;
  private long intervalNanos;
  private long guardMillis;
  private List<byte[]> four;
  private List<byte[]> six;

  /** Whether the gate has it in its queue. */
  boolean queued;

  private boolean open;
  private boolean closed;
  private long advertAt;

  /** Until when the kernel certainly has the elements. */
  private long openUntil = Long.MIN_VALUE;

  private long guardedUntil = Long.MIN_VALUE;

  /** Whether the kernel may have elements of this router. */
  private boolean perhapsOpen;

  private boolean perhapsGuarded;

  /** What the transaction being made will have done. */
  private long timeout;

  private boolean renews;
  private boolean guards;

  GateGuard(Gate gate, GuardedRouter router, GateTiming timing) {
    this.gate = gate;
    this.timing = timing;
    name = router.name();
    four = keys(router, IpFamily.IPV4);
    six = keys(router, IpFamily.IPV6);
    settle(router, timing);
  }

  private void settle(GuardedRouter router, GateTiming next) {
    timing = next;
    intervalNanos = router.interval().toNanos();
    guardMillis = gate.guardMillis(router);
  }

  private static List<byte[]> keys(GuardedRouter router, IpFamily family) {
    return router.addresses().stream()
        .map(VirtualAddress::address)
        .filter(address -> address.family() == family)
        .distinct()
        .map(address -> address.toBytes())
        .toList();
  }

  String name() {
    return name;
  }

  long intervalNanos() {
    return intervalNanos;
  }

  /** How many elements a transaction about this router concerns. */
  int size() {
    return 2 * four.size() + six.size();
  }

  private List<byte[]> keys(Family family) {
    return family == Family.IPV6 ? six : four;
  }

  @Override
  public void renew() {
    if (!closed && timing.possible()) {
      advertAt = gate.now();
      gate.renewSoon(this, !open);
      open = true;
    }
  }

  @Override
  public void shut() {
    if (open) {
      open = false;
      openUntil = Long.MIN_VALUE;
      gate.shut(this);
      perhapsOpen = false;
    }
  }

  @Override
  public void update(GuardedRouter router) {
    List<byte[]> fourBefore = four;
    List<byte[]> sixBefore = six;
    List<byte[]> fourNext = keys(router, IpFamily.IPV4);
    List<byte[]> sixNext = keys(router, IpFamily.IPV6);
    four = without(fourBefore, fourNext);
    six = without(sixBefore, sixNext);
    gate.forget(this);
    four = fourNext;
    six = sixNext;
    settle(router, gate.timing(router));
    guardedUntil = Long.MIN_VALUE;
    openUntil = Long.MIN_VALUE;
    if (!timing.possible()) {
      open = false;
      gate.forget(this);
    } else if (open) {
      gate.renewSoon(this, true);
    }
  }

  private static List<byte[]> without(List<byte[]> all, List<byte[]> kept) {
    List<byte[]> rest = new ArrayList<>(all);
    rest.removeIf(key -> kept.stream().anyMatch(k -> Arrays.equals(k, key)));
    return rest;
  }

  @Override
  public Fence fence() {
    return timing.possible() && gate.works()
        ? new Fence.OnExitAndStall(timing.bound(), timing.bound())
        : new Fence.None();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      open = false;
      gate.close(this);
    }
  }

  /** The kernel may have lost what it had. */
  void doubt() {
    openUntil = Long.MIN_VALUE;
    guardedUntil = Long.MIN_VALUE;
  }

  /** Whether the router is open, or shall be. */
  boolean isOpen() {
    return open;
  }

  /** Whether the addresses are certainly under guard. */
  boolean isGuarded(long now) {
    return now < guardedUntil;
  }

  /** Whether there may be anything to take out of a set. */
  boolean perhapsIn(boolean ofOpen) {
    return size() > 0 && (ofOpen ? perhapsOpen : perhapsGuarded);
  }

  void addGuarded(NftBatch batch, Family family) {
    perhapsGuarded = true;
    addAll(batch, family, guardMillis);
  }

  /**
   * Decides what the transaction being made does for this router.
   *
   * @return whether it does anything: an advert that is too old opens nothing
   */
  boolean prepare(long now) {
    timeout = open ? timing.timeoutMillis(advertAt, now) : 0;
    renews = now < openUntil;
    guards = guardedUntil == Long.MIN_VALUE || now > guardedUntil - guardMillis * 500_000;
    boolean sends = timeout > 0;
    perhapsOpen |= sends;
    perhapsGuarded |= sends && guards;
    return sends;
  }

  /** The transaction has been carried out. */
  void done(long began) {
    openUntil = timing.sureUntil(began, timeout);
    if (guards) {
      guardedUntil = guardMillis == 0 ? Long.MAX_VALUE : began + guardMillis * 1_000_000;
    }
  }

  /**
   * Elements that may or may not exist are added before they are removed, so that the removal
   * cannot fail. Those that exist are only removed: if their time is over meanwhile, because this
   * process stood still, the kernel refuses the transaction and nothing is opened.
   */
  void addBefore(NftBatch batch, Family family, boolean ofOpen) {
    if (ofOpen ? !renews : guards) {
      add(batch, family, ofOpen);
    }
  }

  void remove(NftBatch batch, Family family, boolean ofOpen) {
    if (ofOpen || guards) {
      removeAll(batch, family);
    }
  }

  void add(NftBatch batch, Family family, boolean ofOpen) {
    if (ofOpen || guards) {
      addAll(batch, family, ofOpen ? timeout : guardMillis);
    }
  }

  void addAll(NftBatch batch, Family family, long millis) {
    List<byte[]> keys = keys(family);
    for (int i = 0; i < keys.size(); i++) {
      GateTable.element(batch, keys.get(i), millis);
    }
  }

  void removeAll(NftBatch batch, Family family) {
    List<byte[]> keys = keys(family);
    for (int i = 0; i < keys.size(); i++) {
      GateTable.element(batch, keys.get(i));
    }
  }
}
