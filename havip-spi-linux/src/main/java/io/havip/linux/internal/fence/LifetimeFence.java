package io.havip.linux.internal.fence;

import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.netlink.Addresses;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Fences by the lifetimes of addresses, which the kernel takes off when nobody renews them. They
 * count in whole seconds. So they are the fence for what silences an address sooner but leaves it
 * on the host, and take its place, where adverts are slow enough, if there is nothing better.
 */
public final class LifetimeFence implements FencePart {

  private static final Logger LOG = System.getLogger(LifetimeFence.class.getName());

  private static final int GUARD_LIFESPANS = 2;

  private final EventLoop loop;
  private final Addresses addresses;
  private final boolean stall;

  /**
   * Creates it.
   *
   * @param stall whether lifetimes are the fence for stalls too
   */
  public LifetimeFence(EventLoop loop, Addresses addresses, boolean stall) {
    this.loop = loop;
    this.addresses = addresses;
    this.stall = stall;
  }

  /** How long a gate must stay shut after the process to outlast the address, in milliseconds. */
  public static long guardMillis(GuardedRouter router) {
    return GUARD_LIFESPANS * 1000L * Lifespan.floor(router).seconds();
  }

  @Override
  public String description() {
    return stall ? "address lifetimes for stalls too" : "address lifetimes";
  }

  @Override
  public Guard guard(GuardedRouter router, GuardListener listener) {
    loop.requireLoop();
    Lifetimes guard = new Lifetimes();
    guard.update(router);
    return guard;
  }

  @Override
  public void close() {}

  private final class Lifetimes implements Guard {
    private List<IpAddress> guarded = List.of();
    private Lifespan span = new Lifespan(0, false);
    private long renewAt = Long.MIN_VALUE;

    @Override
    public void renew() {
      long now = loop.now();
      if (now >= renewAt) {
        renewAt = now + span.renewNanos();
        addresses.renew(guarded, now + span.renewWithinNanos());
      }
    }

    /** What is shut is not renewed, and about to be taken off. */
    @Override
    public void shut() {
      renewAt = Long.MIN_VALUE;
    }

    @Override
    public void update(GuardedRouter router) {
      List<IpAddress> next = router.addresses().stream().map(VirtualAddress::address).toList();
      guarded.stream().filter(a -> !next.contains(a)).forEach(a -> addresses.lifetime(a, 0));
      guarded = next;
      span = stall ? Lifespan.fence(router) : Lifespan.floor(router);
      if (stall && !span.stall()) {
        LOG.log(
            Level.WARNING,
            "virtual router {0}: no stall fence: lifetimes of addresses count in seconds, and"
                + " peers wait only {1}; the kernel takes an address off after {2} s",
            router.name(),
            router.patience(),
            span.seconds());
      }
      next.forEach(a -> addresses.lifetime(a, span.seconds()));
      renewAt = Long.MIN_VALUE;
    }

    @Override
    public Fence fence() {
      return span.stall()
          ? new Fence.OnExitAndStall(span.bound(), span.bound())
          : new Fence.OnExit(span.bound());
    }

    @Override
    public void close() {
      guarded.forEach(address -> addresses.lifetime(address, 0));
      guarded = List.of();
    }
  }
}
