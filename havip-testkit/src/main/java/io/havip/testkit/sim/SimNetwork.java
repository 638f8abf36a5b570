package io.havip.testkit.sim;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One layer-2 segment: what is broadcast on it reaches every port, and a unicast frame the port
 * with its MAC address. A segment of a {@link Fabric}, such as a subnet of a VPC, looks the same to
 * its hosts but is not: there the fabric decides where packets go.
 */
public final class SimNetwork {

  private final Simulation simulation;
  private final Engine engine;
  private final String name;
  private final Cidr cidr;
  private final int segmentNumber;
  private final @Nullable FabricCarrier carrier;
  private final SimRandom random;
  private final List<Port> ports = new ArrayList<>();
  private final Map<MacAddress, Port> byMac = new HashMap<>();
  private final Set<String> cuts = new HashSet<>();
  private final Map<String, Quality> impaired = new HashMap<>();
  private final List<Exposure> observers = new ArrayList<>();
  private Quality quality = Quality.LAN;
  private boolean multicast = true;
  private @Nullable Stranger stranger;
  private @Nullable Port lastSpeaker;
  private Frame.@Nullable Message lastMessage;

  SimNetwork(Simulation simulation, String name, Cidr cidr, int number, @Nullable Fabric fabric) {
    this.simulation = simulation;
    this.engine = simulation.engine();
    this.name = name;
    this.cidr = cidr;
    this.segmentNumber = number;
    carrier = fabric == null ? null : new FabricCarrier(simulation, this, fabric);
    random = simulation.random("segment " + name);
  }

  /**
   * Returns its name in faults and traces: {@code lan1}, {@code lan2} and so on by default.
   *
   * @return its name in faults and traces: {@code lan1}, {@code lan2} and so on by default
   */
  public String name() {
    return name;
  }

  /** {@return its addresses} */
  public Cidr cidr() {
    return cidr;
  }

  /**
   * Plugs a new host in with the interface {@code eth0}. The host also has {@code lo}.
   *
   * @param hostName names it in faults and traces; unique in the simulation
   * @param address its primary address, with the prefix length of the segment
   * @return the host, without a process
   */
  public SimHost host(String hostName, String address) {
    SimHost host = simulation.topology().newHost(hostName);
    host.attach(this, "eth0", address);
    return host;
  }

  /**
   * Plugs a client in.
   *
   * @param clientName names it in faults and traces; unique in the simulation
   * @param address its address
   * @return the client, with an empty cache
   */
  public SimClient client(String clientName, String address) {
    return simulation.topology().newClient(clientName, this, IpAddress.parse(address));
  }

  /**
   * Sets whether multicast passes, which it does by default.
   *
   * @param passes whether IP packets to groups are carried
   * @return this
   * @throws IllegalStateException if a fabric decides that, such as a VPC
   */
  public SimNetwork multicast(boolean passes) {
    if (carrier != null) {
      throw new IllegalStateException(
          name + " is a part of a VPC: whether multicast passes is said there, for all of it");
    }
    multicast = passes;
    return this;
  }

  /**
   * Sets how well all paths carry frames that have no quality of their own.
   *
   * @param value the quality, {@link Quality#LAN} by default
   * @return this
   */
  public SimNetwork quality(Quality value) {
    quality = value;
    ports.forEach(from -> from.knownPaths().forEach(this::refresh));
    return this;
  }

  /** {@return the hosts plugged in, in the order in which they were} */
  public List<SimHost> hosts() {
    List<SimHost> hosts = new ArrayList<>();
    for (Port port : ports) {
      if (port instanceof Nic nic && !hosts.contains(nic.kernel().host())) {
        hosts.add(nic.kernel().host());
      }
    }
    return List.copyOf(hosts);
  }

  /**
   * The hosts that would answer an ARP request for an address at this moment: their kernel runs and
   * has the address, and their link and cable work. Cuts between single hosts do not count; for
   * them ask a {@linkplain SimClient#answering client}.
   *
   * @param address the address
   * @return the hosts, in the order in which they were plugged in
   */
  public List<SimHost> answering(IpAddress address) {
    return answering(address, null);
  }

