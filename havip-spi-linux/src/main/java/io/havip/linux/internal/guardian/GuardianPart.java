package io.havip.linux.internal.guardian;

import io.havip.linux.internal.fence.FencePart;
import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.RobustMutex;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.loop.WarmUp;
import io.havip.linux.internal.netlink.Links;
import io.havip.linux.internal.netlink.Macvlans;
import io.havip.linux.internal.packet.PreparedAdverts;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.PlatformException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One loop's share in the guardian of its process: a second process that waits for the death of
 * this one, and for a deadline that is not renewed. Then it takes the addresses off and resigns.
 *
 * <p>Guarding costs this process a write to memory for each advert. Belongs to the loop.
 */
public final class GuardianPart implements FencePart, RouterGuard.Surroundings {

  private static final Duration READY_WAIT = Duration.ofSeconds(10);
  private static final long READY_POLL_NANOS = 2_000_000;

  private final EventLoop loop;
  private final Links links;
  private final Macvlans macvlans;
  private final PreparedAdverts adverts;
  private final Supervisor supervisor;
  private final int cell;
  private final RobustMutex mutex;
  private final List<RouterGuard> guards = new ArrayList<>();

  /** No guard needs a look before. */
  private long nextLook = Long.MAX_VALUE;

  /**
   * Starts the guardian, or shares the one of the process; it is at work some hundred milliseconds
   * later.
   *
   * @param required whether to wait for that
   * @throws PlatformException if it is impossible on this host, or not at work in time
   */
  public static GuardianPart open(
      EventLoop loop, Links links, Macvlans macvlans, boolean required) {
    GuardianPart part = new GuardianPart(loop, links, macvlans);
    if (required) {
      try {
        part.awaitReady();
      } catch (PlatformException e) {
        part.close();
        throw e;
      }
    }
    return part;
  }

  private GuardianPart(EventLoop loop, Links links, Macvlans macvlans) {
    this.loop = loop;
    this.links = links;
    this.macvlans = macvlans;
    adverts = new PreparedAdverts(loop);
    supervisor = Guardians.acquire();
    try {
      cell = supervisor.memory().takeCell();
    } catch (PlatformException e) {
      Guardians.release(supervisor);
      throw e;
    }
    mutex = region().cellMutex(cell, loop.arena());
    int errno = mutex.lock();
    if (errno != 0) {
      Guardians.release(supervisor);
      throw new PlatformException("the loop's mutex: " + Errno.describe(errno));
    }
    region().use(cell, true);
    warmUp();
    loop.beforeTurn(this::look);
  }

  private Region region() {
    return supervisor.memory().region();
  }

  /** Opens, renews and shuts a slot without a will, at which the guardian does not look. */
  private void warmUp() {
    long slot = supervisor.memory().takeSlot(cell);
    RouterGuard guard = new RouterGuard(this, slot, Duration.ofDays(1), () -> {});
    WarmUp.once(() -> {
      guard.renew();
      guard.renew();
      look(loop.now());
      guard.shut();
    });
    supervisor.memory().giveBackSlot(slot);
  }

  private void awaitReady() {
    long now = loop.now();
    long end = now + READY_WAIT.toNanos();
    long since = now;
    while (!supervisor.hasSeen(since, loop.now())) {
      if (loop.now() > end) {
        throw new PlatformException("the guardian is not at work after " + READY_WAIT);
      }
      LockSupport.parkNanos(READY_POLL_NANOS);
    }
  }

  @Override
  public String description() {
    return "guardian process";
  }

  @Override
  public Guard guard(GuardedRouter router, GuardListener listener) {
    loop.requireLoop();
    long slot;
    try {
      slot = supervisor.memory().takeSlot(cell);
    } catch (PlatformException e) {
      RouterGuard.warn(router, e);
      return Guard.NONE;
    }
    RouterGuard guard = new RouterGuard(this, slot, router.patience(), listener);
    guard.update(router);
    guards.add(guard);
    return guard;
  }

  /**
   * Looks, before anything else happens in a turn, whether the guardian has acted, and keeps it
   * from acting where the process woke up just in time.
   */
  private void look(long now) {
    if (now < nextLook) {
      return;
    }
    nextLook = Long.MAX_VALUE;
    for (int i = 0; i < guards.size(); i++) {
      guards.get(i).look(now);
    }
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public MemorySegment memory() {
    return region().memory();
  }

  @Override
  public void lookAt(long at) {
    nextLook = Math.min(nextLook, at);
  }

  @Override
  public void turnSoon() {
    loop.execute(() -> {});
  }

  @Override
  public boolean hasSeen(long since) {
    return supervisor.hasSeen(since, loop.now());
  }

  @Override
  public Will will(GuardedRouter router) {
    return Will.of(router, links, macvlans);
  }

  @Override
  public boolean isStale(Will will) {
    return will.isStale(links);
  }

  @Override
  public void bequeath(long slot, Will will) {
    supervisor.memory().bequeath(slot, will, adverts);
  }

  @Override
  public void closed(RouterGuard guard, long slot) {
    supervisor.memory().giveBackSlot(slot);
    guards.remove(guard);
  }

  @Override
  public void close() {
    List.copyOf(guards).forEach(RouterGuard::close);
    region().use(cell, false);
    mutex.unlock();
    supervisor.memory().giveBackCell(cell);
    Guardians.release(supervisor);
  }
}
