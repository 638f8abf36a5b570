package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two members and a client on one bridge, with the addresses of the seed's configuration. */
final class PeerScene implements AutoCloseable {

  static final String VIP = "172.17.16.3";
  static final int VRID = 51;

  /** Long enough for three lost adverts of one second, a JVM's start and a loaded machine. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  private final List<AutoCloseable> running = new ArrayList<>();

  final Lab lab;
  final LabHost a;
  final LabHost b;
  final LabHost client;
  final Capture capture;
  final Probe probe;

  PeerScene() {
    lab = Lab.open();
    running.add(lab);
    a = lab.addHost("a", "172.17.16.7");
    b = lab.addHost("b", "172.17.16.13");
    client = lab.addHost("client", "172.17.16.100");
    capture = closeLater(lab.capture());
    closeLater(Probe.answerOn(a));
    closeLater(Probe.answerOn(b));
    probe = closeLater(Probe.start(client, VIP, Duration.ofMillis(50), Duration.ofMillis(250)));
  }

  /** The seed's instance on host a or b: version 2, password, unicast, one address. */
  Instance seed(LabHost host, int priority) {
    LabHost peer = host == a ? b : a;
    return KeepalivedConfig.instance(VRID)
        .set("interface", LabHost.INTERFACE)
        .state("BACKUP")
        .version(2)
        .priority(priority)
        .advertInterval(Duration.ofSeconds(1))
        .password("1111")
        .unicast(host.address(), peer.address())
        .vip(VIP)
        .garp(5, Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  /** A version 3 instance by multicast. */
  Instance multicast(int priority, Duration interval) {
    return KeepalivedConfig.instance(VRID)
        .set("interface", LabHost.INTERFACE)
        .state("BACKUP")
        .version(3)
        .priority(priority)
        .advertInterval(interval)
        .vip(VIP)
        .garp(5, Duration.ofSeconds(1), Duration.ZERO);
  }

  <T extends AutoCloseable> T closeLater(T started) {
    running.add(started);
    return started;
  }

  /**
   * The address is announced with the host's MAC, the client reaches it there by TCP, and ARP names
   * it.
   */
  void assertServedBy(LabHost host, long since) {
    Frame announcement =
        capture.awaitFrame(
            "an announcement of " + VIP + " by " + host.name(),
            frame -> frame.isAnnouncement(VIP, host.mac()),
            since,
            LIMIT);
    probe.awaitAnswer(host, announcement.nanos(), LIMIT);
    assertThat(client.neighbourMac(VIP)).contains(host.mac());
    assertThat(client.allArpAnswers(VIP)).contains(host.mac());
  }

  /** Nobody but this host answers for the address. */
  void assertOnlyHolder(LabHost host) {
    Await.until(
        "only " + host.name() + " answers ARP for " + VIP,
        LIMIT,
        () -> client.allArpAnswers(VIP).equals(java.util.Set.of(host.mac())));
  }

  @Override
  public void close() {
    for (AutoCloseable each : running.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + each, e);
      }
    }
  }
}
