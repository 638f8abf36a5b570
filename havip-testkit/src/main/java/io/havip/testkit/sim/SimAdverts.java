package io.havip.testkit.sim;

import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel;
import io.havip.spi.PlatformException;
import java.util.ArrayList;
import java.util.List;

/** The VRRP sockets of a process. */
final class SimAdverts implements AdvertChannel {

  private final SimProcess process;
  private final List<SimPort> open = new ArrayList<>();

  SimAdverts(SimProcess process) {
    this.process = process;
  }

  @Override
  public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
    String what = "open a VRRP socket on " + interfaceName;
    if (!process.acts(what)) {
      throw new PlatformException(what + ": the process has ended");
    }
    Nic nic = process.kernel().nic(interfaceName);
    if (nic == null) {
      throw new PlatformException(
          what + ": there is no such interface; the host has " + process.kernel().host().links());
    }
    if (nic.loopback()) {
      throw new PlatformException(what + ": it is loopback, where no other member can be");
    }
    if (process.kernel().host().refuses(Operation.OPEN)) {
      throw new PlatformException(
          what + ": EPERM (operation not permitted); the process needs CAP_NET_RAW");
    }
    SimPort port = new SimPort(process, nic, family, receiver);
    nic.open(port);
    open.add(port);
    return port;
  }

  void closeAll() {
    List.copyOf(open).forEach(SimPort::shut);
    open.clear();
  }
}
