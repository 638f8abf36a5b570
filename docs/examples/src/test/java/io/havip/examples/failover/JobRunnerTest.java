package io.havip.examples.failover;

import static io.havip.testkit.scenario.Disruption.CRASHES;
import static io.havip.testkit.scenario.Disruption.IS_CUT_OFF;
import static io.havip.testkit.scenario.Disruption.IS_STOPPED;
import static io.havip.testkit.scenario.Disruption.STALLS;

import io.havip.testkit.junit.FailoverExtension;
import io.havip.testkit.scenario.Failover;
import io.havip.testkit.scenario.MemberSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service keeps serving, and no two of its processes ever run jobs at once. */
class JobRunnerTest {

  @RegisterExtension
  static final FailoverExtension HAVIP =
      FailoverExtension.of(
          Failover.of(JobRunnerTest::deploy)
              .servesWhen(JobRunner::running)
              .never("two run", all -> all.stream().filter(JobRunner::running).count() > 1));

  private static JobRunner deploy(MemberSetup member) {
    JobRunner runner = new JobRunner();
    runner.join(member.router());
    return runner;
  }

  @Test
  void keepsServingWhileAnyOneMemberFails(Failover<?> failover) {
    failover.whileAnyOneMember(CRASHES, STALLS, IS_CUT_OFF);
  }

  @Test
  void handsOverInOrder(Failover<?> failover) {
    failover.whileAnyOneMember(IS_STOPPED);
  }

  @Test
  void survivesSeveralFaultsAtOnce(Failover<?> failover) {
    failover.whateverHappens(25);
  }
}
