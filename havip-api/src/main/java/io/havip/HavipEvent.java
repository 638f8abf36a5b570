package io.havip;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.Observation;
import io.havip.wire.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that happened in a node. New kinds may come with a minor version, so a {@code switch}
 * over events should have a default.
 */
public sealed interface HavipEvent {

  /** {@return when it happened} */
  At at();

  /** {@return the virtual router or, for a check or an interface, its name} */
  String subject();

  /** {@return one clause for a person, without time and subject} */
  String describe();

  /**
   * {@return the stable name of this kind of event, for logs, metrics and queries} Lower-case words
   * joined by hyphens, such as {@code state-changed}; it never changes.
   */
  String id();

  /**
   * A moment on both clocks.
   *
   * @param wall for people
   * @param nanos monotonic nanoseconds of the platform, for distances
   */
  record At(Instant wall, long nanos) {}

  /**
   * A router changed its state.
   *
   * @param at when
   * @param subject the router
   * @param from the state before
   * @param to the state after
   * @param cause why
   * @param priority its effective priority after the change
   */
  record StateChanged(
      At at, String subject, RouterState from, RouterState to, Cause cause, int priority)
      implements HavipEvent {
    @Override
    public String id() {
      return "state-changed";
    }

    @Override
    public String describe() {
      return from + " -> " + to + ", priority " + priority + ": " + cause.describe();
    }
  }

  /**
   * A sync group changed its state. It is ACTIVE when all its routers are, in FAULT or INITIALIZE
   * when one is, else BACKUP. Follows the events of its routers.
   *
   * @param at when
   * @param subject the group
   * @param from the state before
   * @param to the state after
   * @param router the router that was the last to change
   * @param cause why that router changed
   */
  record GroupChanged(
      At at, String subject, RouterState from, RouterState to, String router, Cause cause)
      implements HavipEvent {
    @Override
    public String id() {
      return "group-changed";
    }

    @Override
    public String describe() {
      return "sync group " + from + " -> " + to + ", " + router + ": " + cause.describe();
    }
  }

  /**
   * This host answers for an address from now on.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param interfaceName where it is
   */
  record AddressBound(At at, String subject, VirtualAddress address, String interfaceName)
      implements HavipEvent {
    @Override
    public String id() {
      return "address-bound";
    }

    @Override
    public String describe() {
      return address.address() + " is on " + interfaceName;
    }
  }

  /**
   * This host no longer answers for an address.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param interfaceName where it was
   */
  record AddressReleased(At at, String subject, VirtualAddress address, String interfaceName)
      implements HavipEvent {
    @Override
    public String id() {
      return "address-released";
    }

    @Override
    public String describe() {
      return address.address() + " is off " + interfaceName;
    }
  }

  /**
   * A bound address was removed by someone else. It is put back at once; if that fails, an {@link
   * OperationFailed} follows.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param interfaceName where it was
   */
  record AddressLost(At at, String subject, VirtualAddress address, String interfaceName)
      implements HavipEvent {
    @Override
    public String id() {
      return "address-lost";
    }

    @Override
    public String describe() {
      return address.address() + " was removed from " + interfaceName + " by someone else";
    }
  }

  /**
   * A router's effective priority changed without a change of state.
   *
   * @param at when
   * @param subject the router
   * @param from the priority before
   * @param to the priority after
   * @param reason what changed it
   */
  record PriorityChanged(At at, String subject, int from, int to, String reason)
      implements HavipEvent {
    @Override
    public String id() {
      return "priority-changed";
    }

    @Override
    public String describe() {
      return "priority " + from + " -> " + to + ": " + reason;
    }
  }

  /**
   * A health check changed its result.
   *
   * @param at when
   * @param subject the check
   * @param healthy whether the member is fit now
   * @param detail exit status, exception or timeout
   */
  record CheckChanged(At at, String subject, boolean healthy, String detail) implements HavipEvent {
    @Override
    public String id() {
      return "check-changed";
    }

