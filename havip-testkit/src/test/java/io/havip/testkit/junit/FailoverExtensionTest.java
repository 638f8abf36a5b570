package io.havip.testkit.junit;

import static io.havip.testkit.scenario.Disruption.CRASHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.havip.testkit.scenario.Failover;
import io.havip.testkit.scenario.FailoverFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailoverExtensionTest {

  @RegisterExtension
  static final FailoverExtension HAVIP = FailoverExtension.of(Failover.of(member -> member.name()));

  @Test
  void aTestIsGivenTheFailoverOfItsClass(Failover<?> failover) {
    failover.whileAnyOneMember(CRASHES);
  }

  @Test
  void aFailureIsNamedAfterTheTest(Failover<?> failover) {
    FailoverFailure failure =
        catchThrowableOfType(
            FailoverFailure.class,
            () ->
                failover
                    .never("two members run", running -> running.size() > 1)
                    .replay(
                        """
                        havip-scenario 1
                        length  5s
                        network 10.0.0.0/24
                        router  vrid 7 address 10.0.0.50/24
                        member  a 10.0.0.1
                        member  b 10.0.0.2
                        """));

    assertThat(failure)
        .hasMessageContaining(
            "mvn test -Dtest=FailoverExtensionTest#aFailureIsNamedAfterTheTest -Dhavip.scenario=")
        .hasMessageContaining("nothing goes wrong");
    assertThat(failure.report().getFileName())
        .hasToString("FailoverExtensionTest.aFailureIsNamedAfterTheTest-N1.html");
    assertThat(failure.report()).isRegularFile();
  }
}
