package io.havip.linux.internal.fence;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Structs.Timespec;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.loop.WarmUp;
import io.havip.linux.internal.nftables.GateTable;
import io.havip.linux.internal.nftables.GateTable.Family;
import io.havip.linux.internal.nftables.NftBatch;
import io.havip.linux.internal.nftables.TableHome;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.PlatformException;
import io.havip.spi.Timers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * Fences by nftables: the kernel drops what is sent to or from a guarded address unless this
 * process keeps the address open, which it does with each advert. Whatever stops the process closes
 * the gate.
 */
public final class Gate implements FencePart {

  private static final Logger LOG = System.getLogger(Gate.class.getName());

  private static final Family[] FAMILIES = Family.values();

  private static final TableHome.Kind<GateTable> TABLES =
      new TableHome.Kind<>("gate", GateTable.PREFIX, "io.havip/gate/", GateTable::new);

  private static final long SECOND = 1_000_000_000L;

  /** Renewals that come in faster than this are sent together. */
  private static final long LONGEST_SPACING = 5_000_000;

  private static final int SPACINGS_PER_INTERVAL = 8;
  private static final int MAX_ELEMENTS = NftBatch.ROOM / GateTable.ELEMENT_ROOM - 16;
  private static final int ATTEMPTS = 3;

  /**
   * A host so busy that elements come to their end leaves dead ones behind, which the kernel
   * collects only while no transaction disturbs it.
   */
  private static final int REOPENED_SPACINGS = 4;

  private static final int BUSY_ATTEMPTS = 10;
  private static final long BUSY_NANOS = 50_000;
  private static final int TOLERATED_FAILURES = 10;

  private final EventLoop loop;
  private final ToLongFunction<GuardedRouter> guardMillis;
  private final NftBatch batch = new NftBatch();
  private final TableHome<GateTable> home;
  private final long jiffyNanos;
  private final Runnable afterFlush = this::flushed;
  private final Timers.Deadline later;

  private final Set<GateGuard> guards = new LinkedHashSet<>();
  private final List<GateGuard> pending = new ArrayList<>();
  private final List<GateGuard> chunk = new ArrayList<>();
  private boolean urgent;
  private boolean reopened;
  private int failures;
  private long sentAt = Long.MIN_VALUE;
  private long spacing = LONGEST_SPACING;

  /**
   * Makes the tables, after removing those of dead processes.
   *
   * @param guardMillis how long an address stays under guard when its process does not run, 0 for
   *     ever; longer than the address stays on the host
   * @throws PlatformException if the kernel has no nftables or refuses
   */
  public Gate(EventLoop loop, ToLongFunction<GuardedRouter> guardMillis) {
    this(loop, guardMillis, GateTable.OWNER | GateTable.PERSIST);
  }

  Gate(EventLoop loop, ToLongFunction<GuardedRouter> guardMillis, int flags) {
    this.loop = loop;
    this.guardMillis = guardMillis;
    jiffyNanos = jiffy(loop);
    home = open(loop, batch, flags);
    later = loop.newDeadline(() -> {}); // every turn ends with what is to be done then
    loop.afterFlush(afterFlush);
    warmUp();
  }

  private static TableHome<GateTable> open(EventLoop loop, NftBatch batch, int flags) {
    TableHome<GateTable> home = new TableHome<>(loop, batch, TABLES);
    try {
      home.open(flags);
    } catch (PlatformException e) {
      home.close();
      throw e;
    }
    return home;
  }

  private static long jiffy(EventLoop loop) {
    MemorySegment resolution = loop.arena().allocate(Timespec.LAYOUT);
    int result = loop.libc().clockGetres(Sys.CLOCK_MONOTONIC_COARSE, resolution);
    return result < 0
        ? SECOND / 100
        : resolution.get(JAVA_LONG, Timespec.SEC) * SECOND
            + resolution.get(JAVA_LONG, Timespec.NSEC);
  }

  /** Opens, renews and shuts a gate for addresses that nobody can have. */
  private void warmUp() {
    Guard guard = guard(LinuxFencing.NOBODY, () -> {});
    WarmUp.once(() -> {
      guard.renew();
      settle();
      sentAt = Long.MIN_VALUE;
      guard.renew();
      settle();
      guard.shut();
    });
    guard.close();
  }

  @Override
  public String description() {
    return "nftables gate " + home.name();
  }

  @Override
  public Guard guard(GuardedRouter router, GuardListener listener) {
    loop.requireLoop();
    GateGuard guard = new GateGuard(this, router, timing(router));
    guards.add(guard);
    space();
    return guard;
  }

