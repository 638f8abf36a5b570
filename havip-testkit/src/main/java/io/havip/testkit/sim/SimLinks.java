package io.havip.testkit.sim;

import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports changes of interfaces; each change is reported with the state it led to. */
final class SimLinks implements LinkMonitor {

  private final SimProcess process;
  private final List<Watching> open = new ArrayList<>();

  SimLinks(SimProcess process) {
    this.process = process;
  }

  @Override
  public Optional<Link> find(String interfaceName) {
    return Optional.ofNullable(process.kernel().nic(interfaceName)).map(Nic::link);
  }

  @Override
  public Watch watch(String interfaceName, LinkListener listener) {
    Watching watching = new Watching(interfaceName, listener);
    if (process.acts("watch " + interfaceName)) {
      open.add(watching);
    }
    return watching;
  }

  void changed(Nic nic) {
    if (!nic.present()) {
      process.platform().addresses().vanished(nic);
    }
    Link link = nic.link();
    for (Watching each : List.copyOf(open)) {
      if (each.name.equals(nic.name())) {
        each.tell(nic.present() ? () -> each.listener.changed(link) : () -> each.listener.gone());
      }
    }
  }

  void addressLost(Nic nic, VirtualAddress address) {
    for (Watching each : List.copyOf(open)) {
      if (each.name.equals(nic.name())) {
        each.tell(() -> each.listener.addressLost(address));
      }
    }
  }

  void closeAll() {
    open.forEach(watching -> watching.closed = true);
    open.clear();
  }

  private final class Watching implements Watch {

    private final String name;
    private final LinkListener listener;
    private boolean closed;

    Watching(String name, LinkListener listener) {
      this.name = name;
      this.listener = listener;
    }

    void tell(Runnable news) {
      process.arrived(() -> {
        if (!closed) {
          news.run();
        }
      });
    }

    @Override
    public void close() {
      closed = true;
      open.remove(this);
    }
  }
}
