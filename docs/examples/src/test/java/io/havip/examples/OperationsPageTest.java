package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.VirtualRouterConfig;
import io.havip.core.observe.HavipBean;
import io.havip.core.observe.HavipMeters;
import io.havip.testkit.sim.Simulation;
import io.havip.wire.RefusalReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} knows everything that a node can tell. */
class OperationsPageTest {

  private final String page;

  OperationsPageTest() throws IOException {
    page = Files.readString(Path.of("..", "operations.md"));
  }

  private void assertKnows(List<String> names) {
    assertThat(names).isNotEmpty();
    assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  @Test
  void everyRefusalReasonIsExplained() {
    assertKnows(Arrays.stream(RefusalReason.values()).map(RefusalReason::id).toList());
  }

  @Test
  void everyEventIsExplained() {
    assertKnows(
        Arrays.stream(HavipEvent.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
            .toList());
  }

  @Test
  void everyMeterAndNoOtherIsExplained() {
    MeterRegistry registry = new SimpleMeterRegistry();
    HavipNode node = node();
    new HavipMeters(node).bindTo(registry);
    Set<String> meters =
        registry.getMeters().stream()
            .map(Meter::getId)
            .map(Meter.Id::getName)
            .collect(Collectors.toSet());

    assertKnows(List.copyOf(meters));
    Set<String> told =
        Pattern.compile("\\| *((`havip\\.[a-z.]+`(, )?)+) *\\|")
            .matcher(page)
            .results()
            .flatMap(row -> Pattern.compile("havip\\.[a-z.]+").matcher(row.group(1)).results())
            .map(name -> name.group())
            .collect(Collectors.toSet());
    assertThat(told).isEqualTo(meters);
  }

  @Test
  void theBeanIsRegisteredAsThePageShows() {
    HavipNode node = node();
    HavipBean bean = HavipBean.register(node);

    assertThat(bean.name()).isEqualTo("io.havip:type=Node,name=\"havip\"");
    bean.close();
  }

  @Test
  void everyFlightEventIsExplained() throws IOException {
    String source =
        Files.readString(Path.of("../../havip-core/src/main/java/io/havip/core/node/Flight.java"));
    List<String> names =
        Pattern.compile("@Name\\(\"([^\"]+)\"\\)")
            .matcher(source)
            .results()
            .map(name -> name.group(1))
            .toList();

    assertKnows(names);
  }

  private static HavipNode node() {
    Simulation sim = Simulation.seeded(1);
    HavipNode node =
        sim.segment("10.0.0.0/24")
            .host("a", "10.0.0.1")
            .start(
                VirtualRouterConfig.builder("vr")
                    .interfaceName("eth0")
                    .vrid(7)
                    .address("10.0.0.50/24")
                    .build());
    sim.run(Duration.ofSeconds(5));
    return node;
  }
}
