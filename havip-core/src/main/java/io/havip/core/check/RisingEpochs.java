package io.havip.core.check;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudCapabilities;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** S7: every holder has a higher number than the one before, and hears it. */
final class RisingEpochs extends Property {

  RisingEpochs() {
    super(
        "S7",
        "the cloud's epochs rise with every holder, and no two members are told the same",
        "the cloud has epochs",
        "0",
        Sense.WRITES,
        Sense.EPOCHS);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return without(scene, CloudCapabilities::epochs, "has no epochs");
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new OneDeadline(scene, picture) {
      private final Map<IpAddress, Long> given = new HashMap<>();
      private final Map<String, Long> heard = new HashMap<>();
      private final Map<String, String> heardBy = new HashMap<>();

      @Override
      public void see(Sighting sighting, Court court) {
        if (sighting instanceof Sighting.CloudWrite write && write.after().isPresent()) {
          given(write, court);
        } else if (sighting instanceof Sighting.Epoch told) {
          told(told, court);
        }
      }

      private void given(Sighting.CloudWrite write, Court court) {
        if (write.epoch().isEmpty()) {
          court.violated(write.at(), write.address() + " got a holder without an epoch");
          return;
        }
        long epoch = write.epoch().getAsLong();
        Long before = given.put(write.address(), epoch);
        if (before != null && epoch <= before) {
          court.violated(
              write.at(),
              "%s got a holder of epoch %d after one of %d"
                  .formatted(write.address(), epoch, before));
        }
      }

      private void told(Sighting.Epoch told, Court court) {
        tried = true;
        OptionalLong epoch = told.epoch();
        if (epoch.isEmpty()) {
          court.violated(told.at(), told.member() + " is told of a mapping without an epoch");
          return;
        }
        long number = epoch.getAsLong();
        Long before = heard.put(told.member() + ' ' + told.address(), number);
        if (before != null && number < before) {
          court.violated(
              told.at(), "%s is told epoch %d after %d".formatted(told.member(), number, before));
        }
        String other = heardBy.put(told.address() + " " + number, told.member());
        if (other != null && !other.equals(told.member())) {
          court.violated(
              told.at(),
              "%s and %s are both told epoch %d".formatted(other, told.member(), number));
        }
      }
    };
  }
}
