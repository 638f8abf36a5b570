package io.havip.testkit.scenario;

import io.havip.core.check.Scene;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Quality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Tests a service of one's own through failovers: real nodes in the simulator with the service's
 * health checks, callbacks and listeners in the loop, judged after every event.
 *
 * <p>The service on each member is made by a function that is called at each start of a process; it
 * adds to the {@link MemberSetup} what it adds in production. All of it runs on one thread, that of
 * the run, in virtual time, so it must not wait, and must not use the clock or randomness if runs
 * are to be repeatable. Code that does wait is given up after a {@linkplain #realTimeLimit limit}.
 *
 * <p>Whatever fails is made small, drawn, and thrown as a {@link FailoverFailure}. With the system
 * property {@code havip.scenario} set to a scenario file, every test runs this scenario only.
 *
 * <p>Immutable; each method that changes something returns a changed copy.
 *
 * @param <S> the service on one member, from one start of its process to its end
 */
public final class Failover<S> {

  /** The system property that names a scenario file to run instead. */
  public static final String SCENARIO = "havip.scenario";

  private static final int MOMENTS = 3;
  private static final int VRID = 51;
  private static final Path FOLDER = Path.of("target", "havip");

  private final ScenarioRunner<S> runner;
  private final FailureReport report;
  private final int size;
  private final RouterSettings router;
  private final Optional<Fence> fence;

  private Failover(
      ScenarioRunner<S> runner,
      FailureReport report,
      int size,
      RouterSettings router,
      Optional<Fence> fence) {
    this.runner = runner;
    this.report = report;
    this.size = size;
    this.router = router;
    this.fence = fence;
  }

  /**
   * A test of three members that share {@code 10.0.0.50}, with adverts every second, priorities
   * 200, 150 and 100, and preemption. A request of a client counts as served by any process that
   * runs.
   *
   * @param service makes the service on a member, at each start of its process
   * @param <S> the service on one member
   * @return the test
   */
  public static <S> Failover<S> of(Function<MemberSetup, S> service) {
    return new Failover<>(
        ScenarioRunner.of(service).servesWhen(any -> true),
        new FailureReport("failover", "", FOLDER),
        3,
        RouterSettings.of(VRID, "10.0.0.50/24"),
        Optional.empty());
  }

  /**
   * Sets how many members there are, 3 by default.
   *
   * @param value 2 to 5
   * @return the changed copy
   */
  public Failover<S> members(int value) {
    if (value < 2 || value > 5) {
      throw new IllegalArgumentException("a failover is tested with 2 to 5 members, not " + value);
    }
    return new Failover<>(runner, report, value, router, fence);
  }

  /**
   * Sets what the members' routers have in common, but for the priority, which each has for itself.
   *
   * @param value for example with another address or interval
   * @return the changed copy
   */
  public Failover<S> router(RouterSettings value) {
    return new Failover<>(runner, report, size, value, fence);
  }

  /**
   * Sets what takes the addresses away when a process dies or stalls: by default a fence for both,
   * within 10 ms of an exit and two intervals of a stall.
   *
   * @param value the fence and its bounds
   * @return the changed copy
   */
  public Failover<S> fence(Fence value) {
    return new Failover<>(runner, report, size, router, Optional.of(value));
  }

  /**
   * Sets when a member serves a request that reaches it.
   *
   * @param serves whether the service does
   * @return the changed copy
   */
  public Failover<S> servesWhen(Predicate<S> serves) {
    return judgedBy(runner.servesWhen(serves));
  }

  /**
   * Sets how long clients may go without service after anything went wrong or was mended. By
   * default it is the time after which the group must be of one mind, and what health checks and
   * callbacks add to it.
   *
   * @param bound the bound
   * @return the changed copy
   */
  public Failover<S> outageAtMost(Duration bound) {
    return judgedBy(runner.outageAtMost(bound));
  }

  /**
   * Adds a property of the service: a condition that must not last, as long as the members hear
   * each other. No group of this kind can keep two members from serving while they do not.
   *
   * @param words what must not be, such as {@code two members are primary}
   * @param condition asked after every event about all services whose process can run
   * @return the changed copy
   */
  public Failover<S> never(String words, Predicate<List<S>> condition) {
    return judgedBy(runner.never(words, condition));
  }

  /**
   * Bounds the real time in which no event of a run ends, 60 s by default: the longest that code
   * under test may take for one call. After that it is interrupted, and the test fails with its
   * place and its stack.
   *
   * @param value more than zero
   * @return the changed copy
   * @throws IllegalArgumentException if it is not
   */
  public Failover<S> realTimeLimit(Duration value) {
    return judgedBy(runner.realTimeLimit(value));
  }

  /**
   * Says where and how a failure is reported.
   *
   * @param test names the test in files and titles
   * @param command does the test again, such as {@code mvn test -Dtest=ServiceTest}; the property
   *     for the scenario is added. Empty if there is none
   * @param folder where the report and the scenario are written
   * @return the changed copy
   */
  public Failover<S> reporting(String test, String command, Path folder) {
    return new Failover<>(runner, new FailureReport(test, command, folder), size, router, fence);
  }

  private Failover<S> judgedBy(ScenarioRunner<S> changed) {
    return new Failover<>(changed, report, size, router, fence);
  }

  /**
   * Lets each member suffer each disruption, at several moments between two adverts, and in one run
   * nobody.
   *
   * @param disruptions what happens, and ends
   * @throws FailoverFailure if the service, or the group, does not keep a property
   */
  public void whileAnyOneMember(Disruption... disruptions) {
    runAll(scenarios(disruptions).stream());
  }

  /**
   * Runs random scenarios, in which several things go wrong at once.
   *
   * @param runs how many; the same number gives the same ones
   * @throws FailoverFailure if the service, or the group, does not keep a property
   */
  public void whateverHappens(int runs) {
    Scenario group = scenario("a group", router.interval(), List.of());
    runAll(LongStream.range(0, runs).mapToObj(seed -> ScenarioGenerator.draw(seed, group)));
  }

  private void runAll(Stream<Scenario> scenarios) {
    String file = System.getProperty(SCENARIO);
    if (file == null) {
      scenarios.forEach(this::run);
    } else {
      run(ScenarioFile.read(Path.of(file)).scenario());
    }
  }

  /**
   * Runs one scenario.
   *
   * @param scenario the lines of a scenario file
   * @throws ScenarioException if it cannot be read
   * @throws FailoverFailure if the service, or the group, does not keep a property
   */
  public void replay(String scenario) {
    run(Scenario.parse(scenario));
  }

  /**
   * Runs one scenario.
   *
   * @param scenario what to run
   * @throws FailoverFailure if the service, or the group, does not keep a property
   */
  public void run(Scenario scenario) {
    Outcome outcome = runner.judge(scenario);
    if (outcome.stuck().isPresent()) {
      throw report.failure(Shrunk.notAt(outcome));
    }
    List<String> violated = outcome.violated();
    if (!violated.isEmpty()) {
      throw report.failure(Shrinker.shrink(runner, scenario, violated.getFirst()));
    }
  }

  /** {@return the scenarios of {@link #whileAnyOneMember}, in the order in which they run} */
  List<Scenario> scenarios(Disruption... disruptions) {
    Outcome look = runner.judge(scenario("a look", router.interval(), List.of()));
    if (look.stuck().isPresent()) {
      throw report.failure(Shrunk.notAt(look));
    }
    Scene scene = look.scene();
    Duration wait =
        Duration.ofMillis(
            (ServiceProperties.patience(scene).plus(router.interval()).toMillis() / 100 + 1) * 100);
    // A member may take the address back at the end of the first, and be found out in the second.
    Duration end = wait.multipliedBy(2);
    Map<String, Scenario> all = new LinkedHashMap<>();
    all.put("", scenario("nothing goes wrong", end, List.of()));
    for (Disruption disruption : disruptions) {
      for (Member member : group()) {
        for (int moment = 0; moment < MOMENTS; moment++) {
          Duration from =
              wait.plus(Duration.ofMillis(router.interval().toMillis() * moment / MOMENTS));
          Duration to = from.plus(wait);
          String words = disruption.words(member.name());
          all.put(
              words + from,
              scenario(words, to.plus(end), disruption.steps(member.name(), from, to)));
        }
      }
    }
    return List.copyOf(all.values());
  }

  private Scenario scenario(String title, Duration length, List<Step> steps) {
    Cidr network = network();
    return new Scenario(
        title,
        1,
        length,
        network,
        Quality.LAN,
        group(),
        List.of(new Client("client", free(network, size))),
        steps);
  }

  private Cidr network() {
    return router.addresses().getFirst().network();
  }

  private List<Member> group() {
    List<Member> members = new ArrayList<>();
    Fence own =
        fence.orElseGet(() ->
            new Fence.OnExitAndStall(Duration.ofMillis(10), router.interval().multipliedBy(2)));
    for (int i = 0; i < size; i++) {
      String name = String.valueOf((char) ('a' + i));
      int priority = 200 - i * 150 / size;
      members.add(new Member(name, free(network(), i), router.withPriority(priority), own));
    }
    return members;
  }

  /** The address of a station: one that the group does not share. */
  private IpAddress free(Cidr network, int number) {
    List<IpAddress> shared = router.addresses().stream().map(VirtualAddress::address).toList();
    List<IpAddress> own =
        LongStream.rangeClosed(1, size + 1L + shared.size())
            .mapToObj(network::address)
            .filter(address -> !shared.contains(address))
            .toList();
    return own.get(number);
  }
}
