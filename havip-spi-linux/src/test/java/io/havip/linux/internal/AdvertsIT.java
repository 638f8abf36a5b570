package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.PlatformException;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.RealNetwork;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdvertsIT {

  private static final IpAddress GROUP = IpAddress.parse("224.0.0.18");
  private static final IpAddress GROUP6 = IpAddress.parse("ff02::12");
  private static final HexFormat HEX = HexFormat.of();

  private static Lab lab;
  private static Member a;
  private static Member b;

  @BeforeAll
  static void open() {
    RealNetwork.assume("tcpdump");
    lab = Lab.open();
    a = new Member(lab.addHost("a", "172.17.16.7"));
    b = new Member(lab.addHost("b", "172.17.16.13"));
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      a.close();
      b.close();
      lab.close();
    }
  }

  private static byte[] message(int vrid) {
    byte[] message = HEX.parseHex("3100640100640000" + "ac111003");
    message[1] = (byte) vrid;
    return message;
  }

  @Test
  void multicastArrivesWithItsHeaderAndTime() {
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP)) {
      byte[] message = message(51);
      long before = System.nanoTime();
      a.run(() -> ports.a.send(a.address(), GROUP, 255, message, message.length));
      Member.Heard heard = b.take();
      assertThat(heard.source()).isEqualTo(a.address());
      assertThat(heard.destination()).isEqualTo(GROUP);
      assertThat(heard.hopLimit()).isEqualTo(255);
      assertThat(heard.message()).isEqualTo(HEX.formatHex(message));
      assertThat(heard.receivedAt()).isBetween(before, heard.deliveredAt());
    }
  }

  @Test
  void unicastArrivesWithItsHeader() {
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP)) {
      byte[] message = message(52);
      b.run(() -> ports.b.send(b.address(), a.address(), 64, message, message.length));
      Member.Heard heard = a.take();
      assertThat(heard.source()).isEqualTo(b.address());
      assertThat(heard.destination()).isEqualTo(a.address());
      assertThat(heard.hopLimit()).isEqualTo(64);
      assertThat(heard.message()).isEqualTo(HEX.formatHex(message));
    }
  }

  @Test
  void ipv6MulticastAndUnicastArriveWithTheirHeaders() {
    try (Ports ports = new Ports(IpFamily.IPV6, GROUP6)) {
      byte[] message = message(53);
      IpAddress from = a.linkLocal();
      IpAddress to = b.linkLocal();
      a.run(() -> ports.a.send(from, GROUP6, 255, message, message.length));
      Member.Heard multicast = b.take();
      assertThat(multicast.source()).isEqualTo(from);
      assertThat(multicast.destination()).isEqualTo(GROUP6);
      assertThat(multicast.hopLimit()).isEqualTo(255);
      assertThat(multicast.message()).isEqualTo(HEX.formatHex(message));

      a.run(() -> ports.a.send(from, to, 63, message, message.length));
      Member.Heard unicast = b.take();
      assertThat(unicast.source()).isEqualTo(from);
      assertThat(unicast.destination()).isEqualTo(to);
      assertThat(unicast.hopLimit()).isEqualTo(63);
    }
  }

  @Test
  void frameIsThatOfKeepalived() {
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP);
        Capture capture = lab.capture()) {
      byte[] message = message(54);
      a.run(() -> ports.a.send(a.address(), GROUP, 255, message, message.length));
      Frame frame = capture.awaitFrame("the advert", f -> f.isAdvert(54), Duration.ofSeconds(5));
      String hex = frame.hex();
      assertThat(hex.substring(0, 24)).isEqualTo("01005e000012" + "0a0000000001");
      // Version 4, header 20, TOS 0xC0, total length 32.
      assertThat(hex.substring(28, 36)).isEqualTo("45c00020");
      // No fragment, DF clear, TTL 255, protocol 112.
      assertThat(hex.substring(40, 48)).isEqualTo("0000ff70");
      assertThat(hex.substring(52)).isEqualTo("ac111007" + "e0000012" + HEX.formatHex(message));
    }
  }

  @Test
  void messagesOfOneTurnArriveInOrderAndComplete() {
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP)) {
      a.run(() -> {
        for (int vrid = 1; vrid <= 250; vrid++) {
          byte[] message = message(vrid);
          ports.a.send(a.address(), GROUP, 255, message, message.length);
          message[1] = 0; // the bytes were copied
        }
      });
      for (int vrid = 1; vrid <= 250; vrid++) {
        assertThat(b.take().message()).isEqualTo(HEX.formatHex(message(vrid)));
      }
    }
  }

  @Test
  void failedSendIsReportedAndTheOthersLeave() {
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP)) {
      IpAddress foreign = IpAddress.parse("172.17.16.99");
      byte[] first = message(1);
      byte[] second = message(2);
      byte[] third = message(3);
      a.run(() -> {
        ports.a.send(a.address(), GROUP, 255, first, first.length);
        ports.a.send(foreign, GROUP, 255, second, second.length);
        ports.a.send(a.address(), GROUP, 255, third, third.length);
      });
      assertThat(b.take().message()).isEqualTo(HEX.formatHex(first));
      assertThat(b.take().message()).isEqualTo(HEX.formatHex(third));
      assertThat(a.take(a.failures, "failure").describe())
          .contains("224.0.0.18 on eth0")
          .contains("source address");
    }
  }

  @Test
  void groupIsNeededToHearMulticast() {
    b.open(IpFamily.IPV4);
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP)) {
      byte[] message = message(55);
      a.run(() -> ports.a.send(a.address(), GROUP, 255, message, message.length));
      a.run(() -> ports.a.send(a.address(), b.address(), 255, message, message.length));
      // The port with the group hears both, the other the second only.
      assertThat(List.of(b.take(), b.take(), b.take()))
          .extracting(Member.Heard::destination)
          .containsExactlyInAnyOrder(GROUP, b.address(), b.address());
    }
  }

  @Test
  void ownMulticastIsNotHeard() {
    try (Ports ports = new Ports(IpFamily.IPV4, GROUP)) {
      byte[] message = message(56);
      a.run(() -> ports.a.send(a.address(), GROUP, 255, message, message.length));
      b.take();
      // An answer shows that everything sent before has been through.
      b.run(() -> ports.b.send(b.address(), a.address(), 255, message, message.length));
      assertThat(a.take().source()).isEqualTo(b.address());
      assertThat(a.heard).isEmpty();
    }
  }

  @Test
  void loopbackAndMissingInterfacesAreRefused() {
    assertThatThrownBy(() -> a.call(() -> a.platform.adverts().open("lo", IpFamily.IPV4, null)))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("loopback");
    assertThatThrownBy(() -> a.call(() -> a.platform.adverts().open("eth9", IpFamily.IPV4, null)))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("eth9")
        .hasMessageContaining("eth0");
  }

  /** A port on each host, both in a group. */
  private static final class Ports implements AutoCloseable {
    final AdvertPort a;
    final AdvertPort b;

    Ports(IpFamily family, IpAddress group) {
      a = AdvertsIT.a.open(family);
      b = AdvertsIT.b.open(family);
      AdvertsIT.a.run(() -> a.join(group));
      AdvertsIT.b.run(() -> b.join(group));
    }

    @Override
    public void close() {
      AdvertsIT.a.closePorts();
      AdvertsIT.b.closePorts();
    }
  }
}