  /**
   * Starts to measure how many hosts answer for an address, exactly and from now on.
   *
   * @param address the address
   * @return the measurement
   */
  public Exposure observe(IpAddress address) {
    return observe(address + " on " + name, () -> answering(address));
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

  Exposure observe(String what, Exposure.Observation observation) {
    Exposure exposure = new Exposure(engine, what, observation);
    observers.add(exposure);
    return exposure;
  }

  List<SimHost> answering(IpAddress address, @Nullable Port asker) {
    List<SimHost> hosts = new ArrayList<>();
    for (Port port : ports) {
      if (port instanceof Nic nic
          && nic.connected()
          && !nic.cableCut
          && nic.kernel().has(address)
          && !hosts.contains(nic.kernel().host())
          && (asker == null || (open(asker, nic) && open(nic, asker)))) {
        hosts.add(nic.kernel().host());
      }
    }
    return List.copyOf(hosts);
  }

  /** Something changed that may change who answers. */
  void changed() {
    if (carrier != null) {
      carrier.changed();
    } else {
      measure();
    }
  }

  void measure() {
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).update();
    }
    Watch watch = engine.watch();
    if (watch != null) {
      watch.look();
    }
  }

  Engine engine() {
    return engine;
  }

  SimRandom random() {
    return random;
  }

  @Nullable FabricCarrier carrier() {
    return carrier;
  }

  @Nullable Fabric fabric() {
    return carrier == null ? null : carrier.fabric();
  }

  int nextPort() {
    return simulation.topology().nextPort();
  }

  /** A locally administered address that tells segment and port. */
  MacAddress nextMac() {
    return new MacAddress(0x0200_0000_0000L | (long) segmentNumber << 16 | (ports.size() + 1));
  }

  void plugIn(Port port, String interfaceName, IpAddress address) {
    if (carrier != null) {
      carrier.fabric().plugged(this, port.owner, interfaceName, port.mac, address);
    }
    ports.add(port);
    byMac.putIfAbsent(port.mac, port);
    changed();
  }

  @Nullable Port byMac(MacAddress mac) {
    return byMac.get(mac);
  }

  boolean open(Port from, Port to) {
    return from.pathTo(to, this).open();
  }

  boolean isCut(String from, String to) {
    return cuts.contains(key(from, to));
  }

  /** Whether nothing passes from one station to another here, for a cut or a cable. */
  boolean parted(String from, String to) {
    for (Port port : ports) {
      if (port.cableCut && (port.owner.equals(from) || port.owner.equals(to))) {
        return true;
      }
    }
    return isCut(from, to);
  }

  Quality qualityBetween(String from, String to) {
    return impaired.getOrDefault(key(from, to), quality);
  }

  void cut(String from, String to, boolean cut) {
    if (cut ? cuts.add(key(from, to)) : cuts.remove(key(from, to))) {
      for (Port f : ports) {
        if (f.owner.equals(from)) {
          f.knownPaths().filter(path -> path.to.owner.equals(to)).forEach(path -> path.cut(cut));
        }
      }
      changed();
    }
  }

  void cutCable(String station, boolean cut) {
    for (Port port : ports) {
      if (port.owner.equals(station)) {
        port.cableCut = cut;
      }
    }
    changed();
  }

  void impair(String from, String to, Quality value) {
    impaired.put(key(from, to), value);
    ports.forEach(f -> f.knownPaths().forEach(this::refresh));
  }

  /** Takes back every cut and every quality of a single path. */
  void mendAll() {
    cuts.clear();
    impaired.clear();
    for (Port f : ports) {
      f.cableCut = false;
      f.knownPaths()
          .forEach(path -> {
            path.cut(false);
            path.use(quality);
          });
    }
    changed();
  }

  /** Whether what was said last is of that VRID, and this host takes it in if it comes back. */
  boolean saidLast(String host, int vrid) {
    Port speaker = lastSpeaker;
    Frame.Message said = lastMessage;
    return speaker != null
        && said != null
        && speaker.owner.equals(host)
        && !speaker.cableCut
        && said.datagram().destination.isMulticast() // else it goes to another
        && said.datagram().message.length > 1
        && (said.datagram().message[1] & 0xff) == vrid;
  }

  /** Who does not belong to the groups here, and has overheard the last message. */
  Stranger stranger() {
    Stranger there = stranger;
    if (there == null) {
      there = new Stranger(this);
      stranger = there;
    }
    if (lastSpeaker != null && lastMessage != null) {
      there.overhear(lastSpeaker, lastMessage);
    }
    return there;
  }

  /** Whether another group uses the VRID of one here. */
  boolean rivals() {
    return stranger != null && stranger.rivals();
  }

  /** A port sends a frame; the sender's link has been checked. */
  void carry(Port from, Frame frame) {
    if (frame instanceof Frame.Message message) {
      lastSpeaker = from;
      lastMessage = message;
    }
    if (carrier != null) {
      carrier.carry(from, frame);
    } else if (!frame.destination().isMulticast()) {
      Port to = byMac.get(frame.destination());
      if (to == null) {
        drop(from, null, frame, "nobody has the address " + frame.destination());
      } else {
        from.pathTo(to, this).carry(frame);
      }
    } else {
      flood(from, frame);
    }
  }

  private void flood(Port from, Frame frame) {
    if (frame instanceof Frame.Message && !multicast) {
      drop(from, null, frame, "no multicast on " + name);
      return;
    }
    floodFrom(from, this, frame);
  }

  /** To every port here but the sender's own, which is on this segment or on another. */
  void floodFrom(Port from, SimNetwork through, Frame frame) {
    boolean message = frame instanceof Frame.Message;
    for (int i = 0; i < ports.size(); i++) {
      Port to = ports.get(i);
      if (to.number != from.number && (!message || to.takesMessages())) {
        from.pathTo(to, through).carry(frame);
      }
    }
  }

  void drop(Port from, @Nullable Port to, Frame frame, String why) {
    if (engine.trace.on()) {
      engine.note(
          from.owner,
          TraceKind.DROP,
          (to == null ? "" : "to " + to.owner + ", ") + why + ": " + frame.describe());
    }
  }

  private void refresh(Path path) {
    path.use(qualityBetween(path.from.owner, path.to.owner));
  }

  private static String key(String from, String to) {
    return from + ">" + to;
  }
}
