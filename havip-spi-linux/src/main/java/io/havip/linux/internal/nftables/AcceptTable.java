package io.havip.linux.internal.nftables;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.List;

/**
 * The table that drops packets to this host's addresses, and the requests about it. Pure: bytes
 * out, no system call.
 *
 * <p>Two sets hold the addresses. Dropped is what the host would take in ({@code input}), from the
 * network or from itself, except neighbour solicitations and advertisements: an IPv6 host cannot be
 * reached without them (RFC 9568 section 6.1). ARP is not IP and passes, and so does what the host
 * forwards.
 */
public final class AcceptTable implements OwnTables {

  /** What table names begin with; not with {@link GateTable#PREFIX}. */
  public static final String PREFIX = "havipaccept_";

  /** As early as the gate, so that what is dropped is not tracked by others. */
  private static final int PRIORITY = -500;

  private static final String INPUT = "input";

  private final String name;
  private final int flags;

  /**
   * Names a table.
   *
   * @param flags {@link #OWNER}, {@link #PERSIST} or 0
   */
  public AcceptTable(String name, int flags) {
    this.name = name;
    this.flags = flags;
  }

  @Override
  public List<Integer> families() {
    return List.of(Nftables.FAMILY_INET);
  }

  @Override
  public void create(NftBatch batch) {
    TableWriter writer = new TableWriter(batch.begin(), name);
    writer
        .table(Nftables.FAMILY_INET, flags)
        .set(Nftables.FAMILY_INET, set(IpFamily.IPV4), 0, Nftables.KEY_IPV4_ADDR, 4, 1)
        .set(Nftables.FAMILY_INET, set(IpFamily.IPV6), 0, Nftables.KEY_IPV6_ADDR, 16, 2)
        .chain(Nftables.FAMILY_INET, INPUT, Nftables.LOCAL_IN, PRIORITY);
    passNeighborDiscovery(writer, Nftables.NEIGHBOR_SOLICIT);
    passNeighborDiscovery(writer, Nftables.NEIGHBOR_ADVERT);
    drop(writer, IpFamily.IPV4, Nftables.NFPROTO_IPV4, Nftables.IPV4_DESTINATION, 4);
    drop(writer, IpFamily.IPV6, Nftables.NFPROTO_IPV6, Nftables.IPV6_DESTINATION, 16);
    batch.commit();
  }

  private static void passNeighborDiscovery(TableWriter writer, int type) {
    writer
        .rule(Nftables.FAMILY_INET, INPUT)
        .meta(Nftables.META_NFPROTO)
        .equal((byte) Nftables.NFPROTO_IPV6)
        .meta(Nftables.META_L4PROTO)
        .equal((byte) Nftables.ICMPV6)
        .payload(Nftables.TRANSPORT_HEADER, 0, 1)
        .equal((byte) type)
        .verdict(Nftables.ACCEPT);
  }

  private static void drop(
      TableWriter writer, IpFamily family, int protocol, int offset, int length) {
    writer
        .rule(Nftables.FAMILY_INET, INPUT)
        .meta(Nftables.META_NFPROTO)
        .equal((byte) protocol)
        .payload(Nftables.NETWORK_HEADER, offset, length)
        .lookup(set(family), 0)
        .verdict(Nftables.DROP);
  }

  private static String set(IpFamily family) {
    return family == IpFamily.IPV4 ? "refused4" : "refused6";
  }

  /** A transaction that refuses packets to an address; done if it is refused already. */
  void refuse(NftBatch batch, IpAddress address) {
    TableWriter.beginAdd(batch.begin(), name, Nftables.FAMILY_INET, set(address.family()));
    element(batch, address);
  }

  /** A transaction that accepts packets to an address; fails if they are not refused. */
  void accept(NftBatch batch, IpAddress address) {
    TableWriter.beginRemove(batch.begin(), name, Nftables.FAMILY_INET, set(address.family()));
    element(batch, address);
  }

  private static void element(NftBatch batch, IpAddress address) {
    TableWriter.element(batch, address.toBytes()).close();
    batch.endUnlessEmpty().commit();
  }
}
