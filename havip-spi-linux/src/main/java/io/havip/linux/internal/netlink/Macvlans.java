package io.havip.linux.internal.netlink;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Privilege;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformException;
import io.havip.spi.VirtualMacs;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Virtual MAC addresses by macvlan interfaces. Confined to the loop. */
public final class Macvlans implements VirtualMacs {

  private static final Logger LOG = System.getLogger(Macvlans.class.getName());

  private final EventLoop loop;
  private final Requests requests;
  private final Links links;
  private final Set<Macvlan> open = new LinkedHashSet<>();
  private final Map<String, ParentSettings> parents = new HashMap<>();

  /** Creates the maker; {@code links} is told of every change it makes. */
  public Macvlans(EventLoop loop, Requests requests, Links links) {
    this.loop = loop;
    this.requests = requests;
    this.links = links;
  }

  @Override
  public VirtualLink open(String parent, String name, MacAddress mac) {
    loop.requireLoop();
    removeLeftover(name, mac);
    Macvlan link = new Macvlan(parent, name, mac);
    useParent(parent);
    try {
      link.make();
    } catch (PlatformException e) {
      leaveParent(parent);
      throw e;
    }
    open.add(link);
    return link;
  }

  /** Only an interface with this very virtual MAC address is what a dead process left behind. */
  private void removeLeftover(String name, MacAddress mac) {
    Link old = links.find(name).orElse(null);
    if (old == null) {
      return;
    }
    if (!old.mac().equals(mac)) {
      throw new PlatformException(
          "interface "
              + name
              + " exists and its MAC address is "
              + old.mac()
              + " instead of "
              + mac
              + "; remove it, or give use_vmac another name");
    }
    require("remove the left-over interface " + name, requests.removeLink(old.index()));
    links.refresh();
  }

  private void useParent(String parent) {
    ParentSettings settings = parents.get(parent);
    if (settings == null) {
      settings = new ParentSettings(parent);
      parents.put(parent, settings);
    }
    settings.use();
  }

  private void leaveParent(String parent) {
    ParentSettings settings = parents.get(parent);
    if (settings != null && settings.leave()) {
      parents.remove(parent);
      settings.restore();
    }
  }

  private static void require(String operation, NetlinkMessage.Answer answer) {
    if (answer.errno() != 0) {
      throw new PlatformException(failed(operation, answer).describe());
    }
  }

  private static Outcome.Failed failed(String operation, NetlinkMessage.Answer answer) {
    @Nullable String text = answer.text();
    String advice =
        switch (answer.errno()) {
          case Errno.EPERM, Errno.EACCES -> Privilege.NET_ADMIN.advice();
          case Errno.EOPNOTSUPP -> "this kernel has no macvlan; load the module macvlan";
          case Errno.EBUSY ->
              "another interface on the same parent has this MAC address, or the parent's traffic"
                  + " is taken by a bridge";
          case Errno.ENETDOWN -> "the interface below is down";
          default -> "";
        };
    return new Outcome.Failed(
        operation, Errno.describe(answer.errno()) + (text == null ? "" : ": " + text), advice);
  }

  private final class Macvlan implements VirtualLink {
    private final String parent;
    private final String name;
    private final MacAddress mac;
    private boolean closed;

    Macvlan(String parent, String name, MacAddress mac) {
      this.parent = parent;
      this.name = name;
      this.mac = mac;
    }

    /** Makes the interface, down, with settings that keep it quiet. */
    private void make() {
      int below = links.index(parent);
      if (below == 0) {
        throw new PlatformException("there is no interface " + parent + " to put " + name + " on");
      }
      require(
          "make the interface " + name + " on " + parent, requests.makeMacvlan(below, name, mac));
      links.refresh();
      try {
        quieten();
      } catch (PlatformException e) {
        remove();
        throw e;
      }
    }

    /**
     * ARP for its own addresses only; packets may come in here whose answers leave by the parent;
     * no IPv6 address but those given to it.
     */
    private void quieten() {
      InterfaceSettings four = new InterfaceSettings(IpFamily.IPV4, name);
      four.set("arp_ignore", 1);
      four.set("rp_filter", 2);
      InterfaceSettings six = new InterfaceSettings(IpFamily.IPV6, name);
      six.set("addr_gen_mode", 1);
      six.set("autoconf", 0);
      six.set("accept_ra", 0);
    }

    @Override
    public Outcome raise() {
      loop.requireLoop();
      if (closed) {
        return new Outcome.Failed("raise " + name, "it is closed", "");
      }
      int index = links.index(name);
      if (index == 0) {
        try {
          make();
        } catch (PlatformException e) {
          return new Outcome.Failed("make " + name + " anew", e.getMessage(), "");
        }
        index = links.index(name);
      }
      return change("set " + name + " up", requests.setLinkUp(index, true));
    }

    @Override
    public Outcome lower() {
      loop.requireLoop();
      loop.flush();
      int index = links.index(name);
      return closed || index == 0
          ? Outcome.DONE
          : change("set " + name + " down", requests.setLinkUp(index, false));
    }

    private Outcome change(String operation, NetlinkMessage.Answer answer) {
      links.refresh();
      return answer.errno() == 0 ? Outcome.DONE : failed(operation, answer);
    }

    private void remove() {
      int index = links.index(name);
      if (index == 0) {
        return;
      }
      NetlinkMessage.Answer answer = requests.removeLink(index);
      links.refresh();
      if (answer.errno() != 0 && answer.errno() != Errno.ENODEV) {
        LOG.log(Level.WARNING, failed("remove " + name, answer).describe());
      }
    }

    @Override
    public void close() {
      loop.requireLoop();
      if (closed) {
        return;
      }
      loop.flush();
      closed = true;
      open.remove(this);
      remove();
      leaveParent(parent);
    }
  }

  /** Whether an interface was made here, and ends with this platform. */
  public boolean made(String interfaceName) {
    for (Macvlan link : open) {
      if (link.name.equals(interfaceName)) {
        return true;
      }
    }
    return false;
  }

  /** Removes every interface that is still open. */
  public void close() {
    List.copyOf(open).forEach(Macvlan::close);
  }
}
