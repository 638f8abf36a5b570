package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.testkit.cloud.AnnouncedCloud;
import io.havip.testkit.cloud.OneCallCloud;
import io.havip.testkit.cloud.SimCloud;
import io.havip.testkit.cloud.TwoCallCloud;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A simulated cloud as the contract tests want it, its bindings perhaps broken on purpose. */
final class SimCloudFixture implements CloudFixture {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.3");

  private final Simulation sim;
  private final SimCloud cloud;
  private final AtomicReference<@Nullable String> announced;
  private final UnaryOperator<CloudBinding> wrap;
  private final Map<Member, CloudBinding> bindings = new EnumMap<>(Member.class);

  private SimCloudFixture(
      Simulation sim,
      SimCloud cloud,
      AtomicReference<@Nullable String> announced,
      UnaryOperator<CloudBinding> wrap) {
    this.sim = sim;
    this.cloud = cloud;
    this.announced = announced;
    this.wrap = wrap;
  }

  static SimCloudFixture announced(UnaryOperator<CloudBinding> wrap) {
    Simulation sim = Simulation.seeded(1);
    AtomicReference<@Nullable String> holder = new AtomicReference<>();
    AnnouncedCloud cloud =
        new AnnouncedCloud(
            sim,
            Duration.ofSeconds(4),
            vip -> vip.equals(VIP) ? Optional.ofNullable(holder.get()) : Optional.empty(),
            vip -> vip.equals(VIP));
    return new SimCloudFixture(sim, cloud, holder, wrap);
  }

  static SimCloudFixture oneCall(UnaryOperator<CloudBinding> wrap) {
    Simulation sim = Simulation.seeded(1);
    return new SimCloudFixture(
        sim, new OneCallCloud(sim).register(VIP), new AtomicReference<>(), wrap);
  }

  static SimCloudFixture twoCall(UnaryOperator<CloudBinding> wrap, boolean careless) {
    Simulation sim = Simulation.seeded(1);
    TwoCallCloud cloud = new TwoCallCloud(sim);
    if (careless) {
      cloud.careless();
    }
    return new SimCloudFixture(sim, cloud.register(VIP), new AtomicReference<>(), wrap);
  }

  @Override
  public IpAddress address() {
    return VIP;
  }

  @Override
  public IpAddress unknownAddress() {
    return IpAddress.parse("10.0.0.99");
  }

  @Override
  public CloudBinding binding(Member member) {
    return bindings.computeIfAbsent(member, m -> wrap.apply(cloud.member(name(m))));
  }

  @Override
  public void announce(Member member) {
    announced.set(name(member));
  }

  @Override
  public Set<Trouble> troubles() {
    return EnumSet.allOf(Trouble.class);
  }

  @Override
  public void begin(Trouble trouble, Member member) {
    switch (trouble) {
      case BLACKOUT -> cloud.faults().blackout(name(member), true);
      case LOST_REPLY -> cloud.faults().loseReplies(name(member), true);
      case THROTTLED -> cloud.faults().refuse(name(member), CloudFailureKind.THROTTLED);
      case SILENCE -> cloud.faults().latency(Duration.ofHours(1), Duration.ofHours(1));
      case AUTHENTICATION -> cloud.faults().refuse(name(member), CloudFailureKind.AUTHENTICATION);
      case CLOCK_SKEW -> cloud.faults().refuse(name(member), CloudFailureKind.CLOCK_SKEW);
    }
  }

  @Override
  public void heal() {
    cloud.faults().heal();
  }

  @Override
  public void pass(Duration length) {
    sim.run(length);
  }

  @Override
  public <T> T await(CompletableFuture<T> call) {
    sim.runUntil("the end of the call", call::isDone, Duration.ofMinutes(1));
    if (call.isCompletedExceptionally()) {
      throw new AssertionError("a call completed exceptionally", call.exceptionNow());
    }
    return call.join();
  }

  @Override
  public Duration now() {
    return sim.now();
  }

  @Override
  public void close() {
    bindings.values().forEach(CloudBinding::close);
  }

  private static String name(Member member) {
    return member.name().toLowerCase(Locale.ROOT);
  }
}
