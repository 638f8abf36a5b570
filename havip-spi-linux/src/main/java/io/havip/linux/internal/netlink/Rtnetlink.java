package io.havip.linux.internal.netlink;

import io.havip.linux.internal.libc.Sys;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Numbers of rtnetlink and the requests this module makes. Pure: bytes out, no system call. The
 * kernel's headers {@code linux/netlink.h}, {@code linux/rtnetlink.h}, {@code linux/if_addr.h} and
 * {@code linux/if_link.h} define the formats.
 */
final class Rtnetlink {

  static final int NLMSG_HEADER = 16;
  static final int NLMSG_ERROR = 2;
  static final int NLMSG_DONE = 3;

  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;
  static final int RTM_NEWROUTE = 24;
  static final int RTM_GETROUTE = 26;

  static final int NLM_F_REQUEST = 0x1;
  static final int NLM_F_ACK = 0x4;
  static final int NLM_F_DUMP_INTR = 0x10;
  static final int NLM_F_CAPPED = 0x100;
  static final int NLM_F_ACK_TLVS = 0x200;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_CREATE = 0x400;

  static final int NLMSGERR_ATTR_MSG = 1;

  static final int IFINFO_LENGTH = 16;
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;
  static final int IFLA_MACVLAN_MODE = 1;

  /** Macvlans on one parent reach each other; containers attached that way are neighbours too. */
  static final int MACVLAN_MODE_BRIDGE = 4;

  static final int IFADDR_LENGTH = 8;
  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  static final int IFA_LABEL = 3;
  static final int IFA_BROADCAST = 4;
  static final int IFA_CACHEINFO = 6;
  static final int IFA_FLAGS = 8;

  static final int IFA_F_SECONDARY = 0x01;
  static final int IFA_F_NODAD = 0x02;
  static final int IFA_F_OPTIMISTIC = 0x04;
  static final int IFA_F_DADFAILED = 0x08;
  static final int IFA_F_TENTATIVE = 0x40;

  static final int RTMSG_LENGTH = 12;
  static final int RTA_DST = 1;
  static final int RTN_LOCAL = 2;

  static final int IFF_UP = 0x1;
  static final int IFF_LOOPBACK = 0x8;
  static final int IFF_RUNNING = 0x40;
  static final int IFF_LOWER_UP = 0x10000;

  /** {@code RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR}. */
  static final int EVENT_GROUPS = 0x1 | 0x10 | 0x100;

  private static final int MAX_REQUEST = 160;

  private Rtnetlink() {}

  /** Asks for every interface. */
  static byte[] getLinks(int sequence) {
    return new Request(RTM_GETLINK, NLM_F_DUMP, sequence).room(IFINFO_LENGTH).finish();
  }

  /** Asks for every address of both families. */
  static byte[] getAddresses(int sequence) {
    return new Request(RTM_GETADDR, NLM_F_DUMP, sequence).room(IFADDR_LENGTH).finish();
  }

  /**
   * Adds an address. IPv6 ones go without duplicate address detection, as Keepalived's do: the
   * address would be silent for a second otherwise, and the election has decided already.
   *
   * @param seconds after which the kernel removes it, 0 for never
   */
  static byte[] addAddress(int sequence, int index, VirtualAddress address, int seconds) {
    return newAddress(NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, sequence, index, address, seconds);
  }

  /** Gives an address that is there another lifetime; answered only if that is refused. */
  static byte[] renewAddress(int sequence, int index, VirtualAddress address, int seconds) {
    return newAddress(NLM_F_REPLACE, sequence, index, address, seconds);
  }

  private static byte[] newAddress(
      int flags, int sequence, int index, VirtualAddress address, int seconds) {
    Request request = addressRequest(RTM_NEWADDR, flags, sequence, index, address);
    IpAddress broadcast = address.broadcast();
    if (broadcast != null) {
      request.attribute(IFA_BROADCAST, broadcast.toBytes());
    }
    if (seconds != 0) {
      // Preferred as long as it is valid: another address would become the source otherwise.
      byte[] lifetimes = new byte[16];
      NativeBytes.put32(lifetimes, 0, seconds);
      NativeBytes.put32(lifetimes, 4, seconds);
      request.attribute(IFA_CACHEINFO, lifetimes);
    }
    return request.finish();
  }

  /** Removes an address; the kernel compares prefix length and label too. */
  static byte[] removeAddress(int sequence, int index, VirtualAddress address) {
    return addressRequest(RTM_DELADDR, NLM_F_ACK, sequence, index, address).finish();
  }

  /**
   * Removes an address without an answer, except a refusal. An IPv4 address goes whatever its
   * prefix length and label: the kernel compares only what the request names.
   */
  static byte[] takeAddress(int index, VirtualAddress virtual) {
    IpAddress address = virtual.address();
    return new Request(RTM_DELADDR, 0, 0)
        .u8(family(address.family()))
        .u8(virtual.prefixLength())
        .u8(0)
        .u8(virtual.scope().number())
        .i32(index)
        .attribute(IFA_LOCAL, address.toBytes())
        .finish();
  }

