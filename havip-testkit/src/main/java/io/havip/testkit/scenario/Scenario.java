package io.havip.testkit.scenario;

import io.havip.net.Cidr;
import io.havip.testkit.sim.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A group on one segment, and what happens to it. A value: equal scenarios give equal runs.
 *
 * <p>Each member is a host with the interface {@code eth0} on the segment, which faults know as
 * {@code lan1}. All members start at time zero, in the order given.
 *
 * @param title what it is about, in a few words on one line
 * @param seed decides every random choice of the network
 * @param length how long it runs, positive and at most a year
 * @param network the addresses of the segment
 * @param quality how well the segment carries frames
 * @param members 1 to 32, their names and addresses different from all others
 * @param clients stations that use the addresses, at most 16
 * @param steps what happens, at most 10,000 steps; kept in the order of their times
 */
public record Scenario(
    String title,
    long seed,
    Duration length,
    Cidr network,
    Quality quality,
    List<Member> members,
    List<Client> clients,
    List<Step> steps) {

  /** The only segment, as faults name it. */
  public static final String SEGMENT = "lan1";

  /** The interface of each member on the segment. */
  public static final String INTERFACE = "eth0";

  /** The name of each member's virtual router. */
  public static final String ROUTER = "vr";

  /**
   * Copies the lists, sorts the steps by time and checks everything.
   *
   * @throws IllegalArgumentException if such a group is impossible, or a step names what does not
   *     exist; the message says which rule is broken and by what
   */
  public Scenario {
    members = List.copyOf(members);
    clients = List.copyOf(clients);
    List<Step> sorted = new ArrayList<>(steps);
    sorted.sort(Comparator.comparing(Step::at));
    steps = List.copyOf(sorted);
    ScenarioRules.check(title, length, network, members, clients, steps);
  }

  /**
   * Reads a scenario from the text that {@link #text} writes or a person wrote.
   *
   * @param text the lines of a scenario file
   * @return the scenario
   * @throws ScenarioException if it cannot be read; the message names the line and the rule
   */
  public static Scenario parse(String text) {
    return ScenarioFile.parse("scenario", text).scenario();
  }

  /** {@return the lines of a scenario file, each ended by a newline; equal for equal scenarios} */
  public String text() {
    return ScenarioFile.of(this).text();
  }

  /**
   * {@return the same with another title}
   *
   * @param value one line
   */
  public Scenario withTitle(String value) {
    return new Scenario(value, seed, length, network, quality, members, clients, steps);
  }

  /**
   * {@return the same with another seed}
   *
   * @param value any
   */
  public Scenario withSeed(long value) {
    return new Scenario(title, value, length, network, quality, members, clients, steps);
  }

  /**
   * {@return the same with another length}
   *
   * @param value not before the last step
   */
  public Scenario withLength(Duration value) {
    return new Scenario(title, seed, value, network, quality, members, clients, steps);
  }

  /**
   * {@return the same on a segment that carries otherwise}
   *
   * @param value the quality
   */
  public Scenario withQuality(Quality value) {
    return new Scenario(title, seed, length, network, value, members, clients, steps);
  }

  /**
   * {@return the same with other members}
   *
   * @param value all of them
   */
  public Scenario withMembers(List<Member> value) {
    return new Scenario(title, seed, length, network, quality, value, clients, steps);
  }

  /**
   * {@return the same with other clients}
   *
   * @param value all of them
   */
  public Scenario withClients(List<Client> value) {
    return new Scenario(title, seed, length, network, quality, members, value, steps);
  }

  /**
   * {@return the same with other steps}
   *
   * @param value all of them
   */
  public Scenario withSteps(List<Step> value) {
    return new Scenario(title, seed, length, network, quality, members, clients, value);
  }

  /** {@return {@link #text}} */
  @Override
  public String toString() {
    return text();
  }
}
