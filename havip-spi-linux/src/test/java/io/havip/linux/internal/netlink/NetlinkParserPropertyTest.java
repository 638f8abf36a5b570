package io.havip.linux.internal.netlink;

import static io.havip.linux.internal.netlink.Messages.addressBody;
import static io.havip.linux.internal.netlink.Messages.attribute;
import static io.havip.linux.internal.netlink.Messages.join;
import static io.havip.linux.internal.netlink.Messages.linkBody;
import static io.havip.linux.internal.netlink.Messages.message;
import static io.havip.linux.internal.netlink.Messages.number;
import static io.havip.linux.internal.netlink.Messages.text;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.havip.net.IpAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Nothing the kernel or anybody else sends makes the parser or the table throw. */
class NetlinkParserPropertyTest {

  private static final int DATAGRAMS = 5_000;

  private static byte[] template() {
    return join(
        message(16, 2, 1, linkBody(0, 2, 1), attribute(3, text("eth0")), attribute(4, number(9))),
        message(
            20,
            2,
            1,
            addressBody(2, 24, 0, 0, 2),
            attribute(2, IpAddress.parse("10.0.0.1").toBytes()),
            attribute(8, number(0x80))),
        message(20, 2, 1, addressBody(10, 64, 0, 0, 2), attribute(1, new byte[16]), new byte[4]),
        message(2, 0x200, 1, number(-1), message(20, 0, 1), attribute(1, text("no"))),
        message(24, 0, 1, new byte[12]),
        message(3, 2, 1, number(0)));
  }

  @RepeatedTest(10)
  void randomBytes(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < DATAGRAMS; i++) {
      byte[] datagram = new byte[random.nextInt(200)];
      random.nextBytes(datagram);
      if (datagram.length >= 16) {
        // Lets the outer length pass often, else little beyond it is tried.
        NativeBytes.put32(datagram, 0, random.nextInt(datagram.length + 2));
        datagram[4] = (byte) (16 + random.nextInt(10));
        datagram[5] = 0;
      }
      read(datagram);
    }
  }

  @RepeatedTest(10)
  void realMessagesWithDamage(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] whole = template();
    for (int i = 0; i < DATAGRAMS; i++) {
      byte[] datagram = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
      }
      read(datagram);
    }
  }

  private static void read(byte[] datagram) {
    LinkTable table = new LinkTable();
    assertThatCode(
            () -> {
              NetlinkParser.parse(datagram, datagram.length, table::apply);
              table.all();
            })
        .as(() -> HexFormat.of().formatHex(datagram))
        .doesNotThrowAnyException();
  }
}
