package io.havip.testkit.log;

import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds clocks of hosts that disagree, by what must come before what: a member yields to one that
 * is ACTIVE, and follows one that has resigned after its own Skew_Time.
 */
final class ClockCheck {

  private static final long FAR = Duration.ofHours(12).toNanos();

  private final List<MemberLog> members;
  private final long tolerance;
  private final List<LogProblem> problems = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  private ClockCheck(List<MemberLog> members, Duration tolerance) {
    this.members = members;
    this.tolerance = tolerance.toNanos();
  }

  static List<LogProblem> of(List<MemberLog> members, Duration tolerance) {
    ClockCheck check = new ClockCheck(members, tolerance);
    for (MemberLog member : members) {
      member.changes().forEach(change -> check.look(member, change));
    }
    return check.problems;
  }

  private void look(MemberLog member, MemberLog.Change change) {
    switch (change.cause()) {
      case "higher-priority", "higher-address" -> yields(member, change);
      case "peer-resigned" -> follows(member, change);
      default -> {}
    }
  }

  /** Somebody else has been ACTIVE by then. */
  private void yields(MemberLog member, MemberLog.Change change) {
    Nearest nearest = new Nearest();
    for (MemberLog other : members) {
      if (other != member) {
        for (MemberLog.Change entry : other.changes()) {
          if (entry.to() == RouterState.ACTIVE) {
            long early = entry.at() - change.at();
            boolean covers = early <= tolerance && other.activeUntil(entry) >= change.at();
            nearest.take(other, covers ? 0 : early);
          }
        }
      }
    }
    tell(member, change, nearest, "yields to a member that is not ACTIVE yet");
  }

  /** Somebody else has left one Skew_Time before, at most. */
  private void follows(MemberLog member, MemberLog.Change change) {
    VirtualRouterConfig router = member.router();
    long unit =
        router.version() == VrrpVersion.V2 ? 1_000_000_000L : router.advertInterval().toNanos();
    long skew = (256 - change.priority()) * unit / 256;
    Nearest nearest = new Nearest();
    for (MemberLog other : members) {
      if (other.interrupted()) {
        return; // a guardian may have resigned for it, of which no log tells
      }
      if (other != member) {
        for (MemberLog.Change entry : other.changes()) {
          if (entry.from() == RouterState.ACTIVE) {
            long ago = change.at() - entry.at();
            boolean fits = ago >= -tolerance && ago <= skew + tolerance;
            nearest.take(other, fits ? 0 : entry.at() + skew - change.at());
          }
        }
      }
    }
    tell(member, change, nearest, "follows a resignation that does not fit in time");
  }

  private void tell(MemberLog member, MemberLog.Change change, Nearest nearest, String what) {
    MemberLog other = nearest.of;
    if (other != null
        && Math.abs(nearest.by) > tolerance
        && Math.abs(nearest.by) < FAR
        && told.add(member.name())) {
      problems.add(
          new LogProblem(
              member.file(),
              change.line(),
              "%s: its clock is about %s %s that of %s; synchronise them, or give --offset %s=%s"
                  .formatted(
                      what,
                      seconds(Math.abs(nearest.by)),
                      nearest.by > 0 ? "behind" : "ahead of",
                      other.name(),
                      member.name(),
                      seconds(nearest.by))));
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3fs", nanos / 1e9);
  }

  private static final class Nearest {
    private long by = Long.MAX_VALUE;
    private @Nullable MemberLog of;

    private void take(MemberLog other, long distance) {
      if (of == null || Math.abs(distance) < Math.abs(by)) {
        by = distance;
        of = other;
      }
    }
  }
}
