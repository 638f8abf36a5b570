package io.havip.core.check;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import io.havip.wire.RefusalReason;
import java.util.List;
import java.util.Optional;

/** Something that was seen of a group. Times are nanoseconds of one clock of the stage. */
public sealed interface Sighting {

  /** {@return when} Never before that of the sighting before it. */
  long at();

  /** {@return the sense that saw it} */
  Sense sense();

  /**
   * A router of a member changed its state.
   *
   * @param at when
   * @param member the member
   * @param router the router's name
   * @param from the state before
   * @param to the state after
   * @param priority the effective priority after the change
   * @param cause why, in the words of {@link io.havip.Cause#describe}; empty if none was given
   */
  record State(
      long at,
      String member,
      String router,
      RouterState from,
      RouterState to,
      int priority,
      String cause)
      implements Sighting {
    @Override
    public Sense sense() {
      return Sense.STATES;
    }
  }

  /**
   * A member's kernel begins or ends to answer for an address.
   *
   * @param at when
   * @param member the member
   * @param address the address
   * @param answers whether it answers from now on
   */
  record Address(long at, String member, IpAddress address, boolean answers) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.ADDRESSES;
    }
  }

  /**
   * A member sent an advert.
   *
   * @param at when it left
   * @param member the member
   * @param vrid the VRID
   * @param priority 0 to 255
   */
  record Advert(long at, String member, int vrid, int priority) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.ADVERTS;
    }
  }

  /**
   * A member announced an address to its neighbours.
   *
   * @param at when it left
   * @param member the member
   * @param address the address
   */
  record Announcement(long at, String member, IpAddress address) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.ANNOUNCEMENTS;
    }
  }

  /**
   * A client's traffic for an address reaches another member than before.
   *
   * @param at when
   * @param client the client
   * @param address the address
   * @param member whom it reaches; empty for nobody
   */
  record Reach(long at, String client, IpAddress address, Optional<String> member)
      implements Sighting {
    @Override
    public Sense sense() {
      return Sense.CLIENTS;
    }
  }

  /**
   * The cloud maps an address to another member than before.
   *
   * @param at when
   * @param address the address
   * @param member the member; empty for nobody
   */
  record Mapping(long at, IpAddress address, Optional<String> member) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.MAPPING;
    }
  }

  /**
   * Something goes wrong or is well again.
   *
   * @param at when
   * @param kind what
   * @param members whom it concerns; for a cut or an impaired path two stations, of which the words
   *     of the first do not reach the second, or badly
   * @param begins whether it begins
   * @param words one clause for a person
   */
  record Trouble(long at, TroubleKind kind, List<String> members, boolean begins, String words)
      implements Sighting {

    /** Copies the list. */
    public Trouble {
      members = List.copyOf(members);
    }

    @Override
    public Sense sense() {
      return Sense.TROUBLE;
    }
  }

  /**
   * A callback of the application begins or ends.
   *
   * @param at when
   * @param member the member
   * @param router the router's name
   * @param callback which: {@code prepare}, {@code release}, {@code event}
   * @param begins whether it begins
   */
  record Callback(long at, String member, String router, String callback, boolean begins)
      implements Sighting {
    @Override
    public Sense sense() {
      return Sense.CALLBACKS;
    }
  }

  /**
   * A member refused a packet.
   *
   * @param at when
   * @param member the member
   * @param reason why
   */
  record Refused(long at, String member, RefusalReason reason) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.REFUSALS;
    }
  }
}
