package io.havip.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * S4: a partition has exactly one ACTIVE member on each side. This is the split brain, asserted.
 */
final class OnePerComponent extends Property {

  private static final Set<TroubleKind> CUTS = Set.of(TroubleKind.CUT);

  OnePerComponent() {
    super(
        "S4",
        "of the members that hear each other exactly one is ACTIVE",
        "quiet but for cuts that last, and between any two parts nothing passes either way",
        "settled since the last change",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Settled(scene, picture) {
      @Override
      long since() {
        return Math.max(picture.quietSince(CUTS), picture.lastChange(TroubleKind.CUT));
      }

      @Override
      boolean verify(long now, Court court) {
        List<List<Integer>> parts = parts();
        for (List<Integer> part : parts) {
          List<String> active = part.stream().filter(picture::active).map(picture::name).toList();
          if (active.size() != 1) {
            court.violated(
                now,
                "of %s, which have heard each other for %s, %s is ACTIVE"
                    .formatted(
                        part.stream().map(picture::name).toList(),
                        Bounds.text(now - since()),
                        active.isEmpty() ? "none" : active));
          }
        }
        return parts.size() > 1;
      }

      // The parts, or nothing if hearing does not divide the members into parts.
      private List<List<Integer>> parts() {
        List<List<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < picture.size(); i++) {
          if (picture.out(i)) {
            continue;
          }
          List<Integer> mine = null;
          for (List<Integer> part : parts) {
            int heard = 0;
            for (int other : part) {
              heard += hears(other, i) + hears(i, other);
            }
            if (heard == 2 * part.size() && mine == null) {
              mine = part;
            } else if (heard != 0) {
              return List.of();
            }
          }
          if (mine == null) {
            mine = new ArrayList<>();
            parts.add(mine);
          }
          mine.add(i);
        }
        return parts;
      }

      private int hears(int from, int to) {
        return picture.hears(picture.name(from), picture.name(to)) ? 1 : 0;
      }
    };
  }
}
