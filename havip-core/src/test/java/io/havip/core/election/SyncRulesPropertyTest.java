package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Cause;
import io.havip.core.election.SyncRules.Member;
import io.havip.core.election.SyncRules.Verdict;
import io.havip.core.election.SyncRules.Verdict.Leave;
import io.havip.core.election.SyncRules.Verdict.Nothing;
import io.havip.core.election.SyncRules.Verdict.TakeOver;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A group of three routers that share a clock, driven by the rules or by broken ones. */
class SyncRulesPropertyTest {

  /** Rules that are wrong in one point each. */
  enum Broken {
    NOBODY_EVER_LEAVES(
        m -> SyncRules.judge(m) instanceof Leave ? new Nothing() : SyncRules.judge(m)),
    NOBODY_EVER_TAKES_OVER(
        m -> SyncRules.judge(m) instanceof TakeOver ? new Nothing() : SyncRules.judge(m)),
    ONE_THAT_IS_READY_IS_ENOUGH(
        m -> m.stream().anyMatch(Member::ready) ? new TakeOver() : SyncRules.judge(m)),
    ONLY_THE_FIRST_COUNTS(m ->
        m.getFirst().state() == BACKUP && m.getFirst().ready() ? new TakeOver() : new Nothing()),
    A_FAULT_IS_NO_REASON_TO_LEAVE(m ->
        SyncRules.judge(m) instanceof Leave leave && leave.because().state() != BACKUP
            ? new Nothing()
            : SyncRules.judge(m));

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Function<List<Member>, Verdict> rules;

    Broken(Function<List<Member>, Verdict> rules) {
      this.rules = rules;
    }
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    Arbitrary<Integer> members = Arbitraries.integers().between(0, 2);
    Arbitrary<Move> passes = Arbitraries.integers().between(1, 4_000).map(Pass::new);
    Arbitrary<Move> adverts =
        Combinators.combine(members, Arbitraries.of(0, 50, 100, 200)).as(Hear::new);
    Arbitrary<Move> faults =
        Combinators.combine(members, Arbitraries.of(true, false)).as(Fault::new);
    return Arbitraries.frequencyOf(Tuple.of(4, passes), Tuple.of(3, adverts), Tuple.of(1, faults))
        .list()
        .ofMinSize(3)
        .ofMaxSize(40);
  }

  sealed interface Move {}

  record Pass(int millis) implements Move {}

  record Hear(int member, int priority) implements Move {}

  record Fault(int member, boolean raised) implements Move {}

  @Property(tries = 500)
  void s13_allAreActiveOrNone_andSilenceElects(@ForAll("moves") List<Move> moves) {
    assertThat(new Group(SyncRules::judge).complaint(moves)).isEmpty();
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void everyBrokenRuleIsNoticed(@ForAll Broken broken) {
    boolean noticed =
        moves()
            .sampleStream()
            .limit(500)
            .anyMatch(m -> new Group(broken.rules).complaint(m).isPresent());
    assertThat(noticed).as("%s", broken).isTrue();
  }

  /** What the node does with the rules, in few words. */
  private static final class Group {

    private final Function<List<Member>, Verdict> rules;
    private final List<ElectionConfig> configs = new ArrayList<>();
    private final List<ElectionState> states = new ArrayList<>();
    private final boolean[] faulty = new boolean[3];
    private boolean toldFault;
    private long now = 1_000_000_000L;

    private Group(Function<List<Member>, Verdict> rules) {
      this.rules = rules;
      for (int i = 0; i < 3; i++) {
        Duration interval = Duration.ofMillis(500L + 250L * i);
        configs.add(
            ElectionConfig.of(
                Machine.router(VrrpVersion.V3, b -> b.advertInterval(interval)),
                Machine.OWN_ADDRESS,
                true));
        states.add(ElectionState.initialize(100));
      }
    }

    private Optional<String> complaint(List<Move> moves) {
      giveAll(new Input.Startup(null));
      for (Move move : moves) {
        Optional<String> complaint =
            switch (move) {
              case Pass pass -> pass(pass.millis());
              case Hear hear -> {
                long interval = configs.get(hear.member()).intervalNanos();
                give(
                    hear.member(),
                    new Input.AdvertReceived(
                        Machine.LOWER_ADDRESS, hear.priority(), interval, now));
                yield settle();
              }
              case Fault fault -> fault(fault);
            };
        if (complaint.isPresent()) {
          return complaint.map(c -> c + " after " + move);
        }
      }
      Arrays.fill(faulty, false);
      Optional<String> healed = tellFaults();
      Optional<String> waited = healed.isPresent() ? healed : pass(15_000);
      return waited.isPresent() || states.stream().allMatch(s -> s.state() == ACTIVE)
          ? waited
          : Optional.of("silence elects nobody");
    }

    private Optional<String> fault(Fault fault) {
      faulty[fault.member()] = fault.raised();
      return tellFaults();
    }

    private Optional<String> tellFaults() {
      boolean any = faulty[0] || faulty[1] || faulty[2];
      if (any != toldFault) {
        toldFault = any;
        // The rules, not the order of these inputs, must bring the others along.
        give(0, any ? new Input.FaultRaised("a fault") : new Input.FaultCleared());
        Optional<String> early = settle();
        if (early.isPresent()) {
          return early;
        }
        for (int i = 1; i < 3; i++) {
          give(i, any ? new Input.FaultRaised("a fault") : new Input.FaultCleared());
        }
      }
      return settle();
    }

    private Optional<String> pass(int millis) {
      long end = now + millis * 1_000_000L;
      for (int next = due(end); next >= 0; next = due(end)) {
        now = Math.max(now, states.get(next).nextDeadline());
        give(next, new Input.TimerDue());
        Optional<String> complaint = settle();
        if (complaint.isPresent()) {
          return complaint;
        }
      }
      now = end;
      return Optional.empty();
    }

    private int due(long end) {
      int first = -1;
      for (int i = 0; i < 3; i++) {
        long at = states.get(i).nextDeadline();
        if (at <= end && (first < 0 || at < states.get(first).nextDeadline())) {
          first = i;
        }
      }
      return first;
    }

    private Optional<String> settle() {
      boolean tookOver = false;
      for (int i = 0; i < 10; i++) {
        List<Member> members =
            states.stream()
                .map(s -> new Member("r", s.state(), s.ready(), new Cause.Started()))
                .toList();
        switch (rules.apply(members)) {
          case Nothing nothing -> {
            long active = states.stream().filter(s -> s.state() == ACTIVE).count();
            return active % 3 == 0 ? Optional.empty() : Optional.of(active + " are ACTIVE");
          }
          case TakeOver takeOver -> {
            tookOver = true;
            giveAll(new Input.GroupReady());
          }
          case Leave leave -> {
            if (tookOver) {
              return Optional.of("took over and left at once");
            }
            giveAll(
                new Input.GroupLeft(new Cause.GroupLeft("group", "r", leave.because().cause())));
          }
        }
      }
      return Optional.of("never settles");
    }

    private void giveAll(Input input) {
      for (int i = 0; i < 3; i++) {
        give(i, input);
      }
    }

    private void give(int member, Input input) {
      Step step = Election.step(configs.get(member), states.get(member), input, now);
      states.set(member, step.state());
    }
  }
}
