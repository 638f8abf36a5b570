package io.havip.linux.internal.netlink;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.linux.internal.loop.Source;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the interfaces of the host by rtnetlink events.
 *
 * <p>Listeners hear of the state after all events that were waiting, not of each event, and only if
 * it differs from what they heard last.
 */
public final class Links implements LinkMonitor, Source {

  private static final Logger LOG = System.getLogger(Links.class.getName());

  /** More than the queue holds: only events without end leave some for the next turn. */
  private static final int DATAGRAMS_PER_TURN = 16_384;

  private final EventLoop loop;
  private final Requests requests;
  private final NetlinkSocket events;
  private final LinkTable table = new LinkTable();
  private final Consumer<NetlinkMessage> toTable = table::apply;
  private final Runnable laterReport = this::report;
  private final Map<String, Watched> watched = new LinkedHashMap<>();
  private Runnable afterReport = () -> {};
  private boolean stale;
  private boolean reportPosted;

  /** The watches of one name. */
  private static final class Watched {
    final List<NamedWatch> watches = new ArrayList<>();
  }

  /** Subscribes to events first and reads the present state second, so that no change is missed. */
  public Links(EventLoop loop, Requests requests) {
    this.loop = loop;
    this.requests = requests;
    events =
        new NetlinkSocket(
            loop,
            "the rtnetlink event socket",
            Sys.NETLINK_ROUTE,
            Rtnetlink.EVENT_GROUPS,
            NetlinkSocket.DATAGRAM);
    int errno = requests.dump(table);
    if (errno != 0) {
      events.close();
      throw Descriptors.failure("reading the interfaces of the host", errno);
    }
    loop.add(this);
    warmUp();
  }

  /** Takes the way of an address event into a table that nobody sees. */
  private void warmUp() {
    LinkTable unseen = new LinkTable();
    VirtualAddress address = VirtualAddress.parse("192.0.2.1/32");
    byte[] added = Rtnetlink.addAddress(0, 1, address, 0);
    byte[] removed = Rtnetlink.removeAddress(0, 1, address);
    unseen.apply(new NetlinkMessage.LinkPresent(0, 1, "", MacAddress.ZERO, 0, 0));
    Link before = unseen.find("");
    loop.warmUp()
        .take(() -> {
          NetlinkParser.parse(added, added.length, unseen::apply);
          if (unseen.has(1, address.address()) && !Objects.equals(before, unseen.find(""))) {
            NetlinkParser.parse(removed, removed.length, unseen::apply);
          }
        });
  }

  @Override
  public Optional<Link> find(String interfaceName) {
    loop.requireLoop();
    refresh();
    return Optional.ofNullable(table.find(interfaceName));
  }

  /**
   * The interface without its addresses, as of the last event that was read; null if there is none
   * of that name.
   */
  public @Nullable Link known(String interfaceName) {
    return table.bare(interfaceName);
  }

  /** The names of the interfaces in the order of their numbers, for messages. */
  public List<String> names() {
    return table.all().stream().map(Link::name).toList();
  }

  /** The number of an interface, 0 if there is none of that name. */
  int index(String interfaceName) {
    int index = table.index(interfaceName);
    if (index == 0) {
      refresh();
      index = table.index(interfaceName);
    }
    return index;
  }

  /** Whether an interface carries an address as of the last event that was read. */
  boolean has(int index, IpAddress address) {
    return table.has(index, address);
  }

  /** Grows whenever an address may have gone or become unusable. */
  long losses() {
    return table.losses();
  }

  /** The prefix lengths under which an interface carries an address. */
  List<Integer> prefixLengths(int index, IpAddress address) {
    return table.prefixLengths(index, address);
  }

  @Override
  public Watch watch(String interfaceName, LinkListener listener) {
    loop.requireLoop();
    refresh();
    Watched name = watched.computeIfAbsent(interfaceName, n -> new Watched());
    NamedWatch watch = new NamedWatch(interfaceName, listener, table.find(interfaceName));
    name.watches.add(watch);
    return watch;
  }

  private final class NamedWatch implements Watch {
    private final String name;
    private final LinkListener listener;
    private @Nullable Link told;
    private boolean closed;

    NamedWatch(String name, LinkListener listener, @Nullable Link told) {
      this.name = name;
      this.listener = listener;
      this.told = told;
    }

    void tell(@Nullable Link link) {
      if (closed || Objects.equals(link, told)) {
        return;
      }
      told = link;
      try {
        if (link == null) {
          listener.gone();
        } else {
          listener.changed(link);
        }
      } catch (Throwable e) {
        loop.report("the listener of interface " + name, e);
      }
    }

    void tellLost(VirtualAddress address) {
      if (closed) {
        return;
      }
      try {
        listener.addressLost(address);
      } catch (Throwable e) {
        loop.report("the listener of interface " + name, e);
      }
    }

    @Override
    public void close() {
      loop.requireLoop();
      closed = true;
      Watched siblings = watched.get(name);
      if (siblings != null) {
        siblings.watches.remove(this);
        if (siblings.watches.isEmpty()) {
          watched.remove(name);
        }
      }
    }
  }

  /** Sets what runs after listeners have heard of a change. */
  void afterReport(Runnable task) {
    afterReport = task;
  }

  /** Tells the watches of an interface that one of its addresses was removed by someone else. */
  void tellLost(String interfaceName, VirtualAddress address) {
    Watched name = watched.get(interfaceName);
    if (name != null) {
      for (NamedWatch watch : List.copyOf(name.watches)) {
        watch.tellLost(address);
      }
    }
  }

  /** Takes in a change this platform has made itself, before the kernel's event about it. */
  void apply(NetlinkMessage message) {
    table.apply(message);
    postReport();
  }

  /** Reads the events that are waiting; listeners hear of them later in this turn or the next. */
  void refresh() {
    if (read()) {
      postReport();
    }
  }

  private void postReport() {
    if (!reportPosted) {
      reportPosted = true;
      loop.execute(laterReport);
    }
  }

  @Override
  public int descriptor() {
    return events.descriptor();
  }

  @Override
  public void drain(long until) {
    if (read()) {
      report();
    }
  }

  /**
   * Reads events into the table and says whether there were any. After a loss everything is read
   * anew, but only when the queue is empty: what it still holds is older and would undo the
   * present.
   */
  private boolean read() {
    boolean any = false;
    for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
      int result = events.receive(toTable);
      if (result == -Errno.EAGAIN) {
        if (stale) {
          resync();
        }
        return any;
      }
      any = true;
      if (result < 0) {
        // ENOBUFS: the kernel had more to say than the queue holds.
        LOG.log(Level.DEBUG, "rtnetlink events were lost: {0}", Errno.describe(-result));
        stale = true;
      }
    }
    return any;
  }

  private void resync() {
    int errno = requests.dump(table);
    stale = errno != 0;
    if (stale) {
      LOG.log(
          Level.WARNING, "reading the interfaces of the host failed: {0}", Errno.describe(errno));
    }
  }

  private void report() {
    reportPosted = false;
    for (String name : List.copyOf(watched.keySet())) {
      Watched of = watched.get(name);
      if (of != null) {
        Link link = table.find(name);
        for (NamedWatch watch : List.copyOf(of.watches)) {
          watch.tell(link);
        }
      }
    }
    afterReport.run();
  }

  /** Stops listening. */
  public void close() {
    loop.remove(this);
    events.close();
  }
}
