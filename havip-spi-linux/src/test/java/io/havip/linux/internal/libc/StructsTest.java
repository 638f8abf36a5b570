package io.havip.linux.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.StructLayout;
import org.junit.jupiter.api.Test;

/** Sizes and offsets as a C compiler gives them on 64-bit Linux ({@code offsetof}). */
class StructsTest {

  private static void size(StructLayout layout, long bytes) {
    assertThat(layout.byteSize()).as(layout.toString()).isEqualTo(bytes);
  }

  @Test
  void socketAddresses() {
    size(Structs.SockaddrIn.LAYOUT, 16);
    assertThat(Structs.SockaddrIn.FAMILY).isZero();
    assertThat(Structs.SockaddrIn.ADDRESS).isEqualTo(4);

    size(Structs.SockaddrIn6.LAYOUT, 28);
    assertThat(Structs.SockaddrIn6.FAMILY).isZero();
    assertThat(Structs.SockaddrIn6.ADDRESS).isEqualTo(8);
    assertThat(Structs.SockaddrIn6.SCOPE_ID).isEqualTo(24);

    size(Structs.SockaddrUn.LAYOUT, 110);
    assertThat(Structs.SockaddrUn.FAMILY).isZero();
    assertThat(Structs.SockaddrUn.PATH).isEqualTo(2);

    size(Structs.SockaddrLl.LAYOUT, 20);
    assertThat(Structs.SockaddrLl.FAMILY).isZero();
    assertThat(Structs.SockaddrLl.PROTOCOL).isEqualTo(2);
    assertThat(Structs.SockaddrLl.IFINDEX).isEqualTo(4);
    assertThat(Structs.SockaddrLl.HALEN).isEqualTo(11);
    assertThat(Structs.SockaddrLl.ADDR).isEqualTo(12);

    size(Structs.SockaddrNl.LAYOUT, 12);
    assertThat(Structs.SockaddrNl.FAMILY).isZero();
    assertThat(Structs.SockaddrNl.PID).isEqualTo(4);
    assertThat(Structs.SockaddrNl.GROUPS).isEqualTo(8);
  }

  @Test
  void messages() {
    size(Structs.Iovec.LAYOUT, 16);
    assertThat(Structs.Iovec.BASE).isZero();
    assertThat(Structs.Iovec.LEN).isEqualTo(8);

    size(Structs.Msghdr.LAYOUT, 56);
    assertThat(Structs.Msghdr.NAME).isZero();
    assertThat(Structs.Msghdr.NAMELEN).isEqualTo(8);
    assertThat(Structs.Msghdr.IOV).isEqualTo(16);
    assertThat(Structs.Msghdr.IOVLEN).isEqualTo(24);
    assertThat(Structs.Msghdr.CONTROL).isEqualTo(32);
    assertThat(Structs.Msghdr.CONTROLLEN).isEqualTo(40);

    size(Structs.Mmsghdr.LAYOUT, 64);
    assertThat(Structs.Mmsghdr.LEN).isEqualTo(56);
  }

  @Test
  void controlMessages() {
    size(Structs.Cmsghdr.LAYOUT, 16);
    assertThat(Structs.Cmsghdr.LEN).isZero();
    assertThat(Structs.Cmsghdr.LEVEL).isEqualTo(8);
    assertThat(Structs.Cmsghdr.TYPE).isEqualTo(12);
    assertThat(Structs.Cmsghdr.DATA).isEqualTo(16);
    assertThat(Structs.Cmsghdr.space(4)).isEqualTo(24);
    assertThat(Structs.Cmsghdr.space(12)).isEqualTo(32);
    assertThat(Structs.Cmsghdr.space(16)).isEqualTo(32);
    assertThat(Structs.Cmsghdr.space(20)).isEqualTo(40);

    size(Structs.InPktinfo.LAYOUT, 12);
    assertThat(Structs.InPktinfo.IFINDEX).isZero();
    assertThat(Structs.InPktinfo.SPEC_DST).isEqualTo(4);

    size(Structs.In6Pktinfo.LAYOUT, 20);
    assertThat(Structs.In6Pktinfo.ADDRESS).isZero();
    assertThat(Structs.In6Pktinfo.IFINDEX).isEqualTo(16);
  }

  @Test
  void memberships() {
    size(Structs.IpMreqn.LAYOUT, 12);
    assertThat(Structs.IpMreqn.GROUP).isZero();
    assertThat(Structs.IpMreqn.IFINDEX).isEqualTo(8);

    size(Structs.Ipv6Mreq.LAYOUT, 20);
    assertThat(Structs.Ipv6Mreq.GROUP).isZero();
    assertThat(Structs.Ipv6Mreq.IFINDEX).isEqualTo(16);
  }

  @Test
  void filters() {
    size(Structs.SockFilter.LAYOUT, 8);
    assertThat(Structs.SockFilter.CODE).isZero();
    assertThat(Structs.SockFilter.JT).isEqualTo(2);
    assertThat(Structs.SockFilter.JF).isEqualTo(3);
    assertThat(Structs.SockFilter.K).isEqualTo(4);

    size(Structs.SockFprog.LAYOUT, 16);
    assertThat(Structs.SockFprog.LEN).isZero();
    assertThat(Structs.SockFprog.FILTER).isEqualTo(8);
  }

  @Test
  void timesAndPolls() {
    size(Structs.Timespec.LAYOUT, 16);
    assertThat(Structs.Timespec.SEC).isZero();
    assertThat(Structs.Timespec.NSEC).isEqualTo(8);

    size(Structs.Itimerspec.LAYOUT, 32);
    assertThat(Structs.Itimerspec.VALUE).isEqualTo(16);

    size(Structs.Pollfd.LAYOUT, 8);
    assertThat(Structs.Pollfd.FD).isZero();
    assertThat(Structs.Pollfd.EVENTS).isEqualTo(4);
    assertThat(Structs.Pollfd.REVENTS).isEqualTo(6);
  }
}
