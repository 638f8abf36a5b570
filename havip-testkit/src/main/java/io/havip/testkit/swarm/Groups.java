package io.havip.testkit.swarm;

import io.havip.CloudConfig;
import io.havip.Handover;
import io.havip.HavipConfig;
import io.havip.Preemption;
import io.havip.SyncGroup;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Scene;
import io.havip.core.cloud.ReconcilerConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.spi.cloud.CloudBinding;
import io.havip.testkit.cloud.AnnouncedCloud;
import io.havip.testkit.cloud.OneCallCloud;
import io.havip.testkit.cloud.SimCloud;
import io.havip.testkit.cloud.TwoCallCloud;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Trace;
import io.havip.testkit.sim.Watch;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.DriftRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Groups to let a swarm loose on, drawn by a seed: interval, preemption, fence and quick claim. The
 * trace keeps its hash and its last lines.
 */
public enum Groups {
  /** Three members on one segment, and a client. */
  LAN {
    @Override
    public Arena draw(long seed, Arena.Starter starter) {
      Draw draw = new Draw(seed);
      SimNetwork lan = draw.sim.segment("10.0.0.0/24");
      List<Scene.Actor> actors =
          draw.members(
              lan, 3, "10.0.0.", (host, priority) -> draw.router(priority).build(), Set.of());
      return draw.arena(actors, starter, lan.client("client", "10.0.0.100"));
    }
  },
  /** Two members whose application prepares before it serves, and is told when it must not. */
  APPLICATION {
    @Override
    public Arena draw(long seed, Arena.Starter starter) {
      Draw draw = new Draw(seed);
      SimNetwork lan = draw.sim.segment("10.0.0.0/24");
      List<Scene.Actor> actors =
          draw.members(
              lan,
              2,
              "10.0.0.",
              (host, priority) ->
                  draw.router(priority)
                      .beforeServing(router -> {}, Duration.ofSeconds(1))
                      .beforeLeaving(IDLE, Duration.ofSeconds(1))
                      .build(),
              Set.of());
      // Listeners are told by workers, so that what they hear is as late as these.
      draw.lateness = draw.random.between(Duration.ZERO, draw.interval.dividedBy(3));
      actors.forEach(actor -> draw.sim.host(actor.name()).workersDelay(draw.lateness));
      return draw.arena(actors, starter, lan.client("client", "10.0.0.100"));
    }
  },
  /** Two members between two segments, with one router on each side in a sync group. */
  SYNC_GROUP {
    @Override
    public Arena draw(long seed, Arena.Starter starter) {
      Draw draw = new Draw(seed);
      SimNetwork lan = draw.sim.segment("10.0.0.0/24");
      SimNetwork outer = draw.sim.segment("10.1.0.0/24");
      List<Scene.Actor> actors =
          draw.members(
              lan,
              2,
              "10.0.0.",
              (host, priority) -> {
                host.attach(outer, "eth1", host.name().equals("a") ? "10.1.0.7" : "10.1.0.8");
                return draw.router(priority).build();
              },
              Set.of(OUTER));
      return draw.arena(actors, starter, lan.client("client", "10.0.0.100"));
    }

    @Override
    HavipConfig node(VirtualRouterConfig router) {
      VirtualRouterConfig other =
          VirtualRouterConfig.builder(OUTER)
              .interfaceName("eth1")
              .vrid(8)
              .priority(router.priority())
              .advertInterval(router.advertInterval())
              .preemption(router.preemption())
              .quickClaim(router.quickClaim())
              .address("10.1.0.50/24")
              .build();
      return new HavipConfig("havip", List.of(router, other), Duration.ZERO)
          .withSyncGroups(List.of(SyncGroup.of("both", router.name(), OUTER)));
    }
  },
  /** Two members in a cloud that follows announcements. */
  ANNOUNCED_CLOUD {
    @Override
    public Arena draw(long seed, Arena.Starter starter) {
      Draw draw = new Draw(seed);
      SimVpc vpc = new SimVpc(draw.sim, "vpc-1", "10.0.0.0/16").convergence(LEAST, CONVERGENCE);
      SimNetwork subnet = vpc.subnet("10.0.0.0/24");
      vpc.allocate("havip", IpAddress.parse(VIP), new DriftRange.Open());
      draw.sim.run(vpc.api().profile().lagMost());
      return draw.inCloud(subnet, new AnnouncedCloud(draw.sim, vpc), starter);
    }
  },
  /** Two members in a cloud that moves the address by one call. */
  ONE_CALL_CLOUD {
    @Override
    public Arena draw(long seed, Arena.Starter starter) {
      Draw draw = new Draw(seed);
      SimCloud cloud = new OneCallCloud(draw.sim).register(IpAddress.parse(VIP));
      return draw.inCloud(draw.sim.segment("10.0.0.0/24"), cloud, starter);
    }
  },
  /** Two members in a cloud that moves the address by two calls and compares. */
  TWO_CALL_CLOUD {
    @Override
    public Arena draw(long seed, Arena.Starter starter) {
      Draw draw = new Draw(seed);
      SimCloud cloud = new TwoCallCloud(draw.sim).register(IpAddress.parse(VIP));
      return draw.inCloud(draw.sim.segment("10.0.0.0/24"), cloud, starter);
    }
  };

