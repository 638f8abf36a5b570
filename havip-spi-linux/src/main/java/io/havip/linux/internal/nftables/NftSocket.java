package io.havip.linux.internal.nftables;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.netlink.NativeBytes;
import io.havip.linux.internal.netlink.NetlinkSocket;
import io.havip.spi.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Gives transactions to nftables. Confined to the loop.
 *
 * <p>The kernel deals with a transaction within the call that sends it, and queues an answer only
 * if it refuses. So the outcome is known without waiting. A transaction of another process in the
 * same network namespace is waited for.
 */
public final class NftSocket {

  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int HEADER = 16;
  private static final int LISTING_ROOM = 64;

  private final NetlinkSocket socket;

  /**
   * Opens the socket.
   *
   * @param room for a transaction, in bytes
   * @throws PlatformException if this kernel has no netfilter
   */
  NftSocket(EventLoop loop, int room) {
    int most = Math.max(room, NetlinkSocket.DATAGRAM);
    socket = new NetlinkSocket(loop, "the nftables socket", Sys.NETLINK_NETFILTER, 0, most);
  }

  /**
   * Carries out what the batch holds.
   *
   * @return 0, or the first error as a positive number; nothing has been changed then
   */
  public int transact(NftBatch batch) {
    int result = socket.send(batch.bytes(), batch.length());
    int errno = result < 0 ? -result : 0;
    for (int read = socket.receive(); read != -Errno.EAGAIN; read = socket.receive()) {
      int refusal = read < 0 ? -read : firstError(socket.buffer(), read);
      errno = errno != 0 ? errno : refusal;
    }
    return errno;
  }

  private static int firstError(byte[] bytes, int length) {
    for (int at = 0; length - at >= HEADER; ) {
      int size = NativeBytes.i32(bytes, at);
      if (size < HEADER || size > length - at) {
        return 0;
      }
      if (NativeBytes.u16(bytes, at + 4) == ERROR && size >= HEADER + 4) {
        int errno = -NativeBytes.i32(bytes, at + HEADER);
        if (errno > 0) {
          return errno;
        }
      }
      at += size + 3 & ~3;
    }
    return 0;
  }

  /**
   * The names of the tables of every family.
   *
   * @throws PlatformException if the kernel does not tell
   */
  public Set<String> tables() {
    NftBatch batch = new NftBatch(LISTING_ROOM);
    batch.alone(Nftables.GETTABLE, Nftables.DUMP, Nftables.FAMILY_ANY).end();
    int result = socket.send(batch.bytes(), batch.length());
    Set<String> names = new LinkedHashSet<>();
    while (result >= 0) {
      result = socket.receive();
      if (result == -Errno.EAGAIN) {
        result = socket.awaitAnswer();
      } else if (result > 0) {
        int errno = read(socket.buffer(), result, names);
        if (errno == 0) {
          return names;
        }
        result = errno == MORE ? 0 : -errno;
      }
    }
    throw new PlatformException("reading the nftables of the host: " + Errno.describe(-result));
  }

  private static final int MORE = -1;

  /** Takes in table names; says whether that was all. */
  private static int read(byte[] bytes, int length, Set<String> names) {
    for (int at = 0; length - at >= HEADER; ) {
      int size = NativeBytes.i32(bytes, at);
      if (size < HEADER || size > length - at) {
        return Errno.EIO;
      }
      switch (NativeBytes.u16(bytes, at + 4)) {
        case DONE -> {
          return 0;
        }
        case ERROR -> {
          return size >= HEADER + 4 ? Math.max(0, -NativeBytes.i32(bytes, at + HEADER)) : Errno.EIO;
        }
        case Nftables.SUBSYSTEM << 8 | Nftables.NEWTABLE -> tableName(bytes, at, at + size, names);
        default -> {}
      }
      at += size + 3 & ~3;
    }
    return MORE;
  }

  private static void tableName(byte[] bytes, int start, int end, Set<String> names) {
    int at = start + HEADER + 4;
    while (end - at >= 4) {
      int size = NativeBytes.u16(bytes, at);
      if (size < 4 || size > end - at) {
        return;
      }
      if ((NativeBytes.u16(bytes, at + 2) & 0x3fff) == Nftables.TABLE_NAME && size > 4) {
        names.add(new String(bytes, at + 4, size - 5, StandardCharsets.UTF_8));
      }
      at += size + 3 & ~3;
    }
  }

  /** Closes the socket. */
  public void close() {
    socket.close();
  }
}
