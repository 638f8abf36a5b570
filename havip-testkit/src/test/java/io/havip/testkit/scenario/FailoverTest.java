package io.havip.testkit.scenario;

import static io.havip.testkit.scenario.Disruption.CRASHES;
import static io.havip.testkit.scenario.Disruption.IS_CUT_OFF;
import static io.havip.testkit.scenario.Disruption.STALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.havip.Handover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailoverTest {

  @TempDir Path folder;

  /** A service that is primary where the address is. */
  private static final class Service implements Handover.Callback {

    private final boolean forgetful;
    private boolean primary;

    private Service(MemberSetup member, boolean forgetful) {
      this.forgetful = forgetful;
      member
          .router()
          .healthCheck("service", () -> true)
          .beforeServing(router -> primary = true, Duration.ofSeconds(1))
          .beforeLeaving(this, Duration.ofSeconds(1));
    }

    @Override
    public void demote(String router) {
      primary = false;
    }

    /** The bug: who lost the address to another does not stop being primary. */
    @Override
    public void lost(String router) {
      primary = forgetful;
    }
  }

  private Failover<Service> failover(boolean forgetful) {
    return Failover.of(member -> new Service(member, forgetful))
        .servesWhen(service -> service.primary)
        .never(
            "two members are primary",
            services -> services.stream().filter(service -> service.primary).count() > 1)
        .reporting("ServiceTest.keepsServing", "mvn test -Dtest=ServiceTest", folder);
  }

  @Test
  void aSoundServiceKeepsServingWhateverHappensToAnyOneMember() {
    assertThatCode(() -> failover(false).whileAnyOneMember(Disruption.values()))
        .doesNotThrowAnyException();
    assertThatCode(() -> failover(false).whateverHappens(20)).doesNotThrowAnyException();
  }

  @Test
  void eachMemberSuffersEachDisruptionAtSeveralMoments() {
    List<Scenario> scenarios = failover(false).scenarios(CRASHES, STALLS);

    assertThat(scenarios).hasSize(1 + 2 * 3 * 3);
    assertThat(scenarios.getFirst().steps()).isEmpty();
    assertThat(scenarios.get(1).steps())
        .extracting(Step::what)
        .extracting(HappeningText::text)
        .containsExactly("crash a", "restart a");
  }

  @Test
  void aForgetfulServiceIsFoundAndTheFailureSaysHowToSeeIt() throws IOException {
    FailoverFailure failure =
        catchThrowableOfType(
            FailoverFailure.class,
            () -> failover(true).whileAnyOneMember(CRASHES, STALLS, IS_CUT_OFF));

    Path scenario = folder.resolve("ServiceTest.keepsServing-N1.scenario");
    assertThat(failure)
        .hasMessageContainingAll(
            "N1: two members are primary, for longer than 1ms",
            "restart a",
            "found by: a crashes",
            "report:    " + failure.report(),
            "mvn test -Dtest=ServiceTest -Dhavip.scenario=" + scenario,
            "@Test",
            "void keepsN1(Failover<?> failover) {");
    assertThat(failure.shrunk().scenario().members()).hasSize(2);
    assertThat(Files.readString(failure.report()))
        .contains("two members are primary", "keepsN1(Failover", "havip-scenario 1");
    ScenarioFile file = ScenarioFile.read(scenario);
    assertThat(file.violates()).contains("N1");
    assertThat(file.trace()).hasValue(failure.shrunk().outcome().trace());
  }

  @Test
  void whatFailedIsRunAgainAloneByAProperty() {
    FailoverFailure failure =
        catchThrowableOfType(FailoverFailure.class, () -> failover(true).whileAnyOneMember(STALLS));
    Path file = folder.resolve("ServiceTest.keepsServing-N1.scenario");
    System.setProperty(Failover.SCENARIO, file.toString());
    try {
      assertThat(
              catchThrowableOfType(
                  FailoverFailure.class, () -> failover(true).whileAnyOneMember(CRASHES)))
          .hasMessageContaining(failure.shrunk().scenario().steps().getFirst().toString());
      assertThatCode(() -> failover(false).whileAnyOneMember(CRASHES)).doesNotThrowAnyException();
    } finally {
      System.clearProperty(Failover.SCENARIO);
    }
  }

  @Test
  void anOutageThatIsTooLongIsFound() {
    FailoverFailure failure =
        catchThrowableOfType(
            FailoverFailure.class,
            () -> failover(false).outageAtMost(Duration.ofSeconds(2)).whileAnyOneMember(CRASHES));

    assertThat(failure).hasMessageStartingWith("SERVES: client was not served at 10.0.0.50");
    assertThat(failure.shrunk().property()).isEqualTo("SERVES");
  }
}
