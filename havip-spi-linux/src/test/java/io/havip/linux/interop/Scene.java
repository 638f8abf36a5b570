package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Our host, a peer's host and a client on one bridge, shared by all rows of a class. Each row has a
 * VRID and an address of its own, so that nothing of an earlier row is taken for its own.
 */
final class Scene implements AutoCloseable {

  /** Far longer than any rule allows; only a loaded machine comes near it. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  final Lab lab = Lab.open();
  final LabHost ours;
  final LabHost theirs;
  final LabHost client;
  final Capture capture;
  private final List<AutoCloseable> running = new ArrayList<>();
  private int row;

  Scene() {
    try {
      ours = lab.addHost("ours", "172.17.16.7", "fd00:9::7/64");
      theirs = lab.addHost("theirs", "172.17.16.13", "fd00:9::13/64");
      client = lab.addHost("client", "172.17.16.100", "fd00:9::100/64");
      capture = lab.capture();
    } catch (RuntimeException e) {
      try (lab) {
        throw e;
      }
    }
  }

  /** A group that no earlier row has used. */
  Spec nextGroup(boolean six, int priority) {
    row++;
    int number = 110 + row;
    return Spec.multicast(
        number, six ? "fd00:9::" + Integer.toHexString(number) : "172.17.16." + number, priority);
  }

  <T extends AutoCloseable> T closeLater(T started) {
    running.add(started);
    return started;
  }

  /** Ends all programs of a row and takes off what killed ones left behind. */
  void endRow() throws Exception {
    for (AutoCloseable each : running.reversed()) {
      each.close();
    }
    running.clear();
    for (LabHost host : List.of(ours, theirs)) {
      host.plugCable();
      host.tryExec("sh", "-c", LEFTOVERS);
    }
  }

  private static final String LEFTOVERS =
      """
      for i in $(ip -o link | grep -o ' vrrp[^@: ]*'); do ip link del $i; done
      for a in $(ip -o addr show dev eth0 | grep -oE ' (172[^ ]*/32|fd[^ ]*/128)'); do
        ip addr del $a dev eth0
      done
      """;

  /** The host announces the address, and the client finds it there. */
  void assertServedBy(LabHost holder, Spec spec, long since) {
    String mac = spec.mac(holder);
    capture.awaitFrame(
        "an announcement of " + spec.vip() + " at " + mac + " by " + holder.name(),
        frame -> frame.isAnnouncement(spec.vip(), mac) && cameFrom(holder, spec, frame),
        since,
        LIMIT);
    assertReached(holder, spec);
  }

  /**
   * FRR holds the address, and the client finds it there. FRR sets its interface up and announces
   * an IPv6 address at the same time, so that the announcement is lost more often than not; its
   * adverts are what tells the bridge.
   */
  void assertServedByFrr(Spec spec, long since) {
    capture.awaitFrame(
        "an advert of FRR",
        frame -> frame.isAdvert(spec.vrid()) && isFrom(theirs, frame),
        since,
        LIMIT);
    assertReached(theirs, spec);
  }

  void assertReached(LabHost holder, Spec spec) {
    String mac = spec.mac(holder);
    Await.until(
        "the client to reach " + spec.vip(),
        LIMIT,
        () -> client.tryExec("ping", "-c1", "-W1", spec.vip()).ok());
    if (holder == ours || !spec.vmac()) {
      assertThat(client.neighbourMac(spec.vip())).contains(mac);
    } else {
      // The other programs' hosts also ask for neighbours with the virtual address as sender, which
      // moves the entry to their own MAC address until the next announcement.
      assertThat(List.of(mac, holder.mac()))
          .contains(client.neighbourMac(spec.vip()).orElseThrow());
    }
    assertThat(holder.hasAddress(spec.vip())).isTrue();
  }

  /**
   * Frames with the virtual MAC address come from whichever host sent an advert last. In unicast no
   * advert leaves for a peer whose host is dead, for nobody answers ARP there.
   */
  private boolean cameFrom(LabHost holder, Spec spec, Frame announcement) {
    if (!spec.vmac() || spec.unicast()) {
      return true;
    }
    return capture
        .lastBefore(announcement, frame -> frame.isAdvert(spec.vrid()))
        .map(frame -> isFrom(holder, frame))
        .orElse(false);
  }

  /** FRR sends IPv6 adverts from an address of its own making, so what is not ours is theirs. */
  boolean isFrom(LabHost holder, Frame frame) {
    String source = ((Packet.VrrpAdvert) frame.packet()).source();
    boolean fromOurs = List.of(ours.address(), address6(ours), linkLocal(ours)).contains(source);
    return fromOurs == (holder == ours);
  }

  static String address6(LabHost host) {
    return "fd00:9::" + host.address().substring("172.17.16.".length());
  }

  /** The kernel makes it of the MAC address {@code 0a:00:00:00:00:NN} by EUI-64. */
  static String linkLocal(LabHost host) {
    return "fe80::800:ff:fe00:"
        + Integer.toHexString(Integer.parseInt(host.mac().substring(15), 16));
  }

  /** No advert but those of the holder, for some intervals. */
  void assertOnlySpeaker(LabHost holder, Spec spec) {
    long since = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      Frame advert = capture.awaitFrame("an advert", f -> f.isAdvert(spec.vrid()), since, LIMIT);
      assertThat(isFrom(holder, advert)).as("%s", advert).isTrue();
      since = advert.nanos() + 1;
    }
  }

  @Override
  public void close() {
    capture.close();
    lab.close();
  }
}