    @Override
    public String describe() {
      return (healthy ? "well" : "failed") + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /**
   * A file that routers depend on has another value. What that does to them is told by {@link
   * PriorityChanged} and {@link StateChanged}.
   *
   * @param at when
   * @param subject the file's name
   * @param value its value now
   * @param detail why the value is 0 if the file holds no number, else empty
   */
  record FileChanged(At at, String subject, int value, String detail) implements HavipEvent {
    @Override
    public String id() {
      return "file-changed";
    }

    @Override
    public String describe() {
      return "value " + value + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /**
   * An interface went up or down, disappeared or came back.
   *
   * @param at when
   * @param subject the interface
   * @param up whether frames can leave
   * @param detail what changed
   */
  record LinkChanged(At at, String subject, boolean up, String detail) implements HavipEvent {
    @Override
    public String id() {
      return "link-changed";
    }

    @Override
    public String describe() {
      return detail;
    }
  }

  /**
   * An ACTIVE router heard a member of lower priority, or of the same and a lower address, that
   * also believes to be ACTIVE: they did not hear each other, or the other one still does not.
   *
   * @param at when
   * @param subject the router
   * @param peer the other member
   * @param priority its priority
   * @param ownPriority the priority of this one
   */
  record LowerPriorityHeard(At at, String subject, IpAddress peer, int priority, int ownPriority)
      implements HavipEvent {
    @Override
    public String id() {
      return "lower-priority-heard";
    }

    @Override
    public String describe() {
      return priority < ownPriority
          ? peer + " also advertises, with the lower priority " + priority
          : peer
              + " also advertises, with the same priority "
              + priority
              + " and the lower address";
    }
  }

  /**
   * A received packet was refused. Reported at a limited rate; the counters of the snapshot are
   * exact.
   *
   * @param at when
   * @param subject the router, or the interface if the packet belongs to none
   * @param peer the sender
   * @param refusal why
   * @param count packets of this peer refused for this reason so far
   */
  record AdvertRefused(At at, String subject, IpAddress peer, Refusal refusal, long count)
      implements HavipEvent {
    @Override
    public String id() {
      return "advert-refused";
    }

    @Override
    public String describe() {
      return "a packet of " + peer + " was refused (" + count + " so far): " + refusal.explain();
    }
  }

  /**
   * A member of the group advertises other addresses than are configured here. Its advert counts
   * all the same (RFC 9568 section 7.1), or the group would split. Reported at a limited rate; the
   * counters of the snapshot are exact.
   *
   * @param at when
   * @param subject the router
   * @param peer the other member
   * @param missing addresses configured here that the advert lacks
   * @param unknown addresses in the advert that are not configured here
   * @param count adverts of this peer with other addresses so far
   */
  record AddressesDiffer(
      At at,
      String subject,
      IpAddress peer,
      List<IpAddress> missing,
      List<IpAddress> unknown,
      long count)
      implements HavipEvent {

    /** Copies the lists. */
    public AddressesDiffer {
      missing = List.copyOf(missing);
      unknown = List.copyOf(unknown);
    }

    @Override
    public String id() {
      return "addresses-differ";
    }

    @Override
    public String describe() {
      return peer
          + " advertises other addresses ("
          + count
          + " times so far): it lacks "
          + (missing.isEmpty() ? "none" : missing)
          + " and adds "
          + (unknown.isEmpty() ? "none" : unknown);
    }
  }

  /**
   * Something is probably not as its operator wants it; the node goes on.
   *
   * @param at when
   * @param subject the router
   * @param message what, and what to do about it
   */
  record Warning(At at, String subject, String message) implements HavipEvent {
    @Override
    public String id() {
      return "warning";
    }

    @Override
    public String describe() {
      return message;
    }
  }

  /**
   * A new configuration is in effect.
   *
   * @param at when
   * @param subject the node
   * @param changes what became of each router
   */
  record Reconfigured(At at, String subject, Reconfiguration changes) implements HavipEvent {
    @Override
    public String id() {
      return "reconfigured";
    }

    @Override
    public String describe() {
      return "new configuration: " + changes.describe();
    }
  }

  /**
   * The host refused an operation.
   *
   * @param at when
   * @param subject the router
   * @param failure what failed and why
   */
  record OperationFailed(At at, String subject, Outcome.Failed failure) implements HavipEvent {
    @Override
    public String id() {
      return "operation-failed";
    }

    @Override
    public String describe() {
      return failure.describe();
    }
  }

  /**
   * A cloud maps an address to another member than it was seen to before, or to nobody.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param before what was seen before; empty at the first look
   * @param now what is seen
   */
  record CloudHolderChanged(
      At at, String subject, IpAddress address, Optional<Observation> before, Observation now)
      implements HavipEvent {
    @Override
    public String id() {
      return "cloud-holder-changed";
    }

    @Override
    public String describe() {
      String was = before.map(b -> ", before to " + holder(b)).orElse("");
      return "the cloud maps " + address + " to " + holder(now) + was;
    }
  }

  /**
   * The cloud was seen to map an address to this member, which wants it: traffic arrives here.
   * Comes again with a higher epoch when the address was lost and won back meanwhile.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param epoch the number of this holder, higher than that of every holder before, to be passed
   *     to whatever must refuse an outdated holder; empty if the cloud has none
   * @param waited since the address was wanted, or since it was lost
   */
  record CloudConfirmed(
      At at, String subject, IpAddress address, OptionalLong epoch, Duration waited)
      implements HavipEvent {
    @Override
    public String id() {
      return "cloud-confirmed";
    }

    @Override
    public String describe() {
      String number = epoch.isPresent() ? ", epoch " + epoch.getAsLong() : "";
      return "the cloud maps " + address + " here after " + Durations.text(waited) + number;
    }
  }

  /**
   * The cloud does not map an address to this member, although it should by now. It is announced or
   * taken over again.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param waited since the address was wanted, or since it was lost
   * @param seen what was seen last; empty if nothing was
   */
  record CloudNotConfirmed(
      At at, String subject, IpAddress address, Duration waited, Optional<Observation> seen)
      implements HavipEvent {
    @Override
    public String id() {
      return "cloud-not-confirmed";
    }

    @Override
    public String describe() {
      String last = seen.map(o -> "it maps it to " + holder(o)).orElse("it has not answered yet");
      return "the cloud does not map %s here after %s: %s"
          .formatted(address, Durations.text(waited), last);
    }
  }

  /**
   * A call that changes the cloud's mapping ended.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param call what was called
   * @param result what became of it
   */
  record CloudCalled(At at, String subject, IpAddress address, String call, String result)
      implements HavipEvent {
    @Override
    public String id() {
      return "cloud-called";
    }

    @Override
    public String describe() {
      return call + ": " + result;
    }
  }

  /**
   * A call of the cloud failed, or the cloud tells what is in the way. Reported at a limited rate.
   *
   * @param at when
   * @param subject the router
   * @param address the address
   * @param failure why
   */
  record CloudFailed(At at, String subject, IpAddress address, CloudFailure failure)
      implements HavipEvent {
    @Override
    public String id() {
      return "cloud-failed";
    }

    @Override
    public String describe() {
      return failure.describe();
    }
  }

  /**
   * One of the named properties of {@code docs/properties.md} is broken, as far as this node can
   * see by itself: a defect of this library, of the platform, or something beside the node that
   * does what it must not. Reported at a limited rate; the counters of the snapshot are exact.
   *
   * @param at when
   * @param subject the router
   * @param property the id of the property, such as {@code S8}
   * @param words what was seen, in one sentence
   * @param count how many times this property was seen broken so far
   */
  record PropertyViolated(At at, String subject, String property, String words, long count)
      implements HavipEvent {
    @Override
    public String id() {
      return "property-violated";
    }

    @Override
    public String describe() {
      return property + " does not hold (" + count + " times so far): " + words;
    }
  }

  private static String holder(Observation observation) {
    return switch (observation) {
      case Observation.HeldBy held -> held.holder() + (held.mine() ? ", this member" : "");
      case Observation.Nobody nobody -> "nobody";
      case Observation.Unknown unknown -> "an unknown holder";
    };
  }
}
