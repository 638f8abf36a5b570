package io.havip.linux.internal.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.internal.NetworkNamespace;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.spi.Outcome;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of refused addresses on a kernel: what others do to it, and who takes it away. */
class AcceptFilterIT {

  private static final IpAddress FOUR = IpAddress.parse("172.17.16.50");
  private static final IpAddress OTHER = IpAddress.parse("172.17.16.51");
  private static final IpAddress SIX = IpAddress.parse("fd00::50");
  private static final int OWNED = OwnTables.OWNER | OwnTables.PERSIST;

  private static Lab lab;
  private static LabHost host;
  private final List<Running> all = new ArrayList<>();

  /** A filter on a loop of its own. */
  private record Running(EventLoop loop, AtomicReference<AcceptFilter> filter) {

    <T> T call(Supplier<T> work) {
      CompletableFuture<T> result = new CompletableFuture<>();
      loop.execute(() -> {
        try {
          result.complete(work.get());
        } catch (RuntimeException e) {
          result.completeExceptionally(e);
        }
      });
      return result.join();
    }

    Outcome accept(IpAddress address, boolean accepted) {
      return call(() -> filter.get().accept(address, accepted));
    }

    void stop() {
      loop.stop(Duration.ofSeconds(10));
    }
  }

  @BeforeAll
  static void open() {
    RealNetwork.assume("nft");
    lab = Lab.open();
    host = lab.addHost("a", "172.17.16.7");
  }

  @AfterEach
  void stop() {
    all.forEach(Running::stop);
    assertThat(host.exec("nft", "list", "ruleset")).isEmpty();
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private Running start(int flags) {
    AtomicReference<AcceptFilter> filter = new AtomicReference<>();
    EventLoop loop =
        new EventLoop(
            "filter",
            NetworkNamespace.threads(host.namespace()),
            new EventLoop.Tenant() {
              @Override
              public void open(EventLoop opening) {
                filter.set(new AcceptFilter(opening, flags));
              }

              @Override
              public void close() {
                filter.get().close();
              }
            });
    loop.start();
    Running running = new Running(loop, filter);
    all.add(running);
    return running;
  }

  private static String ruleset() {
    return host.exec("nft", "list", "ruleset");
  }

  @Test
  void nothingIsOnTheHostUntilAnAddressIsRefused() {
    Running one = start(OWNED);
    assertThat(one.accept(FOUR, true)).isEqualTo(Outcome.DONE);
    assertThat(ruleset()).isEmpty();
    assertThat(one.accept(FOUR, false)).isEqualTo(Outcome.DONE);
    assertThat(one.accept(SIX, false)).isEqualTo(Outcome.DONE);
    assertThat(ruleset()).contains("havipaccept_0", FOUR.toString(), SIX.toString());
    assertThat(one.accept(FOUR, true)).isEqualTo(Outcome.DONE);
    assertThat(ruleset()).doesNotContain(FOUR.toString()).contains(SIX.toString());
  }

  @Test
  void whoFlushesTheRulesTakesNothingAway() {
    Running one = start(OWNED);
    assertThat(one.accept(FOUR, false)).isEqualTo(Outcome.DONE);
    host.tryExec("nft", "flush", "ruleset");
    assertThat(ruleset()).contains(FOUR.toString());
  }

  /** As before Linux 6.9. */
  @Test
  void whatSomebodyElseRemoved_isMadeAnewWithTheNextAddress() {
    Running one = start(0);
    assertThat(one.accept(FOUR, false)).isEqualTo(Outcome.DONE);
    host.exec("nft", "flush", "ruleset");
    assertThat(one.accept(SIX, false)).isEqualTo(Outcome.DONE);
    assertThat(ruleset()).contains(FOUR.toString(), SIX.toString());
    host.exec("nft", "flush", "ruleset");
    assertThat(one.accept(SIX, true)).isEqualTo(Outcome.DONE);
  }

  @Test
  void everyProcessHasItsOwnTable_andTheOneTakesTheOthersNotAway() {
    Running one = start(OWNED);
    assertThat(one.accept(FOUR, false)).isEqualTo(Outcome.DONE);
    Running two = start(OWNED);
    assertThat(two.accept(OTHER, false)).isEqualTo(Outcome.DONE);
    assertThat(ruleset()).contains("havipaccept_0", "havipaccept_1");
    two.stop();
    assertThat(ruleset()).contains(FOUR.toString()).doesNotContain("havipaccept_1");
  }

  /** Its name is free only later than a successor's first look. */
  @Test
  void whatADeadProcessLeft_goesWhenItsNameIsFree() {
    Running dying = start(OWNED);
    assertThat(dying.accept(FOUR, false)).isEqualTo(Outcome.DONE);
    Running next = start(OWNED);
    assertThat(ruleset()).contains("havipaccept_0");
    dying.stop();
    host.exec("nft", "add", "table", "inet", "havipaccept_0"); // as if it had been killed
    var _ =
        next.call(() -> {
          next.filter().get().clearLeftovers();
          return true;
        });
    assertThat(ruleset()).isEmpty();
  }
}
