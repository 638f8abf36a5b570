package io.havip.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HealthCheckConfig;
import io.havip.core.check.Verdict;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BlockedSwarmTest {

  private static boolean forEver() throws InterruptedException {
    new CountDownLatch(1).await();
    return true;
  }

  private static Arena arena(HealthCheckConfig check) {
    Lan lan = new Lan(1, UnaryOperator.identity());
    return Arena.of(
        lan.sim,
        lan.scene,
        (host, member) -> host.start(member.router().toBuilder().healthCheck(check).build()));
  }

  @Test
  @Timeout(60)
  void codeThatBlocksEndsTheRunAndIsNamed() {
    AtomicBoolean block = new AtomicBoolean();
    HealthCheckConfig check = HealthCheckConfig.of("db", () -> !block.get() || forEver());
    SwarmResult sound = Swarm.run(arena(check), 1, Duration.ofSeconds(30));
    block.set(true);

    SwarmResult result = Swarm.run(arena(check), 1, Duration.ofSeconds(1));

    assertThat(sound.verdict()).as(sound::describe).isEqualTo(Verdict.PASS);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.check()).isEqualTo(Swarm.RUN);
          assertThat(finding.what())
              .startsWith("a health check on a did not return")
              .contains("BlockedSwarmTest.forEver", "CountDownLatch.await");
        });
  }
}
