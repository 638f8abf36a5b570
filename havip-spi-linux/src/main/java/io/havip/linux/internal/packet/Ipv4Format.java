package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.Cmsghdr;
import io.havip.linux.internal.libc.Structs.InPktinfo;
import io.havip.linux.internal.libc.Structs.IpMreqn;
import io.havip.linux.internal.libc.Structs.SockaddrIn;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.wire.VrrpCodec;
import java.lang.foreign.MemorySegment;

/** VRRP over IPv4: a raw socket delivers the IP header in front of the message. */
final class Ipv4Format implements IpFormat {

  private static final int MIN_HEADER = 20;
  private static final int TOTAL_LENGTH = 2;
  private static final int TTL = 8;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;

  private final Libc libc;
  private final Descriptors descriptors;
  private final MemorySegment mreqn;

  Ipv4Format(EventLoop loop) {
    libc = loop.libc();
    descriptors = loop.descriptors();
    mreqn = loop.arena().allocate(IpMreqn.LAYOUT);
  }

  /**
   * Opens a socket of no interface. TOS 0xC0, TTL 255 and DF clear are what Keepalived sends
   * (measured).
   */
  static int open(Descriptors descriptors, String what) {
    int fd = descriptors.socket(what, Sys.AF_INET, Sys.SOCK_RAW, VrrpCodec.PROTOCOL);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_TOS, VrrpCodec.TRAFFIC_CLASS);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_TTL, VrrpCodec.TTL);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_MTU_DISCOVER, Sys.IP_PMTUDISC_DONT);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_MULTICAST_TTL, VrrpCodec.TTL);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_MULTICAST_LOOP, 0);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_MULTICAST_ALL, 0);
    return fd;
  }

  @Override
  public int open(String what, String interfaceName, int index) {
    int fd = open(descriptors, what);
    descriptors.bindToDevice(fd, what, interfaceName);
    mreqn.fill((byte) 0);
    mreqn.set(JAVA_INT, IpMreqn.IFINDEX, index);
    descriptors.set(fd, what, Sys.SOL_IP, Sys.IP_MULTICAST_IF, mreqn);
    return fd;
  }

  /** By number, so that no route and no address is needed on the interface. */
  @Override
  public int join(int fd, int index, IpAddress group) {
    mreqn.fill((byte) 0);
    InetBytes.put(mreqn, IpMreqn.GROUP, group);
    mreqn.set(JAVA_INT, IpMreqn.IFINDEX, index);
    return libc.setsockopt(fd, Sys.SOL_IP, Sys.IP_ADD_MEMBERSHIP, mreqn);
  }

  @Override
  public int nameLength() {
    return (int) SockaddrIn.LAYOUT.byteSize();
  }

  @Override
  public void putName(MemorySegment memory, long offset, IpAddress destination, int index) {
    memory.set(JAVA_SHORT, offset + SockaddrIn.FAMILY, (short) Sys.AF_INET);
    InetBytes.put(memory, offset + SockaddrIn.ADDRESS, destination);
  }

  @Override
  public long putControl(
      MemorySegment memory, long offset, IpAddress source, int index, int hopLimit) {
    long size = InPktinfo.LAYOUT.byteSize();
    long data = ControlMessages.put(memory, offset, Sys.SOL_IP, Sys.IP_PKTINFO, size);
    memory.set(JAVA_INT, data + InPktinfo.IFINDEX, index);
    InetBytes.put(memory, data + InPktinfo.SPEC_DST, source);
    long length = Cmsghdr.space(size);
    if (hopLimit != VrrpCodec.TTL) {
      long value = ControlMessages.put(memory, offset + length, Sys.SOL_IP, Sys.IP_TTL, 4);
      memory.set(JAVA_INT, value, hopLimit);
      length += Cmsghdr.space(4);
    }
    return length;
  }

  @Override
  public boolean readPacket(
      byte[] bytes, int length, MemorySegment memory, long name, Reception into) {
    if (length < MIN_HEADER) {
      return false;
    }
    int header = (bytes[0] & 0xf) * 4;
    int total = (bytes[TOTAL_LENGTH] & 0xff) << 8 | (bytes[TOTAL_LENGTH + 1] & 0xff);
    if (header < MIN_HEADER || total < header || header > length) {
      return false;
    }
    into.source = address(bytes, SOURCE, into.source);
    into.destination = address(bytes, DESTINATION, into.destination);
    into.hopLimit = bytes[TTL] & 0xff;
    into.offset = header;
    into.length = Math.min(total, length) - header;
    return true;
  }

  private static IpAddress address(byte[] bytes, int offset, IpAddress known) {
    int bits =
        (bytes[offset] & 0xff) << 24
            | (bytes[offset + 1] & 0xff) << 16
            | (bytes[offset + 2] & 0xff) << 8
            | (bytes[offset + 3] & 0xff);
    return known instanceof Ipv4Address four && four.bits() == bits ? known : new Ipv4Address(bits);
  }

  /** The header has told everything. */
  @Override
  public void readControl(ControlMessages control, Reception into) {}
}
