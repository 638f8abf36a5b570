package io.havip.linux.internal.netlink;

import static io.havip.linux.internal.netlink.Messages.addressBody;
import static io.havip.linux.internal.netlink.Messages.attribute;
import static io.havip.linux.internal.netlink.Messages.join;
import static io.havip.linux.internal.netlink.Messages.linkBody;
import static io.havip.linux.internal.netlink.Messages.message;
import static io.havip.linux.internal.netlink.Messages.number;
import static io.havip.linux.internal.netlink.Messages.parse;
import static io.havip.linux.internal.netlink.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetlinkParserTest {

  private static final MacAddress MAC = MacAddress.parse("0a:00:00:00:00:01");
  private static final IpAddress VIP = IpAddress.parse("172.17.16.3");

  @Test
  void linkWithNameAddressAndMtu() {
    byte[] link =
        message(
            16,
            0,
            7,
            linkBody(0, 2, 0x11043),
            attribute(3, text("eth0")),
            attribute(4, number(1500)),
            attribute(1, MAC.toBytes()));
    assertThat(parse(link))
        .containsExactly(new NetlinkMessage.LinkPresent(7, 2, "eth0", MAC, 0x11043, 1500));
  }

  @Test
  void linkWithoutEthernetAddressHasAllZero() {
    byte[] tunnel =
        message(
            16, 0, 0, linkBody(0, 3, 1), attribute(3, text("tun0")), attribute(1, new byte[16]));
    assertThat(parse(tunnel))
        .containsExactly(new NetlinkMessage.LinkPresent(0, 3, "tun0", MacAddress.ZERO, 1, 0));
  }

  @Test
  void bridgePortMessagesAreNotAboutTheLink() {
    byte[] portLeft = message(17, 0, 0, linkBody(7, 2, 0), attribute(3, text("eth0")));
    assertThat(parse(portLeft)).containsExactly(new NetlinkMessage.Other(0, 17));
    byte[] linkLeft = message(17, 0, 0, linkBody(0, 2, 0), attribute(3, text("eth0")));
    assertThat(parse(linkLeft)).containsExactly(new NetlinkMessage.LinkGone(0, 2));
  }

  @Test
  void localAddressWinsOverThePeersAndWideFlagsOverNarrow() {
    byte[] address =
        message(
            20,
            0,
            0,
            addressBody(2, 32, 0x80, 0, 2),
            attribute(1, IpAddress.parse("10.0.0.1").toBytes()),
            attribute(2, VIP.toBytes()),
            attribute(8, number(0x281)));
    assertThat(parse(address))
        .containsExactly(new NetlinkMessage.AddressPresent(0, 2, VIP, 32, 0x281, 0));
  }

  @Test
  void ipv6AddressComesWithoutLocalAttribute() {
    IpAddress six = IpAddress.parse("fe80::1");
    byte[] gone = message(21, 0, 0, addressBody(10, 64, 0, 253, 2), attribute(1, six.toBytes()));
    assertThat(parse(gone)).containsExactly(new NetlinkMessage.AddressGone(0, 2, six, 64));
  }

  @Test
  void malformedAddressesAreOfNoInterest() {
    byte[] wrongLength = message(20, 0, 0, addressBody(2, 24, 0, 0, 2), attribute(2, new byte[3]));
    byte[] wrongPrefix =
        message(20, 0, 0, addressBody(2, 33, 0, 0, 2), attribute(2, VIP.toBytes()));
    byte[] noIndex = message(20, 0, 0, addressBody(2, 24, 0, 0, 0), attribute(2, VIP.toBytes()));
    assertThat(parse(join(wrongLength, wrongPrefix, noIndex)))
        .hasSize(3)
        .allSatisfy(m -> assertThat(m).isEqualTo(new NetlinkMessage.Other(0, 20)));
  }

  @Test
  void acknowledgementAndRefusal() {
    byte[] request = message(20, 5, 9, new byte[8]);
    byte[] done = message(2, 0x100, 9, number(0), request);
    byte[] refused = message(2, 0, 9, number(-17), request);
    assertThat(parse(join(done, refused)))
        .containsExactly(
            new NetlinkMessage.Answer(9, 0, null), new NetlinkMessage.Answer(9, 17, null));
  }

  @Test
  void kernelsExplanationIsReadBehindTheQuotedRequest() {
    byte[] request = message(20, 5, 9, new byte[8]);
    byte[] quoted =
        message(2, 0x200, 9, number(-22), request, attribute(1, text("Invalid prefix")));
    assertThat(parse(quoted)).containsExactly(new NetlinkMessage.Answer(9, 22, "Invalid prefix"));
    byte[] header = Arrays.copyOf(request, 16);
    byte[] capped = message(2, 0x300, 9, number(-22), header, attribute(1, text("Invalid prefix")));
    assertThat(parse(capped)).containsExactly(new NetlinkMessage.Answer(9, 22, "Invalid prefix"));
  }

  @Test
  void interruptedDumpIsToldWhicheverMessageSaysSo() {
    byte[] flagged = message(16, 0x12, 4, linkBody(0, 2, 1), attribute(3, text("eth0")));
    assertThat(parse(flagged)).last().isEqualTo(new NetlinkMessage.DumpInterrupted(4));
    assertThat(parse(message(3, 0x12, 4, number(0))))
        .containsExactly(new NetlinkMessage.DumpEnd(4, 0, true));
    assertThat(parse(message(3, 0x2, 4, number(0))))
        .containsExactly(new NetlinkMessage.DumpEnd(4, 0, false));
  }

  @Test
  void routeTellsItsType() {
    byte[] body = new byte[12];
    body[7] = 2;
    assertThat(parse(message(24, 0, 3, body))).containsExactly(new NetlinkMessage.Route(3, 2));
  }

  @Test
  void lengthsThatPointOutsideEndTheReading() {
    byte[] good = message(3, 0, 1, number(0));
    byte[] tooLong = message(3, 0, 2, number(0));
    tooLong[0] = 100;
    byte[] tooShort = message(3, 0, 3, number(0));
    tooShort[0] = 15;
    assertThat(parse(join(good, tooLong))).hasSize(1);
    assertThat(parse(join(good, tooShort, good))).hasSize(1);
  }
}
