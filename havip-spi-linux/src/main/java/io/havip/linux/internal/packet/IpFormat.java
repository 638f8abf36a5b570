package io.havip.linux.internal.packet;

import io.havip.net.IpAddress;
import java.lang.foreign.MemorySegment;

/** What differs between VRRP over IPv4 and over IPv6 on a socket. Confined to the loop. */
sealed interface IpFormat permits Ipv4Format, Ipv6Format {

  /**
   * Opens and sets up a socket, without groups.
   *
   * @param what names the socket in errors
   */
  int open(String what, String interfaceName, int index);

  /** Joins a group; returns 0 or a negated error. */
  int join(int fd, int index, IpAddress group);

  /** Length of a socket address in bytes. */
  int nameLength();

  /** Writes the destination of a message as a socket address. */
  void putName(MemorySegment memory, long offset, IpAddress destination, int index);

  /**
   * Writes the control messages of a message to send.
   *
   * @param offset where the room starts, a multiple of 8
   * @return their length in bytes
   */
  long putControl(MemorySegment memory, long offset, IpAddress source, int index, int hopLimit);

  /**
   * Finds out what data and sender's address of a received message tell.
   *
   * @param length bytes received
   * @param name where the sender's socket address is in {@code memory}
   * @return false if the data cannot be a packet
   */
  boolean readPacket(byte[] bytes, int length, MemorySegment memory, long name, Reception into);

  /** Finds out what the current control message tells. */
  void readControl(ControlMessages control, Reception into);

  /** The parts of a received message; used again for each, addresses too where they repeat. */
  final class Reception {
    IpAddress source;
    IpAddress destination;
    int hopLimit;
    int offset;
    int length;

    Reception(IpAddress none) {
      source = none;
      destination = none;
    }
  }
}
