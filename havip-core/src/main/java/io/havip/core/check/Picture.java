package io.havip.core.check;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group as it stands, as far as it was seen. Members are numbered in the order of the scene. A
 * {@link Trial} keeps one for all its judges, who only read it. Not thread-safe.
 */
public final class Picture {

  /** A time that never comes, or never came. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final Set<TroubleKind> DOWN =
      Arrays.stream(TroubleKind.values())
          .filter(TroubleKind::down)
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final RouterState[] states;
  private final RouterState[] before;
  private final long[] since;
  private final int[] priorities;
  private final int[] vrids;
  private final long[] intervals;
  private final Map<IpAddress, boolean[]> answers = new LinkedHashMap<>();
  private final List<Sighting.Trouble> ongoing = new ArrayList<>();
  private final Map<TroubleKind, Long> lastChange = new EnumMap<>(TroubleKind.class);
  private long lastEntry = Long.MIN_VALUE;
  private long now = Long.MIN_VALUE;

  /**
   * A group of which nothing is known yet.
   *
   * @param scene names the members and their addresses
   */
  public Picture(Scene scene) {
    int size = scene.members().size();
    states = new RouterState[size];
    Arrays.fill(states, RouterState.INITIALIZE);
    before = states.clone();
    since = new long[size];
    Arrays.fill(since, Long.MIN_VALUE);
    priorities = new int[size];
    vrids = new int[size];
    intervals = new long[size];
    for (Scene.Actor actor : scene.members()) {
      int number = names.size();
      names.add(actor.name());
      numbers.put(actor.name(), number);
      priorities[number] = actor.router().priority();
      vrids[number] = actor.router().vrid();
      intervals[number] = actor.router().advertInterval().toNanos();
      for (VirtualAddress address : actor.router().allAddresses()) {
        answers.computeIfAbsent(address.address(), ignored -> new boolean[size]);
      }
    }
  }

  void see(Sighting sighting) {
    now = sighting.at();
    switch (sighting) {
      case Sighting.State s -> state(s);
      case Sighting.Address s -> {
        boolean[] members = answers.get(s.address());
        int member = number(s.member());
        if (members != null && member >= 0) {
          members[member] = s.answers();
        }
      }
      case Sighting.Trouble s -> trouble(s);
      case Sighting.Advert s -> {
        int member = number(s.member());
        if (member >= 0 && s.vrid() == vrids[member]) {
          intervals[member] = s.interval();
        }
      }
      case Sighting.Announcement ignored -> {}
      case Sighting.Reach ignored -> {}
      case Sighting.Mapping ignored -> {}
      case Sighting.Callback ignored -> {}
      case Sighting.Refused ignored -> {}
      case Sighting.Sibling ignored -> {}
      case Sighting.CloudWrite ignored -> {}
      case Sighting.Epoch ignored -> {}
      case Sighting.Alarm ignored -> {}
      case Sighting.Reconfigured ignored -> {}
      case Sighting.Priority s -> {
        int member = number(s.member());
        if (member >= 0) {
          priorities[member] = s.priority();
        }
      }
    }
  }

  private void state(Sighting.State s) {
    int member = number(s.member());
    if (member < 0) {
      return;
    }
    if (out(s.from()) || out(s.to())) {
      lastEntry = now;
    }
    if (out(states[member]) != out(s.to())) {
      comesOrGoes(member);
    }
    states[member] = s.to();
    since[member] = now;
    priorities[member] = s.priority();
  }

  private void trouble(Sighting.Trouble s) {
    if (s.kind().down() && s.begins()) {
      int member = number(s.members().getFirst());
      if (member >= 0) {
        if (!out(member)) {
          comesOrGoes(member);
        }
        before[member] = states[member];
        states[member] = RouterState.INITIALIZE;
        since[member] = now;
      }
    }
    if (s.begins()) {
      ongoing.add(s);
    } else {
      ongoing.removeIf(o -> o.kind() == s.kind() && o.members().equals(s.members()));
    }
    if (amongMembers(s)) {
      lastChange.put(s.kind(), now);
    }
  }

  /** What is wrong with it begins to disturb the others, or ends. */
  private void comesOrGoes(int member) {
    String name = names.get(member);
    for (Sighting.Trouble trouble : ongoing) {
      if (trouble.members().contains(name) && !trouble.kind().ofCloud() && amongMembers(trouble)) {
        lastChange.put(trouble.kind(), now);
      }
    }
  }

