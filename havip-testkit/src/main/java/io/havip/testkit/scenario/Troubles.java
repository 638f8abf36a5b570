package io.havip.testkit.scenario;

import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What goes wrong at the moment, as far as a scenario makes it so. */
final class Troubles {

  private static final Set<TroubleKind> DEAFENING =
      EnumSet.of(
          TroubleKind.CUT,
          TroubleKind.IMPAIRED,
          TroubleKind.SLOW,
          TroubleKind.REFUSED, // perhaps to send
          TroubleKind.DUPLICATE_VRID);

  private final Set<String> members;
  private final List<Sighting.Trouble> ongoing = new ArrayList<>();
  private long lastChange;
  private long lastDeaf = Long.MIN_VALUE;

  Troubles(Set<String> members) {
    this.members = members;
  }

  void see(Sighting sighting) {
    if (sighting instanceof Sighting.Trouble trouble && trouble.kind() != TroubleKind.HEALTH) {
      lastChange = trouble.at();
      if (deafening(trouble) || trouble.kind() == TroubleKind.FREEZE) {
        lastDeaf = trouble.at();
      }
      if (trouble.begins()) {
        ongoing.add(trouble);
      } else {
        ongoing.removeIf(o -> o.kind() == trouble.kind() && o.members().equals(trouble.members()));
      }
    }
  }

  /** When anything last began to go wrong or was mended; 0 if nothing has. */
  long lastChange() {
    return lastChange;
  }

  private boolean deafening(Sighting.Trouble trouble) {
    return DEAFENING.contains(trouble.kind()) && members.containsAll(trouble.members());
  }

  /** Whether every member hears every other in time, as far as they run. */
  boolean hearing() {
    return ongoing.stream().noneMatch(this::deafening);
  }

  /** When that last began or ended; {@link Long#MIN_VALUE} if it always was so. */
  long hearingSince() {
    return lastDeaf;
  }

  /** Whether nothing is wrong with a member itself. */
  boolean well(String member) {
    return ongoing.stream().noneMatch(each -> each.members().equals(List.of(member)));
  }

  boolean frozen(String member) {
    return ongoing.stream()
        .anyMatch(o -> o.kind() == TroubleKind.FREEZE && o.members().contains(member));
  }

  /** Whether words pass well between two stations, both ways. */
  boolean connected(String one, String other) {
    return ongoing.stream()
        .noneMatch(each ->
            each.members().size() == 2
                && each.members().contains(one)
                && each.members().contains(other));
  }
}
