package io.havip.core.check;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.INITIALIZE;

import io.havip.Preemption;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Sightings made by hand of members a (200), b (100) and c (50); times are milliseconds. */
final class Story {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final Fence FENCE = new Fence.OnExit(Duration.ofMillis(10));

  private final Trial trial;

  Story(String id, Preemption preemption) {
    Scene scene =
        new Scene(
            List.of(
                actor("a", 200, preemption),
                actor("b", 100, preemption),
                actor("c", 50, preemption)),
            Duration.ofMillis(1),
            Duration.ZERO,
            EnumSet.allOf(Sense.class));
    trial = new Trial(scene, List.of(Catalogue.named(id)));
  }

  private static Scene.Actor actor(String name, int priority, Preemption preemption) {
    return new Scene.Actor(
        name,
        VirtualRouterConfig.builder("vr")
            .interfaceName("eth0")
            .vrid(7)
            .priority(priority)
            .preemption(preemption)
            .address(VIP + "/24")
            .build(),
        FENCE);
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
    return see(new Sighting.Advert(at * 1_000_000, member, 7, priority));
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
