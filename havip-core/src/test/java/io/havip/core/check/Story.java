package io.havip.core.check;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.INITIALIZE;

import io.havip.CloudConfig;
import io.havip.Preemption;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.check.Sighting.Callback.Call;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.wire.RefusalReason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Sightings made by hand of members a (200), b (100) and c (50); times are milliseconds. */
final class Story {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final Fence FENCE = new Fence.OnExit(Duration.ofMillis(10));

  private static final Set<String> IN_CLOUD = Set.of("S5", "S6", "S7", "L10", "L13");

  private final Trial trial;

  Story(String id, Preemption preemption) {
    this(id, preemption, CloudConfig.of(new SilentCloud()));
  }

  Story(String id, Preemption preemption, CloudConfig cloud) {
    Scene scene =
        new Scene(
            List.of(
                actor(id, "a", 200, preemption, cloud),
                actor(id, "b", 100, preemption, cloud),
                actor(id, "c", 50, preemption, cloud)),
            Duration.ofMillis(1),
            Duration.ZERO,
            EnumSet.allOf(Sense.class));
    Scene told = IN_CLOUD.contains(id) ? scene.withMapping(Duration.ofSeconds(2)) : scene;
    trial = new Trial(told, List.of(Catalogue.named(id)));
  }

  private static Scene.Actor actor(
      String id, String name, int priority, Preemption preemption, CloudConfig cloud) {
    VirtualRouterConfigBuilder router =
        VirtualRouterConfig.builder("vr")
            .interfaceName("eth0")
            .vrid(7)
            .priority(priority)
            .preemption(preemption)
            .address(VIP + "/24");
    if (IN_CLOUD.contains(id)) {
      router.cloud(cloud);
    }
    if (id.equals("S18")) {
      router.beforeServing(r -> {}, Duration.ofSeconds(1));
      router.beforeLeaving(r -> {}, Duration.ofSeconds(1));
    }
    return new Scene.Actor(name, router.build(), FENCE, Set.of("other"));
  }

  /** All start, and a serves from 3.219 s. */
  Story begin() {
    for (String name : List.of("a", "b", "c")) {
      trouble(0, TroubleKind.KILL, true, name).trouble(0, TroubleKind.KILL, false, name);
      state(0, name, INITIALIZE, BACKUP);
    }
    see(new Sighting.Reach(0, "client", VIP, Optional.empty()));
    return serves(3219, "a", BACKUP);
  }

  Story serves(long at, String member, RouterState from) {
    return advert(at, member, 100)
        .address(at, member, true)
        .said(at, member)
        .state(at, member, from, ACTIVE)
        .reach(at, member);
  }

  Story state(long at, String member, RouterState from, RouterState to) {
    int priority = member.equals("a") ? 200 : member.equals("b") ? 100 : 50;
    return see(new Sighting.State(at * 1_000_000, member, "vr", from, to, priority, "told"));
  }

  Story address(long at, String member, boolean answers) {
    return see(new Sighting.Address(at * 1_000_000, member, VIP, answers));
  }

  Story advert(long at, String member, int priority) {
    return advert(at, member, priority, Duration.ofSeconds(1));
  }

  Story advert(long at, String member, int priority, Duration interval) {
    return see(new Sighting.Advert(at * 1_000_000, member, 7, priority, interval.toNanos()));
  }

  Story said(long at, String member) {
    return see(new Sighting.Announcement(at * 1_000_000, member, VIP));
  }

  Story reach(long at, String member) {
    return see(new Sighting.Reach(at * 1_000_000, "client", VIP, Optional.of(member)));
  }

  Story trouble(long at, TroubleKind kind, boolean begins, String... members) {
    return see(
        new Sighting.Trouble(at * 1_000_000, kind, List.of(members), begins, kind.toString()));
  }

  /** A call of the cloud takes effect; an empty name is nobody. */
  Story write(long at, String by, long asked, String before, String after, long epoch) {
    return see(
        new Sighting.CloudWrite(
            at * 1_000_000,
            asked * 1_000_000,
            by,
            VIP,
            Optional.of(before).filter(name -> !name.isEmpty()),
            Optional.of(after).filter(name -> !name.isEmpty()),
            OptionalLong.of(epoch)));
  }

  Story epoch(long at, String member, long epoch) {
    return see(new Sighting.Epoch(at * 1_000_000, member, VIP, OptionalLong.of(epoch)));
  }

  Story mapped(long at, String member) {
    return see(new Sighting.Mapping(at * 1_000_000, VIP, Optional.of(member)));
  }

  Story sibling(long at, String member, RouterState state) {
    return see(new Sighting.Sibling(at * 1_000_000, member, "other", state));
  }

  Story alarm(long at, String member) {
    return see(
        new Sighting.Alarm(
            at * 1_000_000, member, "vr", Sighting.Alarm.Kind.OTHER_ADDRESSES, "told"));
  }

  Story heardItself(long at, String member) {
    return see(new Sighting.Refused(at * 1_000_000, member, RefusalReason.OWN_ADDRESS));
  }

  Story call(long at, String member, Call call) {
    see(new Sighting.Callback(at * 1_000_000, member, "vr", call, true));
    return see(new Sighting.Callback(at * 1_000_000, member, "vr", call, false));
  }

  Story updated(long at, String member) {
    return see(
        new Sighting.Reconfigured(
            at * 1_000_000,
            member,
            "vr",
            Sighting.Reconfigured.Change.UPDATED,
            List.of("announcements")));
  }

  /** Something momentary. */
  Story moment(long at, TroubleKind kind, String member) {
    return trouble(at, kind, true, member).trouble(at, kind, false, member);
  }

  private Story see(Sighting sighting) {
    trial.see(sighting);
    return this;
  }

  Verdict at(long end) {
    trial.advance(end * 1_000_000);
    return trial.verdicts().values().iterator().next();
  }
}
