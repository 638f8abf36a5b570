package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A loop that has overdue deadlines runs what was posted to it long afterwards. */
class LateTellingTest {

  private static final Link ETH0 =
      new Link(
          "eth0",
          2,
          MacAddress.parse("02:00:00:00:00:01"),
          true,
          false,
          1500,
          List.of(new Link.LinkAddress(IpAddress.parse("172.17.16.7"), 24)));

  private static final VirtualRouterConfig ROUTER =
      VirtualRouterConfig.builder("VI_1")
          .interfaceName("eth0")
          .vrid(51)
          .address("172.17.16.3")
          .build();

  @Test
  void theMonitorKnowsOfATakeoverBeforeTimePassesForIt() {
    Stage stage = new Stage(new Host());
    Busy busy = new Busy(stage);
    List<HavipEvent> told = new ArrayList<>();
    Events events = new Events(stage.workers(), busy, List.of());
    events.tap(told::add);
    Dependencies dependencies = new Dependencies(busy, events, HavipConfig.of(ROUTER));
    LinkTracker link = dependencies.link("eth0");
    AdvertHub hub = new AdvertHub("eth0", ROUTER.family(), busy, link, events);
    Router router = new Router(ROUTER, busy, events, dependencies, hub, null);
    hub.register(router, router.group());
    hub.open();
    router.start();

    stage.until(router::holding);
    assertThat(told).noneMatch(LateTellingTest::takesOver);
    long sent = router.advertsSent();
    stage.until(() -> router.advertsSent() > sent);

    assertThat(told).anyMatch(LateTellingTest::takesOver);
    assertThat(router.snapshot().violations()).isEmpty();
  }

  private static boolean takesOver(HavipEvent event) {
    return event instanceof HavipEvent.StateChanged change && change.to() == RouterState.ACTIVE;
  }

  private static final class Host implements LinkMonitor {
    @Override
    public Optional<Link> find(String interfaceName) {
      return Optional.of(ETH0);
    }

    @Override
    public Watch watch(String interfaceName, LinkListener listener) {
      throw new AssertionError("a stage does not watch the host");
    }
  }

  /** Never comes to what is posted. */
  private record Busy(Stage stage) implements Platform {
    @Override
    public void execute(Runnable task) {}

    @Override
    public String description() {
      return stage.description();
    }

    @Override
    public boolean inLoop() {
      return stage.inLoop();
    }

    @Override
    public Executor workers() {
      return stage.workers();
    }

    @Override
    public Timers timers() {
      return stage.timers();
    }

    @Override
    public AdvertChannel adverts() {
      return stage.adverts();
    }

    @Override
    public NeighborAnnouncer announcer() {
      return stage.announcer();
    }

    @Override
    public AddressBinder addresses() {
      return stage.addresses();
    }

    @Override
    public LinkMonitor links() {
      return stage.links();
    }

    @Override
    public void close() {}
  }
}
