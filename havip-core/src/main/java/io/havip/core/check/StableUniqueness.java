package io.havip.core.check;

import io.havip.net.IpAddress;
import java.util.List;

/** S2: exactly one kernel answers once all members have heard each other for long enough. */
final class StableUniqueness extends Property {

  StableUniqueness() {
    super(
        "S2",
        "exactly one member's kernel answers for each address",
        "quiet, and a member takes part",
        "settled of quiet",
        Sense.ADDRESSES,
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Settled(scene, picture) {
      @Override
      boolean verify(long now, Court court) {
        boolean anybody = false;
        for (int i = 0; i < picture.size(); i++) {
          anybody |= !picture.out(i);
        }
        if (!anybody) {
          return false;
        }
        for (IpAddress address : picture.addresses()) {
          List<Integer> holders = picture.holders(address);
          if (holders.size() != 1) {
            court.violated(
                now,
                "%s is answered for by %s, although nothing has gone wrong for %s"
                    .formatted(
                        address,
                        holders.isEmpty() ? "nobody" : holders.stream().map(picture::name).toList(),
                        Bounds.text(now - since())));
          }
        }
        return true;
      }
    };
  }
}
