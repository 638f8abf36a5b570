package io.havip.examples.failover;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.testkit.jqwik.FailoverArbitraries;
import io.havip.testkit.scenario.Client;
import io.havip.testkit.scenario.Failover;
import io.havip.testkit.scenario.Member;
import io.havip.testkit.scenario.Scenario;
import io.havip.testkit.scenario.Step;
import io.havip.testkit.sim.Quality;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same service under groups and schedules that jqwik draws. */
class JobRunnerPropertyTest {

  private static final Duration LENGTH = Duration.ofSeconds(60);

  private static final Failover<JobRunner> FAILOVER =
      Failover.of(
              member -> {
                JobRunner runner = new JobRunner();
                runner.join(member.router());
                return runner;
              })
          .servesWhen(JobRunner::running)
          .never("two run", all -> all.stream().filter(JobRunner::running).count() > 1);

  @Provide
  Arbitrary<List<Member>> clusters() {
    return FailoverArbitraries.clusters(2, 3);
  }

  @Provide
  Arbitrary<List<Step>> schedules() {
    return FailoverArbitraries.schedules(List.of("a", "b"), Duration.ofSeconds(30), 6);
  }

  @Property(tries = 100)
  void itServesWheneverItCan(
      @ForAll long seed,
      @ForAll("clusters") List<Member> members,
      @ForAll("schedules") List<Step> steps) {
    FAILOVER.run(
        new Scenario(
            "drawn by jqwik",
            seed,
            LENGTH,
            Cidr.parse("10.0.0.0/24"),
            Quality.LAN,
            members,
            List.of(new Client("client", IpAddress.parse("10.0.0.100"))),
            steps));
  }
}
