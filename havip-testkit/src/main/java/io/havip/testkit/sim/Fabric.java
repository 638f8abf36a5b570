package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * What decides, in place of layer 2, where frames go on the {@linkplain Simulation#segment(String,
 * io.havip.net.Cidr, Fabric) segments} it is given: the network of a cloud. Ports are known to it
 * by their MAC addresses.
 *
 * <p>It is called on the thread of the simulation and must not block. When an answer of {@link
 * #route} changes, it calls {@link Simulation#reachabilityChanged}.
 */
public interface Fabric {

  /**
   * Where packets for an address go.
   *
   * @param port the port that gets them
   * @param delivered the address they have when they arrive, which for a public one is another
   */
  record Route(MacAddress port, IpAddress delivered) {}

  /**
   * Hears that a host or client is plugged in.
   *
   * @param network the segment
   * @param station its name
   * @param interfaceName the interface
   * @param mac the port's MAC address
   * @param address the address with which it was plugged in
   * @throws RuntimeException if it cannot be; the caller of the method that plugs it in gets it
   */
  void plugged(
      SimNetwork network, String station, String interfaceName, MacAddress mac, IpAddress address);

  /**
   * Decides where packets for an address go.
   *
   * @param from the segment of the sender
   * @param destination a unicast address
   * @return null if they are lost
   */
  @Nullable Route route(SimNetwork from, IpAddress destination);

  /**
   * Decides whether a unicast VRRP message may reach a port.
   *
   * @param port the receiver
   * @param source the source address of the message
   * @return true if it may
   */
  boolean admits(MacAddress port, IpAddress source);

  /**
   * Decides whether multicast passes; it then reaches every segment of this fabric.
   *
   * @return true if it does
   */
  boolean multicast();

  /**
   * Hears an announcement: a gratuitous ARP packet or a neighbour advertisement.
   *
   * @param network the segment
   * @param station the name of the sender
   * @param port the MAC address of the port on which it came in
   * @param sender the MAC address it names
   * @param address the address it is about
   */
  void announced(
      SimNetwork network, String station, MacAddress port, MacAddress sender, IpAddress address);
}
