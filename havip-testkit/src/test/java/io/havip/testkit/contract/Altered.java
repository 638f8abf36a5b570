package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Fencing;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Forwarders to a sound platform and its seams, for mutants to override. */
public class Altered
    implements Platform, Timers, AdvertChannel, NeighborAnnouncer, AddressBinder, LinkMonitor {

  final Platform sound;

  public Altered(Platform sound) {
    this.sound = sound;
  }

  /** Runs something on a thread that is not the loop, and waits for it. */
  static void elsewhere(Runnable code) {
    Thread thread = new Thread(code);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String description() {
    return sound.description();
  }

  @Override
  public void execute(Runnable task) {
    sound.execute(task);
  }

  @Override
  public boolean inLoop() {
    return sound.inLoop();
  }

  @Override
  public Executor workers() {
    return sound.workers();
  }

  @Override
  public void rehearse() {
    sound.rehearse();
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
  public Fencing fencing() {
    return sound.fencing();
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
  public void close() {
    sound.close();
  }

  @Override
  public long now() {
    return sound.timers().now();
  }

  @Override
  public Instant wallTime() {
    return sound.timers().wallTime();
  }

  @Override
  public long slept() {
    return sound.timers().slept();
  }

  @Override
  public Deadline newDeadline(Runnable onDue) {
    return sound.timers().newDeadline(onDue);
  }

  @Override
  public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
    return sound.adverts().open(interfaceName, family, receiver);
  }

  @Override
  public Outcome announce(String interfaceName, IpAddress address) {
    return sound.announcer().announce(interfaceName, address);
  }

  @Override
  public void probe(String interfaceName, IpAddress address, long until, ProbeListener listener) {
    sound.announcer().probe(interfaceName, address, until, listener);
  }

  @Override
  public Outcome reserve(IpAddress address) {
    return sound.addresses().reserve(address);
  }

  @Override
  public void release(IpAddress address) {
    sound.addresses().release(address);
  }

  @Override
  public Outcome add(String interfaceName, VirtualAddress address) {
    return sound.addresses().add(interfaceName, address);
  }

  @Override
  public Outcome remove(String interfaceName, VirtualAddress address) {
    return sound.addresses().remove(interfaceName, address);
  }

  @Override
  public Outcome acceptPackets(IpAddress address, boolean accepted) {
    return sound.addresses().acceptPackets(address, accepted);
  }

  @Override
  public Optional<Link> find(String interfaceName) {
    return sound.links().find(interfaceName);
  }

  @Override
  public Watch watch(String interfaceName, LinkListener listener) {
    return sound.links().watch(interfaceName, listener);
  }

  /** A deadline whose calls mutants override. */
  static class AlteredDeadline implements Deadline {

    final Deadline inner;

    AlteredDeadline(Deadline inner) {
      this.inner = inner;
    }

    @Override
    public void arm(long atNanos) {
      inner.arm(atNanos);
    }

    @Override
    public void disarm() {
      inner.disarm();
    }
  }

  /** A port whose calls mutants override. */
  public static class AlteredPort implements AdvertPort {

    final AdvertPort inner;

    /** Forwards to a port. */
    public AlteredPort(AdvertPort inner) {
      this.inner = inner;
    }

    @Override
    public void join(IpAddress group) {
      inner.join(group);
    }

    @Override
    public void send(
        IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {
      inner.send(source, destination, hopLimit, message, length);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  /** A receiver whose calls mutants override. */
  static class AlteredReceiver implements AdvertReceiver {

    final AdvertReceiver inner;

    AlteredReceiver(AdvertReceiver inner) {
      this.inner = inner;
    }

    @Override
    public void received(ReceivedAdvert message) {
      inner.received(message);
    }

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      inner.sendFailed(destination, failure);
    }
  }

  /** A listener whose calls mutants override. */
  static class AlteredListener implements LinkListener {

    final LinkListener inner;

    AlteredListener(LinkListener inner) {
      this.inner = inner;
    }

    @Override
    public void changed(Link link) {
      inner.changed(link);
    }

    @Override
    public void gone() {
      inner.gone();
    }

    @Override
    public void addressLost(VirtualAddress address) {
      inner.addressLost(address);
    }
  }
}
