package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.wire.ArpPacket;
import io.havip.wire.NeighborAdvertCodec;
import org.jspecify.annotations.Nullable;

/** Carries frames as a {@link Fabric} decides. */
final class FabricCarrier {

  private final Simulation simulation;
  private final SimNetwork network;
  private final Fabric fabric;

  FabricCarrier(Simulation simulation, SimNetwork network, Fabric fabric) {
    this.simulation = simulation;
    this.network = network;
    this.fabric = fabric;
  }

  Fabric fabric() {
    return fabric;
  }

  void carry(Port from, Frame frame) {
    if (from.cableCut) {
      network.drop(from, null, frame, "the cable is cut");
      return;
    }
    switch (frame) {
      case Frame.Message message -> {
        if (message.destination().isMulticast()) {
          flood(from, message);
        } else {
          unicast(from, message);
        }
      }
      case Frame.Arp arp -> {
        ArpPacket packet = arp.packet();
        if (packet.isGratuitous()) {
          announced(from, packet.senderMac(), packet.senderIp());
        } else if (packet.operation() == ArpPacket.Operation.REQUEST) {
          answer(from, packet.senderMac(), packet.senderIp(), packet.targetIp());
        }
      }
      case Frame.NeighborAdvert advert -> announced(from, advert.mac(), advert.target());
      case Frame.Solicitation question ->
          answer(from, question.asker(), question.target(), question.target());
    }
  }

  /** The port to which packets for an address go, or null. */
  @Nullable Port target(IpAddress address) {
    Fabric.Route route = fabric.route(network, address);
    return route == null ? null : port(route.port());
  }

  @Nullable Port port(MacAddress mac) {
    for (SimNetwork each : simulation.topology().segments()) {
      Port found = isOurs(each) ? each.byMac(mac) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Something changed on one segment, which those who measure on another may see. */
  void changed() {
    for (SimNetwork each : simulation.topology().segments()) {
      if (isOurs(each)) {
        each.measure();
      }
    }
  }

  private boolean isOurs(SimNetwork segment) {
    return fabric.equals(segment.fabric());
  }

  private void unicast(Port from, Frame.Message message) {
    IpAddress destination = message.datagram().destination;
    Fabric.Route route = fabric.route(network, destination);
    Port to = route == null ? null : port(route.port());
    if (route == null || to == null || !route.delivered().equals(destination)) {
      network.drop(from, null, message, "the VPC knows no way to that address");
    } else if (!fabric.admits(to.mac, message.datagram().source)) {
      network.drop(from, to, message, "its security groups do not admit VRRP from there");
    } else {
      from.pathTo(to, network).carry(message);
    }
  }

  private void flood(Port from, Frame.Message message) {
    if (!fabric.multicast()) {
      network.drop(from, null, message, "no multicast in the VPC");
      return;
    }
    for (SimNetwork each : simulation.topology().segments()) {
      if (isOurs(each)) {
        each.floodFrom(from, network, message);
      }
    }
  }

  private void announced(Port from, MacAddress sender, IpAddress address) {
    if (from instanceof Nic) {
      fabric.announced(network, from.owner, from.mac, sender, address);
    }
  }

  private void answer(Port asker, MacAddress mac, IpAddress address, IpAddress wanted) {
    Port target = target(wanted);
    if (target == null || target.number == asker.number) {
      return;
    }
    Frame reply =
        switch (wanted) {
          case Ipv4Address four ->
              Frame.Arp.of(
                  new ArpPacket(
                      ArpPacket.Operation.REPLY,
                      target.mac,
                      four,
                      mac,
                      address instanceof Ipv4Address own ? own : new Ipv4Address(0)));
          case Ipv6Address six ->
              new Frame.NeighborAdvert(
                  mac, NeighborAdvertCodec.unsolicited(six, target.mac, false));
        };
    target.pathTo(asker, network).carryFromFabric(reply);
  }
}
