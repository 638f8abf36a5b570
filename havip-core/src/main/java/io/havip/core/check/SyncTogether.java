package io.havip.core.check;

import io.havip.RouterState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** S13: the routers of a sync group are ACTIVE together or not at all. */
final class SyncTogether extends Property {

  private static final Set<TroubleKind> SLOW =
      Set.of(TroubleKind.SLOW, TroubleKind.PAUSE, TroubleKind.FREEZE);

  SyncTogether() {
    super(
        "S13",
        "the routers of a member's sync group are ACTIVE together or not at all",
        "a member has a sync group, and its process runs in time",
        "L",
        Sense.STATES,
        Sense.SIBLINGS,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return scene.members().stream().allMatch(actor -> actor.siblings().isEmpty())
        ? Optional.of("no member has a sync group")
        : Optional.empty();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new PerMember(scene, picture) {
      private final Map<String, RouterState> siblings = new HashMap<>();

      @Override
      public void see(Sighting sighting, Court court) {
        switch (sighting) {
          case Sighting.Sibling s -> {
            siblings.put(s.member() + ' ' + s.router(), s.state());
            look(picture.number(s.member()), s.at());
          }
          case Sighting.State s -> look(picture.number(s.member()), s.at());
          case Sighting.Trouble s -> {
            int member = picture.number(s.members().getFirst());
            if (member >= 0 && s.kind().down() && s.begins()) {
              siblings.keySet().removeIf(key -> key.startsWith(picture.name(member) + ' '));
              forget(member);
            }
          }
          default -> {}
        }
      }

      private void look(int member, long now) {
        if (member < 0) {
          return;
        }
        Scene.Actor actor = scene.members().get(member);
        tried |= picture.active(member) && !actor.siblings().isEmpty() && together(actor, member);
        if (together(actor, member) || picture.suffers(member, SLOW)) {
          forget(member);
        } else if (!waiting(member)) {
          await(member, now + bounds.lateness);
        }
      }

      private boolean together(Scene.Actor actor, int member) {
        for (String router : actor.siblings()) {
          RouterState state =
              siblings.getOrDefault(actor.name() + ' ' + router, RouterState.INITIALIZE);
          if ((state == RouterState.ACTIVE) != picture.active(member)) {
            return false;
          }
        }
        return true;
      }

      @Override
      void overdue(int member, long now, Court court) {
        Scene.Actor actor = scene.members().get(member);
        if (!together(actor, member) && !picture.suffers(member, SLOW)) {
          court.violated(
              now,
              "on %s %s is %s, but of its sync group %s"
                  .formatted(actor.name(), actor.router().name(), picture.state(member), siblings));
        }
      }
    };
  }
}
