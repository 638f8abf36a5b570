package io.havip.testkit.sim;

import java.util.Locale;
import java.util.Optional;

/**
 * Somebody on a segment who does not belong to the group. What it sends is made of the last VRRP
 * message that was sent on the segment; before the first one it does nothing.
 */
public sealed interface StrangerFault extends Fault {

  /**
   * One packet that must not count.
   *
   * @param network name of the segment
   * @param forgery what is wrong with it; apart from that it has priority 255
   */
  record Forged(String network, Forgery forgery) implements StrangerFault {
    @Override
    public String describe() {
      String kind = forgery.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return "forged packet on " + network + ": " + kind;
    }
  }

  /**
   * Another group begins to use the same VRID for another address: it advertises at the interval of
   * the group, whatever it hears. Its adverts count (RFC 9568 section 7.1).
   *
   * @param network name of the segment
   * @param priority its priority, 1 to 254
   */
  record Rival(String network, int priority) implements StrangerFault {
    /** Checks the range. */
    public Rival {
      if (priority < 1 || priority > 254) {
        throw new IllegalArgumentException("the priority of a rival is 1 to 254, not " + priority);
      }
    }

    @Override
    public String describe() {
      return "another group with the same VRID on " + network + ", priority " + priority;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new RivalGone(network));
    }
  }

  /**
   * The other group is gone, without a word.
   *
   * @param network name of the segment
   */
  record RivalGone(String network) implements StrangerFault {
    @Override
    public String describe() {
      return "the other group on " + network + " is gone";
    }
  }
}