  /** Whether it concerns members only: a client's broken cable does not disturb the group. */
  private boolean amongMembers(Sighting.Trouble s) {
    for (String name : s.members()) {
      if (number(name) < 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return how many members the group has} */
  public int size() {
    return states.length;
  }

  /**
   * The number of a member.
   *
   * @param name its name
   * @return its number, or -1 if the group has no such member
   */
  public int number(String name) {
    return numbers.getOrDefault(name, -1);
  }

  /**
   * The name of a member.
   *
   * @param member its number
   * @return its name
   */
  public String name(int member) {
    return names.get(member);
  }

  /**
   * The last state seen of a member; INITIALIZE while its process does not exist.
   *
   * @param member its number
   * @return its state
   */
  public RouterState state(int member) {
    return states[member];
  }

  /**
   * When a member came to its state.
   *
   * @param member its number
   * @return the time; {@link Long#MIN_VALUE} if it was never seen to change
   */
  public long since(int member) {
    return since[member];
  }

  /**
   * What a member was when its process ended.
   *
   * @param member its number
   * @return its last state; INITIALIZE if it never ended
   */
  public RouterState endedAs(int member) {
    return before[member];
  }

  /**
   * The effective priority of a member, as far as it was seen.
   *
   * @param member its number
   * @return 0 to 255
   */
  public int priority(int member) {
    return priorities[member];
  }

  /**
   * The interval between the adverts of a member, as far as it was seen.
   *
   * @param member its number
   * @return what its last advert said; as long as none was seen, what it is configured to
   */
  public long interval(int member) {
    return intervals[member];
  }

  /**
   * Whether a member is ACTIVE.
   *
   * @param member its number
   * @return true if it is
   */
  public boolean active(int member) {
    return states[member] == RouterState.ACTIVE;
  }

  /**
   * Whether a member takes no part: its process does not exist, or it is in FAULT.
   *
   * @param member its number
   * @return true if it takes no part
   */
  public boolean out(int member) {
    return out(states[member]);
  }

  private static boolean out(RouterState state) {
    return state == RouterState.INITIALIZE || state == RouterState.FAULT;
  }

  /** {@return the addresses of the group} */
  public Set<IpAddress> addresses() {
    return Collections.unmodifiableSet(answers.keySet());
  }

  /**
   * Whether a member's kernel answers for an address.
   *
   * @param member its number
   * @param address an address of the group
   * @return true if it does
   */
  public boolean answers(int member, IpAddress address) {
    boolean[] members = answers.get(address);
    return members != null && members[member];
  }

  /**
   * Whether a member's kernel answers for any address of the group.
   *
   * @param member its number
   * @return true if it does
   */
  public boolean answers(int member) {
    for (boolean[] members : answers.values()) {
      if (members[member]) {
        return true;
      }
    }
    return false;
  }

  /**
   * The members that take part and whose kernels answer for an address.
   *
   * @param address an address of the group
   * @return their numbers
   */
  public List<Integer> holders(IpAddress address) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < states.length; i++) {
      if (!out(i) && answers(i, address)) {
        found.add(i);
      }
    }
    return found;
  }

  /**
   * Whether a trouble of a kind goes on for a member.
   *
   * @param member its number
   * @param kinds the kinds
   * @return true if one of them does
   */
  public boolean suffers(int member, Set<TroubleKind> kinds) {
    String name = names.get(member);
    for (int i = 0; i < ongoing.size(); i++) {
      Sighting.Trouble trouble = ongoing.get(i);
      if (kinds.contains(trouble.kind()) && trouble.members().contains(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the words of one station reach another, and well.
   *
   * @param from a member or a client
   * @param to a member or a client
   * @return false while the path is cut or impaired
   */
  public boolean hears(String from, String to) {
    for (int i = 0; i < ongoing.size(); i++) {
      Sighting.Trouble trouble = ongoing.get(i);
      boolean path = trouble.kind() == TroubleKind.CUT || trouble.kind() == TroubleKind.IMPAIRED;
      if (path && trouble.members().get(0).equals(from) && trouble.members().get(1).equals(to)) {
        return false;
      }
    }
    return true;
  }

  /**
   * When a trouble of a kind last began or ended among the members.
   *
   * @param kind the kind
   * @return the time; {@link Long#MIN_VALUE} if never
   */
  public long lastChange(TroubleKind kind) {
    return lastChange.getOrDefault(kind, Long.MIN_VALUE);
  }

  /**
   * Whether a trouble of a kind goes on for anybody.
   *
   * @param kind the kind
   * @return true if one does
   */
  public boolean lasts(TroubleKind kind) {
    for (int i = 0; i < ongoing.size(); i++) {
      if (ongoing.get(i).kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /**
   * Since when nothing goes wrong and nobody came or went. What goes wrong with members that take
   * no part does not count while it lasts, and a member that does not exist is no trouble: only its
   * coming and going is. Neither does the cloud's API, on which the election does not depend.
   *
   * @param but kinds that do not count at all
   * @return the time of the last change; {@link #NEVER} while something goes wrong
   */
  public long quietSince(Set<TroubleKind> but) {
    for (int i = 0; i < ongoing.size(); i++) {
      Sighting.Trouble trouble = ongoing.get(i);
      if (!but.contains(trouble.kind())
          && !trouble.kind().ofCloud()
          && !trouble.kind().down()
          && disturbs(trouble)) {
        return NEVER;
      }
    }
    long last = but.contains(TroubleKind.STOP) ? Long.MIN_VALUE : lastEntry;
    for (TroubleKind kind : lastChange.keySet()) {
      if (!but.contains(kind) && !kind.ofCloud()) {
        last = Math.max(last, lastChange(kind));
      }
    }
    return last;
  }

  /**
   * Since when the cloud's API fails nobody.
   *
   * @return the time of the last change; {@link #NEVER} while it fails a member
   */
  public long cloudQuietSince() {
    return lasts(TroubleKind.CLOUD) ? NEVER : lastChange(TroubleKind.CLOUD);
  }

  private boolean disturbs(Sighting.Trouble trouble) {
    if (!amongMembers(trouble)) {
      return false;
    }
    boolean some = false;
    boolean all = true;
    for (String name : trouble.members()) {
      // Of a slow process it is known late what it is: in FAULT it may be back long since.
      boolean in =
          trouble.kind() == TroubleKind.SLOW ? !suffers(number(name), DOWN) : !out(number(name));
      some |= in;
      all &= in;
    }
    // On a bad path words may be under way for long after their sender has gone.
    return trouble.kind() == TroubleKind.IMPAIRED ? some : all;
  }

  /** {@return the time of the last sighting} */
  public long now() {
    return now;
  }
}
