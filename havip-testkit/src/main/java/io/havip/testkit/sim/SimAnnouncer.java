package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.wire.ArpCodec;
import io.havip.wire.NeighborAdvertCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Announces and probes with the frames that the library's codecs build. */
final class SimAnnouncer implements NeighborAnnouncer {

  private static final MacAddress ALL_NODES = MacAddress.multicastOf(IpAddress.parse("ff02::1"));

  private final SimProcess process;
  private final List<Asked> open = new ArrayList<>();

  SimAnnouncer(SimProcess process) {
    this.process = process;
  }

  @Override
  public Outcome announce(String interfaceName, IpAddress address) {
    String what = "announce " + address + " on " + interfaceName;
    if (!process.acts(what)) {
      return new Outcome.Failed(what, "the process has ended", "");
    }
    Nic nic = process.kernel().nic(interfaceName);
    String refused = refusal(nic);
    if (refused != null || nic == null) {
      return new Outcome.Failed(what, refused == null ? "" : refused, "");
    }
    Watch watch = process.engine().watch();
    if (watch != null) {
      watch.announced(nic.owner, address);
    }
    send(
        nic,
        switch (address) {
          case Ipv4Address four -> new Frame.Arp(ArpCodec.gratuitous(four, nic.mac));
          case Ipv6Address six ->
              new Frame.NeighborAdvert(
                  ALL_NODES, NeighborAdvertCodec.unsolicited(six, nic.mac, false));
        });
    return Outcome.DONE;
  }

  @Override
  public void probe(String interfaceName, IpAddress address, long until, ProbeListener listener) {
    String what = "probe for " + address + " on " + interfaceName;
    if (!process.acts(what)) {
      return;
    }
    Nic nic = process.kernel().nic(interfaceName);
    if (nic == null || refusal(nic) != null) {
      process.arrived(() -> listener.probed(false));
      return;
    }
    Asked asked = new Asked(nic, address, listener);
    nic.open(asked);
    open.add(asked);
    asked.silence.arm(until);
    send(
        nic,
        switch (address) {
          case Ipv4Address four -> new Frame.Arp(ArpCodec.probe(four, nic.mac));
          case Ipv6Address six -> new Frame.Solicitation(nic.mac, six);
        });
  }

  void closeAll() {
    List.copyOf(open).forEach(Asked::end);
  }

  private void send(Nic nic, Frame frame) {
    Engine engine = process.engine();
    if (!engine.trace.on()) {
      nic.transmit(frame);
      return;
    }
    long cause = engine.cause();
    engine.because(engine.note(nic.owner, TraceKind.SEND, frame.describe()));
    nic.transmit(frame);
    engine.because(cause);
  }

  private @Nullable String refusal(@Nullable Nic nic) {
    if (process.kernel().host().refuses(Operation.ANNOUNCE)) {
      return "EPERM (operation not permitted)";
    }
    if (nic == null) {
      return "ENODEV (no such device)";
    }
    if (nic.loopback()) {
      return "the interface is loopback: nobody would hear it";
    }
    if (nic.mac.isZero()) {
      return "the interface has no MAC address: neighbours would send into the void";
    }
    return nic.up() ? null : "ENETDOWN (network is down)";
  }

  /** A probe under way. */
  private final class Asked implements Nic.Probe {

    private final Nic nic;
    private final IpAddress address;
    private final ProbeListener listener;
    private final SimDeadline silence;
    private boolean over;

    Asked(Nic nic, IpAddress address, ProbeListener listener) {
      this.nic = nic;
      this.address = address;
      this.listener = listener;
      silence = new SimDeadline(process, () -> ended(false));
    }

    @Override
    public IpAddress address() {
      return address;
    }

    @Override
    public void answered() {
      process.arrived(() -> ended(true));
    }

    private void ended(boolean answered) {
      if (!over) {
        end();
        listener.probed(answered);
      }
    }

    void end() {
      over = true;
      nic.close(this);
      open.remove(this);
      silence.disarm();
    }
  }
}
