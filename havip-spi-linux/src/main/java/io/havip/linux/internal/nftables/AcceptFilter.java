package io.havip.linux.internal.nftables;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drops packets to addresses of this host. The table is made when the first address is to be
 * refused, and stays if the process dies, as its addresses may. Confined to the loop.
 */
public final class AcceptFilter {

  private static final Logger LOG = System.getLogger(AcceptFilter.class.getName());

  private static final TableHome.Kind<AcceptTable> TABLES =
      new TableHome.Kind<>(
          "filter of packets", AcceptTable.PREFIX, "io.havip/accept/", AcceptTable::new);

  /** Room for one element and what is around it, and for the making of the table. */
  private static final int ROOM = 8 * 1024;

  private final EventLoop loop;
  private final int flags;
  private final NftBatch batch = new NftBatch(ROOM);
  private final Set<IpAddress> refused = new LinkedHashSet<>();
  private @Nullable TableHome<AcceptTable> home;
  private String obstacle = "";
  private boolean neighbours = true;

  /** Creates the filter, after removing those of dead processes. */
  public AcceptFilter(EventLoop loop) {
    this(loop, OwnTables.OWNER | OwnTables.PERSIST);
  }

  AcceptFilter(EventLoop loop, int flags) {
    this.loop = loop;
    this.flags = flags;
    try {
      home = new TableHome<>(loop, batch, TABLES);
    } catch (PlatformException e) {
      obstacle = String.valueOf(e.getMessage());
    }
    clearLeftovers();
  }

  /**
   * Looks again for filters of dead processes. A process that is killed keeps its names for a while
   * after a successor may have started, and its refusals would outlast it. Does nothing unless
   * another process of this host had a filter the last time.
   */
  public void clearLeftovers() {
    TableHome<AcceptTable> present = home;
    if (present == null || !neighbours) {
      return;
    }
    try {
      neighbours = present.removeLeftovers();
    } catch (PlatformException e) {
      neighbours = false;
      LOG.log(Level.WARNING, "filters of dead processes cannot be looked for: {0}", e.getMessage());
    }
  }

  /** Accepts packets to an address or refuses them. */
  public Outcome accept(IpAddress address, boolean accepted) {
    loop.requireLoop();
    if (accepted == !refused.contains(address)) {
      return Outcome.DONE;
    }
    String what = (accepted ? "accept" : "refuse") + " packets to " + address;
    try {
      TableHome<AcceptTable> tables = open();
      int errno = accepted ? remove(tables, address) : add(tables, address);
      return errno == 0 ? Outcome.DONE : new Outcome.Failed(what, Errno.describe(errno), "");
    } catch (PlatformException e) {
      return new Outcome.Failed(
          what, String.valueOf(e.getMessage()), "leave Accept_Mode on where this is not possible");
    }
  }

  private TableHome<AcceptTable> open() {
    TableHome<AcceptTable> present = home;
    if (present == null) {
      throw new PlatformException(obstacle);
    }
    if (!present.isOpen()) {
      present.open(flags);
    }
    return present;
  }

  private int add(TableHome<AcceptTable> tables, IpAddress address) {
    refused.add(address);
    int errno = refuse(tables, address);
    if (errno == Errno.ENOENT) {
      LOG.log(
          Level.WARNING,
          "the nftables {0} of this process were removed by somebody else; they are made anew",
          tables.name());
      errno = tables.remake();
      for (IpAddress each : List.copyOf(refused)) {
        errno = errno == 0 ? refuse(tables, each) : errno;
      }
    }
    if (errno != 0) {
      refused.remove(address);
    }
    return errno;
  }

  private int refuse(TableHome<AcceptTable> tables, IpAddress address) {
    tables.tables().refuse(batch, address);
    return tables.transact();
  }

  private int remove(TableHome<AcceptTable> tables, IpAddress address) {
    tables.tables().accept(batch, address);
    int errno = tables.transact();
    if (errno == 0 || errno == Errno.ENOENT) {
      refused.remove(address);
      return 0;
    }
    return errno;
  }

  /** Accepts everything again, and leaves nothing on the host. */
  public void close() {
    TableHome<AcceptTable> present = home;
    if (present != null) {
      home = null;
      refused.clear();
      present.close();
    }
  }
}
