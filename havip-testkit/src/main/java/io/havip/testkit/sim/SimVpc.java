package io.havip.testkit.sim;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.wire.ArpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A VPC in which a HAVIP is moved by announcing it. Traffic follows the VPC's mapping, whoever has
 * the address in its kernel.
 *
 * <p>An announcement counts only if its address is registered as a HAVIP of the sender's subnet; of
 * several the last one wins, whatever the priorities of the members. One that does not count is
 * dropped, and the sender is not told. The mapping follows after the {@linkplain #convergence
 * convergence time}. No ARP passes between hosts: the VPC answers for the addresses it knows.
 */
public final class SimVpc {

  private final Simulation simulation;
  private final Engine engine;
  private final Cidr cidr;
  private final List<SimNetwork> subnets = new ArrayList<>();
  private final Map<IpAddress, Mapping> havips = new HashMap<>();
  private Duration least = Duration.ofMillis(100);
  private Duration most = Duration.ofSeconds(10);

  SimVpc(Simulation simulation, Cidr cidr) {
    this.simulation = simulation;
    engine = simulation.engine();
    this.cidr = cidr;
  }

  /**
   * Adds a subnet. Multicast does not pass in it unless {@linkplain SimNetwork#multicast allowed}.
   *
   * @param block addresses within the VPC's, such as {@code 172.17.16.0/24}
   * @return the subnet, without hosts
   * @throws IllegalArgumentException if the block is not within the VPC or overlaps another subnet
   */
  public SimNetwork subnet(String block) {
    Cidr wanted = Cidr.parse(block);
    if (!cidr.contains(wanted)) {
      throw new IllegalArgumentException(wanted + " is not within the VPC's " + cidr);
    }
    for (SimNetwork other : subnets) {
      if (other.cidr().overlaps(wanted)) {
        throw new IllegalArgumentException(wanted + " overlaps the subnet " + other.cidr());
      }
    }
    SimNetwork subnet = simulation.newSegment(wanted, this);
    subnets.add(subnet);
    return subnet;
  }

  /**
   * Registers a HAVIP, mapped to nobody.
   *
   * @param havip an address of one of the subnets
   * @return this
   * @throws IllegalArgumentException if no subnet has the address or a host has it already
   */
  public SimVpc register(IpAddress havip) {
    SimNetwork subnet =
        subnets.stream()
            .filter(s -> s.cidr().contains(havip))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no subnet has the address " + havip));
    if (primary(havip) != null) {
      throw new IllegalArgumentException(havip + " is the primary address of a host");
    }
    havips.putIfAbsent(havip, new Mapping(havip, subnet));
    return this;
  }

  /**
   * Sets how long an accepted announcement takes to move the mapping, uniformly.
   *
   * @param shortest 0.1 s by default
   * @param longest 10 s by default, which is what Tencent Cloud states
   * @return this
   */
  public SimVpc convergence(Duration shortest, Duration longest) {
    if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "a convergence time cannot be " + shortest + " to " + longest);
    }
    least = shortest;
    most = longest;
    return this;
  }

  /**
   * The host to which packets for a HAVIP go.
   *
   * @param havip a registered address
   * @return empty if nobody has announced it yet
   * @throws IllegalArgumentException if the address is not registered
   */
  public Optional<SimHost> holder(IpAddress havip) {
    Mapping mapping = havips.get(havip);
    if (mapping == null) {
      throw new IllegalArgumentException(havip + " is not registered as a HAVIP");
    }
    return Optional.ofNullable(mapping.holder).map(nic -> nic.kernel().host());
  }

  /** Where the VPC sends packets for an address, or null. */
  @Nullable Nic target(IpAddress address) {
    Mapping mapping = havips.get(address);
    return mapping != null ? mapping.holder : primary(address);
  }

  void carry(SimNetwork subnet, Port from, Frame frame) {
    switch (frame) {
      case Frame.Message message -> {
        if (message.destination().isMulticast()) {
          subnet.flood(from, message);
          return;
        }
        Nic to = target(message.datagram().destination);
        if (to == null || to.network != subnet) {
          subnet.drop(from, null, frame, "the VPC knows no way to that address");
        } else {
          from.pathTo(to, subnet).carry(frame);
        }
      }
      case Frame.Arp arp -> {
        ArpPacket packet = arp.packet();
        if (packet.isGratuitous()) {
          announced(subnet, from, packet.senderIp());
        } else if (packet.operation() == ArpPacket.Operation.REQUEST) {
          answer(subnet, from, packet);
        }
      }
      case Frame.NeighborAdvert advert -> announced(subnet, from, advert.target());
      case Frame.Solicitation ignored ->
          subnet.drop(from, null, frame, "a VPC has no IPv6 neighbour discovery here");
    }
  }

  private void answer(SimNetwork subnet, Port asker, ArpPacket request) {
    Nic target = target(request.targetIp());
    if (target == null || target == asker) {
      return;
    }
    MacAddress mac = target.mac;
    Frame reply =
        Frame.Arp.of(
            new ArpPacket(
                ArpPacket.Operation.REPLY,
                mac,
                request.targetIp(),
                request.senderMac(),
                request.senderIp()));
    target.pathTo(asker, subnet).carryFromFabric(reply);
  }

  private void announced(SimNetwork subnet, Port from, IpAddress address) {
    Mapping mapping = havips.get(address);
    if (mapping == null || mapping.subnet != subnet || !(from instanceof Nic nic)) {
      note(from, "announcement of " + address + " ignored: no HAVIP of this subnet");
      return;
    }
    Duration delay =
        subnet.random().fork("vpc " + address + " " + ++mapping.accepted).between(least, most);
    note(from, "announcement of " + address + " accepted, applies in " + Times.text(delay));
    mapping.appliesAt = Math.max(mapping.appliesAt, engine.now() + delay.toNanos());
    engine.schedule(new Change(mapping, nic), mapping.appliesAt);
  }

  private void note(Port from, String detail) {
    if (engine.trace.on()) {
      engine.note(from.owner, TraceKind.VPC, detail);
    }
  }

  private @Nullable Nic primary(IpAddress address) {
    for (SimNetwork subnet : subnets) {
      Nic nic = subnet.byPrimary(address);
      if (nic != null) {
        return nic;
      }
    }
    return null;
  }

  private static final class Mapping {

    final IpAddress havip;
    final SimNetwork subnet;
    @Nullable Nic holder;
    long appliesAt;
    long accepted;

    Mapping(IpAddress havip, SimNetwork subnet) {
      this.havip = havip;
      this.subnet = subnet;
    }
  }

  /** An accepted announcement takes effect. */
  private final class Change extends Event {

    private final Mapping mapping;
    private final Nic to;

    Change(Mapping mapping, Nic to) {
      this.mapping = mapping;
      this.to = to;
    }

    @Override
    void fire() {
      if (mapping.holder != to) {
        mapping.holder = to;
        note(to, mapping.havip + " is mapped to " + to.owner);
        mapping.subnet.changed();
      }
    }

    @Override
    String label() {
      return "the mapping of " + mapping.havip;
    }
  }
}
