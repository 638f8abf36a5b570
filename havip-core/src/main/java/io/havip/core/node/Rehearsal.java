package io.havip.core.node;

import io.havip.HavipConfig;
import io.havip.RouterSnapshot;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.core.election.ReceiveRules;
import io.havip.net.IpAddress;
import io.havip.spi.LinkMonitor;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import java.util.List;

/**
 * Plays one router's life on a {@link Stage}, before the real one begins: silence or a resignation,
 * takeover, a contest, yielding, leaving.
 *
 * <p>Code that runs for the first time has its classes loaded and its call sites linked first, and
 * is interpreted after that. A takeover is the first time by nature, and in a JVM this cost it 3 ms
 * of an Active_Down_Interval of 36 ms (measured at 10 ms adverts).
 */
final class Rehearsal {

  /** The JVM's first compiler takes a method after 200 calls. Each life is played so many times. */
  private static final int TIMES = 250;

  private static final long ENCORE_NANOS = 1_000_000_000L;
  private static final long ENCORE_SPACING = 20_000_000L;
  private static final int ENCORES = 70;

  private static final int MAX_MESSAGE = 4096;

  private final VirtualRouterConfig config;
  private final LinkMonitor host;
  private final byte[] message = new byte[MAX_MESSAGE];

  private Rehearsal(VirtualRouterConfig config, LinkMonitor host) {
    this.config = config;
    this.host = host;
  }

  /**
   * Makes ready to play; does nothing to the host, calls nothing of the application, publishes
   * nothing.
   *
   * @param router what will run
   * @param host the interfaces; only looked at
   */
  static Rehearsal of(VirtualRouterConfig router, LinkMonitor host) {
    return new Rehearsal(plain(router), host);
  }

  /**
   * Plays until the first compiler has taken everything.
   *
   * @return how the last life after silence ended, and the last one after a resignation
   */
  List<RouterSnapshot> play() {
    for (int i = 1; i < TIMES; i++) {
      playOnce(true);
      playOnce(false);
    }
    return List.of(playOnce(true), playOnce(false));
  }

  /**
   * Plays once more when the process has started, a little at a time amid other work of the loop.
   * The first compiler asks for more calls while many methods wait for it, as they do at a start;
   * what it has left then it would else take up in the first takeover (measured).
   *
   * @return what ends it early if disarmed
   */
  Timers.Deadline encore(Timers timers) {
    Encore encore = new Encore(this, timers);
    encore.deadline.arm(timers.now() + ENCORE_NANOS);
    return encore.deadline;
  }

  private static final class Encore {
    private final Rehearsal rehearsal;
    private final Timers timers;
    private final Timers.Deadline deadline;
    private int left = ENCORES;

    private Encore(Rehearsal rehearsal, Timers timers) {
      this.rehearsal = rehearsal;
      this.timers = timers;
      deadline = timers.newDeadline(this::due);
    }

    private void due() {
      rehearsal.playOnce(true);
      rehearsal.playOnce(false);
      if (--left > 0) {
        deadline.arm(timers.now() + ENCORE_SPACING);
      }
    }
  }

  /** The same group without what belongs to the application: checks, callbacks, commands. */
  private static VirtualRouterConfig plain(VirtualRouterConfig router) {
    VirtualRouterConfigBuilder plain =
        VirtualRouterConfig.builder(router.name())
            .interfaceName(router.interfaceName())
            .vrid(router.vrid())
            .version(router.version())
            .priority(Math.min(router.priority(), VrrpAdvert.PRIORITY_OWNER - 1))
            .advertInterval(router.advertInterval())
            .quickClaim(router.quickClaim())
            .transport(router.transport())
            .authentication(router.authentication())
            .checksum(router.checksum());
    router.addresses().forEach(plain::address);
    return plain.build();
  }

  /**
   * Plays a life.
   *
   * @param silence whether the takeover in it follows silence, or a resignation
   * @return how it ended
   */
  RouterSnapshot playOnce(boolean silence) {
    Stage stage = new Stage(host);
    Events events = new Events(stage.workers(), stage, List.of());
    Dependencies dependencies = new Dependencies(stage, events, HavipConfig.of(config));
    AdvertHub hub =
        new AdvertHub(
            config.interfaceName(),
            config.family(),
            stage,
            dependencies.link(config.interfaceName()),
            events);
    Router router = new Router(config, stage, events, dependencies, hub, null);
    hub.register(router, router.group());
    hub.open();
    router.start();
    hear(hub, stage, config.priority());
    if (!silence) {
      hear(hub, stage, VrrpAdvert.PRIORITY_RESIGN);
    }
    stage.until(router::holding); // Active_Down_Timer, or a probe, a claim and the contest
    long sent = router.advertsSent();
    stage.until(() -> router.advertsSent() > sent); // Adver_Timer
    hear(hub, stage, VrrpAdvert.PRIORITY_OWNER);
    router.stop(() -> {});
    return router.snapshot();
  }

  private void hear(AdvertHub hub, Stage stage, int priority) {
    IpAddress peer = Addresses.unspecified(config.family());
    IpAddress destination = peer;
    if (config.transport() instanceof Transport.Multicast multicast) {
      destination = ReceiveRules.group(multicast, config.family());
    } else if (config.transport() instanceof Transport.Unicast unicast) {
      peer = unicast.peers().getFirst();
    }
    VrrpAdvert advert = AdvertSender.advert(config, priority);
    int length = VrrpCodec.encode(advert, peer, destination, config.checksum(), message, 0);
    hub.received(
        new ReceivedAdvert(peer, destination, VrrpCodec.TTL, stage.now(), message, 0, length));
  }
}