  @Override
  public Optional<String> objection(GuardedRouter router) {
    if (!GateTiming.of(router, jiffyNanos).possible()) {
      return Optional.of(
          ("adverts every %d ms and peers that wait %d ms leave no room for it on this kernel,"
                  + " whose clock ticks every %d us; set a longer advert interval")
              .formatted(
                  router.interval().toMillis(), router.patience().toMillis(), jiffyNanos / 1000));
    }
    if (2 * router.addresses().size() > MAX_ELEMENTS) {
      return Optional.of("it has more addresses than " + MAX_ELEMENTS / 2);
    }
    return Optional.empty();
  }

  /** What the gate can do for a router; says so if that is nothing. */
  GateTiming timing(GuardedRouter router) {
    GateTiming timing = GateTiming.of(router, jiffyNanos);
    return objection(router)
        .map(why -> {
          LOG.log(Level.WARNING, "virtual router {0}: no stall fence: {1}", router.name(), why);
          return new GateTiming(timing.boundNanos(), jiffyNanos, false);
        })
        .orElse(timing);
  }

  private void space() {
    long shortest = LONGEST_SPACING * SPACINGS_PER_INTERVAL;
    for (GateGuard guard : guards) {
      shortest = Math.min(shortest, guard.intervalNanos());
    }
    spacing = shortest / SPACINGS_PER_INTERVAL;
  }

  long guardMillis(GuardedRouter router) {
    return guardMillis.applyAsLong(router);
  }

  long now() {
    return loop.now();
  }

  /** Whether the kernel carries out transactions. */
  boolean works() {
    return failures < TOLERATED_FAILURES;
  }

  /** Renews when the adverts of this turn have been sent, together with what else is due soon. */
  void renewSoon(GateGuard guard, boolean atOnce) {
    again(guard);
    urgent |= atOnce;
  }

  private void flushed() {
    try {
      settle();
    } catch (RuntimeException e) {
      loop.report("the gate", e);
    }
  }

  private void settle() {
    if (pending.isEmpty()) {
      return;
    }
    long next = sentAt + (reopened ? REOPENED_SPACINGS * spacing : spacing);
    if (!urgent && loop.now() < next) {
      later.arm(next);
      return;
    }
    urgent = false;
    reopened = false;
    int due = pending.size();
    int elements = 0;
    for (int i = 0; i < due; i++) {
      GateGuard guard = pending.get(i);
      guard.queued = false;
      if (elements + guard.size() > MAX_ELEMENTS) {
        renewChunk();
        elements = 0;
      }
      elements += guard.size();
      chunk.add(guard);
    }
    renewChunk();
    pending.subList(0, due).clear();
    sentAt = loop.now();
    if (!pending.isEmpty()) {
      later.arm(sentAt + spacing);
    }
  }

  /**
   * The timeouts are counted from the adverts. If this process stood still while it sent them to
   * the kernel they end too late, and are set once more.
   */
  private void renewChunk() {
    int errno = 0;
    boolean inTime = false;
    for (int i = 0; i < ATTEMPTS && errno == 0 && !inTime; i++) {
      long began = loop.now();
      prepare(began);
      if (chunk.isEmpty()) {
        return;
      }
      errno = renewOrReopen();
      if (errno == 0) {
        for (int k = 0; k < chunk.size(); k++) {
          chunk.get(k).done(began);
        }
        inTime = !GateTiming.late(began, loop.now());
      }
    }
    for (int i = 0; i < chunk.size(); i++) {
      if (errno != 0) {
        again(chunk.get(i));
      } else if (!inTime) {
        shut(chunk.get(i));
      }
    }
    chunk.clear();
    worked(errno);
  }

  /**
   * An element that is to be renewed may have come to its end, in a stall that was too short for
   * the peers to act.
   */
  private int renewOrReopen() {
    int errno = transact();
    if (errno == Errno.ENOENT) {
      reopened = true;
      doubtChunk();
      errno = transact();
    }
    for (int i = 0; i < BUSY_ATTEMPTS && errno == Errno.EBUSY; i++) {
      LockSupport.parkNanos(BUSY_NANOS);
      doubtChunk();
      errno = transact();
    }
    if (errno == Errno.ENOENT) {
      errno = remake();
      errno = errno == 0 ? transact() : errno;
    }
    return errno;
  }

  private void doubtChunk() {
    long now = loop.now();
    for (int i = 0; i < chunk.size(); i++) {
      chunk.get(i).doubt();
    }
    prepare(now);
  }

