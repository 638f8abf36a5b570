package io.havip.testkit.scenario;

import io.havip.Preemption;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A member's settings in the words of a scenario file: first those that all members share, on a
 * line of their own, then each member's.
 */
final class SettingsText {

  static final String PRIORITY = "priority";
  private static final String VRID = "vrid";
  private static final String INTERVAL = "interval";
  private static final String ADDRESS = "address";

  private int vrid;
  private VrrpVersion version = VrrpVersion.V3;
  private int priority = 100;
  private Duration interval = Duration.ofSeconds(1);
  private final List<VirtualAddress> addresses = new ArrayList<>();
  private Preemption preemption = Preemption.AT_ONCE;
  private int downMultiplier = 3;
  private boolean unicast;
  private Fence fence = new Fence.None();

  SettingsText() {}

  /** Begins with what all members share. */
  SettingsText(SettingsText shared) {
    vrid = shared.vrid;
    version = shared.version;
    priority = shared.priority;
    interval = shared.interval;
    addresses.addAll(shared.addresses);
    preemption = shared.preemption;
    downMultiplier = shared.downMultiplier;
    unicast = shared.unicast;
    fence = shared.fence;
  }

  /** The settings as keys and values, without those that have their default. */
  static Map<String, String> of(Member member) {
    RouterSettings router = member.router();
    Map<String, String> words = new LinkedHashMap<>();
    words.put(PRIORITY, Integer.toString(router.priority()));
    words.put(VRID, Integer.toString(router.vrid()));
    words.put(INTERVAL, Lengths.text(router.interval()));
    words.put(
        ADDRESS, String.join(",", router.addresses().stream().map(SettingsText::address).toList()));
    if (router.version() != VrrpVersion.V3) {
      words.put("version", Integer.toString(router.version().number()));
    }
    if (!router.preemption().equals(Preemption.AT_ONCE)) {
      words.put("preempt", preemption(router.preemption()));
    }
    if (router.downMultiplier() != 3) {
      words.put("down-multiplier", Integer.toString(router.downMultiplier()));
    }
    if (router.unicast()) {
      words.put("transport", "unicast");
    }
    if (!(member.fence() instanceof Fence.None)) {
      words.put("fence", fence(member.fence()));
    }
    return words;
  }

  private static String address(VirtualAddress each) {
    return each.address() + "/" + each.prefixLength();
  }

  private static String preemption(Preemption value) {
    return switch (value) {
      case Preemption.Never() -> "never";
      case Preemption.After after ->
          after.delay().isZero() ? "at-once" : "after " + Lengths.text(after.delay());
    };
  }

  private static String fence(Fence value) {
    return switch (value) {
      case Fence.None() -> "none";
      case Fence.OnExit exit -> "exit " + Lengths.text(exit.exitBound());
      case Fence.OnExitAndStall stall ->
          "stall " + Lengths.text(stall.exitBound()) + " " + Lengths.text(stall.stallBound());
    };
  }

  /** Reads keys and values to the end of a line. */
  void read(WordsOfLine words) {
    Set<String> seen = new HashSet<>();
    while (words.more()) {
      String key = words.next("a setting");
      if (!seen.add(key)) {
        throw new IllegalArgumentException(key + " is given twice");
      }
      read(key, words);
    }
  }

  private void read(String key, WordsOfLine words) {
    switch (key) {
      case PRIORITY -> priority = words.number(key);
      case VRID -> vrid = words.number(key);
      case INTERVAL -> interval = words.length(key);
      case ADDRESS -> addresses(words.next(key));
      case "version" -> version = version(words.next(key));
      case "preempt" -> preemption = preemption(words);
      case "down-multiplier" -> downMultiplier = words.number(key);
      case "transport" -> unicast = unicast(words.next(key));
      case "fence" -> fence = fence(words);
      default ->
          throw new IllegalArgumentException(
              "a router has priority, vrid, interval, address, version, preempt, down-multiplier,"
                  + " transport and fence, not "
                  + key);
    }
  }

  private void addresses(String list) {
    addresses.clear();
    for (String each : list.split(",", -1)) {
      addresses.add(VirtualAddress.parse(each));
    }
  }

  private static VrrpVersion version(String word) {
    return switch (word) {
      case "2" -> VrrpVersion.V2;
      case "3" -> VrrpVersion.V3;
      default -> throw new IllegalArgumentException("the version is 2 or 3, not " + word);
    };
  }

  private static boolean unicast(String word) {
    return switch (word) {
      case "unicast" -> true;
      case "multicast" -> false;
      default ->
          throw new IllegalArgumentException("the transport is multicast or unicast, not " + word);
    };
  }

  private static Preemption preemption(WordsOfLine words) {
    String word = words.next("when to preempt");
    return switch (word) {
      case "never" -> Preemption.NEVER;
      case "at-once" -> Preemption.AT_ONCE;
      case "after" -> new Preemption.After(words.length("the delay"));
      default ->
          throw new IllegalArgumentException("preempt is at-once, never or after, not " + word);
    };
  }

  private static Fence fence(WordsOfLine words) {
    String word = words.next("which fence");
    return switch (word) {
      case "none" -> new Fence.None();
      case "exit" -> new Fence.OnExit(words.length("the bound"));
      case "stall" ->
          new Fence.OnExitAndStall(
              words.length("the bound for an exit"), words.length("the bound for a stall"));
      default -> throw new IllegalArgumentException("a fence is none, exit or stall, not " + word);
    };
  }

  RouterSettings router() {
    if (vrid == 0) {
      throw new IllegalArgumentException("the vrid is missing; give it on the router line");
    }
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("the address is missing; give it on the router line");
    }
    return new RouterSettings(
        vrid, version, priority, interval, addresses, preemption, downMultiplier, unicast);
  }

  Fence fence() {
    return fence;
  }
}
