package io.havip.core.check;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** L8: every client reaches the holder. */
final class NeighborsFollow extends Property {

  NeighborsFollow() {
    super(
        "L8",
        "every client reaches the member whose kernel answers, and who begins to answer announces",
        "quiet; the client's paths are in order, and who announced to it last has not gone since"
            + " nor stood down unheard",
        "announced within D + L; reached after settled of quiet, in a cloud after what its mapping"
            + " takes more",
        Sense.STATES,
        Sense.ADDRESSES,
        Sense.ANNOUNCEMENTS,
        Sense.CLIENTS,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Settled(scene, picture) {
      private final Map<String, Map<IpAddress, Optional<String>>> reaches = new LinkedHashMap<>();
      private final Map<IpAddress, Long> unannounced = new LinkedHashMap<>();

      // Who announced last, by client and address, as long as that member could tell of it.
      private final Map<String, Map<IpAddress, String>> told = new LinkedHashMap<>();

      @Override
      long since() {
        long quiet = super.since();
        return bounds.mapping == 0 ? quiet : Math.max(quiet, picture.cloudQuietSince());
      }

      @Override
      long settle() {
        return bounds.settle + bounds.mapping;
      }

      @Override
      public void see(Sighting sighting, Court court) {
        switch (sighting) {
          case Sighting.Reach reach ->
              reaches
                  .computeIfAbsent(reach.client(), ignored -> new LinkedHashMap<>())
                  .put(reach.address(), reach.member());
          case Sighting.Announcement said -> announced(said);
          case Sighting.State change -> {
            boolean unheard =
                change.cause().startsWith("woke ")
                    || (change.from() == RouterState.ACTIVE && since() == Picture.NEVER);
            if (change.to() == RouterState.FAULT
                || change.to() == RouterState.INITIALIZE
                || unheard) {
              forget(change.member());
            }
          }
          case Sighting.Address change -> {
            if (change.answers() && since() < change.at()) {
              unannounced.put(change.address(), change.at());
            } else {
              unannounced.remove(change.address());
            }
          }
          case Sighting.Trouble trouble -> {
            unannounced.clear();
            if (trouble.kind().down()) {
              forget(trouble.members().getFirst());
            }
          }
          default -> {}
        }
        super.see(sighting, court);
        for (long at : unannounced.values()) {
          deadline = Math.min(deadline, at + bounds.epsilon + 1);
        }
      }

      private void announced(Sighting.Announcement said) {
        unannounced.remove(said.address());
        for (String client : reaches.keySet()) {
          if (picture.hears(said.member(), client)) {
            told.computeIfAbsent(client, ignored -> new LinkedHashMap<>())
                .put(said.address(), said.member());
          } else { // it may arrive, or not
            told.getOrDefault(client, new LinkedHashMap<>()).remove(said.address());
          }
        }
      }

      private void forget(String member) {
        told.values().forEach(said -> said.values().removeIf(member::equals));
      }

      @Override
      public void due(long now, Court court) {
        unannounced.forEach((address, at) -> {
          if (at + bounds.epsilon < now) {
            tried = true;
            court.violated(
                now,
                "%s is bound since %s and not announced".formatted(address, Bounds.text(now - at)));
          }
        });
        unannounced.values().removeIf(at -> at + bounds.epsilon < now);
        long since = since();
        long target = since == Picture.NEVER ? since : since + settle() + 1;
        if (target > now) {
          deadline = target;
        } else {
          super.due(now, court);
        }
      }

      @Override
      boolean verify(long now, Court court) {
        boolean seen = false;
        for (IpAddress address : picture.addresses()) {
          List<Integer> holders = picture.holders(address);
          if (holders.size() == 1) {
            seen |= reached(address, picture.name(holders.getFirst()), now, court);
          }
        }
        return seen;
      }

      private boolean reached(IpAddress address, String holder, long now, Court court) {
        boolean seen = false;
        for (Map.Entry<String, Map<IpAddress, Optional<String>>> client : reaches.entrySet()) {
          Optional<String> to = client.getValue().get(address);
          boolean open =
              picture.hears(client.getKey(), holder) && picture.hears(holder, client.getKey());
          if (to == null
              || !open
              || !told.getOrDefault(client.getKey(), Map.of()).containsKey(address)) {
            continue;
          }
          seen = true;
          if (!to.equals(Optional.of(holder))) {
            court.violated(
                now,
                "%s reaches %s for %s, which %s holds"
                    .formatted(client.getKey(), to.orElse("nobody"), address, holder));
          }
        }
        return seen;
      }
    };
  }
}
