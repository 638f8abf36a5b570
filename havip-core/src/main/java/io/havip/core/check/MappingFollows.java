package io.havip.core.check;

import io.havip.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** L10: the cloud's mapping follows the election, and nobody believes that it has before it has. */
final class MappingFollows extends Property {

  MappingFollows() {
    super(
        "L10",
        "the cloud maps each address to the ACTIVE member, and confirms none to a member that it"
            + " did not map it to",
        "quiet, and the cloud's API works",
        "settled of quiet, and what the mapping takes",
        Sense.MAPPING,
        Sense.EPOCHS,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return scene.mappingSettles().isPresent()
        ? Optional.empty()
        : Optional.of("the scene tells no bound for the cloud's mapping");
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Settled(scene, picture) {
      private final Map<IpAddress, Optional<String>> mapped = new HashMap<>();

      // When an address was last mapped to somebody else than now, by address and member.
      private final Map<String, Long> until = new HashMap<>();

      @Override
      long since() {
        return Math.max(picture.quietSince(Set.of()), picture.cloudQuietSince());
      }

      @Override
      long settle() {
        return bounds.settle + bounds.mapping;
      }

      @Override
      public void see(Sighting sighting, Court court) {
        if (sighting instanceof Sighting.Mapping mapping) {
          Optional<String> before = mapped.put(mapping.address(), mapping.member());
          if (before != null && before.isPresent()) {
            until.put(before.get() + ' ' + mapping.address(), mapping.at());
          }
        } else if (sighting instanceof Sighting.Epoch told) {
          confirmed(told, court);
        }
        super.see(sighting, court);
      }

      // What was read back may be outdated, but not by more than the cloud takes at the most.
      private void confirmed(Sighting.Epoch told, Court court) {
        boolean now =
            mapped
                .getOrDefault(told.address(), Optional.empty())
                .equals(Optional.of(told.member()));
        Long ended = until.get(told.member() + ' ' + told.address());
        boolean lately = ended != null && ended >= told.at() - bounds.mapping;
        if (!now && !lately) {
          court.violated(
              told.at(),
              "%s is told that the cloud maps %s to it, but it maps it to %s"
                  .formatted(
                      told.member(),
                      told.address(),
                      mapped.getOrDefault(told.address(), Optional.empty()).orElse("nobody")));
        }
      }

      @Override
      boolean verify(long now, Court court) {
        int active = -1;
        for (int i = 0; i < picture.size(); i++) {
          if (picture.active(i)) {
            if (active >= 0) {
              return false;
            }
            active = i;
          }
        }
        if (active < 0) {
          return false;
        }
        String name = picture.name(active);
        mapped.forEach((address, to) -> {
          if (!to.equals(Optional.of(name))) {
            court.violated(
                now,
                "the cloud maps %s to %s, although %s is ACTIVE and nothing has gone wrong for %s"
                    .formatted(address, to.orElse("nobody"), name, Bounds.text(now - since())));
          }
        });
        return !mapped.isEmpty();
      }
    };
  }
}
