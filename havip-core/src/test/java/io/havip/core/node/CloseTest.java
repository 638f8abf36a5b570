package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HavipEngine;
import io.havip.HavipNode;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.FenceOptions;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing from several threads, and from one that is interrupted. */
@Timeout(20)
class CloseTest {

  private final GatedPlatform platform = new GatedPlatform();
  private final HavipNode node = start();

  private HavipNode start() {
    VirtualRouterConfig router =
        VirtualRouterConfig.builder("vr")
            .interfaceName("eth0")
            .vrid(51)
            .priority(255)
            .address("10.0.0.50")
            .build();
    HavipEngine.Request request =
        new HavipEngine.Request(
            HavipConfig.of(router),
            List.of(),
            Optional.of(platform),
            Optional.empty(),
            FenceOptions.NONE,
            Optional.empty());
    return new CoreEngine().start(request);
  }

  @Test
  void anInterruptedCloserWaitsAllTheSame_andKeepsItsInterrupt() throws InterruptedException {
    CountDownLatch gate = platform.holdUp();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread closer =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              node.close();
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    awaitWaiting(closer);
    gate.countDown();
    closer.join();

    assertThat(node.snapshot().router("vr").state()).isEqualTo(RouterState.INITIALIZE);
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void aSecondCloserWaitsForTheFirst() throws InterruptedException {
    CountDownLatch gate = platform.holdUp();
    Thread first = Thread.ofPlatform().start(node::close);
    Thread second = Thread.ofPlatform().start(node::close);
    awaitWaiting(first);
    awaitWaiting(second);
    gate.countDown();
    first.join();
    second.join();

    assertThat(node.snapshot().router("vr").state()).isEqualTo(RouterState.INITIALIZE);
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).as("it does not wait").isTrue();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A {@link Stage} whose loop is a thread that the test can hold up. */
  private static final class GatedPlatform implements Platform {

    private final Stage stage = new Stage(new OneLink());
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private volatile @Nullable Thread loopThread;

    CountDownLatch holdUp() {
      CountDownLatch gate = new CountDownLatch(1);
      execute(() -> {
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      return gate;
    }

    @Override
    public String description() {
      return "a stage with a thread";
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(() -> {
        loopThread = Thread.currentThread();
        task.run();
      });
    }

    @Override
    public boolean inLoop() {
      return loopThread == Thread.currentThread();
    }

    @Override
    public boolean realTime() {
      return false;
    }

    @Override
    public Executor workers() {
      return Runnable::run;
    }

    @Override
    public Timers timers() {
      return stage;
    }

    @Override
    public AdvertChannel adverts() {
      return stage;
    }

    @Override
    public NeighborAnnouncer announcer() {
      return stage;
    }

    @Override
    public AddressBinder addresses() {
      return stage;
    }

    @Override
    public LinkMonitor links() {
      return stage;
    }

    @Override
    public void close() {
      loop.shutdown();
    }
  }

  private static final class OneLink implements LinkMonitor {

    @Override
    public Optional<Link> find(String interfaceName) {
      return Optional.of(
          new Link(
              interfaceName,
              2,
              MacAddress.parse("02:00:00:00:00:01"),
              true,
              false,
              1500,
              List.of(new Link.LinkAddress(IpAddress.parse("10.0.0.1"), 24))));
    }

    @Override
    public Watch watch(String interfaceName, LinkListener listener) {
      return () -> {};
    }
  }
}
