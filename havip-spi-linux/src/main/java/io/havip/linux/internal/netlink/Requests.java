package io.havip.linux.internal.netlink;

import io.havip.linux.internal.libc.Errno;
import io.havip.linux.internal.libc.Sys;
import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the kernel and waits for its answer. Confined to the loop. */
public final class Requests {

  private static final int DUMP_ATTEMPTS = 5;

  /** No interface has the highest number, so requests about it change nothing. */
  static final int NO_INDEX = Integer.MAX_VALUE;

  private final NetlinkSocket socket;
  private int sequence;

  /** Opens the socket. */
  public Requests(EventLoop loop) {
    socket =
        new NetlinkSocket(
            loop, "the rtnetlink socket", Sys.NETLINK_ROUTE, 0, NetlinkSocket.DATAGRAM);
  }

  /** Adds an address to the interface of that number, for a time unless that is 0. */
  NetlinkMessage.Answer addAddress(int index, VirtualAddress address, int seconds) {
    return answer(Rtnetlink.addAddress(++sequence, index, address, seconds));
  }

  /** Removes an address from the interface of that number. */
  NetlinkMessage.Answer removeAddress(int index, VirtualAddress address) {
    return answer(Rtnetlink.removeAddress(++sequence, index, address));
  }

  /** Makes a macvlan on the interface of that number. */
  NetlinkMessage.Answer makeMacvlan(int parent, String name, MacAddress mac) {
    return answer(Rtnetlink.makeMacvlan(++sequence, parent, name, mac));
  }

  /** Removes an interface. */
  NetlinkMessage.Answer removeLink(int index) {
    return answer(Rtnetlink.removeLink(++sequence, index));
  }

  /** Sets an interface up or down. */
  NetlinkMessage.Answer setLinkUp(int index, boolean up) {
    return answer(Rtnetlink.setLinkUp(++sequence, index, up));
  }

  /**
   * Asks for a change that cannot happen, to learn whether changes are allowed: the kernel checks
   * the privilege before anything else.
   */
  public boolean mayChangeAddresses() {
    VirtualAddress address = VirtualAddress.parse("192.0.2.1/32");
    return !Errno.isPermission(removeAddress(NO_INDEX, address).errno());
  }

  /** Whether this host answers for an address, by the kernel's routing table. */
  boolean isLocal(IpAddress address) {
    NetlinkMessage end = converse(Rtnetlink.getRoute(++sequence, address), message -> {});
    return end instanceof NetlinkMessage.Route route && route.type() == Rtnetlink.RTN_LOCAL;
  }

  /**
   * Reads all interfaces and addresses, again while they change in between.
   *
   * @return 0 or a positive error number
   */
  int dump(LinkTable table) {
    int errno = 0;
    for (int i = 0; i < DUMP_ATTEMPTS; i++) {
      table.clear();
      Dump links = new Dump(table);
      errno = links.read(Rtnetlink.getLinks(++sequence));
      if (errno != 0) {
        return errno;
      }
      Dump addresses = new Dump(table);
      errno = addresses.read(Rtnetlink.getAddresses(++sequence));
      if (errno != 0 || !(links.interrupted || addresses.interrupted)) {
        return errno;
      }
    }
    return errno;
  }

  private final class Dump {
    private final LinkTable table;
    private boolean interrupted;

    Dump(LinkTable table) {
      this.table = table;
    }

    int read(byte[] request) {
      NetlinkMessage end = converse(request, this::accept);
      return switch (end) {
        case NetlinkMessage.DumpEnd done -> {
          interrupted |= done.interrupted();
          yield done.errno();
        }
        case NetlinkMessage.Answer refusal -> refusal.errno();
        default -> Errno.EIO;
      };
    }

    private void accept(NetlinkMessage message) {
      interrupted |= message instanceof NetlinkMessage.DumpInterrupted;
      table.apply(message);
    }
  }

  private NetlinkMessage.Answer answer(byte[] request) {
    NetlinkMessage end = converse(request, message -> {});
    return end instanceof NetlinkMessage.Answer answer
        ? answer
        : new NetlinkMessage.Answer(sequence, Errno.EIO, "the kernel did not answer the request");
  }

  /** Sends a request and reads up to its last message, which is returned. */
  private NetlinkMessage converse(byte[] request, Consumer<NetlinkMessage> sink) {
    int own = sequence;
    int result = socket.send(request);
    Conversation conversation = new Conversation(own, sink);
    while (result >= 0 && conversation.end == null) {
      result = socket.receive(conversation);
      if (result == -Errno.EAGAIN) {
        result = socket.awaitAnswer();
      }
    }
    NetlinkMessage end = conversation.end;
    return end != null ? end : new NetlinkMessage.Answer(own, -result, null);
  }

  /** Leaves out answers to earlier requests that came too late. */
  private static final class Conversation implements Consumer<NetlinkMessage> {
    private final int own;
    private final Consumer<NetlinkMessage> sink;
    private @Nullable NetlinkMessage end;

    Conversation(int own, Consumer<NetlinkMessage> sink) {
      this.own = own;
      this.sink = sink;
    }

    @Override
    public void accept(NetlinkMessage message) {
      if (message.sequence() != own) {
        return;
      }
      switch (message) {
        case NetlinkMessage.Answer _, NetlinkMessage.DumpEnd _, NetlinkMessage.Route _ ->
            end = message;
        case NetlinkMessage.LinkPresent _,
            NetlinkMessage.LinkGone _,
            NetlinkMessage.AddressPresent _,
            NetlinkMessage.AddressGone _,
            NetlinkMessage.DumpInterrupted _,
            NetlinkMessage.Other _ ->
            sink.accept(message);
      }
    }
  }

  /** Closes the socket. */
  public void close() {
    socket.close();
  }
}
