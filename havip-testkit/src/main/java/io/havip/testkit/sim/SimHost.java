package io.havip.testkit.sim;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipListener;
import io.havip.HavipNode;
import io.havip.HavipNodeBuilder;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Link;
import io.havip.spi.Link.LinkAddress;
import io.havip.spi.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A host: a kernel, and at most one process on it. The kernel works whether or not there is a
 * process, unless the host has crashed or is frozen.
 *
 * <p>Methods that do something to the host ({@link #crash}, {@link #pause}, …) inject the {@link
 * Fault} of the same name at this moment.
 */
public final class SimHost {

  private static final LinkAddress LOOPBACK = new LinkAddress(IpAddress.parse("127.0.0.1"), 8);

  private final Simulation simulation;
  private final Engine engine;
  private final String name;
  private final Kernel kernel;
  private final HostLife life;
  private final Set<Operation> refused = EnumSet.noneOf(Operation.class);
  private final List<HavipEvent> events = new ArrayList<>();
  private Duration workersDelay = Duration.ZERO;
  private Duration wallClockJumped = Duration.ZERO;
  private int receiveQueue = 256;
  private long lastRefused = Long.MIN_VALUE;
  private boolean guardian;
  private boolean countsSleep;

  SimHost(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
    engine = simulation.engine();
    life = new HostLife(this, engine, simulation.random("host " + name));
    kernel = new Kernel(this, engine);
    kernel.add(new Nic(kernel, null, "lo", MacAddress.ZERO, true, List.of(LOOPBACK)));
  }

  /** {@return its name in faults and traces} */
  public String name() {
    return name;
  }

  /**
   * Adds an interface with a MAC address of the segment.
   *
   * @param network the segment to plug it in
   * @param interfaceName its name
   * @param address its address, with the prefix length of the segment
   * @return this
   * @throws IllegalArgumentException if the address is not of the segment
   */
  public SimHost attach(SimNetwork network, String interfaceName, String address) {
    return attach(network, interfaceName, address, network.nextMac());
  }

  /**
   * Adds an interface.
   *
   * @param network the segment to plug it in
   * @param interfaceName its name
   * @param address its address, with the prefix length of the segment
   * @param mac its MAC address; all zero for an interface without, such as a tunnel
   * @return this
   * @throws IllegalArgumentException if the address is not of the segment
   */
  public SimHost attach(SimNetwork network, String interfaceName, String address, MacAddress mac) {
    IpAddress parsed = IpAddress.parse(address);
    if (!network.cidr().contains(parsed)) {
      throw new IllegalArgumentException(
          parsed + " is not an address of " + network + ", " + network.cidr());
    }
    LinkAddress own = new LinkAddress(parsed, network.cidr().prefixLength());
    kernel.add(new Nic(kernel, network, interfaceName, mac, false, List.of(own)));
    return this;
  }

  /**
   * Configures another address on an interface, of either family, as part of what the host has when
   * it starts. Meant for the time before the processes run.
   *
   * @param interfaceName the interface
   * @param address with its prefix length, such as {@code fe80::7/64}
   * @return this
   * @throws IllegalArgumentException if there is no such interface
   */
  public SimHost address(String interfaceName, String address) {
    Nic nic = kernel.nic(interfaceName);
    if (nic == null) {
      throw new IllegalArgumentException(name + " has no interface " + interfaceName);
    }
    VirtualAddress parsed = VirtualAddress.parse(address);
    nic.addOwn(new LinkAddress(parsed.address(), parsed.prefixLength()));
    kernel.changed();
    return this;
  }

  /**
   * Sets what the platform does with bound addresses when the process dies or stalls, {@link
   * Fence.None} by default. It takes the whole time of its bound. Applies to processes started
   * afterwards.
   *
   * @param value the fence and its bounds
   * @return this
   */
  public SimHost fence(Fence value) {
    life.fence(value);
    return this;
  }

  /**
   * Sets whether the host has a guardian, none by default: a process beside the node's that sends
   * the node's resignations when the {@linkplain #fence fence} acts, after the addresses are off.
   * Without a fence it does nothing.
   *
   * @param value true for one
   * @return this
   */
  public SimHost guardian(boolean value) {
    guardian = value;
    return this;
  }

  /**
   * Sets whether the host knows afterwards for how long it was frozen, as one does that was
   * suspended to memory. By default it does not, as a virtual machine that was moved or taken back
   * to a snapshot.
   *
   * @param value true if it has a clock that went on
   * @return this
   */
  public SimHost countsSleep(boolean value) {
    countsSleep = value;
    return this;
  }

  /**
   * Sets how many packets wait for the process at most, 256 by default: about what Linux keeps of
   * small packets in a socket of default size. More are dropped.
   *
   * @param packets at least 1
   * @return this
   */
  public SimHost receiveQueue(int packets) {
    receiveQueue = Math.max(1, packets);
    return this;
  }

  /**
   * Sets how long work given to {@link Platform#workers} takes until it is done, zero by default.
   *
   * @param delay from the call to the run of the task
   * @return this
   */
  public SimHost workersDelay(Duration delay) {
    workersDelay = delay;
    return this;
  }

  /**
   * Starts a process with a node. Its events go into the trace and into {@link #events}.
   *
   * @param config what the node runs
   * @param listeners hear the events too
   * @return the node; after a restart {@link #node} gives the new one
   * @throws IllegalStateException if a process is running or the host has no power
   */
  public HavipNode start(HavipConfig config, HavipListener... listeners) {
    List<HavipListener> copy = List.of(listeners);
    return startEach(platform -> new NodeSetup(config, platform, copy));
  }

  /**
   * What one process runs.
   *
   * @param config what the node runs
   * @param platform what it runs on: the platform of the process, or one that forwards to it
   * @param listeners hear the node's events
   */
  public record NodeSetup(HavipConfig config, Platform platform, List<HavipListener> listeners) {

    /** Copies the list. */
    public NodeSetup {
      listeners = List.copyOf(listeners);
    }
  }

  /**
   * Starts a process with a node that is prepared anew at each start of a process on this host, now
   * and after each restart. Its events go into the trace and into {@link #events}.
   *
   * @param each gets the platform of the new process, and says what it runs
   * @return the node; after a restart {@link #node} gives the new one
   * @throws IllegalStateException if a process is running or the host has no power
   */
  public HavipNode startEach(Function<Platform, NodeSetup> each) {
    start(platform -> {
      NodeSetup setup = each.apply(platform);
      Watch watch = engine.watch();
      HavipConfig watched = watch == null ? setup.config() : watch.watched(name, setup.config());
      HavipNodeBuilder builder =
          HavipNode.builder(watched).platform(setup.platform()).listener(this::record);
      setup.listeners().forEach(builder::listener);
      HavipNode started = builder.start();
      life.node(started);
      return started;
    });
    return node().orElseThrow();
  }

  /**
   * Starts a process with a node that has one virtual router.
   *
   * @param router what the node runs
   * @param listeners hear the events too
   * @return the node; after a restart {@link #node} gives the new one
   * @throws IllegalStateException if a process is running or the host has no power
   */
  public HavipNode start(VirtualRouterConfig router, HavipListener... listeners) {
    return start(HavipConfig.of(router), listeners);
  }

  /**
   * Starts a process with a program of the test's own.
   *
   * @param what the program; it is started in this call
   * @return the platform of the process
   * @throws IllegalStateException if a process is running, the host has no power or is frozen, or
   *     the program could not be started
   */
  public Platform start(SimProgram what) {
    return life.start(what);
  }

  /** {@return the running node, if the process runs one} */
  public Optional<HavipNode> node() {
    return life.node();
  }

  /** {@return the platform of the running process} */
  public Optional<Platform> platform() {
    return Optional.ofNullable(kernel.process()).map(SimProcess::platform);
  }

  /** {@return whether there is a process, also while it is paused} */
  public boolean running() {
    return kernel.process() != null;
  }

  /** {@return whether there is a process that has been asked to end} */
  public boolean leaving() {
    return running() && life.stopping();
  }

  /** {@return whether there is a process that is paused} */
  public boolean paused() {
    SimProcess process = kernel.process();
    return process != null && process.paused();
  }

  /**
   * Returns what the nodes on this host have reported so far; empty unless the trace keeps
   * everything.
   *
   * @return a view that grows, oldest first
   */
  public List<HavipEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /**
   * Whether the kernel has an address on any interface, whether or not anybody can reach it.
   *
   * @param address the address
   * @return true if it has
   */
  public boolean has(IpAddress address) {
    return kernel.on() && kernel.has(address);
  }

  /**
   * An interface as the kernel has it.
   *
   * @param interfaceName its name
   * @return empty if there is no such interface
   */
  public Optional<Link> link(String interfaceName) {
    return Optional.ofNullable(kernel.nic(interfaceName)).map(Nic::link);
  }

  /** {@return the names of the interfaces} */
  public List<String> links() {
    return kernel.nics().stream().filter(Nic::present).map(Nic::name).toList();
  }

  /** Injects {@link Fault.Crash}. */
  public void crash() {
    simulation.inject(new Fault.Crash(name));
  }

  /** Injects {@link Fault.Kill}. */
  public void kill() {
    simulation.inject(new Fault.Kill(name));
  }

  /** Injects {@link Fault.Pause}. */
  public void pause() {
    simulation.inject(new Fault.Pause(name));
  }

  /**
   * Injects {@link Fault.Pause} now and {@link Fault.Resume} later.
   *
   * @param length how long the process is paused
   */
  public void pause(Duration length) {
    simulation.during(length, new Fault.Pause(name));
  }

  /** Injects {@link Fault.Resume}. */
  public void resume() {
    simulation.inject(new Fault.Resume(name));
  }

  /** Injects {@link Fault.Stop}. */
  public void stop() {
    simulation.inject(new Fault.Stop(name));
  }

  /** Injects {@link Fault.Restart}. */
  public void restart() {
    simulation.inject(new Fault.Restart(name));
  }

  /**
   * Returns the name.
   *
   * @return {@link #name()}
   */
  @Override
  public String toString() {
    return name;
  }

  Kernel kernel() {
    return kernel;
  }

  boolean countsSleep() {
    return countsSleep;
  }

  boolean guardian() {
    return guardian;
  }

  int receiveQueue() {
    return receiveQueue;
  }

  Duration workersDelay() {
    return workersDelay;
  }

  Duration wallClockJumped() {
    return wallClockJumped;
  }

  boolean refuses(Operation operation) {
    boolean refuses = refused.contains(operation);
    if (refuses) {
      lastRefused = engine.now();
    }
    return refuses;
  }

  /** Whether there is anything that it would refuse. */
  boolean refusesAnything() {
    return !refused.isEmpty();
  }

  /** When it last refused something that was asked of it. */
  long lastRefused() {
    return lastRefused;
  }

  void refuse(Operation operation, boolean value) {
    if (value) {
      refused.add(operation);
    } else {
      refused.remove(operation);
    }
  }

  void jumpWallClock(Duration by) {
    wallClockJumped = wallClockJumped.plus(by);
  }

  HostLife life() {
    return life;
  }

  void removeAddress(String interfaceName, IpAddress address) {
    Nic nic = kernel.nic(interfaceName);
    if (nic == null) {
      return;
    }
    for (LinkAddress each : nic.addresses()) {
      if (each.address().equals(address)) {
        kernel.removeAddress(nic, each, "somebody else", false);
      }
    }
  }

  private void record(HavipEvent event) {
    Watch watch = engine.watch();
    if (watch != null) {
      watch.heard(name, event);
    }
    if (engine.trace.mode() == Trace.Mode.ALL) {
      events.add(event);
    }
    if (engine.trace.on()) {
      kernel.note(TraceKind.NODE, event.subject() + ": " + event.describe());
    }
  }
}