  private static final String VIP = "10.0.0.50";
  private static final String OUTER = "outer";
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration CONVERGENCE = Duration.ofSeconds(4);
  private static final Duration LOOKS = Duration.ofSeconds(1);
  private static final Handover.Callback IDLE = router -> {};

  /**
   * Draws a group of real nodes.
   *
   * @param seed the seed
   * @return the group, not started yet
   */
  public Arena draw(long seed) {
    return draw(seed, (host, member) -> host.start(node(member.router())));
  }

  /**
   * Draws a group whose members are started otherwise, such as with a planted bug.
   *
   * @param seed the seed
   * @param starter starts a member
   * @return the group, not started yet
   */
  public abstract Arena draw(long seed, Arena.Starter starter);

  /**
   * {@return what the node of a member runs}
   *
   * @param router the member's router, as in the scene
   */
  HavipConfig node(VirtualRouterConfig router) {
    return HavipConfig.of(router);
  }

  /** What the groups have in common. */
  private static final class Draw {

    private final Simulation sim;
    private final SimRandom random;
    private final SimRandom guardians;
    private final Duration interval;
    private final Preemption preemption;
    private final Fence fence;
    private final Duration quickClaim;
    private final boolean leaves;
    private Duration lateness = Duration.ZERO;

    Draw(long seed) {
      sim = Simulation.seeded(seed).tracing(Trace.Mode.TAIL);
      random = sim.random("group");
      guardians = sim.random("guardians");
      interval = random.chance(0.5) ? Duration.ofSeconds(1) : Duration.ofMillis(100);
      leaves = random.chance(0.3);
      preemption =
          switch ((int) random.below(3)) {
            case 0 -> Preemption.NEVER;
            case 1 -> new Preemption.After(interval.multipliedBy(4));
            default -> Preemption.AT_ONCE;
          };
      fence =
          switch ((int) random.below(3)) {
            case 0 -> new Fence.None();
            case 1 -> new Fence.OnExit(Duration.ofMillis(10));
            default -> new Fence.OnExitAndStall(Duration.ofMillis(10), interval.multipliedBy(2));
          };
      quickClaim = quickClaim(sim.random("claims"));
    }

    /** A third waits as RFC 9568 says, a third has the default, and a third has any round trip. */
    private static Duration quickClaim(SimRandom claims) {
      return switch ((int) claims.below(3)) {
        case 0 -> Duration.ZERO;
        case 1 -> Duration.ofMillis(3);
        default -> claims.between(Duration.ofMillis(1), Duration.ofMillis(30));
      };
    }

    VirtualRouterConfigBuilder router(int priority) {
      return VirtualRouterConfig.builder("vr")
          .interfaceName("eth0")
          .vrid(7)
          .priority(priority)
          .advertInterval(interval)
          .preemption(preemption)
          .quickClaim(quickClaim)
          .address(VIP + "/24");
    }

    List<Scene.Actor> members(
        SimNetwork network,
        int count,
        String prefix,
        BiFunction<SimHost, Integer, VirtualRouterConfig> router,
        Set<String> siblings) {
      List<Scene.Actor> actors = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = Character.toString('a' + i);
        SimHost host = network.host(name, prefix + (i + 7)).fence(fence);
        host.guardian(guardians.chance(0.5));
        actors.add(new Scene.Actor(name, router.apply(host, 100 + 50 * i), fence, siblings));
      }
      return actors;
    }

    Arena arena(List<Scene.Actor> actors, Arena.Starter starter, SimClient client) {
      Scene scene = new Scene(actors, Duration.ofMillis(1), lateness, Watch.senses(sim, true));
      return Arena.of(sim, scene, starter, client);
    }

    private CloudConfig cloud(CloudBinding binding) {
      CloudConfig config = CloudConfig.of(binding).withIntervals(LOOKS, LOOKS);
      return leaves ? config.withFaultAfter(LOOKS.multipliedBy(2)) : config;
    }

    Arena inCloud(SimNetwork network, SimCloud cloud, Arena.Starter starter) {
      List<Scene.Actor> actors =
          members(
              network,
              2,
              "10.0.0.",
              (host, priority) -> {
                String own = host.name().equals("a") ? "10.0.0.7" : "10.0.0.8";
                String peer = host.name().equals("a") ? "10.0.0.8" : "10.0.0.7";
                return router(priority)
                    .unicast(own, peer)
                    .cloud(cloud(cloud.member(host.name())))
                    .build();
              },
              Set.of());
      CloudConfig config = cloud(cloud.member("a"));
      Duration settles =
          new ReconcilerConfig(
                  IpAddress.parse(VIP),
                  cloud.capabilities(),
                  config.callTimeout().toNanos(),
                  config.interval().toNanos(),
                  config.standbyInterval().toNanos(),
                  config.relinquish(),
                  0)
              .settlesWithin();
      Scene scene =
          new Scene(actors, Duration.ofMillis(1), Duration.ZERO, Watch.senses(sim, true))
              .withMapping(settles);
      return Arena.of(sim, scene, starter, network.client("client", "10.0.0.100"));
    }
  }
}
