package io.havip.linux.internal.nftables;

import java.util.List;

/** The tables of one name that a {@link TableHome} makes and removes. Pure. */
public interface OwnTables {

  /** Only the process that made a table can change it, not {@code nft flush ruleset} either. */
  int OWNER = 0x2;

  /** A table outlives that process. */
  int PERSIST = 0x4;

  /** A transaction that makes all of them; none exists. */
  void create(NftBatch batch);

  /** The families in which there is one. */
  List<Integer> families();

  /** A transaction that removes the table of that name in one family; fails if there is none. */
  static void delete(NftBatch batch, int family, String name) {
    batch
        .begin()
        .message(Nftables.DELTABLE, 0, family)
        .text(Nftables.TABLE_NAME, name)
        .end()
        .commit();
  }
}
