package io.havip.linux.internal.nftables;

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
public final class GateTable {

  /** Only the process that made the table can change it, not {@code nft flush ruleset} either. */
  public static final int OWNER = 0x2;

  /** It outlives that process: without this flag the fence would end with the process. */
  public static final int PERSIST = 0x4;

  /** What table names begin with. */
  public static final String PREFIX = "havip_";

  private static final int CREATE = 0x400;
  private static final int APPEND = 0x800;
  private static final int DUMP = 0x300;

  /** In front of everything that the kernel and {@code nft} give names to. */
  private static final int PRIORITY = -500;

  private static final int ICMPV6 = 58;
  private static final int NEIGHBOR_ADVERT = 136;

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

  /** Asks for the names of all tables. */
  public static void list(NftBatch batch) {
    batch.alone(Nftables.GETTABLE, DUMP, Nftables.FAMILY_ANY).end();
  }

  /** A transaction that removes one of the two tables; it fails if that does not exist. */
  public void delete(NftBatch batch, boolean arp) {
    int family = arp ? Nftables.FAMILY_ARP : Nftables.FAMILY_INET;
    batch
        .begin()
        .message(Nftables.DELTABLE, 0, family)
        .text(Nftables.TABLE_NAME, name)
        .end()
        .commit();
  }

  /** A transaction that makes both tables, which do not exist. */
  public void create(NftBatch batch) {
    batch.begin();
    table(batch, Nftables.FAMILY_INET);
    table(batch, Nftables.FAMILY_ARP);
    int id = 1;
    for (Family family : Family.values()) {
      set(batch, family, family.guarded, id++);
      set(batch, family, family.open, id++);
    }
    chain(batch, Nftables.FAMILY_INET, "input", Nftables.LOCAL_IN);
    chain(batch, Nftables.FAMILY_INET, "output", Nftables.LOCAL_OUT);
    chain(batch, Nftables.FAMILY_ARP, "output", Nftables.ARP_OUT);
    ipRule(batch, "input", Family.IPV4, Nftables.NFPROTO_IPV4, 16);
    ipRule(batch, "input", Family.IPV6, Nftables.NFPROTO_IPV6, 24);
    ipRule(batch, "output", Family.IPV4, Nftables.NFPROTO_IPV4, 12);
    ipRule(batch, "output", Family.IPV6, Nftables.NFPROTO_IPV6, 8);
    neighborRule(batch);
    arpRule(batch);
    batch.commit();
  }

  private void table(NftBatch batch, int family) {
    batch.message(Nftables.NEWTABLE, CREATE, family).text(Nftables.TABLE_NAME, name);
    if (flags != 0) {
      batch.number(Nftables.TABLE_FLAGS, flags);
    }
    batch.end();
  }

  private void set(NftBatch batch, Family family, String set, int id) {
    batch
        .message(Nftables.NEWSET, CREATE, family.number)
        .text(Nftables.SET_TABLE, name)
        .text(Nftables.SET_NAME, set)
        .number(Nftables.SET_FLAGS, Nftables.SET_TIMEOUT)
        .number(Nftables.SET_KEY_TYPE, family.keyType)
        .number(Nftables.SET_KEY_LENGTH, family.keyLength)
        .number(Nftables.SET_ID, id)
        .end();
  }

  private void chain(NftBatch batch, int family, String chain, int hook) {
    batch
        .message(Nftables.NEWCHAIN, CREATE, family)
        .text(Nftables.CHAIN_TABLE, name)
        .text(Nftables.CHAIN_NAME, chain)
        .open(Nftables.CHAIN_HOOK)
        .number(Nftables.HOOK_NUMBER, hook)
        .number(Nftables.HOOK_PRIORITY, PRIORITY)
        .close()
        .number(Nftables.CHAIN_POLICY, Nftables.ACCEPT)
        .text(Nftables.CHAIN_TYPE, "filter")
        .end();
  }

  private void ipRule(NftBatch batch, String chain, Family family, int protocol, int offset) {
    rule(batch, Nftables.FAMILY_INET, chain);
    meta(batch, Nftables.META_NFPROTO);
    compare(batch, (byte) protocol);
    payload(batch, Nftables.NETWORK_HEADER, offset, family.keyLength);
    dropUnlessOpen(batch, family);
  }

  /** The target of an advertisement; its source may be another address of this host. */
  private void neighborRule(NftBatch batch) {
    rule(batch, Nftables.FAMILY_INET, "output");
    meta(batch, Nftables.META_NFPROTO);
    compare(batch, (byte) Nftables.NFPROTO_IPV6);
    meta(batch, Nftables.META_L4PROTO);
    compare(batch, (byte) ICMPV6);
    payload(batch, Nftables.TRANSPORT_HEADER, 0, 1);
    compare(batch, (byte) NEIGHBOR_ADVERT);
    payload(batch, Nftables.TRANSPORT_HEADER, 8, 16);
    dropUnlessOpen(batch, Family.IPV6);
  }

