package io.havip.linux.internal.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in the byte order of the host, as netlink headers have them, at any position. */
public final class NativeBytes {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  private NativeBytes() {}

  /** A signed 32-bit number. */
  public static int i32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  /** An unsigned 16-bit number. */
  public static int u16(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xffff;
  }

  /** An unsigned byte. */
  public static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xff;
  }

  /** Writes 32 bits. */
  public static void put32(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  /** Writes the low 16 bits. */
  public static void put16(byte[] bytes, int offset, int value) {
    SHORT.set(bytes, offset, (short) value);
  }
}
