package io.havip.spi;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;

/**
 * Sends and receives VRRP messages (IP protocol 112). Message bodies are bytes of {@code
 * io.havip.wire}.
 */
public interface AdvertChannel {

  /**
   * Opens a port on one interface for one address family. The node opens one port for all its
   * routers on that interface and tells them apart by VRID.
   *
   * @param interfaceName the interface that sends and receives
   * @param family the IP version
   * @param receiver called on the loop for each message that arrives
   * @return the open port
   * @throws PlatformException if the interface does not exist, is loopback, or the host refuses the
   *     socket
   */
  AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver);

  /** Receives what arrives on a port. */
  interface AdvertReceiver {

    /**
     * A VRRP message arrived, whatever its content: nothing but the IP header has been checked.
     *
     * @param message valid during the call only; its buffer is used again
     */
    void received(ReceivedAdvert message);

    /**
     * A message could not be sent. Called on the loop, after the {@code send} that failed, also
     * when the host reports it later. The platform does not retry.
     *
     * @param destination where the message was going
     * @param failure what the host said
     */
    void sendFailed(IpAddress destination, Outcome.Failed failure);
  }

  /**
   * One interface and family. A port belongs to the interface that has the name when it is opened.
   * Once that is deleted, nothing is sent or heard any more, and an interface that is made anew
   * under the name needs another port.
   */
  interface AdvertPort extends AutoCloseable {

    /**
     * Receives messages to a multicast group on this interface. Idempotent.
     *
     * @param group the group, normally 224.0.0.18 or ff02::12 (RFC 9568 section 5.1)
     * @throws PlatformException if the host refuses the membership
     */
    void join(IpAddress group);

    /**
     * Sends one message. The bytes are copied before this returns. The message leaves in this turn
     * of the loop at the latest; messages of one turn may leave together, in the order given.
     * Multicast is not looped back to this host.
     *
     * @param source an address of the interface
     * @param destination a group or a peer
     * @param hopLimit TTL or hop limit, 1 to 255
     * @param message holds the VRRP message from index 0
     * @param length bytes of {@code message} to send
     */
    void send(IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length);

    /**
     * Sends what was given to {@link #send}, then leaves all groups and stops delivery. Idempotent.
     */
    @Override
    void close();
  }
}
