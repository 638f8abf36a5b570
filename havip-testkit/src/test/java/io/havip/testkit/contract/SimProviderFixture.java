package io.havip.testkit.contract;

import io.havip.spi.Availability;
import io.havip.spi.FenceOptions;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A provider whose platforms are processes on hosts of a simulation, perhaps broken on purpose. */
final class SimProviderFixture implements ProviderFixture {

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final UnaryOperator<PlatformProvider> wrap;
  private final PlatformProvider provider;
  private int hosts;

  SimProviderFixture(UnaryOperator<PlatformProvider> wrap) {
    this.wrap = wrap;
    provider = wrap.apply(new Simulated(true));
  }

  /** Opens each platform on a host of its own, unless the hosts are without power. */
  private final class Simulated implements PlatformProvider {

    private final boolean power;

    Simulated(boolean power) {
      this.power = power;
    }

    @Override
    public String name() {
      return "simulator";
    }

    @Override
    public Availability availability() {
      return power
          ? new Availability.Available()
          : new Availability.Unavailable("the hosts have no power; switch it on");
    }

    @Override
    public Platform open(PlatformOptions options) {
      if (!power) {
        throw new PlatformException("no process runs on a host without power; switch it on");
      }
      hosts++;
      SimHost host = lan.host("host" + hosts, "10.0.0." + hosts);
      return host.start(platform -> () -> {});
    }
  }

  @Override
  public PlatformProvider provider() {
    return provider;
  }

  @Override
  public Optional<PlatformProvider> lacking() {
    return Optional.of(wrap.apply(new Simulated(false)));
  }

  @Override
  public FenceOptions fences() {
    return FenceOptions.NONE;
  }

  @Override
  public boolean threads() {
    return false;
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void await(String what, BooleanSupplier condition) {
    sim.runUntil(what, condition, Duration.ofSeconds(1));
  }

  @Override
  public void close() {}
}
