package io.havip.linux.internal.nftables;

/**
 * Numbers of the kernel's headers {@code linux/netfilter.h}, {@code linux/netfilter/nfnetlink.h}
 * and {@code linux/netfilter/nf_tables.h}, and of the packets that rules look at.
 */
final class Nftables {

  static final int SUBSYSTEM = 10;
  static final int BATCH_BEGIN = 0x10;
  static final int BATCH_END = 0x11;

  static final int DUMP = 0x300;

  static final int NEWTABLE = 0;
  static final int GETTABLE = 1;
  static final int DELTABLE = 2;
  static final int NEWCHAIN = 3;
  static final int NEWRULE = 6;
  static final int NEWSET = 9;
  static final int NEWSETELEM = 12;
  static final int DELSETELEM = 14;

  static final int FAMILY_ANY = 0;
  static final int FAMILY_INET = 1;
  static final int FAMILY_ARP = 3;
  static final int NFPROTO_IPV4 = 2;
  static final int NFPROTO_IPV6 = 10;

  static final int ICMPV6 = 58;
  static final int NEIGHBOR_SOLICIT = 135;
  static final int NEIGHBOR_ADVERT = 136;

  static final int IPV4_SOURCE = 12;
  static final int IPV4_DESTINATION = 16;
  static final int IPV6_SOURCE = 8;
  static final int IPV6_DESTINATION = 24;

  static final int LIST_ELEM = 1;
  static final int DATA_VALUE = 1;
  static final int DATA_VERDICT = 2;

  static final int TABLE_NAME = 1;
  static final int TABLE_FLAGS = 2;

  static final int CHAIN_TABLE = 1;
  static final int CHAIN_NAME = 3;
  static final int CHAIN_HOOK = 4;
  static final int CHAIN_POLICY = 5;
  static final int CHAIN_TYPE = 7;
  static final int HOOK_NUMBER = 1;
  static final int HOOK_PRIORITY = 2;
  static final int LOCAL_IN = 1;
  static final int LOCAL_OUT = 3;
  static final int ARP_OUT = 1;
  static final int ACCEPT = 1;
  static final int DROP = 0;

  static final int RULE_TABLE = 1;
  static final int RULE_CHAIN = 2;
  static final int RULE_EXPRESSIONS = 4;
  static final int EXPR_NAME = 1;
  static final int EXPR_DATA = 2;

  static final int SET_TABLE = 1;
  static final int SET_NAME = 2;
  static final int SET_FLAGS = 3;
  static final int SET_KEY_TYPE = 4;
  static final int SET_KEY_LENGTH = 5;
  static final int SET_ID = 10;
  static final int SET_TIMEOUT = 0x10;

  /** How the program {@code nft} numbers the types of keys; the kernel only keeps them for it. */
  static final int KEY_IPV4_ADDR = 7;

  static final int KEY_IPV6_ADDR = 8;

  static final int ELEMENTS_TABLE = 1;
  static final int ELEMENTS_SET = 2;
  static final int ELEMENTS_LIST = 3;
  static final int ELEMENT_KEY = 1;
  static final int ELEMENT_TIMEOUT = 4;

  static final int REGISTER_VERDICT = 0;
  static final int REGISTER_1 = 1;

  static final int META_DREG = 1;
  static final int META_KEY = 2;
  static final int META_NFPROTO = 15;
  static final int META_L4PROTO = 16;

  static final int CMP_SREG = 1;
  static final int CMP_OP = 2;
  static final int CMP_DATA = 3;
  static final int CMP_EQ = 0;

  static final int PAYLOAD_DREG = 1;
  static final int PAYLOAD_BASE = 2;
  static final int PAYLOAD_OFFSET = 3;
  static final int PAYLOAD_LENGTH = 4;
  static final int NETWORK_HEADER = 1;
  static final int TRANSPORT_HEADER = 2;

  static final int LOOKUP_SET = 1;
  static final int LOOKUP_SREG = 2;
  static final int LOOKUP_FLAGS = 5;
  static final int LOOKUP_INVERTED = 1;

  static final int IMMEDIATE_DREG = 1;
  static final int IMMEDIATE_DATA = 2;
  static final int VERDICT_CODE = 1;

  private Nftables() {}
}