  /** The sender of ARP for six-byte hardware addresses and IPv4. */
  private void arpRule(NftBatch batch) {
    rule(batch, Nftables.FAMILY_ARP, "output");
    payload(batch, Nftables.NETWORK_HEADER, 2, 4);
    compare(batch, (byte) 8, (byte) 0, (byte) 6, (byte) 4);
    payload(batch, Nftables.NETWORK_HEADER, 14, 4);
    dropUnlessOpen(batch, Family.ARP);
  }

  private void rule(NftBatch batch, int family, String chain) {
    batch
        .message(Nftables.NEWRULE, CREATE | APPEND, family)
        .text(Nftables.RULE_TABLE, name)
        .text(Nftables.RULE_CHAIN, chain)
        .open(Nftables.RULE_EXPRESSIONS);
  }

  private void dropUnlessOpen(NftBatch batch, Family family) {
    lookup(batch, family.guarded, 0);
    lookup(batch, family.open, Nftables.LOOKUP_INVERTED);
    expression(batch, "immediate")
        .number(Nftables.IMMEDIATE_DREG, Nftables.REGISTER_VERDICT)
        .open(Nftables.IMMEDIATE_DATA)
        .open(Nftables.DATA_VERDICT)
        .number(Nftables.VERDICT_CODE, Nftables.DROP)
        .close()
        .close();
    endExpression(batch);
    batch.close().end();
  }

  private static NftBatch expression(NftBatch batch, String kind) {
    return batch.open(Nftables.LIST_ELEM).text(Nftables.EXPR_NAME, kind).open(Nftables.EXPR_DATA);
  }

  private static void endExpression(NftBatch batch) {
    batch.close().close();
  }

  private static void meta(NftBatch batch, int key) {
    expression(batch, "meta")
        .number(Nftables.META_DREG, Nftables.REGISTER_1)
        .number(Nftables.META_KEY, key);
    endExpression(batch);
  }

  private static void compare(NftBatch batch, byte... value) {
    expression(batch, "cmp")
        .number(Nftables.CMP_SREG, Nftables.REGISTER_1)
        .number(Nftables.CMP_OP, Nftables.CMP_EQ)
        .open(Nftables.CMP_DATA)
        .bytes(Nftables.DATA_VALUE, value)
        .close();
    endExpression(batch);
  }

  private static void payload(NftBatch batch, int base, int offset, int length) {
    expression(batch, "payload")
        .number(Nftables.PAYLOAD_DREG, Nftables.REGISTER_1)
        .number(Nftables.PAYLOAD_BASE, base)
        .number(Nftables.PAYLOAD_OFFSET, offset)
        .number(Nftables.PAYLOAD_LENGTH, length);
    endExpression(batch);
  }

  private static void lookup(NftBatch batch, String set, int flags) {
    expression(batch, "lookup")
        .text(Nftables.LOOKUP_SET, set)
        .number(Nftables.LOOKUP_SREG, Nftables.REGISTER_1);
    if (flags != 0) {
      batch.number(Nftables.LOOKUP_FLAGS, flags);
    }
    endExpression(batch);
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
    elements(batch, Nftables.NEWSETELEM, CREATE, family, open);
  }

  /** Begins a message that removes elements; the transaction fails if one does not exist. */
  public void beginRemove(NftBatch batch, Family family, boolean open) {
    elements(batch, Nftables.DELSETELEM, 0, family, open);
  }

  private void elements(NftBatch batch, int type, int flags, Family family, boolean open) {
    batch
        .message(type, flags, family.number)
        .text(Nftables.ELEMENTS_TABLE, name)
        .text(Nftables.ELEMENTS_SET, family.set(open))
        .open(Nftables.ELEMENTS_LIST);
  }

  /**
   * An element to add.
   *
   * @param millis after which the kernel removes it, 0 for never
   */
  public static void element(NftBatch batch, byte[] address, long millis) {
    key(batch, address);
    if (millis != 0) {
      batch.number(Nftables.ELEMENT_TIMEOUT, millis);
    }
    batch.close();
  }

  /** An element to remove. */
  public static void element(NftBatch batch, byte[] address) {
    key(batch, address);
    batch.close();
  }

  private static void key(NftBatch batch, byte[] address) {
    batch
        .open(Nftables.LIST_ELEM)
        .open(Nftables.ELEMENT_KEY)
        .bytes(Nftables.DATA_VALUE, address)
        .close();
  }

  /** Ends a message with elements; without any it is left out. */
  public static void endElements(NftBatch batch) {
    batch.endUnlessEmpty();
  }
}
