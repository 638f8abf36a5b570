package io.havip.testkit.scenario;

import java.util.stream.Collectors;

/** Writes a scenario as a JUnit test to paste. */
public final class JavaTest {

  private JavaTest() {}

  /**
   * A whole file with a test of plain nodes.
   *
   * @param scenario the scenario
   * @param property the id of the property that it violated
   * @return the source of a class named {@code ScenarioTest}, in no package
   */
  public static String ofNodes(Scenario scenario, String property) {
    return """
    import static org.junit.jupiter.api.Assertions.assertEquals;

    import io.havip.testkit.scenario.Outcome;
    import io.havip.testkit.scenario.Scenario;
    import io.havip.testkit.scenario.ScenarioRunner;
    import java.util.List;
    import org.junit.jupiter.api.Test;

    class ScenarioTest {

      @Test
      void keeps%s() {
        Outcome outcome =
            ScenarioRunner.nodes()
                .run(
                    Scenario.parse(
                        ""\"
    %s                    ""\"));

        assertEquals(List.of(), outcome.findings());
      }
    }
    """
        .formatted(word(property), block(scenario, 20));
  }

  /**
   * A test method that replays a scenario by {@link Failover#replay}, for a class whose tests are
   * given a {@link Failover}.
   *
   * @param scenario the scenario
   * @param property the id of the property that it violated
   * @return the source of the method, whose annotation is JUnit's
   */
  public static String ofService(Scenario scenario, String property) {
    return """
    @Test
    void keeps%s(Failover<?> failover) {
      failover.replay(
          ""\"
    %s      ""\");
    }
    """
        .formatted(word(property), block(scenario, 6));
  }

  private static String word(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_");
  }

  /** The lines of a text block. */
  private static String block(Scenario scenario, int indent) {
    String margin = " ".repeat(indent);
    return scenario
        .text()
        .lines()
        .map(line -> line.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\""))
        .map(line -> line.isEmpty() ? "\n" : margin + line + "\n")
        .collect(Collectors.joining());
  }
}
