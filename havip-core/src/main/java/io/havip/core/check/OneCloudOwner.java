package io.havip.core.check;

import io.havip.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** S5: kept as a book of who was given an address and from whom it was taken, it has one owner. */
final class OneCloudOwner extends Property {

  OneCloudOwner() {
    super(
        "S5",
        "the cloud gives an address to nobody while it has not taken it from another",
        "always",
        "0",
        Sense.WRITES);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private final Map<IpAddress, Set<String>> owners = new HashMap<>();

      @Override
      public void see(Sighting sighting, Court court) {
        if (sighting instanceof Sighting.CloudWrite write) {
          Set<String> of = owners.computeIfAbsent(write.address(), ignored -> new TreeSet<>());
          write.before().ifPresent(of::remove);
          write.after().ifPresent(of::add);
          tried |= write.after().isPresent();
          if (of.size() > 1) {
            court.violated(
                write.at(),
                "%s belongs to %s after a call of %s".formatted(write.address(), of, write.by()));
          }
        }
      }
    };
  }
}