  /** Such as EBUSY, while the kernel makes room for more elements. */
  private void again(GateGuard guard) {
    if (!guard.queued) {
      guard.queued = true;
      pending.add(guard);
    }
  }

  /** Drops from the chunk what need not be renewed any more. */
  private void prepare(long now) {
    for (int i = chunk.size() - 1; i >= 0; i--) {
      if (!chunk.get(i).prepare(now)) {
        chunk.remove(i);
      }
    }
  }

  private int transact() {
    GateTable table = home.tables();
    GateTable.begin(batch);
    for (Family family : FAMILIES) {
      for (int set = 0; set < 2; set++) {
        boolean ofOpen = set == 1;
        table.beginAdd(batch, family, ofOpen);
        for (int i = 0; i < chunk.size(); i++) {
          chunk.get(i).addBefore(batch, family, ofOpen);
        }
        GateTable.endElements(batch);
        table.beginRemove(batch, family, ofOpen);
        for (int i = 0; i < chunk.size(); i++) {
          chunk.get(i).remove(batch, family, ofOpen);
        }
        GateTable.endElements(batch);
        table.beginAdd(batch, family, ofOpen);
        for (int i = 0; i < chunk.size(); i++) {
          chunk.get(i).add(batch, family, ofOpen);
        }
        GateTable.endElements(batch);
      }
    }
    GateTable.commit(batch);
    return home.transact();
  }

  /** Somebody removed the tables: they are made anew, and whoever is open is opened again. */
  private int remake() {
    LOG.log(
        Level.WARNING,
        "the nftables {0} of this process were removed by somebody else; they are made anew",
        home.name());
    int errno = home.remake();
    for (GateGuard guard : guards) {
      guard.doubt();
      if (guard.isOpen() && !chunk.contains(guard)) {
        renewSoon(guard, true);
      }
    }
    return errno;
  }

  private void worked(int errno) {
    failures = errno == 0 ? 0 : failures + 1;
    if (failures == TOLERATED_FAILURES) {
      LOG.log(
          Level.WARNING,
          "the nftables gate fails, addresses may be silent or unfenced until it works again: {0}",
          Errno.describe(errno));
    }
  }

  /** Closes the gate of a router at once, also if it has not been opened yet. */
  void shut(GateGuard guard) {
    takeOut(guard, true);
    if (!guard.isGuarded(loop.now())) {
      putUnderGuard(guard);
    }
  }

  private void putUnderGuard(GateGuard guard) {
    GateTable table = home.tables();
    GateTable.begin(batch);
    for (Family family : FAMILIES) {
      table.beginAdd(batch, family, false);
      guard.addGuarded(batch, family);
      GateTable.endElements(batch);
    }
    GateTable.commit(batch);
    home.transact();
  }

  /** Takes the addresses of a router out of all sets. */
  void forget(GateGuard guard) {
    takeOut(guard, true);
    takeOut(guard, false);
  }

  /**
   * A removal fails if one of the elements is not there, and an addition while the kernel makes
   * room. So what is probably there is removed, and only if that fails added and removed: the
   * kernel needs milliseconds to take a transaction back.
   */
  private void takeOut(GateGuard guard, boolean ofOpen) {
    if (!guard.perhapsIn(ofOpen)) {
      return;
    }
    int errno = takeOut(guard, ofOpen, false);
    for (int i = 0; i < BUSY_ATTEMPTS && errno != 0; i++) {
      if (errno == Errno.EBUSY) {
        LockSupport.parkNanos(BUSY_NANOS);
      }
      errno = takeOut(guard, ofOpen, true);
    }
    if (errno != 0 && errno != Errno.ENOENT) {
      worked(errno);
    }
  }

  private int takeOut(GateGuard guard, boolean ofOpen, boolean addFirst) {
    GateTable table = home.tables();
    GateTable.begin(batch);
    for (Family family : FAMILIES) {
      if (addFirst) {
        table.beginAdd(batch, family, ofOpen);
        guard.addAll(batch, family, 1);
        GateTable.endElements(batch);
      }
      table.beginRemove(batch, family, ofOpen);
      guard.removeAll(batch, family);
      GateTable.endElements(batch);
    }
    GateTable.commit(batch);
    return home.transact();
  }

  /** A resignation that is queued must not wait for it. */
  void close(GateGuard guard) {
    loop.flush();
    forget(guard);
    pending.remove(guard);
    guards.remove(guard);
    space();
  }

  @Override
  public void close() {
    later.disarm();
    loop.noMoreAfterFlush(afterFlush);
    home.close();
  }
}
