package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.havip.net.IpAddress;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Emitting into an array of the caller allocates nothing, as its contract says. */
class AllocationTest {

  private static final int ROUNDS = 20_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final byte[] target = new byte[200];

  @Test
  void emittingAllocatesNothing() {
    Ipv6Address virtualIp6 = (Ipv6Address) IpAddress.parse("fe80::50");
    IpAddress source6 = IpAddress.parse("fe80::1");
    VrrpAdvert six = VrrpAdvert.v3(51, 150, 100, List.of(virtualIp6));
    IpAddress virtualIp = IpAddress.parse("192.0.2.50");
    IpAddress source = IpAddress.parse("192.0.2.1");
    VrrpAdvert v3 = VrrpAdvert.v3(51, 150, 100, List.of(virtualIp, source));
    VrrpAdvert v2 =
        VrrpAdvert.v2(51, 150, 1, List.of(virtualIp), VrrpAuth.SimplePassword.of("1111"));
    Ipv4Header header = Ipv4Header.vrrp(1, Frames.ipv4("192.0.2.1"), VrrpCodec.GROUP_IPV4, 12);
    MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
    ArpPacket arp = ArpPacket.gratuitous(Frames.ipv4("192.0.2.50"), mac);

    Runnable emit =
        () -> {
          encode(six, source6, VrrpCodec.GROUP_IPV6);
          encode(v3, source, VrrpCodec.GROUP_IPV4);
          encode(v2, source, VrrpCodec.GROUP_IPV4);
          Ipv4Codec.encode(header, target, 0);
          ArpCodec.encode(arp, target, 0);
          NeighborAdvertCodec.unsolicited(virtualIp6, mac, true, target, 0);
        };
    repeat(emit); // classes are loaded and call sites linked once
    long bytes = allocatedBy(() -> repeat(emit));

    // Less than one byte a round: what the measurement itself needs, but no object a round.
    assertThat(bytes).isLessThan(ROUNDS);
  }

  @Test
  void theMeasurementSeesOneObjectARound() {
    Runnable allocate = () -> sink = new byte[1];
    repeat(allocate);

    assertThat(allocatedBy(() -> repeat(allocate))).isGreaterThan(ROUNDS);
    assertThat(sink).hasSize(1);
  }

  private volatile byte[] sink = {};

  private void encode(VrrpAdvert advert, IpAddress source, IpAddress destination) {
    VrrpCodec.encode(advert, source, destination, ChecksumForm.PSEUDO_HEADER, target, 0);
  }

  private static void repeat(Runnable action) {
    for (int i = 0; i < ROUNDS; i++) {
      action.run();
    }
  }

  private static long allocatedBy(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    action.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
