package io.havip.linux.internal;

import io.havip.linux.internal.fence.Gate;
import io.havip.linux.internal.fence.LifetimeFence;
import io.havip.linux.internal.fence.LinuxFencing;
import io.havip.linux.internal.guardian.GuardianPart;
import io.havip.linux.internal.libc.NativeAccess;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.netlink.Addresses;
import io.havip.linux.internal.netlink.Links;
import io.havip.linux.internal.netlink.Macvlans;
import io.havip.linux.internal.netlink.Requests;
import io.havip.linux.internal.nftables.AcceptFilter;
import io.havip.linux.internal.packet.AdvertPorts;
import io.havip.linux.internal.packet.Announcer;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.Fencing;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.Timers;
import io.havip.spi.VirtualMacs;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The network of this host: one loop and what lives on it. */
public final class LinuxPlatform implements Platform {

  private static final Logger LOG = System.getLogger(LinuxPlatform.class.getName());

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Workers workers;
  private final Seams seams;

  /** What lives on the loop. Each part is null until it is open. */
  private static final class Seams implements EventLoop.Tenant {
    private final FenceOptions wanted;
    private final Executor workers;
    private @Nullable Requests requests;
    private @Nullable Links links;
    private @Nullable LinuxBinder addresses;
    private @Nullable AdvertPorts adverts;
    private @Nullable Announcer announcer;
    private @Nullable Macvlans macvlans;
    private @Nullable LinuxFencing fencing;

    Seams(FenceOptions wanted, Executor workers) {
      this.wanted = wanted;
      this.workers = workers;
    }

    @Override
    public void open(EventLoop loop) {
      requests = new Requests(loop);
      if (!requests.mayChangeAddresses()) {
        throw new PlatformException(
            "changing addresses is not permitted; " + Privilege.NET_ADMIN.advice());
      }
      links = new Links(loop, requests);
      Addresses rtnetlink = new Addresses(loop, requests, links, workers);
      addresses = new LinuxBinder(rtnetlink, new AcceptFilter(loop));
      adverts = new AdvertPorts(loop, links);
      announcer = new Announcer(loop, links, workers);
      macvlans = new Macvlans(loop, requests, links);
      fencing = new LinuxFencing(wanted);
      openFences(loop, fencing, rtnetlink, links, macvlans);
    }

    /** Adds the fences in the order in which they shall act. */
    private void openFences(
        EventLoop loop, LinuxFencing fences, Addresses binder, Links interfaces, Macvlans virtual) {
      boolean lasting = wanted.exit() == Use.OFF;
      boolean gate =
          fences.add(
              "stall fence",
              wanted.stall(),
              () -> new Gate(loop, router -> lasting ? 0 : LifetimeFence.guardMillis(router)));
      boolean instead = !gate && wanted.stall() != Use.OFF;
      fences.add(
          "lifetime of addresses",
          instead ? Use.AUTO : wanted.exit(),
          () -> new LifetimeFence(loop, binder, instead));
      Use guardian = wanted.guardian();
      fences.add(
          "guardian",
          guardian,
          () -> GuardianPart.open(loop, interfaces, virtual, guardian == Use.REQUIRED));
      fences.warn();
      fences.rehearse();
    }

    /**
     * Addresses first: the sooner they are gone the better. The fences after them, for what they
     * leave open answers again.
     */
    @Override
    public void close() {
      release(addresses, LinuxBinder::close);
      release(fencing, LinuxFencing::close);
      release(adverts, AdvertPorts::close);
      release(announcer, Announcer::close);
      release(macvlans, Macvlans::close);
      release(links, Links::close);
      release(requests, Requests::close);
    }

    /** What goes wrong with one part must not keep the others open. */
    private static <T> void release(@Nullable T part, Consumer<T> close) {
      if (part != null) {
        try {
          close.accept(part);
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "closing a part of the platform failed", e);
        }
      }
    }
  }

  private LinuxPlatform(PlatformOptions options, ThreadFactory threads) {
    String name = "havip-" + options.nodeName();
    workers = new Workers(name);
    seams = new Seams(options.fences(), workers);
    loop = new EventLoop(name, threads, seams);
  }

  /**
   * Opens the network of this host.
   *
   * @throws PlatformException if native access, a privilege or a facility is missing
   */
  public static LinuxPlatform open(PlatformOptions options) {
    return open(options, Thread::new);
  }

  /**
   * Opens the network that the loop's thread sees. Linux gives every thread a network namespace of
   * its own, so a thread that enters one before it runs its task makes a platform for that
   * namespace.
   *
   * @param threads makes the loop's thread
   * @throws PlatformException if native access, a privilege or a facility is missing
   */
  public static LinuxPlatform open(PlatformOptions options, ThreadFactory threads) {
    Optional<String> obstacle = NativeAccess.obstacle();
    if (obstacle.isPresent()) {
      throw new PlatformException(obstacle.get());
    }
    LinuxPlatform platform = new LinuxPlatform(options, threads);
    platform.loop.start();
    return platform;
  }

  @Override
  public String description() {
    return "linux "
        + System.getProperty("os.version", "?")
        + " "
        + System.getProperty("os.arch", "?")
        + ": raw sockets, rtnetlink, "
        + open(seams.fencing).description();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public boolean inLoop() {
    return loop.inLoop();
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public Timers timers() {
    return loop;
  }

  @Override
  public void rehearse() {
    loop.requireLoop();
    loop.warmUp().again();
    open(seams.fencing).rehearseAgain(loop::flush);
  }

  @Override
  public AdvertChannel adverts() {
    return open(seams.adverts);
  }

  @Override
  public NeighborAnnouncer announcer() {
    return open(seams.announcer);
  }

  @Override
  public AddressBinder addresses() {
    return open(seams.addresses);
  }

  @Override
  public Fencing fencing() {
    return open(seams.fencing);
  }

  @Override
  public LinkMonitor links() {
    return open(seams.links);
  }

  @Override
  public Optional<VirtualMacs> virtualMacs() {
    return Optional.of(open(seams.macvlans));
  }

  /** The seams were opened before the constructor's caller got the platform. */
  private static <T> T open(@Nullable T seam) {
    if (seam == null) {
      throw new IllegalStateException("the platform is not open");
    }
    return seam;
  }

  @Override
  public void close() {
    long end = System.nanoTime() + CLOSE_WAIT.toNanos();
    workers.close();
    loop.stop(CLOSE_WAIT);
    if (!loop.inLoop()) {
      try {
        workers.await(Math.max(0, end - System.nanoTime()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
