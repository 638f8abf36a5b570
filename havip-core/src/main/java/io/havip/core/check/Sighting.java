package io.havip.core.check;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import io.havip.wire.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
   * A router's effective priority changed without a change of state.
   *
   * @param at when
   * @param member the member
   * @param router the router's name
   * @param priority 1 to 255, from now on
   */
  record Priority(long at, String member, String router, int priority) implements Sighting {
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
   * @param interval the time between adverts that it says, in nanoseconds
   */
  record Advert(long at, String member, int vrid, int priority, long interval) implements Sighting {
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
   * The application of a member is called, or a call of it has ended.
   *
   * @param at when
   * @param member the member
   * @param router the router's name
   * @param call which
   * @param begins whether it begins; an event begins and ends at once
   */
  record Callback(long at, String member, String router, Call call, boolean begins)
      implements Sighting {

    /** What the application is called for. */
    public enum Call {
      /** To prepare before the address is bound. */
      PREPARE,
      /** To stop serving while the address is still bound. */
      DEMOTE,
      /** To stop serving after the address was lost. */
      LOST,
      /** To hear that the address is bound. */
      BOUND,
      /** To hear that the address is released. */
      RELEASED
    }

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

  /**
   * Another router of a member's sync group changed its state.
   *
   * @param at when
   * @param member the member
   * @param router the other router's name
   * @param state its state from now on
   */
  record Sibling(long at, String member, String router, RouterState state) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.SIBLINGS;
    }
  }

  /**
   * The cloud's register changed for an address.
   *
   * @param at when it took effect
   * @param asked when the call that caused it was made
   * @param by who made it: a member, or somebody at the console
   * @param address the address
   * @param before from whom the cloud took it; empty if it believed that nobody had it
   * @param after to whom it gave it; empty for nobody
   * @param epoch the number of the holder from now on; empty if the cloud has none
   */
  record CloudWrite(
      long at,
      long asked,
      String by,
      IpAddress address,
      Optional<String> before,
      Optional<String> after,
      OptionalLong epoch)
      implements Sighting {
    @Override
    public Sense sense() {
      return Sense.WRITES;
    }
  }

  /**
   * The application of a member is told that the cloud maps an address to it, and under which
   * number.
   *
   * @param at when
   * @param member the member
   * @param address the address
   * @param epoch the number; empty if the cloud has none
   */
  record Epoch(long at, String member, IpAddress address, OptionalLong epoch) implements Sighting {
    @Override
    public Sense sense() {
      return Sense.EPOCHS;
    }
  }

  /**
   * A member tells its operator that something is wrong.
   *
   * @param at when
   * @param member the member
   * @param router the router's name
   * @param kind of what
   * @param words in its own words
   */
  record Alarm(long at, String member, String router, Kind kind, String words) implements Sighting {

    /** What can be told. */
    public enum Kind {
      /** A member of the group advertises other addresses. */
      OTHER_ADDRESSES,
      /** A member of lower priority advertises too. */
      LOWER_PRIORITY,
      /** The cloud does not map an address to this member, although it should. */
      NOT_MAPPED,
      /** The cloud cannot be asked. */
      CLOUD_FAILED,
      /** The host refused an operation. */
      OPERATION_FAILED
    }

    @Override
    public Sense sense() {
      return Sense.ALARMS;
    }
  }

  /**
   * A new configuration of a member is in effect.
   *
   * @param at when
   * @param member the member
   * @param router the router's name
   * @param change what became of the router
   * @param settings the settings that differ
   */
  record Reconfigured(long at, String member, String router, Change change, List<String> settings)
      implements Sighting {

    /** What becomes of a router. */
    public enum Change {
      /** Nothing. */
      UNCHANGED,
      /** Settings changed in place. */
      UPDATED,
      /** It left its group and joined another. */
      RESTARTED,
      /** It is new. */
      ADDED,
      /** It left its group. */
      REMOVED
    }

    /** Copies the list. */
    public Reconfigured {
      settings = List.copyOf(settings);
    }

    @Override
    public Sense sense() {
      return Sense.CONFIGURATION;
    }
  }
}
