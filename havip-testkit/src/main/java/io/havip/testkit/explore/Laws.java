package io.havip.testkit.explore;

import static io.havip.core.election.ElectionState.NEVER;

import io.havip.RouterState;
import io.havip.core.election.Action;
import io.havip.core.election.ElectionConfig;
import io.havip.core.election.ElectionState;
import io.havip.wire.VrrpAdvert;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The laws of an election among members that start within one run, with their bounds for one group.
 * That exactly one member is ACTIVE when nothing goes wrong (S2) follows from S3 and L1.
 *
 * <p>T is the longest interval of the group, D the longest delay, M the longest
 * Active_Down_Interval of a member.
 */
final class Laws {

  /** Adverts that must be lost in a row before silence is believed (RFC 9568 section 6.1). */
  private static final int MISSING = 3;

  private final List<ElectionConfig> configs;
  private final long interval;
  private final long delay;
  private final long patience;
  private final int losses;
  private final int failures;

  Laws(Group group) {
    configs = group.elections();
    interval = configs.stream().mapToLong(ElectionConfig::intervalNanos).max().orElseThrow();
    delay = group.longestDelay().toNanos();
    losses = group.losses();
    failures = group.failures();
    long longest = 0;
    for (int i = 0; i < configs.size(); i++) {
      longest =
          Math.max(
              longest,
              configs.get(i).activeDownInterval(group.routers().get(i).priority(), interval));
    }
    patience = longest;
  }

  /**
   * When the group must be of one mind: the last loss may have been a whole Active_Down_Interval's
   * only advert; one interval more until the winner speaks, and a preemption after that.
   */
  long settledAfter() {
    return 2 * (patience + interval) + 2 * delay;
  }

  List<Law> all() {
    return List.of(
        new Law(
            "S3", "two members are ACTIVE for no longer than an interval and two delays", this::s3),
        new Law("S1", "of the members that claim an address at one moment, one binds it", this::s1),
        new Law("S8", "only an ACTIVE member holds the address", this::s8),
        new Law(
            "S9a", "only an ACTIVE member advertises, and resigns only when it leaves", this::s9a),
        new Law("S9b", "one of Adver_Timer and Active_Down_Timer is armed", this::s9b),
        new Law("S9c", "who leaves while ACTIVE unbinds first and then resigns", this::s9c),
        new Law("S9d", "a timer that fired is not due again at once", this::s9d),
        new Law("S10", "every change of state is reported with its cause", this::s10),
        new Law("S11", "nobody takes over from a member it hears and may not preempt", this::s11),
        new Law("L2", "after a resignation nobody waits longer than its skew", this::l2),
        new Law(
            "L6",
            "nobody takes over from a member that it heard and that is still ACTIVE",
            this::l6),
        new Law("L1", "nobody is ACTIVE for at most an Active_Down_Interval and a delay", this::l1),
        new Law("L4", "with preemption the highest priority wins", this::l4));
  }

  private Optional<String> s3(Transition step) {
    long bound = interval + 2 * delay;
    return when(
        step.after().contested() > bound,
        "two members have been ACTIVE for "
            + text(step.after().contested())
            + ", longer than "
            + text(bound));
  }

  /** Adverts that are lost may leave two members ACTIVE, of which neither knows the other. */
  private Optional<String> s1(Transition step) {
    if (!(step.move() instanceof Move.Fire fire) || step.before().losses() < losses) {
      return Optional.empty();
    }
    ElectionState before = step.before().members().get(fire.member()).state();
    boolean binds =
        before.serveAt() != NEVER && step.after().members().get(fire.member()).state().holding();
    for (int i = 0; binds && i < configs.size(); i++) {
      if (i != fire.member() && step.after().members().get(i).state().holding()) {
        return Optional.of("member " + fire.member() + " binds what " + i + " holds");
      }
    }
    return Optional.empty();
  }

  private Optional<String> s8(Transition step) {
    for (Member member : step.after().members()) {
      if (member.state().holding() && !member.active()) {
        return Optional.of("a member holds the address in " + member.state().state());
      }
    }
    return Optional.empty();
  }

