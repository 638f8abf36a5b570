package io.havip.linux.internal.nftables;

/**
 * Writes tables, sets, chains and rules into a transaction. Pure. The objects of one writer are all
 * of one table name, which may stand for a table in each of several families.
 */
final class TableWriter {

  private static final int CREATE = 0x400;
  private static final int APPEND = 0x800;

  private final NftBatch batch;
  private final String table;

  TableWriter(NftBatch batch, String table) {
    this.batch = batch;
    this.table = table;
  }

  /** A new table. */
  TableWriter table(int family, int flags) {
    batch.message(Nftables.NEWTABLE, CREATE, family).text(Nftables.TABLE_NAME, table);
    if (flags != 0) {
      batch.number(Nftables.TABLE_FLAGS, flags);
    }
    batch.end();
    return this;
  }

  /**
   * A new set.
   *
   * @param id a number of its own in the transaction
   */
  TableWriter set(int family, String set, int flags, int keyType, int keyLength, int id) {
    batch
        .message(Nftables.NEWSET, CREATE, family)
        .text(Nftables.SET_TABLE, table)
        .text(Nftables.SET_NAME, set)
        .number(Nftables.SET_FLAGS, flags)
        .number(Nftables.SET_KEY_TYPE, keyType)
        .number(Nftables.SET_KEY_LENGTH, keyLength)
        .number(Nftables.SET_ID, id)
        .end();
    return this;
  }

  /** A new chain of filters whose policy is to accept. */
  TableWriter chain(int family, String chain, int hook, int priority) {
    batch
        .message(Nftables.NEWCHAIN, CREATE, family)
        .text(Nftables.CHAIN_TABLE, table)
        .text(Nftables.CHAIN_NAME, chain)
        .open(Nftables.CHAIN_HOOK)
        .number(Nftables.HOOK_NUMBER, hook)
        .number(Nftables.HOOK_PRIORITY, priority)
        .close()
        .number(Nftables.CHAIN_POLICY, Nftables.ACCEPT)
        .text(Nftables.CHAIN_TYPE, "filter")
        .end();
    return this;
  }

  /** Begins a rule at the end of a chain; {@link #verdict} ends it. */
  TableWriter rule(int family, String chain) {
    batch
        .message(Nftables.NEWRULE, CREATE | APPEND, family)
        .text(Nftables.RULE_TABLE, table)
        .text(Nftables.RULE_CHAIN, chain)
        .open(Nftables.RULE_EXPRESSIONS);
    return this;
  }

  /** Loads something that is known of the packet. */
  TableWriter meta(int key) {
    expression("meta")
        .number(Nftables.META_DREG, Nftables.REGISTER_1)
        .number(Nftables.META_KEY, key);
    return endExpression();
  }

  /** Loads bytes of the packet. */
  TableWriter payload(int base, int offset, int length) {
    expression("payload")
        .number(Nftables.PAYLOAD_DREG, Nftables.REGISTER_1)
        .number(Nftables.PAYLOAD_BASE, base)
        .number(Nftables.PAYLOAD_OFFSET, offset)
        .number(Nftables.PAYLOAD_LENGTH, length);
    return endExpression();
  }

  /** Goes on if these bytes have been loaded. */
  TableWriter equal(byte... value) {
    expression("cmp")
        .number(Nftables.CMP_SREG, Nftables.REGISTER_1)
        .number(Nftables.CMP_OP, Nftables.CMP_EQ)
        .open(Nftables.CMP_DATA)
        .bytes(Nftables.DATA_VALUE, value)
        .close();
    return endExpression();
  }

  /** Goes on if what has been loaded is in a set, or with an inverted lookup if it is not. */
  TableWriter lookup(String set, int flags) {
    expression("lookup")
        .text(Nftables.LOOKUP_SET, set)
        .number(Nftables.LOOKUP_SREG, Nftables.REGISTER_1);
    if (flags != 0) {
      batch.number(Nftables.LOOKUP_FLAGS, flags);
    }
    return endExpression();
  }

  /** Ends a rule with what becomes of the packets that it concerns. */
  TableWriter verdict(int code) {
    expression("immediate")
        .number(Nftables.IMMEDIATE_DREG, Nftables.REGISTER_VERDICT)
        .open(Nftables.IMMEDIATE_DATA)
        .open(Nftables.DATA_VERDICT)
        .number(Nftables.VERDICT_CODE, code)
        .close()
        .close();
    endExpression();
    batch.close().end();
    return this;
  }

  /** Begins a message that adds elements to a set; those that are there already stay. */
  static void beginAdd(NftBatch batch, String table, int family, String set) {
    elements(batch.message(Nftables.NEWSETELEM, CREATE, family), table, set);
  }

  /** Begins a message that removes elements; the transaction fails if one does not exist. */
  static void beginRemove(NftBatch batch, String table, int family, String set) {
    elements(batch.message(Nftables.DELSETELEM, 0, family), table, set);
  }

  private static void elements(NftBatch batch, String table, String set) {
    batch
        .text(Nftables.ELEMENTS_TABLE, table)
        .text(Nftables.ELEMENTS_SET, set)
        .open(Nftables.ELEMENTS_LIST);
  }

  /** Begins an element with its key. */
  static NftBatch element(NftBatch batch, byte[] key) {
    return batch
        .open(Nftables.LIST_ELEM)
        .open(Nftables.ELEMENT_KEY)
        .bytes(Nftables.DATA_VALUE, key)
        .close();
  }

  private NftBatch expression(String kind) {
    return batch.open(Nftables.LIST_ELEM).text(Nftables.EXPR_NAME, kind).open(Nftables.EXPR_DATA);
  }

  private TableWriter endExpression() {
    batch.close().close();
    return this;
  }
}
