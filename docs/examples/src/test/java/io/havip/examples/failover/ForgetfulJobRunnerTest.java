package io.havip.examples.failover;

import static io.havip.testkit.scenario.Disruption.CRASHES;
import static io.havip.testkit.scenario.Disruption.IS_CUT_OFF;
import static io.havip.testkit.scenario.Disruption.STALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.havip.VirtualRouterConfigBuilder;
import io.havip.testkit.scenario.Failover;
import io.havip.testkit.scenario.FailoverFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bugs that are easy to write in such a service, and what the test says of them. */
class ForgetfulJobRunnerTest {

  @TempDir Path folder;

  /** Stops when it leaves of its own accord, but not when another takes the address from it. */
  private static final class Forgetful extends JobRunner {
    @Override
    public void lost(String router) {}
  }

  /** Takes the address again, but starts the jobs only the first time. */
  private static final class OnceOnly extends JobRunner {
    private boolean ran;

    @Override
    void join(VirtualRouterConfigBuilder router) {
      super.join(router);
      router.beforeServing(
          name -> {
            if (!ran) {
              ran = true;
              start();
            }
          },
          Duration.ofSeconds(5));
    }
  }

  private FailoverFailure failure(Supplier<JobRunner> service) {
    Failover<JobRunner> failover =
        Failover.of(
                member -> {
                  JobRunner runner = service.get();
                  runner.join(member.router());
                  return runner;
                })
            .servesWhen(JobRunner::running)
            .never("two run", all -> all.stream().filter(JobRunner::running).count() > 1)
            .reporting("JobRunnerTest", "mvn test -Dtest=JobRunnerTest", folder);
    return catchThrowableOfType(
        FailoverFailure.class, () -> failover.whileAnyOneMember(CRASHES, STALLS, IS_CUT_OFF));
  }

  @Test
  void oneThatForgetsToStopIsFound() {
    FailoverFailure failure = failure(Forgetful::new);

    assertThat(failure)
        .hasMessageStartingWith("N1: two run, for longer than 1ms; running: [")
        .hasMessageContainingAll(
            "report:    " + folder.toAbsolutePath().normalize(),
            "again:     mvn test -Dtest=JobRunnerTest -Dhavip.scenario=",
            "void keepsN1(Failover<?> failover) {");
    assertThat(failure.shrunk().scenario().members()).hasSize(2);
    assertThat(failure.shrunk().scenario().steps()).hasSizeLessThanOrEqualTo(2);
    assertThat(failure.report()).isRegularFile();
  }

  @Test
  void oneThatStartsOnlyOnceIsFound() {
    FailoverFailure failure = failure(OnceOnly::new);

    assertThat(failure).hasMessageStartingWith("SERVES: client was not served at 10.0.0.50");
    assertThat(failure.shrunk().scenario().steps()).hasSizeLessThanOrEqualTo(3);
  }

  /** The page shows what a person gets, but for the folder. */
  @Test
  void theGuideShowsThisVeryFailure() throws IOException {
    String message = String.valueOf(failure(Forgetful::new).getMessage());
    String shown =
        message.replace(folder.toAbsolutePath().normalize().toString(), "/home/you/target/havip");

    assertThat(Files.readString(Path.of("../testing-your-failover.md"))).contains(shown.strip());
  }
}
