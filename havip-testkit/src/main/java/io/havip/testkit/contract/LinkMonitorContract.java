package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor.LinkListener;
import io.havip.spi.LinkMonitor.Watch;
import io.havip.spi.Outcome;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The rules of {@link io.havip.spi.LinkMonitor}. */
public abstract class LinkMonitorContract extends SeamContract {

  private static final String GONE = "gone";

  /** What a listener hears, as text: {@code up}, {@code down}, {@code gone}, {@code lost …}. */
  private final List<String> log = new CopyOnWriteArrayList<>();

  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final AtomicBoolean offLoop = new AtomicBoolean();

  /** For subclasses. */
  protected LinkMonitorContract() {}

  private final class Eyes implements LinkListener {
    @Override
    public void changed(Link link) {
      links.add(link);
      add(link.up() ? "up" : "down");
    }

    @Override
    public void gone() {
      add(GONE);
    }

    @Override
    public void addressLost(VirtualAddress address) {
      add("lost " + address.address());
    }

    private void add(String what) {
      if (!platform().inLoop()) {
        offLoop.set(true);
      }
      log.add(what);
    }
  }

  private Watch watch() {
    return call(() -> platform().links().watch(eth(), new Eyes()));
  }

  private Optional<Link> find(String name) {
    return call(() -> platform().links().find(name));
  }

  private Link link() {
    return find(eth()).orElseThrow(() -> new AssertionError("find knows no " + eth()));
  }

  private void awaitLink(String what, Predicate<Link> condition) {
    await("a report of " + what, () -> !links.isEmpty() && condition.test(links.getLast()));
    assertFalse(offLoop.get(), "a listener is called on the loop");
  }

  private void bind(VirtualAddress address) {
    assertEquals(Outcome.DONE, call(() -> platform().addresses().add(eth(), address)));
  }

  /** What find tells is so. */
  @Test
  public void l1_findTellsTheInterfaceAsItIs() {
    Link link = link();
    assertEquals(eth(), link.name());
    assertTrue(link.up());
    assertFalse(link.loopback());
    assertEquals(env().mac(Host.FIRST), link.mac());
    assertTrue(link.index() > 0, "an index is positive");
    for (IpFamily family : env().families()) {
      assertTrue(link.has(env().source(Host.FIRST, family)), "it has its own address");
    }
    assertTrue(find(env().loopbackName()).orElseThrow().loopback());
    assertEquals(Optional.empty(), find(MISSING));
  }

  /** Up and down are reported. */
  @Test
  public void l2_downAndUpAreReportedOnTheLoop() {
    needs(Ability.LINK_STATE);
    Watch watch = watch();
    env().setUp(false);
    awaitLink("the interface going down", link -> !link.up());
    assertFalse(link().up());
    env().setUp(true);
    awaitLink("the interface coming up", Link::up);
    assertTrue(link().up());
    run(watch::close);
  }

  /** What goes and comes back is reported under the same watch. */
  @Test
  public void l3_anInterfaceGoneAndBackIsReportedUnderTheSameWatch() {
    needs(Ability.PRESENCE);
    Watch watch = watch();
    env().setPresent(false);
    await("a report that the interface is gone", () -> log.contains(GONE));
    assertEquals(Optional.empty(), find(eth()));
    int reports = links.size();
    env().setPresent(true);
    await("a report that it is back", () -> links.size() > reports && links.getLast().up());
    assertTrue(link().up());
    assertFalse(offLoop.get(), "a listener is called on the loop");
    run(watch::close);
  }

  /** What does not exist yet can be watched. */
  @Test
  public void l4_anInterfaceThatDoesNotExistYetCanBeWatched() {
    needs(Ability.PRESENCE);
    env().setPresent(false);
    await("the interface to be gone", () -> find(eth()).isEmpty());
    Watch watch = watch();
    env().setPresent(true);
    awaitLink("an interface that is new", Link::up);
    run(watch::close);
  }

  /** An address that somebody else removes is lost, and seen to be missing before. */
  @Test
  public void l5_aForeignRemovalIsReportedAfterTheChangeThatShowsIt() {
    needs(Ability.FOREIGN_REMOVAL);
    VirtualAddress address = env().freeAddress(anyFamily());
    bind(address);
    AtomicBoolean shown = new AtomicBoolean();
    Watch watch =
        call(() ->
            platform()
                .links()
                .watch(
                    eth(),
                    new LinkListener() {
                      @Override
                      public void changed(Link link) {
                        shown.set(!link.has(address.address()));
                      }

                      @Override
                      public void gone() {}

                      @Override
                      public void addressLost(VirtualAddress lost) {
                        log.add(lost + (shown.get() ? " after" : " before"));
                      }
                    }));
    env().removeAddress(address);
    await("the report of a lost address", () -> !log.isEmpty());
    assertEquals(List.of(address + " after"), log);
    run(watch::close);
  }

  /** What the node does itself is a change but no loss. */
  @Test
  public void l6_ownChangesAreReportedButAreNoLosses() {
    VirtualAddress address = env().freeAddress(anyFamily());
    Watch watch = watch();
    bind(address);
    awaitLink("the added address", link -> link.has(address.address()));
    assertTrue(link().has(address.address()));
    assertEquals(Outcome.DONE, call(() -> platform().addresses().remove(eth(), address)));
    awaitLink("the removed address", link -> !link.has(address.address()));
    settle();
    assertEquals(List.of(), log.stream().filter(each -> each.startsWith("lost")).toList());
    assertNotEquals(List.of(), log);
    run(watch::close);
  }

  /** A closed watch is silent, also about what happened before. */
  @Test
  public void l7_aClosedWatchIsSilent() {
    Watch watch = watch();
    VirtualAddress address = env().freeAddress(anyFamily());
    run(() -> {
      Outcome unused = platform().addresses().add(eth(), address);
      log.clear();
      watch.close();
      watch.close();
    });
    settle();
    assertEquals(List.of(), log, "a closed watch was told");
  }
}
