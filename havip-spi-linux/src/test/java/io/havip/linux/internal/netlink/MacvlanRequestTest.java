package io.havip.linux.internal.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Requests about macvlan interfaces on a little-endian host, as {@code ip link} sends them. */
class MacvlanRequestTest {

  private static String hex(byte[] message) {
    return HexFormat.of().formatHex(message);
  }

  @Test
  void aMacvlanIsMadeDownInBridgeMode() {
    MacAddress mac = MacAddress.virtualRouter(51, IpFamily.IPV4);
    assertThat(hex(Rtnetlink.makeMacvlan(1, 2, "vrrp.51", mac)))
        .isEqualTo(
            "5c000000100005060100000000000000" // 92 bytes, NEWLINK, ack, create, exclusive
                + "00".repeat(16) // flags 0: down
                + "0800050002000000" // on interface 2
                + "0c000300767272702e353100"
                + "0a00010000005e0001330000"
                + "1c001200" // link info
                + "0c0001006d6163766c616e00"
                + "0c000200"
                + "0800010004000000");
  }

  @Test
  void upChangesNoOtherFlag() {
    assertThat(hex(Rtnetlink.setLinkUp(1, 7, true)))
        .isEqualTo("20000000100005000100000000000000" + "0000000007000000" + "0100000001000000");
  }

  @Test
  void downChangesNoOtherFlag() {
    assertThat(hex(Rtnetlink.setLinkUp(1, 7, false)))
        .isEqualTo("20000000100005000100000000000000" + "0000000007000000" + "0000000001000000");
  }

  @Test
  void removalNamesTheNumber() {
    assertThat(hex(Rtnetlink.removeLink(1, 7)))
        .isEqualTo("20000000110005000100000000000000" + "0000000007000000" + "00".repeat(8));
  }
}
