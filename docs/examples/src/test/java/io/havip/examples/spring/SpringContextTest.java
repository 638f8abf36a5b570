package io.havip.examples.spring;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.Platform;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Two contexts of the same application, on two simulated hosts. */
class SpringContextTest {

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");

  private static AnnotationConfigApplicationContext started(Platform platform, int priority) {
    var context = new AnnotationConfigApplicationContext();
    Map<String, Object> properties =
        Map.of("havip.vrid", 51, "havip.address", "10.0.0.3/24", "havip.priority", priority);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.registerBean(Platform.class, () -> platform, bean -> bean.setDestroyMethodName(""));
    context.register(OrderService.class, HavipConfiguration.class);
    context.refresh();
    return context;
  }

  private AnnotationConfigApplicationContext on(SimHost host, int priority) {
    AnnotationConfigApplicationContext[] made = new AnnotationConfigApplicationContext[1];
    host.start(platform -> {
      made[0] = started(platform, priority);
      return made[0];
    });
    return made[0];
  }

  @Test
  void anOrderServiceServesOnOneHost_andOnTheOtherWhenItsDatabaseFails() {
    OrderService first = on(a, 200).getBean(OrderService.class);
    OrderService second = on(b, 100).getBean(OrderService.class);
    sim.run(ofSeconds(5));
    assertThat(first.serving()).isTrue();
    assertThat(second.serving()).isFalse();

    first.databaseUp(false);
    sim.run(ofSeconds(5));
    assertThat(first.serving()).isFalse();
    assertThat(second.serving()).isTrue();
  }

  @Test
  void aContextThatClosesHandsTheAddressOver() {
    AnnotationConfigApplicationContext first = on(a, 200);
    OrderService second = on(b, 100).getBean(OrderService.class);
    sim.run(ofSeconds(5));
    assertThat(first.getBean(HavipLifecycle.class).isRunning()).isTrue();

    a.stop();
    sim.run(ofSeconds(1));
    assertThat(first.isActive()).isFalse();
    assertThat(second.serving()).isTrue();
  }
}
