package io.havip.linux.internal.libc;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;

/**
 * The C structures this module exchanges with the kernel, on 64-bit little-endian Linux. Offsets
 * come from the layouts and are pinned by a test.
 */
public final class Structs {

  private Structs() {}

  private static MemoryLayout bytes(String name, long count) {
    return sequenceLayout(count, JAVA_BYTE).withName(name);
  }

  private static long offset(StructLayout layout, String field) {
    return layout.byteOffset(groupElement(field));
  }

  /** {@code struct sockaddr_in}. */
  public static final class SockaddrIn {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_SHORT.withName("sin_family"),
                JAVA_SHORT.withName("sin_port"),
                bytes("sin_addr", 4),
                bytes("sin_zero", 8))
            .withName("sockaddr_in");
    public static final long FAMILY = offset(LAYOUT, "sin_family");
    public static final long ADDRESS = offset(LAYOUT, "sin_addr");

    private SockaddrIn() {}
  }

  /** {@code struct sockaddr_in6}. */
  public static final class SockaddrIn6 {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_SHORT.withName("sin6_family"),
                JAVA_SHORT.withName("sin6_port"),
                JAVA_INT.withName("sin6_flowinfo"),
                bytes("sin6_addr", 16),
                JAVA_INT.withName("sin6_scope_id"))
            .withName("sockaddr_in6");
    public static final long FAMILY = offset(LAYOUT, "sin6_family");
    public static final long ADDRESS = offset(LAYOUT, "sin6_addr");
    public static final long SCOPE_ID = offset(LAYOUT, "sin6_scope_id");

    private SockaddrIn6() {}
  }

  /** {@code struct sockaddr_un}. */
  public static final class SockaddrUn {
    public static final StructLayout LAYOUT =
        structLayout(JAVA_SHORT.withName("sun_family"), bytes("sun_path", 108))
            .withName("sockaddr_un");
    public static final long FAMILY = offset(LAYOUT, "sun_family");
    public static final long PATH = offset(LAYOUT, "sun_path");

    private SockaddrUn() {}
  }

  /** {@code struct sockaddr_ll}. */
  public static final class SockaddrLl {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_SHORT.withName("sll_family"),
                JAVA_SHORT.withName("sll_protocol"),
                JAVA_INT.withName("sll_ifindex"),
                JAVA_SHORT.withName("sll_hatype"),
                JAVA_BYTE.withName("sll_pkttype"),
                JAVA_BYTE.withName("sll_halen"),
                bytes("sll_addr", 8))
            .withName("sockaddr_ll");
    public static final long FAMILY = offset(LAYOUT, "sll_family");
    public static final long PROTOCOL = offset(LAYOUT, "sll_protocol");
    public static final long IFINDEX = offset(LAYOUT, "sll_ifindex");
    public static final long HALEN = offset(LAYOUT, "sll_halen");
    public static final long ADDR = offset(LAYOUT, "sll_addr");

    private SockaddrLl() {}
  }

  /** {@code struct sockaddr_nl}. */
  public static final class SockaddrNl {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_SHORT.withName("nl_family"),
                JAVA_SHORT.withName("nl_pad"),
                JAVA_INT.withName("nl_pid"),
                JAVA_INT.withName("nl_groups"))
            .withName("sockaddr_nl");
    public static final long FAMILY = offset(LAYOUT, "nl_family");
    public static final long PID = offset(LAYOUT, "nl_pid");
    public static final long GROUPS = offset(LAYOUT, "nl_groups");

    private SockaddrNl() {}
  }

  /** {@code struct iovec}. */
  public static final class Iovec {
    public static final StructLayout LAYOUT =
        structLayout(ADDRESS.withName("iov_base"), JAVA_LONG.withName("iov_len")).withName("iovec");
    public static final long BASE = offset(LAYOUT, "iov_base");
    public static final long LEN = offset(LAYOUT, "iov_len");

    private Iovec() {}
  }

  /** {@code struct msghdr}. */
  public static final class Msghdr {
    public static final StructLayout LAYOUT =
        structLayout(
                ADDRESS.withName("msg_name"),
                JAVA_INT.withName("msg_namelen"),
                paddingLayout(4),
                ADDRESS.withName("msg_iov"),
                JAVA_LONG.withName("msg_iovlen"),
                ADDRESS.withName("msg_control"),
                JAVA_LONG.withName("msg_controllen"),
                JAVA_INT.withName("msg_flags"),
                paddingLayout(4))
            .withName("msghdr");
    public static final long NAME = offset(LAYOUT, "msg_name");
    public static final long NAMELEN = offset(LAYOUT, "msg_namelen");
    public static final long IOV = offset(LAYOUT, "msg_iov");
    public static final long IOVLEN = offset(LAYOUT, "msg_iovlen");
    public static final long CONTROL = offset(LAYOUT, "msg_control");
    public static final long CONTROLLEN = offset(LAYOUT, "msg_controllen");
    public static final long FLAGS = offset(LAYOUT, "msg_flags");

    private Msghdr() {}
  }

  /** {@code struct mmsghdr}; its {@code msghdr} comes first. */
  public static final class Mmsghdr {
    public static final StructLayout LAYOUT =
        structLayout(
                Msghdr.LAYOUT.withName("msg_hdr"), JAVA_INT.withName("msg_len"), paddingLayout(4))
            .withName("mmsghdr");
    public static final long LEN = offset(LAYOUT, "msg_len");

    private Mmsghdr() {}
  }

  /** {@code struct cmsghdr}; the data follows at {@link #DATA}, the next header is 8-aligned. */
  public static final class Cmsghdr {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_LONG.withName("cmsg_len"),
                JAVA_INT.withName("cmsg_level"),
                JAVA_INT.withName("cmsg_type"))
            .withName("cmsghdr");
    public static final long LEN = offset(LAYOUT, "cmsg_len");
    public static final long LEVEL = offset(LAYOUT, "cmsg_level");
    public static final long TYPE = offset(LAYOUT, "cmsg_type");
    public static final long DATA = LAYOUT.byteSize();

    private Cmsghdr() {}

    /** The room a control message with that much data takes ({@code CMSG_SPACE}). */
    public static long space(long dataLength) {
      return DATA + (dataLength + 7 & ~7L);
    }
  }

  /** {@code struct in_pktinfo}. */
  public static final class InPktinfo {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_INT.withName("ipi_ifindex"), bytes("ipi_spec_dst", 4), bytes("ipi_addr", 4))
            .withName("in_pktinfo");
    public static final long IFINDEX = offset(LAYOUT, "ipi_ifindex");
    public static final long SPEC_DST = offset(LAYOUT, "ipi_spec_dst");

    private InPktinfo() {}
  }

  /** {@code struct in6_pktinfo}. */
  public static final class In6Pktinfo {
    public static final StructLayout LAYOUT =
        structLayout(bytes("ipi6_addr", 16), JAVA_INT.withName("ipi6_ifindex"))
            .withName("in6_pktinfo");
    public static final long ADDRESS = offset(LAYOUT, "ipi6_addr");
    public static final long IFINDEX = offset(LAYOUT, "ipi6_ifindex");

    private In6Pktinfo() {}
  }

  /** {@code struct ip_mreqn}. */
  public static final class IpMreqn {
    public static final StructLayout LAYOUT =
        structLayout(
                bytes("imr_multiaddr", 4),
                bytes("imr_address", 4),
                JAVA_INT.withName("imr_ifindex"))
            .withName("ip_mreqn");
    public static final long GROUP = offset(LAYOUT, "imr_multiaddr");
    public static final long IFINDEX = offset(LAYOUT, "imr_ifindex");

    private IpMreqn() {}
  }

  /** {@code struct ipv6_mreq}. */
  public static final class Ipv6Mreq {
    public static final StructLayout LAYOUT =
        structLayout(bytes("ipv6mr_multiaddr", 16), JAVA_INT.withName("ipv6mr_interface"))
            .withName("ipv6_mreq");
    public static final long GROUP = offset(LAYOUT, "ipv6mr_multiaddr");
    public static final long IFINDEX = offset(LAYOUT, "ipv6mr_interface");

    private Ipv6Mreq() {}
  }

  /** {@code struct sock_filter}: one instruction of a classic BPF program. */
  public static final class SockFilter {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_SHORT.withName("code"),
                JAVA_BYTE.withName("jt"),
                JAVA_BYTE.withName("jf"),
                JAVA_INT.withName("k"))
            .withName("sock_filter");
    public static final long CODE = offset(LAYOUT, "code");
    public static final long JT = offset(LAYOUT, "jt");
    public static final long JF = offset(LAYOUT, "jf");
    public static final long K = offset(LAYOUT, "k");

    private SockFilter() {}
  }

  /** {@code struct sock_fprog}. */
  public static final class SockFprog {
    public static final StructLayout LAYOUT =
        structLayout(JAVA_SHORT.withName("len"), paddingLayout(6), ADDRESS.withName("filter"))
            .withName("sock_fprog");
    public static final long LEN = offset(LAYOUT, "len");
    public static final long FILTER = offset(LAYOUT, "filter");

    private SockFprog() {}
  }

  /** {@code struct timespec}. */
  public static final class Timespec {
    public static final StructLayout LAYOUT =
        structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"))
            .withName("timespec");
    public static final long SEC = offset(LAYOUT, "tv_sec");
    public static final long NSEC = offset(LAYOUT, "tv_nsec");

    private Timespec() {}
  }

  /** {@code struct itimerspec}. */
  public static final class Itimerspec {
    public static final StructLayout LAYOUT =
        structLayout(Timespec.LAYOUT.withName("it_interval"), Timespec.LAYOUT.withName("it_value"))
            .withName("itimerspec");
    public static final long VALUE = offset(LAYOUT, "it_value");

    private Itimerspec() {}
  }

  /** {@code struct pollfd}. */
  public static final class Pollfd {
    public static final StructLayout LAYOUT =
        structLayout(
                JAVA_INT.withName("fd"),
                JAVA_SHORT.withName("events"),
                JAVA_SHORT.withName("revents"))
            .withName("pollfd");
    public static final long FD = offset(LAYOUT, "fd");
    public static final long EVENTS = offset(LAYOUT, "events");
    public static final long REVENTS = offset(LAYOUT, "revents");

    private Pollfd() {}
  }
}
