package io.havip.linux.internal.nftables;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.HostNames;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.spi.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The tables that one platform has on the host for one purpose. Their name ends with a number,
 * which is the lowest that no living process of this network namespace has: it holds the {@link
 * HostNames host name} of that number. So a table whose host name is free was left behind by a
 * process that died.
 *
 * @param <T> the tables
 */
public final class TableHome<T extends OwnTables> {

  private static final Logger LOG = System.getLogger(TableHome.class.getName());

  /**
   * What tables are for.
   *
   * @param purpose names it in messages
   * @param prefix what the names of tables begin with; none is the beginning of another
   * @param hostName what the host names begin with
   * @param tables makes them
   */
  public record Kind<T extends OwnTables>(
      String purpose, String prefix, String hostName, Maker<T> tables) {}

  /** Makes what describes tables. */
  @FunctionalInterface
  public interface Maker<T extends OwnTables> {

    /** Describes the tables of that name and with those flags of {@link OwnTables}. */
    T make(String name, int flags);
  }

  private final Kind<T> kind;
  private final HostNames names;
  private final NftSocket socket;
  private final NftBatch batch;
  private String name = "";
  private @Nullable T tables;

  /**
   * Opens the way to nftables, and makes nothing.
   *
   * @throws PlatformException if the kernel has no nftables
   */
  public TableHome(EventLoop loop, NftBatch batch, Kind<T> kind) {
    this.kind = kind;
    this.batch = batch;
    names = new HostNames(loop.libc(), loop.arena());
    socket = open(loop, batch);
  }

  private static NftSocket open(EventLoop loop, NftBatch batch) {
    try {
      return new NftSocket(loop, batch.room());
    } catch (PlatformException e) {
      throw new PlatformException("this kernel has no nftables: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the tables, after removing those of dead processes.
   *
   * @param flags those of {@link OwnTables} that are wanted; kernels before Linux 6.9 know none
   * @throws PlatformException if the kernel has no nftables or refuses; there are no tables then
   */
  public void open(int flags) {
    name = kind.prefix + takeNumber();
    try {
      var _ = removeLeftovers();
      require(make(flags));
    } catch (PlatformException e) {
      names.giveBackAll();
      name = "";
      tables = null;
      throw e;
    }
  }

  private String takeNumber() {
    for (int number = 0; ; number++) {
      int errno = names.take(kind.hostName + number);
      if (errno == 0) {
        return Integer.toString(number);
      }
      if (errno != Errno.EADDRINUSE) {
        throw new PlatformException(
            "naming the " + kind.purpose + " failed: " + Errno.describe(errno));
      }
    }
  }

  /**
   * Removes what dead processes left behind.
   *
   * @return whether other processes have such tables
   * @throws PlatformException if the kernel does not tell
   */
  public boolean removeLeftovers() {
    boolean others = false;
    for (String other : socket.tables()) {
      if (!other.startsWith(kind.prefix) || (other.equals(name) && tables != null)) {
        continue;
      }
      String number = kind.hostName + other.substring(kind.prefix.length());
      if (other.equals(name) || names.take(number) == 0) {
        LOG.log(Level.INFO, "removing the nftables {0}, left behind by a dead process", other);
        delete(kind.tables.make(other, 0), other);
        if (!other.equals(name)) {
          names.giveBack(number);
        }
      } else {
        others = true;
      }
    }
    return others;
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

  private int make(int flags) {
    T wanted = kind.tables.make(name, flags);
    tables = wanted;
    wanted.create(batch);
    int errno = socket.transact(batch);
    if (flags != 0 && (errno == Errno.EOPNOTSUPP || errno == Errno.EINVAL)) {
      return make(0);
    }
    return errno;
  }

  /**
   * Makes the tables anew, without elements, whatever is left of them.
   *
   * @return 0 or an error number
   */
  public int remake() {
    delete(tables(), name);
    tables().create(batch);
    return socket.transact(batch);
  }

  private void delete(OwnTables of, String named) {
    for (int family : of.families()) {
      OwnTables.delete(batch, family, named);
      int errno = socket.transact(batch);
      if (errno != 0 && errno != Errno.ENOENT) {
        LOG.log(Level.WARNING, "removing left-over nftables failed: {0}", Errno.describe(errno));
      }
    }
  }

  /** The name of the tables. */
  public String name() {
    return name;
  }

  /** Whether the tables have been made. */
  public boolean isOpen() {
    return tables != null;
  }

  /** The tables that have been made. */
  public T tables() {
    T made = tables;
    if (made == null) {
      throw new IllegalStateException("there are no tables");
    }
    return made;
  }

  /** Carries out what the batch holds; 0 or an error number. */
  public int transact() {
    return socket.transact(batch);
  }

  /** Removes the tables and gives the name back. */
  public void close() {
    if (isOpen()) {
      delete(tables(), name);
    }
    socket.close();
    names.giveBackAll();
  }
}
