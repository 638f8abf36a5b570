package io.havip.core.check;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudCapabilities;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** S6: what a member asked for before another was given the address does not land afterwards. */
final class NoStaleWrite extends Property {

  NoStaleWrite() {
    super(
        "S6",
        "between a member's call of the cloud and its effect nobody else has changed the mapping",
        "the cloud refuses outdated writes; giving up what is one's own harms nobody",
        "0",
        Sense.WRITES);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return without(scene, CloudCapabilities::refusesStaleWrites, "does not refuse outdated writes");
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private final Map<IpAddress, Map<String, Long>> last = new HashMap<>();

      @Override
      public void see(Sighting sighting, Court court) {
        if (!(sighting instanceof Sighting.CloudWrite write)) {
          return;
        }
        Map<String, Long> writers =
            last.computeIfAbsent(write.address(), ignored -> new HashMap<>());
        boolean givesUp = write.after().isEmpty() && write.before().equals(Optional.of(write.by()));
        writers.forEach((other, at) -> {
          if (!other.equals(write.by())) {
            tried = true;
            if (!givesUp && at > write.asked()) {
              court.violated(
                  write.at(),
                  "a call that %s made %s ago moved %s, which %s had moved %s ago"
                      .formatted(
                          write.by(),
                          Bounds.text(write.at() - write.asked()),
                          write.address(),
                          other,
                          Bounds.text(write.at() - at)));
            }
          }
        });
        writers.put(write.by(), write.at());
      }
    };
  }
}
