package io.havip.wire;

import com.sun.management.ThreadMXBean;
import io.havip.net.IpAddress;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Fuzz targets: what anybody on the link can send. The fuzzer calls the nested classes; {@link
 * WireFuzzTest} replays what it found.
 */
public final class WireFuzz {

  /** Far above what a refusal and an advert of 255 addresses take, far below a leak of the size. */
  private static final long MOST_BYTES = 256 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final IpAddress SOURCE4 = IpAddress.parse("192.0.2.1");
  private static final IpAddress SOURCE6 = IpAddress.parse("fe80::1");

  private WireFuzz() {}

  /** What comes after the IP header, once over IPv4 and once over IPv6. */
  public static final class Vrrp {
    private Vrrp() {}

    /**
     * Called by the fuzzer.
     *
     * @param data any bytes
     */
    public static void fuzzerTestOneInput(byte[] data) {
      bounded(() -> {
        check(data, SOURCE4, VrrpCodec.GROUP_IPV4);
        check(data, SOURCE6, VrrpCodec.GROUP_IPV6);
      });
    }

    private static void check(byte[] data, IpAddress source, IpAddress group) {
      byte[] message = data.clone();
      VrrpParse parse = VrrpCodec.parse(message, 0, message.length, source, group);
      require(Arrays.equals(message, data), "the packet was changed");
      if (parse instanceof VrrpParse.Refused(Refusal refusal)
          && refusal.reason() == RefusalReason.BAD_CHECKSUM) {
        // Nobody guesses a checksum; with the right one the rest of the parser is reached too.
        message[6] = (byte) (refusal.expected() >> 8);
        message[7] = (byte) refusal.expected();
        parse = VrrpCodec.parse(message, 0, message.length, source, group);
      }
      if (parse instanceof VrrpParse.Accepted(VrrpAdvert advert, ChecksumForm form)) {
        byte[] again = VrrpCodec.encode(advert, source, group, form);
        VrrpParse second = VrrpCodec.parse(again, 0, again.length, source, group);
        require(
            second instanceof VrrpParse.Accepted accepted && accepted.advert().equals(advert),
            "an accepted advert does not survive being sent");
      } else if (parse instanceof VrrpParse.Refused(Refusal refusal)) {
        require(!refusal.explain().isBlank(), "a refusal without a reason");
      }
    }
  }

  /** Frames with an ARP packet. */
  public static final class Arp {
    private Arp() {}

    /**
     * Called by the fuzzer.
     *
     * @param data any bytes
     */
    public static void fuzzerTestOneInput(byte[] data) {
      bounded(() -> {
        ArpParse parse = ArpCodec.parse(data, 0, data.length);
        if (parse instanceof ArpParse.Accepted(ArpPacket packet)) {
          byte[] again = ArpCodec.encode(packet);
          require(
              ArpCodec.parse(again, 0, again.length).equals(parse),
              "an accepted ARP packet does not survive being sent");
        }
      });
    }
  }

  /** Packets with an IPv4 header. */
  public static final class Ipv4 {
    private Ipv4() {}

    /**
     * Called by the fuzzer.
     *
     * @param data any bytes
     */
    public static void fuzzerTestOneInput(byte[] data) {
      bounded(() -> Ipv4Codec.parse(data, 0, data.length));
    }
  }

  static void bounded(Runnable parse) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    parse.run();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    // Classes are loaded by the first input, so what is over the bound once has a second go.
    if (allocated > MOST_BYTES) {
      before = THREADS.getCurrentThreadAllocatedBytes();
      parse.run();
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    require(allocated <= MOST_BYTES, "one packet made the parser allocate " + allocated);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
