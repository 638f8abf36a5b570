package io.havip.linux.internal.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds messages as the kernel does, for tests. */
final class Messages {

  private Messages() {}

  static byte[] message(int type, int flags, int sequence, byte[]... parts) {
    byte[] body = join(parts);
    return ByteBuffer.allocate(Rtnetlink.align(16 + body.length))
        .order(ByteOrder.nativeOrder())
        .putInt(16 + body.length)
        .putShort((short) type)
        .putShort((short) flags)
        .putInt(sequence)
        .putInt(0)
        .put(body)
        .array();
  }

  static byte[] linkBody(int family, int index, int flags) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.nativeOrder())
        .put((byte) family)
        .put((byte) 0)
        .putShort((short) 1)
        .putInt(index)
        .putInt(flags)
        .putInt(0)
        .array();
  }

  static byte[] addressBody(int family, int prefixLength, int flags, int scope, int index) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.nativeOrder())
        .put((byte) family)
        .put((byte) prefixLength)
        .put((byte) flags)
        .put((byte) scope)
        .putInt(index)
        .array();
  }

  static byte[] attribute(int type, byte[] value) {
    return ByteBuffer.allocate(Rtnetlink.align(4 + value.length))
        .order(ByteOrder.nativeOrder())
        .putShort((short) (4 + value.length))
        .putShort((short) type)
        .put(value)
        .array();
  }

  static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static List<NetlinkMessage> parse(byte[] datagram) {
    List<NetlinkMessage> messages = new ArrayList<>();
    NetlinkParser.parse(datagram, datagram.length, messages::add);
    return messages;
  }
}
