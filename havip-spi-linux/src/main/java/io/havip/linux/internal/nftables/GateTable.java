package io.havip.linux.internal.nftables;

import java.util.List;

/**
 * The tables of a gate and the requests about them. Pure: bytes out, no system call.
 *
 * <p>Two tables of one name, for IP and for ARP, with two sets each and family: the addresses under
 * guard and those of them that are open, both with elements that the kernel removes at their time.
 * Dropped is what is addressed to, or sent from, an address that is under guard and not open:
 *
 * <ul>
 *   <li>IP packets to this host ({@code input}), before another process that listens on the address
 *       takes them in;
 *   <li>IP packets from this host ({@code output}), with IPv6 also neighbour advertisements about
 *       the address;
 *   <li>ARP from this host. Incoming ARP passes: it is how this host hears who has the address now,
 *       and it changes nothing that others see.
 * </ul>
 *
 * <p>The policy of the chains is to accept, and a packet accepted here goes on to the chains of the
 * host as if these did not exist. They come first, so that nothing that will be dropped is counted,
 * logged or tracked by others.
 */
public final class GateTable implements OwnTables {

  /** What table names begin with. */
  public static final String PREFIX = "havip_";

  /** In front of everything that the kernel and {@code nft} give names to. */
  private static final int PRIORITY = -500;

  /** One of the three pairs of sets. */
  public enum Family {
    /** IPv4 packets. */
    IPV4(Nftables.FAMILY_INET, "4", 4, Nftables.KEY_IPV4_ADDR),
    /** The same addresses in ARP. */
    ARP(Nftables.FAMILY_ARP, "4", 4, Nftables.KEY_IPV4_ADDR),
    /** IPv6 packets. */
    IPV6(Nftables.FAMILY_INET, "6", 16, Nftables.KEY_IPV6_ADDR);

    private final int number;
    private final String guarded;
    private final String open;
    private final int keyLength;
    private final int keyType;

    Family(int number, String suffix, int keyLength, int keyType) {
      this.number = number;
      guarded = "guarded" + suffix;
      open = "open" + suffix;
      this.keyLength = keyLength;
      this.keyType = keyType;
    }

    /** The set of addresses under guard, or of those that are open. */
    private String set(boolean ofOpen) {
      return ofOpen ? open : guarded;
    }
  }

  private final String name;
  private final int flags;

  /**
   * Names a gate.
   *
   * @param name of both tables
   * @param flags {@link #OWNER}, {@link #PERSIST} or 0
   */
  public GateTable(String name, int flags) {
    this.name = name;
    this.flags = flags;
  }

  @Override
  public List<Integer> families() {
    return List.of(Nftables.FAMILY_INET, Nftables.FAMILY_ARP);
  }

  @Override
  public void create(NftBatch batch) {
    TableWriter writer = new TableWriter(batch.begin(), name);
    families().forEach(family -> writer.table(family, flags));
    int id = 1;
    for (Family family : Family.values()) {
      for (String set : List.of(family.guarded, family.open)) {
        writer.set(
            family.number, set, Nftables.SET_TIMEOUT, family.keyType, family.keyLength, id++);
      }
    }
    writer
        .chain(Nftables.FAMILY_INET, "input", Nftables.LOCAL_IN, PRIORITY)
        .chain(Nftables.FAMILY_INET, "output", Nftables.LOCAL_OUT, PRIORITY)
        .chain(Nftables.FAMILY_ARP, "output", Nftables.ARP_OUT, PRIORITY);
    ipRule(writer, "input", Family.IPV4, Nftables.NFPROTO_IPV4, Nftables.IPV4_DESTINATION);
    ipRule(writer, "input", Family.IPV6, Nftables.NFPROTO_IPV6, Nftables.IPV6_DESTINATION);
    ipRule(writer, "output", Family.IPV4, Nftables.NFPROTO_IPV4, Nftables.IPV4_SOURCE);
    ipRule(writer, "output", Family.IPV6, Nftables.NFPROTO_IPV6, Nftables.IPV6_SOURCE);
    neighborRule(writer);
    arpRule(writer);
    batch.commit();
  }

  private static void ipRule(
      TableWriter writer, String chain, Family family, int protocol, int offset) {
    writer
        .rule(Nftables.FAMILY_INET, chain)
        .meta(Nftables.META_NFPROTO)
        .equal((byte) protocol)
        .payload(Nftables.NETWORK_HEADER, offset, family.keyLength);
    dropUnlessOpen(writer, family);
  }

  /** The target of an advertisement; its source may be another address of this host. */
  private static void neighborRule(TableWriter writer) {
    writer
        .rule(Nftables.FAMILY_INET, "output")
        .meta(Nftables.META_NFPROTO)
        .equal((byte) Nftables.NFPROTO_IPV6)
        .meta(Nftables.META_L4PROTO)
        .equal((byte) Nftables.ICMPV6)
        .payload(Nftables.TRANSPORT_HEADER, 0, 1)
        .equal((byte) Nftables.NEIGHBOR_ADVERT)
        .payload(Nftables.TRANSPORT_HEADER, 8, 16);
    dropUnlessOpen(writer, Family.IPV6);
  }

  /** The sender of ARP for six-byte hardware addresses and IPv4. */
  private static void arpRule(TableWriter writer) {
    writer
        .rule(Nftables.FAMILY_ARP, "output")
        .payload(Nftables.NETWORK_HEADER, 2, 4)
        .equal((byte) 8, (byte) 0, (byte) 6, (byte) 4)
        .payload(Nftables.NETWORK_HEADER, 14, 4);
    dropUnlessOpen(writer, Family.ARP);
  }

  private static void dropUnlessOpen(TableWriter writer, Family family) {
    writer
        .lookup(family.guarded, 0)
        .lookup(family.open, Nftables.LOOKUP_INVERTED)
        .verdict(Nftables.DROP);
  }

  /** Bytes that one element takes in a transaction at most, in all of its messages together. */
  public static final int ELEMENT_ROOM = 224;

  /** Begins a transaction of the messages below. */
  public static void begin(NftBatch batch) {
    batch.begin();
  }

  /** Ends it. */
  public static void commit(NftBatch batch) {
    batch.commit();
  }

  /**
   * Begins a message that adds elements.
   *
   * @param open to the addresses that are open, otherwise to those under guard
   */
  public void beginAdd(NftBatch batch, Family family, boolean open) {
    TableWriter.beginAdd(batch, name, family.number, family.set(open));
  }

  /** Begins a message that removes elements; the transaction fails if one does not exist. */
  public void beginRemove(NftBatch batch, Family family, boolean open) {
    TableWriter.beginRemove(batch, name, family.number, family.set(open));
  }

  /**
   * An element to add.
   *
   * @param millis after which the kernel removes it, 0 for never
   */
  public static void element(NftBatch batch, byte[] address, long millis) {
    TableWriter.element(batch, address);
    if (millis != 0) {
      batch.number(Nftables.ELEMENT_TIMEOUT, millis);
    }
    batch.close();
  }

  /** An element to remove. */
  public static void element(NftBatch batch, byte[] address) {
    TableWriter.element(batch, address).close();
  }

  /** Ends a message with elements; without any it is left out. */
  public static void endElements(NftBatch batch) {
    batch.endUnlessEmpty();
  }
}
