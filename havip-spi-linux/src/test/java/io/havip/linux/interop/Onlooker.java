package io.havip.linux.interop;

import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.net.IpAddress;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.spi.Timers;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Conversation;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import io.havip.testkit.lab.Probe;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Asks all the time who has an address, and pings one host for it that is perhaps no longer the
 * holder, connects to it, and goes on to talk to it in a connection that is open already: a
 * neighbour whose cache has not been put right. The host is given a program that answers, which
 * knows nothing of members.
 */
final class Onlooker implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(5);

  /** Connections are given up soon, so that the next is tried. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int SYN = 2;

  private final LinuxPlatform platform;
  private final LabProcess ping;
  private final LabProcess server;
  private final Conversation conversation;
  private final Probe connections;
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
    server = Probe.answerOn(asked);
    conversation = Conversation.start(client, address.toString(), EVERY);
    connections = Probe.start(client, address.toString(), EVERY, PATIENCE);
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

  /** What the asked host sent in the name of the address: ARP, ICMP, TCP of whatever kind. */
  List<Frame> answers(Capture capture) {
    return capture.frames(frame -> isArp(frame) || is(frame, ICMP) || is(frame, TCP));
  }

  /** Of these the connections that it accepted. */
  List<Frame> accepted(Capture capture) {
    return capture.frames(frame -> is(frame, TCP) && (tcpFlags(frame) & SYN) != 0);
  }

  /** When something came back in the connection that stays open. */
  List<Long> echoes() {
    return conversation.echoes();
  }

  private boolean isArp(Frame frame) {
    return frame.packet() instanceof Packet.Arp arp
        && arp.operation() == 2
        && arp.senderMac().equals(asked.mac())
        && arp.senderIp().equals(address.toString());
  }

  private boolean is(Frame frame, int protocol) {
    byte[] bytes = frame.bytes();
    return bytes.length >= 34
        && bytes[12] == 8
        && bytes[13] == 0
        && bytes[23] == protocol
        && HexFormat.ofDelimiter(":").formatHex(bytes, 6, 12).equals(asked.mac())
        && Arrays.equals(Arrays.copyOfRange(bytes, 26, 30), address.toBytes());
  }

  private static int tcpFlags(Frame frame) {
    byte[] bytes = frame.bytes();
    return bytes[14 + 4 * (bytes[14] & 0xf) + 13];
  }

  @Override
  public void close() {
    platform.close();
    ping.close();
    connections.close();
    conversation.close();
    server.close();
  }
}
