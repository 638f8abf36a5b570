package io.havip.core.check;

import io.havip.spi.Fence;
import java.util.Optional;
import java.util.Set;

/** L9: what dies or stalls holds no address. */
final class Withdrawal extends Property {

  private static final Set<TroubleKind> FROZEN = Set.of(TroubleKind.FREEZE);

  Withdrawal() {
    super(
        "L9",
        "the kernel of a member whose process dies or stalls stops to answer in time",
        "every member has a fence; a stall counts where the fence is for stalls; the clock runs",
        "the fence's exit bound or stall bound + L",
        Sense.ADDRESSES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    for (Scene.Actor actor : scene.members()) {
      if (actor.fence() instanceof Fence.None) {
        return Optional.of(actor.name() + " has no fence");
      }
    }
    return Optional.empty();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new PerMember(scene, picture) {
      @Override
      public void see(Sighting sighting, Court court) {
        if (sighting instanceof Sighting.Trouble trouble) {
          int member = picture.number(trouble.members().getFirst());
          if (member >= 0) {
            troubled(member, trouble);
          }
        }
      }

      private void troubled(int member, Sighting.Trouble trouble) {
        long bound = bound(scene.members().get(member).fence(), trouble.kind());
        if (bound == Picture.NEVER) {
          return;
        }
        if (trouble.begins() && picture.answers(member)) {
          tried = true;
          await(member, trouble.at() + bound + bounds.lateness);
        } else {
          forget(member);
        }
      }

      @Override
      void overdue(int member, long now, Court court) {
        if (picture.answers(member) && !picture.suffers(member, FROZEN)) {
          court.violated(
              now,
              "the kernel of %s still answers, although its process has died or stalls"
                  .formatted(picture.name(member)));
        }
      }
    };
  }

  private static long bound(Fence fence, TroubleKind kind) {
    return switch (fence) {
      case Fence.None() -> Picture.NEVER;
      case Fence.OnExit(var exit) -> kind == TroubleKind.KILL ? exit.toNanos() : Picture.NEVER;
      case Fence.OnExitAndStall(var exit, var stall) -> {
        if (kind == TroubleKind.KILL) {
          yield exit.toNanos();
        }
        yield kind == TroubleKind.PAUSE ? stall.toNanos() : Picture.NEVER;
      }
    };
  }
}
