package io.havip.testkit.swarm;

import io.havip.CloudConfig;
import io.havip.HavipConfig;
import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Scene;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.spi.Platform;
import io.havip.testkit.cloud.TwoCallCloud;
import io.havip.testkit.sim.SimHost;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Real nodes with one planted bug each, the check that has to notice it, and where. */
@SuppressWarnings("ImmutableEnumChecker") // what it holds is made once and never changed
enum Mutant {
  TWO_FOLLOW_ONE_THAT_LEAVES(
      "S1",
      Groups.LAN,
      EnumSet.of(FaultKind.STOP, FaultKind.RESTART),
      with(router -> router.priority(200))),
  BINDS_NOTHING(
      "S2",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      on(BrokenPlatforms::bindsNothing)),
  ADDRESS_LEFT_AFTER_YIELDING(
      "S3",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART, FaultKind.LINK),
      on(BrokenPlatforms::removesNothing)),
  WAITS_FOR_EVER(
      "S4",
      Groups.LAN,
      EnumSet.of(FaultKind.CUT_BOTH_WAYS, FaultKind.PARTITION),
      with(router -> router.downMultiplier(100))),
  CLOUD_GIVES_BEFORE_IT_TAKES(
      "S5", Groups.TWO_CALL_CLOUD, EnumSet.of(FaultKind.KILL, FaultKind.RESTART), sound()) {
    @Override
    void breakCloud(TwoCallCloud cloud) {
      cloud.forgetful();
    }
  },
  BINDS_WITHOUT_COMPARING(
      "S6",
      Groups.TWO_CALL_CLOUD,
      EnumSet.of(
          FaultKind.CLOUD_LATE,
          FaultKind.PAUSE,
          FaultKind.CUT_BOTH_WAYS,
          FaultKind.KILL,
          FaultKind.RESTART),
      sound()) {
    @Override
    void breakCloud(TwoCallCloud cloud) {
      cloud.careless();
    }
  },
  EPOCHS_STAND_STILL(
      "S7", Groups.TWO_CALL_CLOUD, EnumSet.of(FaultKind.KILL, FaultKind.RESTART), sound()) {
    @Override
    void breakCloud(TwoCallCloud cloud) {
      cloud.timeless();
    }
  },
  ADDRESS_LEFT_AS_BACKUP(
      "S8",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      on(BrokenPlatforms::removesNothing)),
  ADVERTS_AS_BACKUP(
      "S9", Groups.LAN, EnumSet.of(FaultKind.KILL, FaultKind.RESTART), on(BrokenPlatforms::echoes)),
  CLOCK_TOO_FAST(
      "S10",
      Groups.LAN,
      EnumSet.of(FaultKind.WALL_CLOCK),
      (host, group, member) ->
          start(
              host,
              group,
              member,
              platform ->
                  member.name().equals("a") ? BrokenPlatforms.fastClock(platform) : platform)),
  PREEMPTS_ALL_THE_SAME(
      "S11",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      with(r -> r.preemption(Preemption.AT_ONCE))),
  DOES_NOT_WAIT_BEFORE_IT_PREEMPTS(
      "S12",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      with(r -> r.preemption(new Preemption.After(Duration.ofNanos(1))))),
  SYNC_GROUP_FORGOTTEN(
      "S13",
      Groups.SYNC_GROUP,
      EnumSet.of(FaultKind.LINK),
      (host, group, member) -> {
        HavipConfig node = group.node(member.router());
        host.start(node.withSyncGroups(List.of()));
      }),
  CHECKSUM_NOT_CHECKED(
      "S14", Groups.LAN, EnumSet.of(FaultKind.FORGERY), on(BrokenPlatforms::mendsChecksums)),
  OTHER_LIST_UNSEEN(
      "S15",
      Groups.LAN,
      EnumSet.of(FaultKind.DUPLICATE_VRID),
      on(BrokenPlatforms::readsItsOwnAddresses)),
  OWN_WORDS_TAKEN_FOR_ANOTHERS(
      "S16",
      Groups.LAN,
      EnumSet.of(FaultKind.FORGERY),
      (host, group, member) -> {
        IpAddress own = IpAddress.parse("10.0.0." + (7 + member.name().charAt(0) - 'a'));
        start(host, group, member, platform -> BrokenPlatforms.hearsItself(platform, own));
      }),
  SAYS_NOTHING_OF_ITS_OWN_ADDRESS(
      "S16",
      Groups.LAN,
      EnumSet.of(FaultKind.FORGERY),
      (host, group, member) -> {
        IpAddress own = IpAddress.parse("10.0.0." + (7 + member.name().charAt(0) - 'a'));
        start(host, group, member, platform -> BrokenPlatforms.deafToItself(platform, own));
      }),
  WALL_CLOCK_FOR_TIMERS(
      "S17", Groups.LAN, EnumSet.of(FaultKind.WALL_CLOCK), on(BrokenPlatforms::wallClock)),
  TOLD_WITHOUT_BINDING(
      "S18",
      Groups.APPLICATION,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      on(BrokenPlatforms::bindsNothing)),
  FIVE_MISSING_ADVERTS_ARE_TOO_FEW(
      "L1",
      Groups.LAN,
      EnumSet.of(FaultKind.CRASH, FaultKind.KILL, FaultKind.RESTART),
      with(router -> router.downMultiplier(5))),
  RESIGNATION_NOT_HEARD(
      "L2",
      Groups.LAN,
      EnumSet.of(FaultKind.STOP, FaultKind.RESTART),
      on(BrokenPlatforms::hearsNoResignation)),
  SLOW_TO_START_ALONE(
      "L3",
      Groups.LAN,
      EnumSet.of(FaultKind.CRASH, FaultKind.KILL, FaultKind.RESTART),
      with(router -> router.downMultiplier(5))),
  NEVER_PREEMPTS(
      "L4",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      with(router -> router.preemption(Preemption.NEVER))),
  SKEW_DROPPED(
      "L5",
      Groups.LAN,
      EnumSet.of(FaultKind.CRASH, FaultKind.KILL, FaultKind.RESTART),
      with(router -> router.priority(200))),
  ONE_MISSING_ADVERT_IS_ENOUGH(
      "L6",
      Groups.LAN,
      EnumSet.of(
          FaultKind.LOSS, FaultKind.PAUSE, FaultKind.SLOW, FaultKind.KILL, FaultKind.RESTART),
      with(router -> router.downMultiplier(1))),
  GRATUITOUS_ARP_DROPPED(
      "L8",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      on(BrokenPlatforms::announcesNothing)),
  NO_FENCE(
      "L9",
      Groups.LAN,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      (host, group, member) -> {
        host.fence(new Fence.None());
        host.start(group.node(member.router()));
      }),
  CLOUD_NOT_CALLED(
      "L10",
      Groups.ONE_CALL_CLOUD,
      EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
      (host, group, member) -> host.start(uncloudy(member.router()))),
  REMOVAL_UNSEEN(
      "L11", Groups.LAN, EnumSet.of(FaultKind.ADDRESS_REMOVED), on(BrokenPlatforms::hidesLosses)),
  LEAVES_WHEN_IT_SHOULD_STAY(
      "L13",
      Groups.ONE_CALL_CLOUD,
      EnumSet.of(FaultKind.CLOUD_BLACKOUT, FaultKind.CLOUD_MENDED),
      with(Mutant::leaving)),
  STAYS_WHEN_IT_SHOULD_LEAVE(
      "L13", Groups.ONE_CALL_CLOUD, EnumSet.of(FaultKind.CLOUD_BLACKOUT), with(Mutant::staying));

  /** A run has a few thousand; a bug may have more. */
  private static final long EVENTS = 100_000;

  /** Starts a member with the bug. */
  @FunctionalInterface
  interface Birth {
    void start(SimHost host, Groups group, Scene.Actor member);
  }

  final String check;
  private final Groups group;
  private final EnumSet<FaultKind> kinds;
  private final Birth birth;

  Mutant(String check, Groups group, EnumSet<FaultKind> kinds, Birth birth) {
    this.check = check;
    this.group = group;
    this.kinds = kinds;
    this.birth = birth;
  }

  void breakCloud(TwoCallCloud cloud) {}

  /** A run in which what strikes gives the check its occasion. */
  SwarmResult run(long seed) {
    return Swarm.run(draw(seed), seed, kinds);
  }

  private Arena draw(long seed) {
    Arena arena = group.draw(seed, (host, member) -> birth.start(host, group, member));
    arena.simulation().eventLimit(EVENTS);
    arena
        .simulation()
        .cloud()
        .ifPresent(cloud -> {
          if (cloud instanceof TwoCallCloud two) {
            breakCloud(two);
          }
        });
    return arena;
  }

  private static Birth sound() {
    return (host, group, member) -> host.start(group.node(member.router()));
  }

  private static Birth on(UnaryOperator<Platform> broken) {
    return (host, group, member) -> start(host, group, member, broken);
  }

  private static Birth with(UnaryOperator<VirtualRouterConfigBuilder> change) {
    return (host, group, member) ->
        host.start(group.node(change.apply(member.router().toBuilder()).build()));
  }

  private static void start(
      SimHost host, Groups group, Scene.Actor member, UnaryOperator<Platform> broken) {
    HavipConfig node = group.node(member.router());
    host.startEach(platform -> new SimHost.NodeSetup(node, broken.apply(platform), List.of()));
  }

  private static VirtualRouterConfig uncloudy(VirtualRouterConfig router) {
    return VirtualRouterConfig.builder(router.name())
        .interfaceName(router.interfaceName())
        .vrid(router.vrid())
        .priority(router.priority())
        .advertInterval(router.advertInterval())
        .preemption(router.preemption())
        .transport(router.transport())
        .address("10.0.0.50/24")
        .build();
  }

  /** Only where members are to leave it is a bug. */
  private static VirtualRouterConfigBuilder staying(VirtualRouterConfigBuilder router) {
    CloudConfig cloud = router.build().cloud().orElseThrow();
    return router.cloud(
        CloudConfig.of(cloud.binding()).withIntervals(cloud.interval(), cloud.standbyInterval()));
  }

  private static VirtualRouterConfigBuilder leaving(VirtualRouterConfigBuilder router) {
    CloudConfig cloud = router.build().cloud().orElseThrow();
    return router.cloud(cloud.withFaultAfter(Duration.ofMillis(500)));
  }
}
