package io.havip.core.monitor;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.VirtualRouterConfig;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Check;
import io.havip.core.check.Finding;
import io.havip.core.check.Scene;
import io.havip.core.check.Sense;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.core.check.TroubleKind;
import io.havip.core.check.Verdict;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.wire.VrrpAdvert;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges one virtual router by what its own node sees of it, for as long as it runs.
 *
 * <p>The scene has two members: this node, and {@linkplain #OTHERS the others} together, of whom
 * only their voice is known. They are ACTIVE, and are taken to answer for the addresses, from an
 * advert until a resignation or until so many adverts are missing that this node will soon take
 * over; otherwise they do not exist. What a single node cannot see is not judged: whether another
 * kernel answers, whom clients reach, who died. What explains a change is shown as trouble, so that
 * a property is broken only if nothing excuses it.
 *
 * <p>Own adverts cost nothing while they are as expected, heard ones a comparison and one small
 * object. Not thread-safe.
 */
public final class SelfWatch {

  /** The name of this node in the words of a violation. */
  public static final String SELF = "this node";

  /** The name of all peers together in the words of a violation. */
  public static final String OTHERS = "the other side";

  /** What one node can see of itself with the senses that it has. */
  private static final Set<String> ALONE = Set.of("S8", "S9", "L6", "L11");

  /** What it can see of its place in the group, if it decides for itself. */
  private static final Set<String> IN_THE_GROUP =
      Set.of("S2", "S4", "S10", "S11", "L2", "L3", "L4");

  /** An owner's kernel always answers, and who holds no address on the host never does. */
  private static final Set<String> OF_ADDRESSES = Set.of("S2", "S8", "L2", "L11");

  private static final long LEAST_LATENESS = 20_000_000L;
  private static final List<String> SELF_ALONE = List.of(SELF);
  private static final List<String> OTHERS_ALONE = List.of(OTHERS);
  private static final List<String> SELF_TO_OTHERS = List.of(SELF, OTHERS);

  private final String router;
  private final int vrid;
  private final long interval;
  private final long lateness;
  private final long missing;
  private final List<IpAddress> addresses;
  private final Trial trial;

  private RouterState state = RouterState.INITIALIZE;
  private int priority;
  private boolean refused;
  private boolean unheard;
  private boolean othersActive;
  private boolean otherInterval;
  private @Nullable IpAddress speaker;
  private int speakersPriority;
  private long heardAt;
  private long silentAt = Long.MAX_VALUE;
  private long last;

  /**
   * Begins to watch a router that is in INITIALIZE and holds nothing.
   *
   * @param config what it runs
   * @param grouped whether it is in a sync group, and so does not decide for itself
   * @param now the time
   * @param whenBroken told of each violation
   */
  public SelfWatch(
      VirtualRouterConfig config, boolean grouped, long now, Consumer<? super Finding> whenBroken) {
    router = config.name();
    vrid = config.vrid();
    interval = config.advertInterval().toNanos();
    lateness = lateness(config);
    missing = config.downMultiplier() * interval - interval / 2;
    priority = config.priority();
    addresses = config.allAddresses().stream().map(VirtualAddress::address).toList();
    last = now;
    trial = Trial.endless(scene(config, lateness), checks(config, grouped), whenBroken);
    trouble(now, TroubleKind.STOP, OTHERS_ALONE, true, "nobody else is heard");
  }

  /**
   * {@return how late the loop may be before that counts as trouble, in nanoseconds: a fourth of
   * the interval, but at least 20 ms}
   *
   * @param config the router
   */
  public static long lateness(VirtualRouterConfig config) {
    return Math.max(config.advertInterval().toNanos() / 4, LEAST_LATENESS);
  }

  private static Scene scene(VirtualRouterConfig config, long lateness) {
    Duration each = Duration.ofNanos(lateness);
    return new Scene(
        List.of(new Scene.Actor(SELF, config), new Scene.Actor(OTHERS, config)),
        each,
        each,
        EnumSet.of(Sense.STATES, Sense.ADDRESSES, Sense.ADVERTS, Sense.TROUBLE));
  }

  private static List<Check> checks(VirtualRouterConfig config, boolean grouped) {
    boolean comeAndGo = config.localAddresses() && !config.owner();
    return Catalogue.all().stream()
        .filter(c -> ALONE.contains(c.id()) || (!grouped && IN_THE_GROUP.contains(c.id())))
        .filter(c -> comeAndGo || !OF_ADDRESSES.contains(c.id()))
        .toList();
  }

  /** {@return the ids of the properties that are judged} */
  public Set<String> judged() {
    return trial.verdicts().entrySet().stream()
        .filter(e -> e.getValue() != Verdict.UNSUPPORTED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The router changed its state.
   *
   * @param now the time
   * @param from the state before
   * @param to the state after
   * @param effective the effective priority after the change
   * @param cause why
   */
  public void changed(long now, RouterState from, RouterState to, int effective, Cause cause) {
    if (othersActive && now - heardAt >= missing) {
      othersFallSilent(now);
    }
    if (to == RouterState.FAULT || from == RouterState.FAULT) {
      moment(now, TroubleKind.HEALTH, cause.describe());
    }
    if (cause instanceof Cause.LateWake) {
      moment(now, TroubleKind.PAUSE, cause.describe());
    }
    if (to == RouterState.ACTIVE) {
      accepted(now);
    } else if (unheard) {
      unheard(now, false);
    }
    priority = effective;
    state = to;
    see(new Sighting.State(at(now), SELF, router, from, to, effective, cause.describe()));
  }

  /**
   * The effective priority changed.
   *
   * @param now the time
   * @param effective the priority from now on
   */
  public void priority(long now, int effective) {
    priority = effective;
    moment(now, TroubleKind.HEALTH, "the priority of this node changes");
    see(new Sighting.Priority(at(now), SELF, router, effective));
  }

  /**
   * An own advert leaves.
   *
   * @param now the time
   * @param advertised the priority in it
   */
  public void sent(long now, int advertised) {
    boolean asExpected = state == RouterState.ACTIVE && advertised != VrrpAdvert.PRIORITY_RESIGN;
    if (!asExpected) {
      see(new Sighting.Advert(at(now), SELF, vrid, advertised, interval));
    }
  }

  /**
   * An advert of another member was accepted; it is told before the router reacts to it.
   *
   * @param now the time
   * @param receivedAt when it arrived
   * @param from its sender
   * @param advertised the priority in it
   * @param intervalNanos the interval in it
   */
  public void heard(long now, long receivedAt, IpAddress from, int advertised, long intervalNanos) {
    if (advertised == VrrpAdvert.PRIORITY_RESIGN) {
      if (othersActive) {
        othersAnswer(now, false);
      }
      // Also of one that has fallen silent: a guardian resigns for it.
      see(new Sighting.Advert(at(now), OTHERS, vrid, advertised, intervalNanos));
      if (othersActive) {
        othersLeave(now, "it resigned");
      }
      return;
    }
    heardAt = receivedAt;
    if (!othersActive) {
      othersSpeak(now, advertised, from);
    } else if (advertised != speakersPriority || !from.equals(speaker)) {
      othersChange(now, advertised, from);
    }
    if ((intervalNanos != interval) != otherInterval) {
      otherInterval = !otherInterval;
      trouble(
          now, TroubleKind.RECONFIGURED, OTHERS_ALONE, otherInterval, "it has another interval");
    }
    if (state == RouterState.ACTIVE && advertised <= priority && !unheard) {
      unheard(now, true);
    }
    // Read late: its place among what was seen meanwhile is not known.
    if (receivedAt >= last) {
      see(new Sighting.Advert(at(receivedAt), OTHERS, vrid, advertised, intervalNanos));
    }
  }

  private void othersSpeak(long now, int advertised, IpAddress from) {
    trouble(now, TroubleKind.STOP, OTHERS_ALONE, false, "it is heard again");
    RouterState before = RouterState.INITIALIZE;
    othersActive = true;
    speaker = from;
    speakersPriority = advertised;
    silentAt = heardAt + missing;
    see(
        new Sighting.State(
            at(now), OTHERS, router, before, RouterState.ACTIVE, advertised, "its advert"));
    othersAnswer(now, true);
  }

  private void othersAnswer(long now, boolean answers) {
    for (IpAddress address : addresses) {
      see(new Sighting.Address(at(now), OTHERS, address, answers));
    }
  }

  private void othersChange(long now, int advertised, IpAddress from) {
    speaker = from;
    speakersPriority = advertised;
    trouble(now, TroubleKind.HEALTH, OTHERS_ALONE, true, "another member or priority is heard");
    trouble(now, TroubleKind.HEALTH, OTHERS_ALONE, false, "another member or priority is heard");
    see(new Sighting.Priority(at(now), OTHERS, router, advertised));
  }

  private void othersFallSilent(long now) {
    othersAnswer(now, false);
    othersLeave(now, "it is not heard any more");
  }

  private void othersLeave(long now, String words) {
    othersActive = false;
    silentAt = Long.MAX_VALUE;
    speaker = null;
    if (unheard) {
      unheard(now, false);
    }
    if (otherInterval) {
      otherInterval = false;
      trouble(now, TroubleKind.RECONFIGURED, OTHERS_ALONE, false, words);
    }
    trouble(now, TroubleKind.STOP, OTHERS_ALONE, true, words);
  }

  /** Who goes on to advertise with a lower priority evidently does not hear this node. */
  private void unheard(long now, boolean begins) {
    unheard = begins;
    trouble(now, TroubleKind.CUT, SELF_TO_OTHERS, begins, "it does not hear this node");
  }

  /**
   * An address was put on or taken off, so the host refuses nothing any more.
   *
   * @param now the time
   * @param address the address
   * @param answers whether the kernel answers for it from now on
   */
  public void address(long now, IpAddress address, boolean answers) {
    accepted(now);
    found(now, address, answers);
  }

  /**
   * The kernel was found to answer for an address, or not to, without any doing of this node.
   *
   * @param now the time
   * @param address the address
   * @param answers whether it answers from now on
   */
  public void found(long now, IpAddress address, boolean answers) {
    see(new Sighting.Address(at(now), SELF, address, answers));
  }

  /**
   * Somebody else took an address off.
   *
   * @param now the time
   * @param address the address
   */
  public void addressLost(long now, IpAddress address) {
    see(new Sighting.Address(at(now), SELF, address, false));
    moment(now, TroubleKind.ADDRESS_REMOVED, address + " was removed by somebody else");
  }

  /**
   * The host refused an operation. Counts until one succeeds.
   *
   * @param now the time
   * @param words which and why
   */
  public void hostRefused(long now, String words) {
    if (!refused) {
      refused = true;
      trouble(now, TroubleKind.REFUSED, SELF_ALONE, true, words);
    }
  }

  private void accepted(long now) {
    if (refused) {
      refused = false;
      trouble(now, TroubleKind.REFUSED, SELF_ALONE, false, "the host does not refuse any more");
    }
  }

  /**
   * Something about an interface changed.
   *
   * @param now the time
   * @param words what
   */
  public void linkChanged(long now, String words) {
    moment(now, TroubleKind.LINK, words);
  }

  /**
   * The loop came to something late.
   *
   * @param since when it was due
   * @param now the time
   */
  public void late(long since, long now) {
    trouble(since, TroubleKind.PAUSE, SELF_ALONE, true, "the loop did not run");
    trouble(now, TroubleKind.PAUSE, SELF_ALONE, false, "the loop runs");
  }

  /** {@return when {@link #due} is to be called; {@link Long#MAX_VALUE} for never} */
  public long nextDeadline() {
    return Math.min(silentAt, trial.nextDeadline());
  }

  /**
   * Time has passed.
   *
   * @param now the time
   */
  public void due(long now) {
    if (now >= silentAt) {
      silentAt = heardAt + missing;
      if (now >= silentAt) {
        othersFallSilent(now);
      }
    }
    last = Math.max(last, now);
    trial.advance(last);
  }

  private void moment(long now, TroubleKind kind, String words) {
    trouble(now, kind, SELF_ALONE, true, words);
    trouble(now, kind, SELF_ALONE, false, words);
  }

  private void trouble(
      long when, TroubleKind kind, List<String> members, boolean begins, String words) {
    see(new Sighting.Trouble(at(when), kind, members, begins, words));
  }

  private void see(Sighting sighting) {
    last = sighting.at();
    trial.see(sighting);
  }

  private long at(long time) {
    return Math.max(last, time);
  }
}
