package io.havip.testkit.contract;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Platform;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Two simulated hosts, the platform of the first perhaps broken on purpose. */
final class SimPlatformFixture implements PlatformFixture {

  private static final String ETH = "eth0";

  private final Simulation sim = Simulation.seeded(1).tolerateErrors(true);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost first = lan.host("first", "10.0.0.1").address(ETH, "fe80::1/64");
  private final SimHost second = lan.host("second", "10.0.0.2").address(ETH, "fe80::2/64");
  private final SimClient client = lan.client("client", "10.0.0.100");
  private final Platform peer;
  private final UnaryOperator<Platform> wrap;
  private Platform sound;
  private Platform tested;

  SimPlatformFixture(UnaryOperator<Platform> wrap) {
    this.wrap = wrap;
    // On a link of its own: the host would answer a probe of its one interface with the other.
    first.attach(sim.segment("10.0.9.0/24"), "tun0", "10.0.9.1", MacAddress.ZERO);
    first.countsSleep(true);
    first.fence(new Fence.OnExitAndStall(ofMillis(100), ofMillis(200)));
    sound = first.start(platform -> () -> {});
    tested = wrap.apply(sound);
    peer = second.start(platform -> () -> {});
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.complementOf(
        EnumSet.of(
            Ability.THREADS,
            Ability.SECOND_PLATFORM,
            Ability.GATE,
            Ability.ANSWERS,
            Ability.QUESTIONS,
            Ability.LINK_REMOVAL));
  }

  @Override
  public Bounds bounds() {
    return new Bounds(ZERO, ofSeconds(1), ofSeconds(10));
  }

  @Override
  public Set<IpFamily> families() {
    return EnumSet.allOf(IpFamily.class);
  }

  @Override
  public Platform platform(Host host) {
    return host == Host.FIRST ? tested : peer;
  }

  @Override
  public String interfaceName() {
    return ETH;
  }

  @Override
  public String loopbackName() {
    return "lo";
  }

  @Override
  public String interfaceWithoutMac() {
    return "tun0";
  }

  @Override
  public IpAddress source(Host host, IpFamily family) {
    String number = host == Host.FIRST ? "1" : "2";
    return IpAddress.parse((family == IpFamily.IPV4 ? "10.0.0." : "fe80::") + number);
  }

  @Override
  public MacAddress mac(Host host) {
    return mac(host == Host.FIRST ? first : second);
  }

  private static MacAddress mac(SimHost host) {
    return host.link(ETH).orElseThrow().mac();
  }

  @Override
  public VirtualAddress freeAddress(IpFamily family) {
    return VirtualAddress.parse(family == IpFamily.IPV4 ? "10.0.0.50/24" : "fd00::50/64");
  }

  @Override
  public Optional<MacAddress> announced(IpAddress address) {
    return client.cached(address).map(SimPlatformFixture::mac);
  }

  @Override
  public <T> T call(Host host, Supplier<T> code) {
    CompletableFuture<T> result = new CompletableFuture<>();
    (host == Host.FIRST ? sound : peer)
        .execute(() -> {
          try {
            result.complete(code.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    await("a call on " + host, result::isDone);
    if (result.isCompletedExceptionally()) {
      if (result.exceptionNow() instanceof RuntimeException e) {
        throw e;
      }
      throw new AssertionError("a call on " + host + " failed", result.exceptionNow());
    }
    return result.join();
  }

  @Override
  public void await(String what, BooleanSupplier condition) {
    sim.runUntil(what, condition, bounds().patience());
  }

  @Override
  public void pass(Duration length) {
    sim.run(length);
  }

  @Override
  public void jumpWallClock(Duration by) {
    sim.inject(new Fault.JumpWallClock("first", by));
  }

  @Override
  public void stall(Runnable before, Runnable meanwhile) {
    boolean unused =
        call(
            Host.FIRST,
            () -> {
              before.run();
              return true;
            });
    first.pause();
    meanwhile.run();
    first.resume();
  }

  @Override
  public void sleep(Duration length) {
    sim.during(length, new Fault.Freeze("first"));
    sim.run(length);
  }

  @Override
  public Fence holdInMortalProcess(GuardedRouter router) {
    if (!first.running()) {
      sound = first.start(platform -> () -> {});
      tested = wrap.apply(sound);
    }
    return call(
        Host.FIRST,
        () -> {
          Guard guard = tested.fencing().guard(router, () -> {});
          guard.renew();
          router
              .addresses()
              .forEach(address -> tested.addresses().add(router.interfaceName(), address));
          return guard.fence();
        });
  }

  @Override
  public void kill() {
    first.kill();
  }

  @Override
  public void setUp(boolean up) {
    sim.inject(up ? new Fault.LinkUp("first", ETH) : new Fault.LinkDown("first", ETH));
  }

  @Override
  public void setPresent(boolean present) {
    sim.inject(
        present ? new Fault.InterfaceBack("first", ETH) : new Fault.InterfaceGone("first", ETH));
  }

  @Override
  public void removeAddress(VirtualAddress address) {
    sim.inject(new Fault.RemoveAddress("first", ETH, address.address()));
  }

  @Override
  public void close() {
    sound.close();
    peer.close();
  }
}
