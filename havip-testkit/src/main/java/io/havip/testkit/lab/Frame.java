package io.havip.testkit.lab;

import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A captured Ethernet frame with the time at which the kernel saw it on the bridge, some
 * microseconds after its host sent it.
 */
public final class Frame {

  private final long epochNanos;
  private final long nanos;
  private final byte[] bytes;
  private final Packet packet;

  Frame(long epochNanos, long nanos, byte[] bytes) {
    this.epochNanos = epochNanos;
    this.nanos = nanos;
    this.bytes = bytes;
    this.packet = Packet.decode(bytes);
  }

  /**
   * The kernel's time stamp.
   *
   * @return nanoseconds since 1970, of the wall clock
   */
  public long epochNanos() {
    return epochNanos;
  }

  /**
   * The kernel's time stamp on the axis of {@link System#nanoTime}, comparable with the times of
   * process lines and signals. Converted when the frame was read, to some microseconds; wrong only
   * if the wall clock was set between the kernel's stamp and that moment.
   *
   * @return nanoseconds
   */
  public long nanos() {
    return nanos;
  }

  /**
   * The time from another frame to this one, from the kernel's stamps alone.
   *
   * @param earlier the other frame
   * @return negative if that one is the later
   */
  public Duration since(Frame earlier) {
    return Duration.ofNanos(epochNanos - earlier.epochNanos);
  }

  /**
   * The frame as captured, from the Ethernet header on, at most {@value Capture#SNAP_LENGTH} bytes.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The frame's bytes as hexadecimal digits.
   *
   * @return lower case, no blanks
   */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * What the frame says.
   *
   * @return decoded when it was read
   */
  public Packet packet() {
    return packet;
  }

  /**
   * Tells whether this is an advert of a virtual router.
   *
   * @param vrid the virtual router id
   * @return true for any version, sender and priority
   */
  public boolean isAdvert(int vrid) {
    return packet instanceof Packet.VrrpAdvert advert && advert.vrid() == vrid;
  }

  /**
   * Tells whether this is an advert of a virtual router from one sender.
   *
   * @param vrid the virtual router id
   * @param source the sender's IP address
   * @return true for any version and priority
   */
  public boolean isAdvert(int vrid, String source) {
    return packet instanceof Packet.VrrpAdvert advert
        && advert.vrid() == vrid
        && advert.source().equals(source);
  }

  /**
   * Tells whether this announces an address: a gratuitous ARP, or a neighbour advertisement sent to
   * all nodes.
   *
   * @param address the IP address
   * @return true whatever the MAC address
   */
  public boolean isAnnouncement(String address) {
    return announcedMac(address) != null;
  }

  /**
   * Tells whether this announces that an address is at a MAC address.
   *
   * @param address the IP address
   * @param mac the MAC address
   * @return true for a gratuitous ARP or an unsolicited neighbour advertisement saying so
   */
  public boolean isAnnouncement(String address, String mac) {
    return mac.equals(announcedMac(address));
  }

  private @Nullable String announcedMac(String address) {
    return switch (packet) {
      case Packet.Arp arp when arp.gratuitous() && arp.senderIp().equals(address) ->
          arp.senderMac();
      case Packet.NeighborAdvertisement na
          when na.target().equals(address) && na.destination().equals("ff02::1") ->
          na.targetMac();
      default -> null;
    };
  }

  @Override
  public String toString() {
    return "%d.%09d %s (%d bytes)"
        .formatted(epochNanos / 1_000_000_000, epochNanos % 1_000_000_000, packet, bytes.length);
  }
}
