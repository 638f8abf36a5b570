package io.havip.core.node;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * A platform on which nothing leaves the process: the interfaces are those of the host, the clock
 * is moved by hand, and every operation succeeds. For {@link Rehearsal}.
 */
final class Stage
    implements Platform, Timers, AdvertChannel, NeighborAnnouncer, AddressBinder, LinkMonitor {

  private static final long NEVER = Long.MAX_VALUE;
  private static final int PATIENCE = 100;

  private final LinkMonitor host;
  private final List<Link.LinkAddress> bound = new ArrayList<>();
  private final List<LinkListener> listeners = new ArrayList<>();
  private final List<Cue> cues = new ArrayList<>();
  private long now;

  Stage(LinkMonitor host) {
    this.host = host;
  }

  /**
   * Moves on from deadline to deadline until something is true, or for so long that it never is.
   */
  void until(BooleanSupplier done) {
    for (int i = 0; i < PATIENCE && !done.getAsBoolean(); i++) {
      next();
    }
  }

  /** Moves the clock to the earliest armed deadline and runs it; does nothing if none is armed. */
  private void next() {
    cues.stream()
        .filter(c -> c.at != NEVER)
        .min(Comparator.comparingLong(c -> c.at))
        .ifPresent(c -> {
          now = Math.max(now, c.at);
          c.at = NEVER;
          c.onDue.run();
        });
  }

  @Override
  public String description() {
    return "stage";
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  /** Drops what it is given: neither checks nor listeners run. */
  @Override
  public Executor workers() {
    return task -> {};
  }

  @Override
  public boolean realTime() {
    return false;
  }

  @Override
  public Timers timers() {
    return this;
  }

  @Override
  public AdvertChannel adverts() {
    return this;
  }

  @Override
  public NeighborAnnouncer announcer() {
    return this;
  }

  @Override
  public AddressBinder addresses() {
    return this;
  }

  @Override
  public LinkMonitor links() {
    return this;
  }

  @Override
  public void close() {}

  @Override
  public long now() {
    return now;
  }

  @Override
  public Instant wallTime() {
    return Instant.EPOCH;
  }

  @Override
  public Deadline newDeadline(Runnable onDue) {
    Cue cue = new Cue(onDue);
    cues.add(cue);
    return cue;
  }

  @Override
  public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
    return new Deaf();
  }

  @Override
  public Outcome announce(String interfaceName, IpAddress address) {
    return Outcome.DONE;
  }

  @Override
  public void probe(
      String interfaceName, IpAddress address, long until, ProbeListener probeListener) {
    newDeadline(() -> probeListener.probed(false)).arm(until);
  }

  @Override
  public Outcome reserve(IpAddress address) {
    return Outcome.DONE;
  }

  @Override
  public void release(IpAddress address) {}

  @Override
  public Outcome add(String interfaceName, VirtualAddress address) {
    bound.add(new Link.LinkAddress(address.address(), address.prefixLength()));
    return changed(interfaceName);
  }

  @Override
  public Outcome remove(String interfaceName, VirtualAddress address) {
    bound.removeIf(a -> a.address().equals(address.address()));
    return changed(interfaceName);
  }

  private Outcome changed(String interfaceName) {
    find(interfaceName).ifPresent(link -> listeners.forEach(l -> l.changed(link)));
    return Outcome.DONE;
  }

  @Override
  public Optional<Link> find(String interfaceName) {
    return host.find(interfaceName).map(this::withBound);
  }

  @Override
  public Watch watch(String interfaceName, LinkListener linkListener) {
    listeners.add(linkListener);
    return () -> listeners.remove(linkListener);
  }

  private Link withBound(Link of) {
    List<Link.LinkAddress> all = new ArrayList<>(of.addresses());
    all.addAll(bound);
    return new Link(of.name(), of.index(), of.mac(), of.up(), of.loopback(), of.mtu(), all);
  }

  private static final class Cue implements Deadline {
    private final Runnable onDue;
    private long at = NEVER;

    private Cue(Runnable onDue) {
      this.onDue = onDue;
    }

    @Override
    public void arm(long atNanos) {
      at = atNanos;
    }

    @Override
    public void disarm() {
      at = NEVER;
    }
  }

  private static final class Deaf implements AdvertPort {
    @Override
    public void join(IpAddress group) {}

    @Override
    public void send(
        IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {}

    @Override
    public void close() {}
  }
}
