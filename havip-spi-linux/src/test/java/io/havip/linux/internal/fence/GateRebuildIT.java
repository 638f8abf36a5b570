package io.havip.linux.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.internal.NetworkNamespace;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gate whose tables anybody can remove, as on kernels before Linux 6.9. */
class GateRebuildIT {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Lab lab;
  private static LabHost host;
  private static EventLoop loop;
  private static Gate gate;

  @BeforeAll
  static void open() {
    RealNetwork.assume("nft");
    lab = Lab.open();
    host = lab.addHost("a", "172.17.16.7");
    loop =
        new EventLoop(
            "gate",
            NetworkNamespace.threads(host.namespace()),
            new EventLoop.Tenant() {
              @Override
              public void open(EventLoop opening) {
                gate = new Gate(opening, router -> 60_000, 0);
              }

              @Override
              public void close() {
                gate.close();
              }
            });
    loop.start();
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      loop.stop(MINUTE);
      assertThat(host.exec("nft", "list", "ruleset")).isEmpty();
      lab.close();
    }
  }

  private static <T> T call(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(() -> {
      try {
        result.complete(work.call());
      } catch (Exception e) {
        result.completeExceptionally(e);
      }
    });
    return result.join();
  }

  private static void run(Runnable work) {
    call(() -> {
      work.run();
      loop.flush();
      return true;
    });
  }

  private static Guard guard(String address) {
    GuardedRouter router =
        new GuardedRouter(
            address,
            LabHost.INTERFACE,
            List.of(VirtualAddress.parse(address)),
            MINUTE,
            MINUTE.multipliedBy(3),
            List.of());
    return call(() -> gate.guard(router, () -> {}));
  }

  private static String open4() {
    return host.exec("nft", "list", "set", "inet", "havip_0", "open4");
  }

  @Test
  void whoRemovesTheTablesLosesToTheNextAdvert() {
    Guard renewed = guard("172.17.16.3");
    Guard other = guard("172.17.16.4");
    Guard shut = guard("172.17.16.5");
    run(renewed::renew);
    run(other::renew);
    run(shut::renew);
    run(shut::shut);
    assertThat(open4()).contains("172.17.16.3", "172.17.16.4").doesNotContain("172.17.16.5");
    host.exec("nft", "flush", "ruleset");
    run(renewed::renew);
    run(() -> {});
    assertThat(open4()).contains("172.17.16.3");
    assertThat(call(renewed::fence)).isInstanceOf(Fence.OnExitAndStall.class);
    run(other::renew);
    assertThat(open4()).contains("172.17.16.3", "172.17.16.4").doesNotContain("172.17.16.5");
    List.of(renewed, other, shut).forEach(each -> run(each::close));
    assertThat(open4()).doesNotContain("172.17.16.");
  }

  @Test
  void whoRemovesAnElementLosesToTheNextAdvert() {
    Guard guard = guard("172.17.16.6");
    run(guard::renew);
    host.exec("nft", "flush", "set", "inet", "havip_0", "open4");
    assertThat(open4()).doesNotContain("172.17.16.6");
    run(guard::renew);
    // Renewals that follow each other closely are sent together.
    Await.until("the element", Duration.ofSeconds(10), () -> open4().contains("172.17.16.6"));
    run(guard::close);
  }
}
