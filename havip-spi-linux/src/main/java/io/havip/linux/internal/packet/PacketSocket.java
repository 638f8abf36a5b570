package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.Iovec;
import io.havip.linux.internal.libc.Structs.Mmsghdr;
import io.havip.linux.internal.libc.Structs.Msghdr;
import io.havip.linux.internal.libc.Structs.SockaddrLl;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A packet socket: whole Ethernet frames. Confined to the loop. */
final class PacketSocket {

  /** Room for the start of a frame; what this module reads is shorter. */
  static final int MAX_FRAME = 256;

  /** In one system call. */
  private static final int MAX_COPIES = 16;

  private final Libc libc;
  private final int fd;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment frame = arena.allocate(MAX_FRAME, 8);
  private final MemorySegment destination = arena.allocate(SockaddrLl.LAYOUT);
  private final MemorySegment vector = arena.allocate(Iovec.LAYOUT);
  private final MemorySegment copies = arena.allocate(Mmsghdr.LAYOUT, MAX_COPIES);

  private PacketSocket(EventLoop loop, int fd) {
    libc = loop.libc();
    this.fd = fd;
    destination.set(JAVA_SHORT, SockaddrLl.FAMILY, (short) Sys.AF_PACKET);
    destination.set(JAVA_BYTE, SockaddrLl.HALEN, (byte) MacAddress.LENGTH);
    vector.set(JAVA_LONG, Iovec.BASE, frame.address());
    for (int i = 0; i < MAX_COPIES; i++) {
      long header = i * Mmsghdr.LAYOUT.byteSize();
      copies.set(JAVA_LONG, header + Msghdr.NAME, destination.address());
      copies.set(JAVA_INT, header + Msghdr.NAMELEN, (int) SockaddrLl.LAYOUT.byteSize());
      copies.set(JAVA_LONG, header + Msghdr.IOV, vector.address());
      copies.set(JAVA_LONG, header + Msghdr.IOVLEN, 1);
    }
  }

  /** Opens a socket that sends on any interface. Protocol 0 means that it receives nothing. */
  static PacketSocket sender(EventLoop loop) {
    String what = "a packet socket to announce addresses";
    return new PacketSocket(loop, loop.descriptors().socket(what, Sys.AF_PACKET, Sys.SOCK_RAW, 0));
  }

  /** Opens a socket that receives the frames of one protocol that others send on one interface. */
  static PacketSocket receiver(
      EventLoop loop, String interfaceName, int index, int etherType, PacketFilter filter) {
    String what = "a packet socket to probe on " + interfaceName;
    // Created deaf and then bound, so that it never hears another interface.
    int fd = loop.descriptors().socket(what, Sys.AF_PACKET, Sys.SOCK_RAW, 0);
    loop.descriptors().set(fd, what, Sys.SOL_PACKET, Sys.PACKET_IGNORE_OUTGOING, 1);
    try (Arena scratch = Arena.ofConfined()) {
      filter.attach(loop.descriptors(), fd, what, scratch);
      MemorySegment address = scratch.allocate(SockaddrLl.LAYOUT);
      address.set(JAVA_SHORT, SockaddrLl.FAMILY, (short) Sys.AF_PACKET);
      address.set(JAVA_SHORT, SockaddrLl.PROTOCOL, Sys.htons(etherType));
      address.set(JAVA_INT, SockaddrLl.IFINDEX, index);
      loop.descriptors().bind(fd, what, address);
    }
    return new PacketSocket(loop, fd);
  }

  int descriptor() {
    return fd;
  }

  /**
   * Sends a frame as it is.
   *
   * @return negated error or a positive number
   */
  int send(int index, byte[] bytes, int length) {
    return send(index, bytes, length, 1);
  }

  /**
   * Sends a frame as it is, several times.
   *
   * @return negated error or a positive number
   */
  int send(int index, byte[] bytes, int length, int times) {
    MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 0, length);
    short etherType = (short) ((bytes[12] & 0xff) | (bytes[13] & 0xff) << 8);
    destination.set(JAVA_SHORT, SockaddrLl.PROTOCOL, etherType);
    destination.set(JAVA_INT, SockaddrLl.IFINDEX, index);
    MemorySegment.copy(bytes, 0, destination, JAVA_BYTE, SockaddrLl.ADDR, MacAddress.LENGTH);
    vector.set(JAVA_LONG, Iovec.LEN, length);
    int sent = 0;
    while (sent < times) {
      int result = libc.sendmmsg(fd, copies, Math.min(MAX_COPIES, times - sent));
      if (result <= 0) {
        return result;
      }
      sent += result;
    }
    return sent;
  }

  /**
   * Receives the start of a frame.
   *
   * @param into at least {@link #MAX_FRAME} bytes long
   * @return its length, or a negated error
   */
  int receive(byte[] into) {
    int length = libc.recvfrom(fd, frame, MemorySegment.NULL, MemorySegment.NULL);
    if (length > 0) {
      MemorySegment.copy(frame, JAVA_BYTE, 0, into, 0, length);
    }
    return length;
  }

  /** Closes a socket that has not received. */
  void close() {
    libc.close(fd);
    arena.close();
  }

  /** Closes a socket that has received. */
  void close(SlowClose slowly) {
    slowly.soon(fd);
    arena.close();
  }
}
