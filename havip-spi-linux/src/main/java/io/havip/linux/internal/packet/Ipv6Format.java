package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.Structs.Cmsghdr;
import io.havip.linux.internal.libc.Structs.In6Pktinfo;
import io.havip.linux.internal.libc.Structs.Ipv6Mreq;
import io.havip.linux.internal.libc.Structs.SockaddrIn6;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpCodec;
import java.lang.foreign.MemorySegment;

/**
 * VRRP over IPv6: a raw socket delivers the message alone; hop limit and destination come as
 * control messages (RFC 3542). The checksum is left to the codec, as the kernel does for raw
 * sockets of this protocol unless asked.
 */
final class Ipv6Format implements IpFormat {

  private final Libc libc;
  private final Descriptors descriptors;
  private final MemorySegment mreq;

  Ipv6Format(EventLoop loop) {
    libc = loop.libc();
    descriptors = loop.descriptors();
    mreq = loop.arena().allocate(Ipv6Mreq.LAYOUT);
  }

  /** Opens a socket of no interface, that tells nothing of what it receives. */
  static int open(Descriptors descriptors, String what) {
    int fd = descriptors.socket(what, Sys.AF_INET6, Sys.SOCK_RAW, VrrpCodec.PROTOCOL);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_TCLASS, VrrpCodec.TRAFFIC_CLASS);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_AUTOFLOWLABEL, 0);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_UNICAST_HOPS, VrrpCodec.TTL);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_MULTICAST_HOPS, VrrpCodec.TTL);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_MULTICAST_LOOP, 0);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_MULTICAST_ALL, 0);
    // Adverts from a virtual MAC address leave by another interface than that of their source; the
    // kernel would demand that a link-local one is on the interface it leaves by.
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_FREEBIND, 1);
    return fd;
  }

  @Override
  public int open(String what, String interfaceName, int index) {
    int fd = open(descriptors, what);
    descriptors.bindToDevice(fd, what, interfaceName);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_MULTICAST_IF, index);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_RECVPKTINFO, 1);
    descriptors.set(fd, what, Sys.SOL_IPV6, Sys.IPV6_RECVHOPLIMIT, 1);
    return fd;
  }

  @Override
  public int join(int fd, int index, IpAddress group) {
    InetBytes.put(mreq, Ipv6Mreq.GROUP, group);
    mreq.set(JAVA_INT, Ipv6Mreq.IFINDEX, index);
    return libc.setsockopt(fd, Sys.SOL_IPV6, Sys.IPV6_JOIN_GROUP, mreq);
  }

  @Override
  public int nameLength() {
    return (int) SockaddrIn6.LAYOUT.byteSize();
  }

  @Override
  public void putName(MemorySegment memory, long offset, IpAddress destination, int index) {
    memory.set(JAVA_SHORT, offset + SockaddrIn6.FAMILY, (short) Sys.AF_INET6);
    InetBytes.put(memory, offset + SockaddrIn6.ADDRESS, destination);
    boolean scoped = destination.isLinkLocal() || destination.isMulticast();
    memory.set(JAVA_INT, offset + SockaddrIn6.SCOPE_ID, scoped ? index : 0);
  }

  @Override
  public long putControl(
      MemorySegment memory, long offset, IpAddress source, int index, int hopLimit) {
    long size = In6Pktinfo.LAYOUT.byteSize();
    long data = ControlMessages.put(memory, offset, Sys.SOL_IPV6, Sys.IPV6_PKTINFO, size);
    InetBytes.put(memory, data + In6Pktinfo.ADDRESS, source);
    memory.set(JAVA_INT, data + In6Pktinfo.IFINDEX, index);
    long length = Cmsghdr.space(size);
    if (hopLimit != VrrpCodec.TTL) {
      long value = ControlMessages.put(memory, offset + length, Sys.SOL_IPV6, Sys.IPV6_HOPLIMIT, 4);
      memory.set(JAVA_INT, value, hopLimit);
      length += Cmsghdr.space(4);
    }
    return length;
  }

  @Override
  public boolean readPacket(
      byte[] bytes, int length, MemorySegment memory, long name, Reception into) {
    into.source = InetBytes.six(memory, name + SockaddrIn6.ADDRESS, into.source);
    into.hopLimit = -1;
    into.offset = 0;
    into.length = length;
    return true;
  }

  @Override
  public void readControl(ControlMessages control, Reception into) {
    if (control.is(Sys.SOL_IPV6, Sys.IPV6_HOPLIMIT, 4)) {
      into.hopLimit = control.memory().get(JAVA_INT, control.data());
    } else if (control.is(Sys.SOL_IPV6, Sys.IPV6_PKTINFO, In6Pktinfo.LAYOUT.byteSize())) {
      into.destination =
          InetBytes.six(control.memory(), control.data() + In6Pktinfo.ADDRESS, into.destination);
    }
  }
}
