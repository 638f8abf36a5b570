package io.havip.core.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** S1: never two kernels that answer, where every handover releases before it acquires. */
final class StrictUniqueness extends Property {

  private static final Set<TroubleKind> LEAVING = Set.of(TroubleKind.STOP);

  StrictUniqueness() {
    super(
        "S1",
        "at no instant do the kernels of two members answer for an address",
        "no member preempts; waiting times differ by more than D + L; the round trip of a quick"
            + " claim is no shorter than 2 (D + L); quiet but for members that leave in order",
        "0",
        Sense.ADDRESSES,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    for (Scene.Actor actor : scene.members()) {
      if (Bounds.preempts(actor.router())) {
        return Optional.of(actor.name() + " may preempt, which overlaps for up to D + L");
      }
    }
    Bounds bounds = new Bounds(scene);
    return bounds.hasty().or(bounds::crowded);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      @Override
      public void see(Sighting sighting, Court court) {
        if (!(sighting instanceof Sighting.Address begun)
            || !begun.answers()
            || !settled(begun.at(), LEAVING)) {
          return;
        }
        tried = true;
        List<Integer> holders = picture.holders(begun.address());
        if (holders.size() > 1) {
          court.violated(
              begun.at(),
              begun.address()
                  + " is answered for by "
                  + holders.stream().map(picture::name).toList()
                  + " at one instant");
        }
      }
    };
  }
}
