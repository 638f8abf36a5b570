package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.core.monitor.SelfWatch;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Instant;
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

  private final Stage stage = new Stage(new Host());
  private final Busy busy = new Busy(stage);
  private final List<HavipEvent> told = new ArrayList<>();
  private final Router router = started();

  private Router started() {
    Events events = new Events(stage.workers(), busy, List.of());
    events.tap(told::add);
    Dependencies dependencies = new Dependencies(busy, events, HavipConfig.of(ROUTER));
    LinkTracker link = dependencies.link("eth0");
    AdvertHub hub = new AdvertHub("eth0", ROUTER.family(), busy, link, events);
    Router made = new Router(ROUTER, busy, events, dependencies, hub, null);
    hub.register(made, made.group());
    hub.open();
    busy.ahead += 60_000_000_000L; // others are made ready first, or a start is delayed
    made.start();
    return made;
  }

  @Test
  void theMonitorKnowsOfATakeoverBeforeTimePassesForIt() {
    stage.until(router::holding);
    assertThat(told).noneMatch(LateTellingTest::takesOver);

    sendAnother();

    assertThat(told).anyMatch(LateTellingTest::takesOver);
    assertThat(router.snapshot().violations()).isEmpty();
  }

  @Test
  void theMonitorDoesNotTakeASlowTakeoverForABackupThatSpeaks() {
    busy.bindingTakes = 2 * SelfWatch.lateness(ROUTER);
    stage.until(router::holding);
    busy.bindingTakes = 0;

    sendAnother();

    assertThat(router.snapshot().state()).isEqualTo(RouterState.ACTIVE);
    assertThat(router.snapshot().violations()).isEmpty();
  }

  private void sendAnother() {
    long sent = router.advertsSent();
    stage.until(() -> router.advertsSent() > sent);
  }

  @Test
  void theMonitorDoesNotJudgeTheTimeBeforeTheStart() {
    stage.until(router::holding);

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

  /** Never comes to what is posted, and may take its time for an address. */
  private static final class Busy implements Platform, Timers, AddressBinder {
    private final Stage stage;
    private long ahead;
    private long bindingTakes;

    private Busy(Stage stage) {
      this.stage = stage;
    }

    @Override
    public void execute(Runnable task) {}

    @Override
    public Outcome add(String interfaceName, VirtualAddress address) {
      ahead += bindingTakes;
      return stage.add(interfaceName, address);
    }

    @Override
    public long now() {
      return stage.now() + ahead;
    }

    @Override
    public Deadline newDeadline(Runnable onDue) {
      Deadline deadline = stage.newDeadline(onDue);
      return new Deadline() {
        @Override
        public void arm(long atNanos) {
          deadline.arm(atNanos - ahead);
        }

        @Override
        public void disarm() {
          deadline.disarm();
        }
      };
    }

    @Override
    public Instant wallTime() {
      return stage.wallTime();
    }

    @Override
    public Outcome reserve(IpAddress address) {
      return stage.reserve(address);
    }

    @Override
    public void release(IpAddress address) {
      stage.release(address);
    }

    @Override
    public Outcome remove(String interfaceName, VirtualAddress address) {
      return stage.remove(interfaceName, address);
    }

    @Override
    public Timers timers() {
      return this;
    }

    @Override
    public AddressBinder addresses() {
      return this;
    }

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
    public AdvertChannel adverts() {
      return stage.adverts();
    }

    @Override
    public NeighborAnnouncer announcer() {
      return stage.announcer();
    }

    @Override
    public LinkMonitor links() {
      return stage.links();
    }

    @Override
    public void close() {}
  }
}