  private static Request addressRequest(
      int type, int flags, int sequence, int index, VirtualAddress virtual) {
    IpAddress address = virtual.address();
    boolean checks = type == RTM_NEWADDR && address.family() == IpFamily.IPV6;
    Request request =
        new Request(type, flags, sequence)
            .u8(family(address.family()))
            .u8(virtual.prefixLength())
            .u8(checks ? IFA_F_NODAD : 0)
            .u8(virtual.scope().number())
            .i32(index)
            .attribute(IFA_LOCAL, address.toBytes())
            .attribute(IFA_ADDRESS, address.toBytes());
    String label = virtual.label();
    if (label != null && address.family() == IpFamily.IPV4) {
      request.attribute(IFA_LABEL, text(label));
    }
    return request;
  }

  /** Makes a macvlan, down, on the interface of that number. */
  static byte[] makeMacvlan(int sequence, int parent, String name, MacAddress mac) {
    return new Request(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, sequence)
        .room(IFINFO_LENGTH)
        .attribute(IFLA_LINK, parent)
        .attribute(IFLA_IFNAME, text(name))
        .attribute(IFLA_ADDRESS, mac.toBytes())
        .open(IFLA_LINKINFO)
        .attribute(IFLA_INFO_KIND, text("macvlan"))
        .open(IFLA_INFO_DATA)
        .attribute(IFLA_MACVLAN_MODE, MACVLAN_MODE_BRIDGE)
        .close()
        .close()
        .finish();
  }

  /** Removes the interface of that number. */
  static byte[] removeLink(int sequence, int index) {
    return linkRequest(RTM_DELLINK, sequence, index, 0, 0).finish();
  }

  /** Sets the interface of that number up or down; its other flags stay. */
  static byte[] setLinkUp(int sequence, int index, boolean up) {
    return linkRequest(RTM_NEWLINK, sequence, index, up ? IFF_UP : 0, IFF_UP).finish();
  }

  private static Request linkRequest(int type, int sequence, int index, int flags, int change) {
    return new Request(type, NLM_F_ACK, sequence).i32(0).i32(index).i32(flags).i32(change);
  }

  private static byte[] text(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, text.length + 1);
  }

  /** Asks which route leads to an address: a local one if this host answers for it. */
  static byte[] getRoute(int sequence, IpAddress address) {
    return new Request(RTM_GETROUTE, 0, sequence)
        .u8(family(address.family()))
        .u8(address.family().addressBits())
        .room(RTMSG_LENGTH - 2)
        .attribute(RTA_DST, address.toBytes())
        .finish();
  }

  static int family(IpFamily family) {
    return switch (family) {
      case IPV4 -> Sys.AF_INET;
      case IPV6 -> Sys.AF_INET6;
    };
  }

  /** A message being written. */
  private static final class Request {

    private final byte[] bytes = new byte[MAX_REQUEST];
    private final Deque<Integer> opened = new ArrayDeque<>();
    private int length = NLMSG_HEADER;

    Request(int type, int flags, int sequence) {
      NativeBytes.put16(bytes, 4, type);
      NativeBytes.put16(bytes, 6, flags | NLM_F_REQUEST);
      NativeBytes.put32(bytes, 8, sequence);
    }

    Request u8(int value) {
      bytes[length++] = (byte) value;
      return this;
    }

    Request i32(int value) {
      NativeBytes.put32(bytes, length, value);
      length += 4;
      return this;
    }

    Request room(int count) {
      length += count;
      return this;
    }

    Request attribute(int type, byte[] value) {
      NativeBytes.put16(bytes, length, 4 + value.length);
      NativeBytes.put16(bytes, length + 2, type);
      System.arraycopy(value, 0, bytes, length + 4, value.length);
      length = align(length + 4 + value.length);
      return this;
    }

    Request attribute(int type, int value) {
      byte[] bytes4 = new byte[4];
      NativeBytes.put32(bytes4, 0, value);
      return attribute(type, bytes4);
    }

    /** Begins an attribute that holds attributes. */
    Request open(int type) {
      opened.push(length);
      NativeBytes.put16(bytes, length + 2, type);
      length += 4;
      return this;
    }

    /** Ends the attribute begun last. */
    Request close() {
      int start = opened.pop();
      NativeBytes.put16(bytes, start, length - start);
      return this;
    }

    byte[] finish() {
      NativeBytes.put32(bytes, 0, length);
      return Arrays.copyOf(bytes, length);
    }
  }

  /** Messages and attributes start at multiples of four. */
  static int align(int length) {
    return length + 3 & ~3;
  }
}
