package io.havip.testkit.scenario;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.sim.CloudFault;
import io.havip.testkit.sim.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every scenario must keep, so that it can be run. */
final class ScenarioRules {

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MEMBERS = 32;
  private static final int CLIENTS = 16;
  private static final int STEPS = 10_000;
  private static final int TITLE = 200;

  private final Cidr network;
  private final Map<IpAddress, String> addresses = new HashMap<>();
  private final Set<String> members = new LinkedHashSet<>();
  private final Set<String> stations = new LinkedHashSet<>();

  private ScenarioRules(Cidr network) {
    this.network = network;
  }

  /** A rule is broken by one part of a scenario: a member, a client or a step. */
  static final class Broken extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Object part;

    Broken(Object part, String rule) {
      super(rule);
      this.part = part;
    }

    /** The very object that breaks it. */
    Object part() {
      return part;
    }
  }

  static void check(
      String title,
      Duration length,
      Cidr network,
      List<Member> members,
      List<Client> clients,
      List<Step> steps) {
    require(
        !title.isBlank() && title.equals(title.strip()) && title.length() <= TITLE,
        "a title is a few words, at most " + TITLE + " characters, not \"" + title + "\"");
    require(
        title.chars().noneMatch(c -> c < ' ') && !title.startsWith("#"),
        "a title is one line and does not begin with #");
    require(
        length.isPositive() && length.compareTo(LONGEST) <= 0,
        "a scenario lasts longer than nothing and at most a year, not " + length);
    require(
        !members.isEmpty() && members.size() <= MEMBERS,
        "a group has 1 to " + MEMBERS + " members, not " + members.size());
    require(clients.size() <= CLIENTS, "there are at most " + CLIENTS + " clients");
    require(steps.size() <= STEPS, "there are at most " + STEPS + " steps");
    ScenarioRules rules = new ScenarioRules(network);
    members.forEach(rules::member);
    clients.forEach(client -> rules.station(client, client.name(), client.address()));
    members.forEach(member -> rules.router(member, members));
    steps.forEach(step -> rules.step(step, length));
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }

  private static void require(Object part, boolean kept, String rule) {
    if (!kept) {
      throw new Broken(part, rule);
    }
  }

  private void member(Member member) {
    members.add(member.name());
    station(member, member.name(), member.address());
  }

  private void station(Object part, String name, IpAddress address) {
    require(part, stations.add(name), "two stations are named " + name);
    require(
        part,
        network.contains(address),
        "the address of " + name + ", " + address + ", is not of the network " + network);
    String other = addresses.put(address, name);
    require(part, other == null, other + " and " + name + " have the same address " + address);
  }

  private void router(Member member, List<Member> all) {
    for (VirtualAddress shared : member.router().addresses()) {
      String owner = addresses.get(shared.address());
      require(
          member,
          owner == null || (owner.equals(member.name()) && member.router().priority() == 255),
          "the virtual address "
              + shared.address()
              + " is the own address of "
              + owner
              + "; only an owner with priority 255 may share its own");
    }
    try {
      member.router().builder(member.address(), others(member, all));
    } catch (IllegalArgumentException e) {
      throw new Broken(member, "member " + member.name() + ": " + e.getMessage());
    }
  }

  static List<IpAddress> others(Member member, List<Member> all) {
    return all.stream().filter(m -> !m.equals(member)).map(Member::address).toList();
  }

  private void step(Step step, Duration length) {
    require(
        step,
        step.at().compareTo(length) <= 0,
        "a step at %s comes after the end at %s"
            .formatted(Lengths.text(step.at()), Lengths.text(length)));
    switch (step.what()) {
      case Happening.Strike strike -> fault(step, strike.fault());
      case Happening.Health health -> member(step, health.member());
    }
  }

  private void fault(Step step, Fault fault) {
    require(step, !(fault instanceof CloudFault), "a scenario has no cloud that could fail");
    FaultParts parts = FaultParts.of(fault);
    parts.hosts().forEach(host -> member(step, host));
    for (String station : parts.stations()) {
      require(
          step,
          stations.contains(station),
          "there is no member or client named " + station + ", only " + stations);
    }
    require(
        step,
        Set.copyOf(parts.stations()).size() == parts.stations().size(),
        "a path leads from one station to another, and a side names each station once");
    require(
        step,
        parts.interfaces().stream().allMatch(Scenario.INTERFACE::equals),
        "a member's interface is " + Scenario.INTERFACE + ", not " + parts.interfaces());
    require(
        step,
        parts.segments().stream().allMatch(Scenario.SEGMENT::equals),
        "the only segment is " + Scenario.SEGMENT + ", not " + parts.segments());
    if (fault instanceof Fault.Slow slow) {
      require(
          step,
          !slow.by().isNegative() && !slow.jitter().isNegative(),
          "a process is not late by less than nothing");
    }
    if (fault instanceof Fault.Partition || fault instanceof Fault.Unite) {
      require(step, !parts.stations().isEmpty(), "a side has at least one station");
    }
  }

  private void member(Step step, String name) {
    require(step, members.contains(name), "there is no member named " + name + ", only " + members);
  }
}
