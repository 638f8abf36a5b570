package io.havip.testkit.swarm;

import io.havip.VirtualRouterConfig;
import io.havip.core.check.Catalogue;
import io.havip.core.check.Check;
import io.havip.core.check.Scene;
import io.havip.core.check.Trial;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Watch;
import java.time.Duration;
import java.util.List;

/**
 * A group in a simulation, about to be started, and what it is judged by. A member's host has the
 * member's name.
 */
public final class Arena {

  private final Simulation simulation;
  private final Scene scene;
  private final Trial trial;
  private final Starter starter;
  private final List<SimHost> members;
  private final List<String> interfaces;

  /** Starts what a member runs. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Starts a process on the member's host.
     *
     * @param host the host
     * @param member the member
     */
    void start(SimHost host, Scene.Actor member);
  }

  private Arena(Simulation simulation, Scene scene, Trial trial, Starter starter) {
    this.simulation = simulation;
    this.scene = scene;
    this.trial = trial;
    this.starter = starter;
    members = scene.members().stream().map(actor -> simulation.host(actor.name())).toList();
    interfaces = members.getFirst().links().stream().filter(name -> !name.equals("lo")).toList();
  }

  /**
   * A group that is judged by the whole catalogue.
   *
   * @param simulation with the members' hosts, on which nothing runs yet
   * @param scene the group; its senses are those of {@link Watch#senses(Simulation, boolean)}
   * @param starter starts what a member runs, at the begin of the run
   * @param clients whose traffic is judged too
   * @return the arena
   * @throws IllegalArgumentException if a member of the scene is no host of the simulation
   * @throws IllegalStateException if the simulation is watched already
   */
  public static Arena of(
      Simulation simulation, Scene scene, Starter starter, SimClient... clients) {
    return of(simulation, scene, Catalogue.all(), starter, clients);
  }

  /**
   * A group.
   *
   * @param simulation with the members' hosts, on which nothing runs yet
   * @param scene the group; its senses are those of {@link Watch#senses(Simulation, boolean)}
   * @param checks what it is judged by
   * @param starter starts what a member runs, at the begin of the run
   * @param clients whose traffic is judged too
   * @return the arena
   * @throws IllegalArgumentException if a member of the scene is no host of the simulation
   * @throws IllegalStateException if the simulation is watched already
   */
  public static Arena of(
      Simulation simulation,
      Scene scene,
      List<? extends Check> checks,
      Starter starter,
      SimClient... clients) {
    Trial trial = Watch.judge(simulation, scene, checks, clients);
    return new Arena(simulation, scene, trial, starter);
  }

  /** {@return the simulation} */
  public Simulation simulation() {
    return simulation;
  }

  /** {@return the group} */
  public Scene scene() {
    return scene;
  }

  /** {@return what the checks say so far} */
  public Trial trial() {
    return trial;
  }

  /** {@return the members' hosts, in the order of the scene} */
  public List<SimHost> members() {
    return members;
  }

  void start() {
    for (int i = 0; i < members.size(); i++) {
      starter.start(members.get(i), scene.members().get(i));
    }
  }

  void run(Duration length) {
    simulation.run(length);
    trial.advance(simulation.nanos());
  }

  /** The longest interval between adverts. */
  Duration interval() {
    return scene.members().stream()
        .map(member -> member.router().advertInterval())
        .max(Duration::compareTo)
        .orElseThrow();
  }

  String anyMember(SimRandom random) {
    return any(members, random).name();
  }

  String anyInterface(SimRandom random) {
    return any(interfaces, random);
  }

  String anySegment(SimRandom random) {
    return any(List.copyOf(simulation.networks()), random).name();
  }

  List<String> interfaces() {
    return interfaces;
  }

  IpAddress address() {
    return router().allAddresses().getFirst().address();
  }

  String interfaceOfAddress() {
    VirtualRouterConfig router = router();
    return router.allAddresses().getFirst().deviceOr(router.interfaceName());
  }

  /** One path or a whole segment gets worse. */
  Fault impaired(SimRandom random, Quality quality) {
    if (random.chance(0.5)) {
      return new Fault.ImpairAll(anySegment(random), quality);
    }
    return new Fault.Impair(anyMember(random), anyMember(random), quality);
  }

  /** Everything outside the members is well again. */
  void mendNetwork() {
    simulation.inject(new Fault.MendAll());
    for (SimNetwork network : simulation.networks()) {
      simulation.inject(new Fault.ImpairAll(network.name(), Quality.LAN));
    }
  }

  private VirtualRouterConfig router() {
    return scene.members().getFirst().router();
  }

  static <T> T any(List<T> values, SimRandom random) {
    return values.get((int) random.below(values.size()));
  }
}
