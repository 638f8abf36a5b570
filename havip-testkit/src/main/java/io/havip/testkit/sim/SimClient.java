package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.wire.ArpPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A station that uses addresses of its segment: it keeps a neighbour cache, follows every
 * announcement it hears (also of addresses it never asked for), and takes the last answer when
 * several come. Its entries do not age.
 */
public final class SimClient {

  private final Engine engine;
  private final SimNetwork network;
  private final String name;
  private final IpAddress address;
  private final ClientPort port;
  private final Map<IpAddress, MacAddress> cache = new HashMap<>();
  private final Map<IpAddress, List<MacAddress>> answers = new HashMap<>();

  SimClient(Simulation simulation, String name, SimNetwork network, IpAddress address) {
    this.name = name;
    this.network = network;
    this.address = address;
    engine = simulation.engine();
    port = new ClientPort(network, name, network.nextMac());
    network.plugIn(port, "eth0", address);
  }

  /** {@return its name in faults and traces} */
  public String name() {
    return name;
  }

  /**
   * Asks the segment who has an address, by ARP or neighbour solicitation. The answers come in
   * while the simulation runs.
   *
   * @param wanted the address
   */
  public void ask(IpAddress wanted) {
    answers.put(wanted, new ArrayList<>());
    Frame question =
        switch (wanted) {
          case Ipv4Address four ->
              Frame.Arp.of(
                  new ArpPacket(
                      ArpPacket.Operation.REQUEST, port.mac, ownIpv4(), MacAddress.ZERO, four));
          case Ipv6Address six -> new Frame.Solicitation(port.mac, six);
        };
    long cause = engine.cause();
    if (engine.trace.on()) {
      engine.because(engine.note(name, TraceKind.SEND, question.describe()));
    }
    network.carry(port, question);
    engine.because(cause);
  }

  /**
   * The hosts that have answered the last {@link #ask} so far, each once, in the order of their
   * answers.
   *
   * @param wanted the address
   * @return the hosts; empty if nobody has answered
   */
  public List<SimHost> answers(IpAddress wanted) {
    List<SimHost> hosts = new ArrayList<>();
    for (MacAddress mac : answers.getOrDefault(wanted, List.of())) {
      hostAt(mac).filter(host -> !hosts.contains(host)).ifPresent(hosts::add);
    }
    return List.copyOf(hosts);
  }

  /**
   * The host at which the cache says an address is.
   *
   * @param wanted the address
   * @return empty if the cache has no entry
   */
  public Optional<SimHost> cached(IpAddress wanted) {
    return Optional.ofNullable(cache.get(wanted)).flatMap(this::hostAt);
  }

  /**
   * The hosts that would answer this client at this moment if it asked: like {@link
   * SimNetwork#answering}, and the paths there and back are open.
   *
   * @param wanted the address
   * @return the hosts, in the order in which they were plugged in
   */
  public List<SimHost> answering(IpAddress wanted) {
    return port.cableCut ? List.of() : network.answering(wanted, port);
  }

  /**
   * The host that would get a packet for an address, sent at this moment: the one in the cache, or
   * in a VPC the one to which the address is mapped, if it has the address and the paths are open.
   * A public address reaches the host that has the private one behind it. Whether the host takes
   * the packet in is another question, which {@link #accepted} asks.
   *
   * @param wanted the address
   * @return empty if the packet would be lost on its way
   */
  public Optional<SimHost> reaches(IpAddress wanted) {
    FabricCarrier carrier = network.carrier();
    if (carrier != null) {
      Fabric.Route route = carrier.fabric().route(network, wanted);
      return route == null
          ? Optional.empty()
          : reached(carrier.port(route.port()), route.delivered());
    }
    MacAddress mac = cache.get(wanted);
    return reached(mac == null ? null : network.byMac(mac), wanted);
  }

  /**
   * The host that would get a packet for an address, sent at this moment, and take it in: {@link
   * #reaches}, and the host's kernel does not drop it because Accept_Mode is off.
   *
   * @param wanted an address of the segment
   * @return empty if the packet would be lost or dropped
   */
  public Optional<SimHost> accepted(IpAddress wanted) {
    return reaches(wanted).filter(host -> host.kernel().accepts(wanted));
  }

  private Optional<SimHost> reached(@Nullable Port to, IpAddress delivered) {
    return to instanceof Nic nic
            && nic.connected()
            && nic.kernel().has(delivered)
            && network.open(port, nic)
            && network.open(nic, port)
        ? Optional.of(nic.kernel().host())
        : Optional.empty();
  }

  /**
   * Starts to measure how many hosts would answer this client, exactly and from now on.
   *
   * @param wanted the address
   * @return the measurement
   */
  public Exposure observe(IpAddress wanted) {
    return network.observe(wanted + " as " + name + " sees it", () -> answering(wanted));
  }

  /**
   * Starts to measure whether this client's packets reach a host that has the address, exactly and
   * from now on; see {@link #reaches}.
   *
   * @param wanted the address
   * @return the measurement
   */
  public Exposure observeTraffic(IpAddress wanted) {
    return network.observe(
        "packets of " + name + " for " + wanted,
        () -> reaches(wanted).map(List::of).orElse(List.of()));
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

  private Ipv4Address ownIpv4() {
    return address instanceof Ipv4Address four ? four : new Ipv4Address(0);
  }

  private Optional<SimHost> hostAt(MacAddress mac) {
    return network.byMac(mac) instanceof Nic nic
        ? Optional.of(nic.kernel().host())
        : Optional.empty();
  }

  private void learn(IpAddress about, MacAddress mac, Frame frame) {
    MacAddress before = cache.put(about, mac);
    if (mac.equals(before)) {
      return;
    }
    if (engine.trace.on()) {
      String at = hostAt(mac).map(SimHost::name).orElse(mac.toString());
      engine.note(name, TraceKind.CACHE, about + " is at " + at + ", by " + frame.describe());
    }
    network.changed();
  }

  private void answered(IpAddress about, MacAddress mac) {
    List<MacAddress> known = answers.get(about);
    if (known != null) {
      known.add(mac);
    }
  }

  private final class ClientPort extends Port {

    ClientPort(@Nullable SimNetwork network, String owner, MacAddress mac) {
      super(network, owner, mac);
    }

    @Override
    boolean connected() {
      return true;
    }

    @Override
    boolean takesMessages() {
      return false;
    }

    @Override
    void receive(Frame frame) {
      switch (frame) {
        case Frame.Arp arp -> {
          ArpPacket packet = arp.packet();
          if (packet.isGratuitous()) {
            learn(packet.senderIp(), packet.senderMac(), frame);
          } else if (packet.operation() == ArpPacket.Operation.REPLY) {
            answered(packet.senderIp(), packet.senderMac());
            learn(packet.senderIp(), packet.senderMac(), frame);
          }
        }
        case Frame.NeighborAdvert advert -> {
          answered(advert.target(), advert.mac());
          learn(advert.target(), advert.mac(), frame);
        }
        case Frame.Message ignored -> {}
        case Frame.Solicitation ignored -> {}
      }
    }
  }
}
