package io.havip.testkit.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import org.junit.jupiter.api.Test;

/** What {@code LinkMonitor} promises. */
class LinkMonitorTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");
  private static final VirtualAddress BOUND = VirtualAddress.parse("10.0.0.50/24");

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final Talker onA = Talker.on(a);

  @Test
  void findTellsTheInterfaceAsItIs() {
    Link link = onA.platform().links().find("eth0").orElseThrow();
    assertThat(link.up()).isTrue();
    assertThat(link.loopback()).isFalse();
    assertThat(link.mac().isZero()).isFalse();
    assertThat(link.index()).isPositive();
    assertThat(link.has(IpAddress.parse("10.0.0.1"))).isTrue();
    assertThat(onA.platform().links().find("lo").orElseThrow().loopback()).isTrue();
    assertThat(onA.platform().links().find("eth9")).isEmpty();
  }

  @Test
  void downAndUpAreReported() {
    sim.inject(new Fault.LinkDown("a", "eth0"));
    sim.inject(new Fault.LinkDown("a", "eth0"));
    assertThat(onA.log).as("not in the call that changed it").isEmpty();
    sim.run(ofMillis(1));
    sim.inject(new Fault.LinkUp("a", "eth0"));
    sim.run(ofMillis(1));
    assertThat(onA.log).containsExactly("down [10.0.0.1]", "up [10.0.0.1]");
  }

  @Test
  void ownChangesAreReportedButAreNotLosses() {
    onA.platform().addresses().add("eth0", BOUND);
    sim.run(ofMillis(1));
    onA.platform().addresses().remove("eth0", BOUND);
    sim.run(ofMillis(1));
    assertThat(onA.log).containsExactly("up [10.0.0.1, 10.0.0.50]", "up [10.0.0.1]");
  }

  @Test
  void foreignRemovalIsReportedAfterTheChangeThatShowsIt() {
    onA.platform().addresses().add("eth0", BOUND);
    sim.run(ofMillis(1));
    onA.log.clear();
    sim.inject(new Fault.RemoveAddress("a", "eth0", VIP));
    sim.run(ofMillis(1));
    assertThat(onA.log).containsExactly("up [10.0.0.1]", "lost 10.0.0.50");
    assertThat(a.has(VIP)).isFalse();
  }

  @Test
  void foreignRemovalOfAnotherAddressIsNoLoss() {
    sim.inject(new Fault.RemoveAddress("a", "eth0", IpAddress.parse("10.0.0.1")));
    sim.run(ofMillis(1));
    assertThat(onA.log).containsExactly("up []");
  }

  @Test
  void interfaceGoneAndBackIsReportedUnderTheSameWatch() {
    onA.platform().addresses().add("eth0", BOUND);
    sim.run(ofMillis(1));
    int index = onA.platform().links().find("eth0").orElseThrow().index();
    onA.log.clear();
    sim.during(ofSeconds(1), new Fault.InterfaceGone("a", "eth0"));
    sim.run(ofMillis(1));
    assertThat(onA.platform().links().find("eth0")).isEmpty();
    sim.run(ofSeconds(2));
    assertThat(onA.log).containsExactly("gone", "up [10.0.0.1]");
    assertThat(onA.platform().links().find("eth0").orElseThrow().index()).isNotEqualTo(index);
  }

  @Test
  void interfaceThatDoesNotExistYetCanBeWatched() {
    onA.log.clear();
    StringBuilder seen = new StringBuilder();
    onA.platform()
        .links()
        .watch(
            "eth1",
            new io.havip.spi.LinkMonitor.LinkListener() {
              @Override
              public void changed(Link link) {
                seen.append("changed ").append(link.up()).append(' ');
              }

              @Override
              public void gone() {
                seen.append("gone ");
              }

              @Override
              public void addressLost(VirtualAddress address) {}
            });
    a.attach(lan, "eth1", "10.0.0.9");
    sim.inject(new Fault.LinkDown("a", "eth1"));
    sim.run(ofMillis(1));
    assertThat(seen.toString()).isEqualTo("changed true changed false ");
  }

  @Test
  void closedWatchIsNotCalledForWhatHappenedBefore() {
    StringBuilder seen = new StringBuilder();
    var watch =
        onA.platform()
            .links()
            .watch(
                "eth0",
                new io.havip.spi.LinkMonitor.LinkListener() {
                  @Override
                  public void changed(Link link) {
                    seen.append("changed");
                  }

                  @Override
                  public void gone() {
                    seen.append("gone");
                  }

                  @Override
                  public void addressLost(VirtualAddress address) {
                    seen.append("lost");
                  }
                });
    sim.inject(new Fault.LinkDown("a", "eth0"));
    watch.close();
    watch.close();
    sim.run(ofSeconds(1));
    assertThat(seen.toString()).isEmpty();
    assertThat(onA.log).containsExactly("down [10.0.0.1]");
  }
}
