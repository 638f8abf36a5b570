package io.havip.linux.internal.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.linux.internal.netlink.NativeBytes;
import io.havip.linux.internal.nftables.GateTable.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes; what they do is tested on a kernel. */
class GateTableTest {

  private final NftBatch batch = new NftBatch();
  private final GateTable table = new GateTable("havip_0", 0);

  /** The types of the messages, whose lengths must fit together. */
  private List<Integer> types() {
    List<Integer> types = new ArrayList<>();
    int at = 0;
    while (at < batch.length()) {
      types.add(NativeBytes.u16(batch.bytes(), at + 4) & 0xff);
      at += NativeBytes.i32(batch.bytes(), at);
      assertThat(at % 4).isZero();
    }
    assertThat(at).isEqualTo(batch.length());
    return types;
  }

  @Test
  void aTransactionIsFramed() {
    table.create(batch);
    assertThat(types())
        .startsWith(Nftables.BATCH_BEGIN, Nftables.NEWTABLE, Nftables.NEWTABLE)
        .endsWith(Nftables.NEWRULE, Nftables.BATCH_END);
  }

  @Test
  void anElementHasItsKeyAndItsTimeoutInNetworkOrder() {
    GateTable.begin(batch);
    table.beginAdd(batch, Family.IPV4, true);
    GateTable.element(batch, new byte[] {10, 0, 0, 50}, 0x0102030405060708L);
    GateTable.endElements(batch);
    GateTable.commit(batch);
    assertThat(types())
        .containsExactly(Nftables.BATCH_BEGIN, Nftables.NEWSETELEM, Nftables.BATCH_END);
    String hex = HexFormat.of().formatHex(Arrays.copyOf(batch.bytes(), batch.length() - 20));
    assertThat(hex)
        .endsWith(
            "1c000180" + "0c000180" + "08000100" + "0a000032" + "0c000400" + "0102030405060708");
  }

  @Test
  void aMessageWithoutElementsIsLeftOut() {
    GateTable.begin(batch);
    table.beginRemove(batch, Family.IPV6, false);
    GateTable.endElements(batch);
    table.beginRemove(batch, Family.IPV6, true);
    GateTable.element(batch, new byte[16]);
    GateTable.endElements(batch);
    GateTable.commit(batch);
    assertThat(types())
        .containsExactly(Nftables.BATCH_BEGIN, Nftables.DELSETELEM, Nftables.BATCH_END);
  }

  @Test
  void anElementTakesNoMoreRoomThanIsCalculated() {
    GateTable.begin(batch);
    int before = batch.length();
    byte[] address = new byte[16];
    for (int set = 0; set < 2; set++) {
      GateTable.element(batch, address, 1);
      GateTable.element(batch, address);
      GateTable.element(batch, address, 1);
    }
    assertThat(batch.length() - before).isLessThanOrEqualTo(GateTable.ELEMENT_ROOM);
  }
}
