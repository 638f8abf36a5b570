package io.havip.linux.internal.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.AddressScope;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Requests on a little-endian host. The parts are those that {@code ip addr} sends (recorded with
 * {@code strace}); the order of the attributes is free.
 */
class RtnetlinkTest {

  private static String hex(byte[] message) {
    return HexFormat.of().formatHex(message);
  }

  @Test
  void addOfAnIpv4AddressWithAllParts() {
    VirtualAddress address =
        VirtualAddress.parse("172.17.16.3/24")
            .withLabel("v0:vip")
            .withScope(AddressScope.LINK)
            .withBroadcast(IpAddress.parse("172.17.16.255"));
    assertThat(hex(Rtnetlink.addAddress(0x01020304, 2, address, 0)))
        .isEqualTo(
            "3c000000"
                + "1400"
                + "0506"
                + "04030201"
                + "00000000" // 60 bytes, NEWADDR, 0x605
                + "02"
                + "18"
                + "00"
                + "fd"
                + "02000000" // IPv4, /24, link scope, index 2
                + "0800"
                + "0200"
                + "ac111003" // local
                + "0800"
                + "0100"
                + "ac111003" // address
                + "0b00"
                + "0300"
                + "76303a76697000"
                + "00" // label with zero and padding
                + "0800"
                + "0400"
                + "ac1110ff"); // broadcast
  }

  @Test
  void aLifetimeIsThatOfPreferenceToo() {
    assertThat(hex(Rtnetlink.renewAddress(1, 2, VirtualAddress.parse("172.17.16.3/32"), 15)))
        .startsWith("3c000000" + "1400" + "0101") // NEWADDR, REQUEST | REPLACE, no answer
        .endsWith("1400" + "0600" + "0f000000" + "0f000000" + "00000000" + "00000000");
  }

  @Test
  void addOfAnIpv6AddressSkipsDuplicateAddressDetection() {
    assertThat(hex(Rtnetlink.addAddress(1, 2, VirtualAddress.parse("fd00::3/64"), 0)))
        .isEqualTo(
            "40000000"
                + "1400"
                + "0506"
                + "01000000"
                + "00000000"
                + "0a"
                + "40"
                + "02"
                + "00"
                + "02000000"
                + "1400"
                + "0200"
                + "fd000000000000000000000000000003"
                + "1400"
                + "0100"
                + "fd000000000000000000000000000003");
  }

  @Test
  void removalAsksForAnAnswerAndNothingElse() {
    assertThat(hex(Rtnetlink.removeAddress(1, 2, VirtualAddress.parse("172.17.16.3/24"))))
        .isEqualTo(
            "28000000"
                + "1500"
                + "0500"
                + "01000000"
                + "00000000"
                + "02"
                + "18"
                + "00"
                + "00"
                + "02000000"
                + "0800"
                + "0200"
                + "ac111003"
                + "0800"
                + "0100"
                + "ac111003");
    assertThat(hex(Rtnetlink.removeAddress(1, 2, VirtualAddress.parse("fd00::3/64"))))
        .startsWith("40000000" + "1500" + "0500");
  }

  @Test
  void dumpsAskForEverything() {
    assertThat(hex(Rtnetlink.getLinks(1)))
        .isEqualTo("20000000" + "1200" + "0103" + "01000000" + "00000000" + "00".repeat(16));
    assertThat(hex(Rtnetlink.getAddresses(1)))
        .isEqualTo("18000000" + "1600" + "0103" + "01000000" + "00000000" + "00".repeat(8));
  }

  @Test
  void routeIsAskedForOneAddress() {
    assertThat(hex(Rtnetlink.getRoute(1, IpAddress.parse("fd00::3"))))
        .isEqualTo(
            "30000000"
                + "1a00"
                + "0100"
                + "01000000"
                + "00000000"
                + "0a80"
                + "00".repeat(10)
                + "1400"
                + "0100"
                + "fd000000000000000000000000000003");
  }
}
