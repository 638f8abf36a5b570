package io.havip.benchmarks;

import io.havip.VirtualRouterConfig;
import io.havip.core.election.Election;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.core.election.Input;
import io.havip.core.election.Step;
import io.havip.net.IpAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one step of the election costs in its two steady states. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {

  private static final long SECOND = 1_000_000_000L;

  private final IpAddress peer = IpAddress.parse("172.17.16.13");
  private final ElectionConfig config =
      ElectionConfig.of(
          VirtualRouterConfig.builder("orders")
              .interfaceName("eth0")
              .vrid(51)
              .address("172.17.16.3")
              .build(),
          IpAddress.parse("172.17.16.7"));

  private ElectionState backup =
      Election.step(config, ElectionState.initialize(100), new Input.Startup(null), 0).state();
  private ElectionState active =
      Election.step(config, backup, new Input.TimerDue(), backup.nextDeadline()).state();
  private long heardAt;

  /** A BACKUP hears the ACTIVE member. */
  @Benchmark
  public Step advertInBackup() {
    heardAt += SECOND;
    Step step =
        Election.step(
            config, backup, new Input.AdvertReceived(peer, 200, SECOND, heardAt), heardAt);
    backup = step.state();
    return step;
  }

  /** The ACTIVE member sends its advert. */
  @Benchmark
  public Step advertTimerInActive() {
    Step step = Election.step(config, active, new Input.TimerDue(), active.nextDeadline());
    active = step.state();
    return step;
  }
}
