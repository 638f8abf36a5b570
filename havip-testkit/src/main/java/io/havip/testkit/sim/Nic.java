package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import io.havip.spi.Link.LinkAddress;
import io.havip.wire.ArpPacket;
import io.havip.wire.NeighborAdvertCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An interface of a host, as the kernel runs it: it answers ARP without any process. */
final class Nic extends Port {

  private static final int MTU = 1500;

  private final Kernel kernel;
  private final String name;
  private final boolean loopback;
  private final List<LinkAddress> own;
  private final List<LinkAddress> addresses;
  private final Neighbors neighbors;
  private final List<SimPort> sockets = new ArrayList<>();
  private final List<Probe> probes = new ArrayList<>();
  private int index;
  private boolean present = true;
  private boolean up = true;

  Nic(
      Kernel kernel,
      @Nullable SimNetwork network,
      String name,
      MacAddress mac,
      boolean loopback,
      List<LinkAddress> own) {
    super(network, kernel.name(), mac);
    this.kernel = kernel;
    this.name = name;
    this.loopback = loopback;
    this.own = new ArrayList<>(own);
    addresses = new ArrayList<>(own);
    neighbors = new Neighbors(this, kernel.engine());
    index = kernel.nextIndex();
  }

  Kernel kernel() {
    return kernel;
  }

  String name() {
    return name;
  }

  boolean loopback() {
    return loopback;
  }

  boolean present() {
    return present;
  }

  boolean up() {
    return up;
  }

  /** The interface as a monitor reports it. */
  Link link() {
    return new Link(name, index, mac, up, loopback, MTU, addresses);
  }

  int mtu() {
    return MTU;
  }

  boolean isPrimary(IpAddress address) {
    return contains(own, address);
  }

  /**
   * Whether packets for another interface wait for an answer to who has its addresses, or have
   * waited: since then or longer, and left after that.
   */
  boolean waitsFor(Nic other, long since, long sent) {
    return neighbors.waitsFor(other, since, sent);
  }

  boolean has(IpAddress address) {
    return contains(addresses, address);
  }

  List<LinkAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Configures one more address of the host's own, which a restart brings back. */
  void addOwn(LinkAddress address) {
    own.add(address);
    addresses.add(address);
  }

  boolean add(LinkAddress address) {
    return !addresses.contains(address) && addresses.add(address);
  }

  boolean remove(LinkAddress address) {
    return addresses.remove(address);
  }

  boolean setUp(boolean value) {
    boolean change = up != value;
    up = value;
    if (change && !value) {
      neighbors.clear();
    }
    return change;
  }

  void unplug() {
    present = false;
    addresses.clear();
    neighbors.clear();
  }

  /** Comes back with its own addresses and, as Linux does, with a new index. */
  void replug() {
    present = true;
    up = true;
    index += 100;
    addresses.addAll(own);
  }

  /** As it was when the host was built. */
  void reset() {
    addresses.clear();
    addresses.addAll(own);
    neighbors.clear();
    sockets.clear();
    probes.clear();
    up = true;
    present = true;
  }

  @Override
  boolean connected() {
    return kernel.alive() && present && up;
  }

  @Override
  boolean takesMessages() {
    return true;
  }

  void open(SimPort socket) {
    sockets.add(socket);
  }

  void close(SimPort socket) {
    sockets.remove(socket);
  }

  void open(Probe probe) {
    probes.add(probe);
  }

  void close(Probe probe) {
    probes.remove(probe);
  }

  /** Sends a frame if it can leave. */
  void transmit(Frame frame) {
    if (connected() && network != null) {
      network.carry(this, frame);
    }
  }

  /** Sends an IP packet: to a group, to this host itself, or to a neighbour. */
  void send(Datagram datagram) {
    IpAddress destination = datagram.destination;
    if (destination.isMulticast()) {
      transmit(new Frame.Message(MacAddress.multicastOf(destination), datagram));
    } else if (kernel.has(destination)) {
      kernel.engine().schedule(new Local(datagram), kernel.engine().now());
    } else {
      neighbors.send(datagram);
    }
  }

  /** Asks the segment who has an address. */
  void solicit(IpAddress address) {
    switch (address) {
      case Ipv4Address four ->
          transmit(
              Frame.Arp.of(
                  new ArpPacket(
                      ArpPacket.Operation.REQUEST, mac, ownIpv4(), MacAddress.ZERO, four)));
      case Ipv6Address six -> transmit(new Frame.Solicitation(mac, six));
    }
  }

  @Override
  void receive(Frame frame) {
    switch (frame) {
      case Frame.Message message -> accept(message.datagram());
      case Frame.Arp arp -> arp(arp.packet());
      case Frame.NeighborAdvert advert -> learn(advert.target(), advert.mac());
      case Frame.Solicitation ask -> {
        if (kernel.has(ask.target())) {
          byte[] answer = NeighborAdvertCodec.unsolicited(ask.target(), mac, false);
          transmit(new Frame.NeighborAdvert(ask.asker(), answer));
        }
      }
    }
  }

  private void arp(ArpPacket packet) {
    if (!packet.isProbe()) {
      learn(packet.senderIp(), packet.senderMac());
    }
    if (packet.operation() == ArpPacket.Operation.REQUEST
        && !packet.isGratuitous()
        && kernel.has(packet.targetIp())) {
      neighbors.add(packet.senderIp(), packet.senderMac());
      transmit(
          Frame.Arp.of(
              new ArpPacket(
                  ArpPacket.Operation.REPLY,
                  mac,
                  packet.targetIp(),
                  packet.senderMac(),
                  packet.senderIp())));
    }
  }

  /** Somebody said that an address is at a MAC address. */
  private void learn(IpAddress address, MacAddress at) {
    neighbors.learn(address, at);
    for (Probe probe : List.copyOf(probes)) {
      if (probe.address().equals(address)) {
        probe.answered();
      }
    }
  }

  /** An IP packet for this host: to the sockets of this interface, or to nobody. */
  private void accept(Datagram datagram) {
    Engine engine = kernel.engine();
    boolean group = datagram.destination.isMulticast();
    if (!group && !kernel.accepts(datagram.destination)) {
      if (engine.trace.on() && kernel.has(datagram.destination)) {
        engine.note(owner, TraceKind.DROP, "not accepted: " + datagram.describe());
      }
      return;
    }
    for (int i = 0; i < sockets.size(); i++) {
      SimPort socket = sockets.get(i);
      if (socket.takes(datagram, group)) {
        if (engine.trace.on()) {
          engine.because(engine.note(owner, TraceKind.ARRIVE, datagram.describe()));
        }
        socket.arrived(datagram);
      }
    }
  }

  private Ipv4Address ownIpv4() {
    for (LinkAddress address : addresses) {
      if (address.address() instanceof Ipv4Address four) {
        return four;
      }
    }
    return new Ipv4Address(0);
  }

  private static boolean contains(List<LinkAddress> list, IpAddress address) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** A question whether anybody else has an address. */
  interface Probe {

    IpAddress address();

    /** Somebody has; may be told more than once. */
    void answered();
  }

  /** A packet of this host to itself. */
  private final class Local extends Event {

    private final Datagram datagram;

    Local(Datagram datagram) {
      this.datagram = datagram;
    }

    @Override
    void fire() {
      if (kernel.alive()) {
        accept(datagram);
      }
    }

    @Override
    public String label() {
      return "a packet of " + owner + " to itself";
    }
  }
}
