package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.HavipNode;
import io.havip.Track;
import io.havip.VirtualRouterConfig;
import io.havip.core.observe.HavipBean;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class TopTest {

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private HavipNode start(String host, String address, int priority, int routers) {
    SimHost started = lan.host(host, address);
    List<VirtualRouterConfig> all = new ArrayList<>();
    for (int i = 1; i <= routers; i++) {
      all.add(
          VirtualRouterConfig.builder("VI_" + i)
              .interfaceName("eth0")
              .vrid(i)
              .priority(priority)
              .track(new Track.Interface("eth1", -20, false))
              .address("10.0.0." + (100 + i) + "/24")
              .build());
    }
    return started.start(new HavipConfig(host, all, Duration.ZERO));
  }

  private static List<String> page(HavipBean bean, Optional<String> router) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    assertThat(server.isRegistered(new ObjectName(bean.name()))).isTrue();
    try (RunningNode node = RunningNode.in(server, () -> {})) {
      return TopView.draw(node, router, 80, 24);
    }
  }

  @Test
  void aBackupIsShownWithItsPeerItsTimersAndItsPriority() throws Exception {
    start("a", "10.0.0.1", 150, 1);
    HavipNode b = start("b", "10.0.0.2", 100, 1);
    sim.run(Duration.ofSeconds(10));
    try (HavipBean bean = HavipBean.register(b)) {
      String text = String.join("\n", page(bean, Optional.empty()));

      assertThat(text)
          .contains(">VI_1        eth0        1 BACKUP")
          .containsPattern("10\\.0\\.0\\.1 +takeover \\d\\.\\ds")
          .contains("priority   80 = 100 configured  -20 interface eth1 (failed)")
          .containsPattern("peer +10\\.0\\.0\\.1 priority 130 every 1\\.0s")
          .contains("addresses  10.0.0.101 (not held here)", "fence      none");
    }
  }

  @Test
  void anActiveOneIsShownWithWhatItRefuses() throws Exception {
    HavipNode a = start("a", "10.0.0.1", 150, 1);
    start("b", "10.0.0.2", 100, 2);
    sim.inject(new Fault.JumpWallClock("a", Duration.ofMillis(1)));
    sim.run(Duration.ofSeconds(10));
    try (HavipBean bean = HavipBean.register(a)) {
      String text = String.join("\n", page(bean, Optional.empty()));

      assertThat(text)
          .contains("ACTIVE", "this node", "advert ")
          .contains("addresses  10.0.0.101 (held here)")
          .contains("strangers: ")
          .contains("became ACTIVE 1, left 0");
    }
  }

  @Test
  void aPageFitsATerminalOf80By24HoweverManyRoutersThereAre() throws Exception {
    HavipNode a = start("a", "10.0.0.1", 150, 100);
    sim.run(Duration.ofSeconds(10));
    try (HavipBean bean = HavipBean.register(a)) {
      List<String> page = page(bean, Optional.of("VI_77"));

      assertThat(page).hasSizeLessThanOrEqualTo(24);
      assertThat(page).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
      assertThat(page)
          .anyMatch(line -> line.contains("and 92 more"))
          .anyMatch(line -> line.startsWith("VI_77: ACTIVE"));
    }
  }

  @Test
  void theBeanIsReadOnlyAndGoesWithItsRegistration() throws Exception {
    HavipNode a = start("a", "10.0.0.1", 150, 1);
    sim.run(Duration.ofSeconds(10));
    HavipBean bean = HavipBean.register(a);
    try (HavipBean second = HavipBean.register(a)) {
      ObjectName name = new ObjectName(bean.name());

      assertThat(second.name()).isNotEqualTo(bean.name());
      assertThat(server.getMBeanInfo(name).getOperations()).isEmpty();
      assertThat(server.getMBeanInfo(name).getAttributes())
          .allSatisfy(attribute -> assertThat(attribute.isWritable()).isFalse());
      assertThat(server.getAttribute(name, "Name")).isEqualTo("a");
      assertThatThrownBy(() -> server.setAttribute(name, new Attribute("Name", "b")))
          .hasMessageContaining("read-only");
    }
    bean.close();
    assertThatThrownBy(() -> RunningNode.in(server, () -> {}))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("HavipBean.register");
  }

  @Test
  void aProcessThatIsNotThereIsToldInOneLine() {
    assertThat(Main.commandLine().execute("top", "--once", "999999999")).isEqualTo(3);
  }
}