  private Optional<String> s9a(Transition step) {
    if (step.member() < 0) {
      return Optional.empty();
    }
    boolean wasActive = step.before().members().get(step.member()).active();
    boolean isActive = step.after().members().get(step.member()).active();
    for (Action action : step.actions()) {
      if (action instanceof Action.SendAdvert sent) {
        boolean resigns = sent.priority() == VrrpAdvert.PRIORITY_RESIGN;
        if (resigns ? !wasActive || isActive : !wasActive && !isActive) {
          return Optional.of(
              "an advert of priority "
                  + sent.priority()
                  + " was sent by a member that "
                  + (wasActive ? "stays ACTIVE" : "is not ACTIVE"));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> s9b(Transition step) {
    for (Member member : step.after().members()) {
      ElectionState state = member.state();
      boolean wanted =
          switch (state.state()) {
            case ACTIVE -> state.advertAt() != NEVER && state.activeDownAt() == NEVER;
            case BACKUP -> state.advertAt() == NEVER && state.activeDownAt() != NEVER;
            case INITIALIZE, FAULT -> state.advertAt() == NEVER && state.activeDownAt() == NEVER;
          };
      if (!wanted) {
        return Optional.of("the timers of a member in " + state.state() + " are not the state's");
      }
    }
    return Optional.empty();
  }

  private Optional<String> s10(Transition step) {
    if (step.member() < 0) {
      return Optional.empty();
    }
    Member ran = step.before().members().get(step.member());
    RouterState from = ran.up() ? ran.state().state() : RouterState.INITIALIZE;
    for (Action action : step.actions()) {
      if (action instanceof Action.ReportState report) {
        if (report.from() != from) {
          return Optional.of("a change from " + report.from() + " is reported in " + from);
        }
        from = report.to();
      }
    }
    RouterState now = step.after().members().get(step.member()).state().state();
    return when(from != now, "a member is in " + now + ", but was last reported in " + from);
  }

  private Optional<String> s9c(Transition step) {
    if (!(step.move() instanceof Move.Stop stop)
        || !step.before().members().get(stop.member()).active()) {
      return Optional.empty();
    }
    int unbound = step.actions().indexOf(new Action.Unbind());
    int resigned = step.actions().indexOf(new Action.SendAdvert(VrrpAdvert.PRIORITY_RESIGN));
    boolean held = step.before().members().get(stop.member()).state().holding();
    return when(
        resigned < 0 || (held && (unbound < 0 || resigned < unbound)),
        "it left with " + step.actions());
  }

  private Optional<String> s9d(Transition step) {
    return step.move() instanceof Move.Fire fire
            && step.after().members().get(fire.member()).state().nextDeadline() <= 0
        ? Optional.of("a timer is due again without time having passed")
        : Optional.empty();
  }

  private Optional<String> s11(Transition step) {
    Optional<ElectionState> taker = takeover(step);
    if (taker.isEmpty() || taker.get().active() == null) {
      return Optional.empty();
    }
    ElectionConfig config = configs.get(step.member());
    int heard = taker.get().activePriority();
    boolean mayNot =
        heard != VrrpAdvert.PRIORITY_RESIGN
            && (!config.preempt() || heard >= taker.get().priority());
    long ago = -taker.get().listenedSince();
    return when(
        mayNot && ago < 2 * config.intervalNanos(),
        "a member took over " + text(ago) + " after it heard priority " + heard);
  }

  private Optional<String> l2(Transition step) {
    if (!(step.move() instanceof Move.Deliver deliver)
        || deliver.message().priority() != VrrpAdvert.PRIORITY_RESIGN) {
      return Optional.empty();
    }
    int to = deliver.message().to();
    ElectionState state = step.after().members().get(to).state();
    return when(
        state.state() == RouterState.BACKUP
            && state.activeDownAt()
                > configs.get(to).skew(state.priority(), state.activeInterval()),
        "a resignation leaves " + text(state.activeDownAt()) + " to wait");
  }

  private Optional<String> l6(Transition step) {
    Optional<ElectionState> taker = takeover(step);
    boolean mayBelieveIt = losses >= MISSING || step.before().failures() < failures;
    if (taker.isEmpty() || mayBelieveIt) {
      return Optional.empty();
    }
    for (int i = 0; i < configs.size(); i++) {
      Member other = step.before().members().get(i);
      if (i != step.member()
          && other.active()
          && other.state().priority() >= taker.get().priority()
          && configs.get(i).ownAddress().equals(taker.get().active())
          && taker.get().activePriority() != VrrpAdvert.PRIORITY_RESIGN) {
        return Optional.of("member " + step.member() + " took over from " + i + ", which is alive");
      }
    }
    return Optional.empty();
  }

  /** The state in which a BACKUP was that became ACTIVE by this step; empty for any other step. */
  private static Optional<ElectionState> takeover(Transition step) {
    if (!(step.move() instanceof Move.Fire || step.move() instanceof Move.Silence)) {
      return Optional.empty();
    }
    ElectionState before = step.before().members().get(step.member()).state();
    boolean tookOver =
        before.state() == RouterState.BACKUP && step.after().members().get(step.member()).active();
    return tookOver ? Optional.of(before) : Optional.empty();
  }

  private Optional<String> l1(Transition step) {
    long bound = patience + delay;
    return when(
        step.after().vacant() > bound,
        "nobody has been ACTIVE for "
            + text(step.after().vacant())
            + ", longer than "
            + text(bound));
  }

  private Optional<String> l4(Transition step) {
    World world = step.after();
    if (world.calm() < settledAfter() || configs.stream().anyMatch(c -> !c.preempt())) {
      return Optional.empty();
    }
    int best = 0;
    for (Member member : world.members()) {
      best = member.up() ? Math.max(best, member.state().priority()) : best;
    }
    for (Member member : world.members()) {
      if (member.active() && member.state().priority() < best) {
        return Optional.of(
            "priority " + member.state().priority() + " is ACTIVE, " + best + " is not");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> when(boolean violated, String words) {
    return violated ? Optional.of(words) : Optional.empty();
  }

  private static String text(long nanos) {
    return Duration.ofNanos(nanos).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
