package io.havip.core.check;

import io.havip.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** S3: two holders give way to one within a bound. */
final class BoundedOverlap extends Property {

  BoundedOverlap() {
    super(
        "S3",
        "two members' kernels answer for an address no longer than a bound",
        "quiet; the bound runs from the end of what went wrong",
        "D + L; T + D + L where the overlap began in trouble or within T + D + L after it",
        Sense.ADDRESSES,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private final Map<IpAddress, Long> contested = new HashMap<>();

      @Override
      public void see(Sighting sighting, Court court) {
        deadline = Picture.NEVER;
        for (IpAddress address : picture.addresses()) {
          if (picture.holders(address).size() < 2) {
            contested.remove(address);
            continue;
          }
          tried = true;
          long begun = contested.computeIfAbsent(address, ignored -> sighting.at());
          if (begun != Picture.NEVER) {
            deadline = Math.min(deadline, end(begun));
          }
        }
      }

      // The first instant at which an overlap is too long.
      private long end(long begun) {
        long quiet = picture.quietSince(Set.of());
        if (quiet == Picture.NEVER) {
          return Picture.NEVER;
        }
        long healing = bounds.interval + bounds.epsilon;
        boolean troubled = begun <= quiet + healing;
        return Math.max(begun, quiet) + (troubled ? healing : bounds.epsilon) + 1;
      }

      @Override
      public void due(long now, Court court) {
        deadline = Picture.NEVER;
        contested.replaceAll((address, begun) -> {
          if (begun == Picture.NEVER || end(begun) > now) {
            return begun;
          }
          List<String> names = picture.holders(address).stream().map(picture::name).toList();
          court.violated(
              now,
              "%s has been answered for by %s for %s, and nothing has gone wrong for %s"
                  .formatted(
                      address,
                      names,
                      Bounds.text(now - begun),
                      Bounds.text(now - picture.quietSince(Set.of()))));
          return Picture.NEVER;
        });
        contested.values().stream()
            .filter(begun -> begun != Picture.NEVER)
            .forEach(begun -> deadline = Math.min(deadline, end(begun)));
      }
    };
  }
}
