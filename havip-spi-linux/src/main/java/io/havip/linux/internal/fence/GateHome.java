package io.havip.linux.internal.fence;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.HostNames;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.nftables.GateTable;
import io.havip.linux.internal.nftables.NftBatch;
import io.havip.linux.internal.nftables.NftSocket;
import io.havip.spi.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The tables of one gate on the host. Their name ends with a number, which is the lowest that no
 * living process of this network namespace has: it holds the {@link HostNames host name} of that
 * number. So a table whose host name is free was left behind by a process that died.
 */
final class GateHome {

  private static final Logger LOG = System.getLogger(GateHome.class.getName());

  private static final String HOST_NAME = "io.havip/gate/";

  private final HostNames names;
  private final NftSocket socket;
  private final NftBatch batch;
  private final String name;
  private int flags;
  private GateTable table;

  /**
   * Makes the tables, after removing those of dead processes.
   *
   * @param flags those of {@link GateTable} that are wanted; kernels before Linux 6.9 know none
   * @throws PlatformException if the kernel has no nftables or refuses
   */
  GateHome(EventLoop loop, NftBatch batch, int flags) {
    this.batch = batch;
    this.flags = flags;
    names = new HostNames(loop.libc(), loop.arena());
    socket = open(loop);
    try {
      name = GateTable.PREFIX + takeNumber();
      table = new GateTable(name, flags);
      removeLeftovers();
      require(make());
    } catch (PlatformException e) {
      socket.close();
      names.giveBackAll();
      throw e;
    }
  }

  private static NftSocket open(EventLoop loop) {
    try {
      return new NftSocket(loop);
    } catch (PlatformException e) {
      throw new PlatformException("this kernel has no nftables: " + e.getMessage(), e);
    }
  }

  private String takeNumber() {
    for (int number = 0; ; number++) {
      int errno = names.take(HOST_NAME + number);
      if (errno == 0) {
        return Integer.toString(number);
      }
      if (errno != Errno.EADDRINUSE) {
        throw new PlatformException("naming the gate failed: " + Errno.describe(errno));
      }
    }
  }

  private void removeLeftovers() {
    for (String other : socket.tables()) {
      if (!other.startsWith(GateTable.PREFIX)) {
        continue;
      }
      String number = HOST_NAME + other.substring(GateTable.PREFIX.length());
      if (other.equals(name) || names.take(number) == 0) {
        LOG.log(Level.INFO, "removing the nftables {0}, left behind by a dead process", other);
        delete(new GateTable(other, 0));
        if (!other.equals(name)) {
          names.giveBack(number);
        }
      }
    }
  }

  private void require(int errno) {
    if (errno != 0) {
      String advice =
          switch (errno) {
            case Errno.EPERM, Errno.EACCES -> "; " + Privilege.NET_ADMIN.advice();
            case Errno.ENOENT, Errno.EOPNOTSUPP ->
                "; this kernel has no nftables for inet and arp (modules nf_tables, nf_tables_inet,"
                    + " nf_tables_arp)";
            default -> "";
          };
      throw new PlatformException(
          "making the nftables " + name + " failed: " + Errno.describe(errno) + advice);
    }
  }

  private int make() {
    table.create(batch);
    int errno = socket.transact(batch);
    if (flags != 0 && (errno == Errno.EOPNOTSUPP || errno == Errno.EINVAL)) {
      flags = 0;
      table = new GateTable(name, flags);
      return make();
    }
    return errno;
  }

  /**
   * Makes the tables anew, without elements, whatever is left of them.
   *
   * @return 0 or an error number
   */
  int remake() {
    delete(table);
    return make();
  }

  private void delete(GateTable of) {
    for (boolean arp : new boolean[] {false, true}) {
      of.delete(batch, arp);
      int errno = socket.transact(batch);
      if (errno != 0 && errno != Errno.ENOENT) {
        LOG.log(Level.WARNING, "removing left-over nftables failed: {0}", Errno.describe(errno));
      }
    }
  }

  String name() {
    return name;
  }

  GateTable table() {
    return table;
  }

  /** Carries out what the batch holds; 0 or an error number. */
  int transact() {
    return socket.transact(batch);
  }

  /** Removes the tables and gives the name back. */
  void close() {
    delete(table);
    socket.close();
    names.giveBackAll();
  }
}
