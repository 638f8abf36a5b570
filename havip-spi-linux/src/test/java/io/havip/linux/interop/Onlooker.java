package io.havip.linux.interop;

import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.net.IpAddress;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.spi.Timers;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Asks all the time who has an address, and pings one host for it that is perhaps no longer the
 * holder: a neighbour whose cache has not been put right.
 */
final class Onlooker implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(5);

  private final LinuxPlatform platform;
  private final LabProcess ping;
  private final IpAddress address;
  private final LabHost asked;
  private Timers.Deadline next;

  private Onlooker(LabHost client, LabHost asked, IpAddress address) {
    this.address = address;
    this.asked = asked;
    client.exec(
        "ip",
        "neigh",
        "replace",
        address.toString(),
        "lladdr",
        asked.mac(),
        "dev",
        LabHost.INTERFACE,
        "nud",
        "permanent");
    ping = client.start("ping", "-q", "-i", "0.005", address.toString());
    platform =
        LinuxPlatform.open(
            new PlatformOptions("onlooker", FenceOptions.NONE),
            NetworkNamespace.threads(client.namespace()));
    platform.execute(() -> {
      next = platform.timers().newDeadline(this::ask);
      ask();
    });
  }

  /** Begins. */
  static Onlooker start(LabHost client, LabHost asked, String address) {
    return new Onlooker(client, asked, IpAddress.parse(address));
  }

  private void ask() {
    long end = platform.timers().now() + EVERY.toNanos();
    platform.announcer().probe(LabHost.INTERFACE, address, end - 1_000_000, answered -> {});
    next.arm(end);
  }

  /** The answers of the pinged host for the address, to ARP and to ICMP. */
  List<Frame> answers(Capture capture) {
    return capture.frames(this::isAnswer);
  }

  private boolean isAnswer(Frame frame) {
    if (frame.packet() instanceof Packet.Arp arp) {
      return arp.operation() == 2
          && arp.senderMac().equals(asked.mac())
          && arp.senderIp().equals(address.toString());
    }
    byte[] bytes = frame.bytes();
    return bytes.length >= 34
        && bytes[12] == 8
        && bytes[13] == 0
        && bytes[23] == 1
        && HexFormat.ofDelimiter(":").formatHex(bytes, 6, 12).equals(asked.mac())
        && Arrays.equals(Arrays.copyOfRange(bytes, 26, 30), address.toBytes());
  }

  @Override
  public void close() {
    platform.close();
    ping.close();
  }
}
