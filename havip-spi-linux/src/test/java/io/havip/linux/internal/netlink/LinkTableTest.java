package io.havip.linux.internal.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import org.junit.jupiter.api.Test;

class LinkTableTest {

  private static final int UP = 0x11043;
  private static final MacAddress MAC = MacAddress.parse("0a:00:00:00:00:01");

  private final LinkTable table = new LinkTable();

  private void link(int index, String name, int flags) {
    table.apply(new NetlinkMessage.LinkPresent(0, index, name, MAC, flags, 1500));
  }

  private void address(String address, int prefixLength, int flags, int scope) {
    table.apply(
        new NetlinkMessage.AddressPresent(
            0, 2, IpAddress.parse(address), prefixLength, flags, scope));
  }

  private Link eth0() {
    Link link = table.find("eth0");
    assertThat(link).isNotNull();
    return link;
  }

  @Test
  void upNeedsAdministratorOperationAndCarrier() {
    link(2, "eth0", UP);
    assertThat(eth0().up()).isTrue();
    for (int missing : new int[] {0x1, 0x40, 0x10000}) {
      link(2, "eth0", UP & ~missing);
      assertThat(eth0().up()).isFalse();
    }
  }

  @Test
  void renamedLinkIsFoundUnderItsNewNameOnly() {
    link(2, "eth0", UP);
    address("10.0.0.1", 24, 0, 0);
    link(2, "wan", UP);
    assertThat(table.find("eth0")).isNull();
    assertThat(table.index("wan")).isEqualTo(2);
    assertThat(table.has(2, IpAddress.parse("10.0.0.1"))).isTrue();
  }

  @Test
  void goneLinkTakesItsAddressesWithIt() {
    link(2, "eth0", UP);
    address("10.0.0.1", 24, 0, 0);
    table.apply(new NetlinkMessage.LinkGone(0, 2));
    assertThat(table.find("eth0")).isNull();
    assertThat(table.index("eth0")).isZero();
    link(2, "eth0", UP);
    assertThat(eth0().addresses()).isEmpty();
  }

  @Test
  void sameAddressWithTwoPrefixesIsTwoAddresses() {
    link(2, "eth0", UP);
    address("10.0.0.1", 24, 0, 0);
    address("10.0.0.1", 32, 0, 0);
    address("10.0.0.1", 32, 0, 0);
    assertThat(eth0().addresses()).hasSize(2);
    table.apply(new NetlinkMessage.AddressGone(0, 2, IpAddress.parse("10.0.0.1"), 24));
    assertThat(eth0().addresses())
        .containsExactly(new Link.LinkAddress(IpAddress.parse("10.0.0.1"), 32));
  }

  @Test
  void tentativeAndDuplicateIpv6AddressesAreNotThereYet() {
    link(2, "eth0", UP);
    IpAddress six = IpAddress.parse("fe80::1");
    address("fe80::1", 64, 0x40, 253);
    assertThat(eth0().has(six)).isFalse();
    assertThat(table.has(2, six)).isFalse();
    address("fe80::1", 64, 0x44, 253);
    assertThat(table.has(2, six)).as("optimistic").isTrue();
    address("fe80::1", 64, 0x80, 253);
    assertThat(eth0().has(six)).isTrue();
    address("fe80::1", 64, 0x48, 253);
    assertThat(table.has(2, six)).as("duplicate").isFalse();
  }

  @Test
  void promotedSecondaryMovesToThePrimaries() {
    link(2, "eth0", UP);
    address("10.0.0.1", 24, 0, 0);
    address("10.0.0.2", 24, 1, 0);
    address("10.1.0.1", 24, 0, 0);
    address("10.0.0.3", 24, 1, 0);
    assertThat(eth0().addresses())
        .extracting(a -> a.address().toString())
        .containsExactly("10.0.0.1", "10.1.0.1", "10.0.0.2", "10.0.0.3");
    table.apply(new NetlinkMessage.AddressGone(0, 2, IpAddress.parse("10.0.0.1"), 24));
    address("10.0.0.2", 24, 0, 0);
    assertThat(eth0().addresses())
        .extracting(a -> a.address().toString())
        .containsExactly("10.1.0.1", "10.0.0.2", "10.0.0.3");
  }

  @Test
  void ipv6ComesLastAndWideScopesFirst() {
    link(2, "eth0", UP);
    address("fe80::1", 64, 0, 253);
    address("fd00::1", 64, 0, 0);
    address("10.0.0.1", 24, 0, 0);
    address("fd00::2", 64, 0, 0);
    assertThat(eth0().addresses())
        .extracting(a -> a.address().toString())
        .containsExactly("10.0.0.1", "fd00::1", "fd00::2", "fe80::1");
  }

  @Test
  void addressOfAnUnknownLinkIsLeftOut() {
    address("10.0.0.1", 24, 0, 0);
    assertThat(table.all()).isEmpty();
  }
}
