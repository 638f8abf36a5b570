package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.Link.LinkAddress;
import io.havip.spi.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds and removes addresses, and remembers which ones this process has added. */
final class SimBinder implements AddressBinder {

  private static final String BY = "the process";

  private final SimProcess process;
  private final Map<Place, VirtualAddress> bound = new LinkedHashMap<>();

  /** An address on an interface. */
  private record Place(Nic nic, LinkAddress address) {}

  SimBinder(SimProcess process) {
    this.process = process;
  }

  @Override
  public Outcome reserve(IpAddress address) {
    String what = "reserve " + address;
    String refused = refusal(what, Operation.RESERVE);
    if (refused != null) {
      return failed(what, refused);
    }
    return process.kernel().reserve(address, process)
        ? Outcome.DONE
        : failed(what, "another member on this host has it");
  }

  @Override
  public void release(IpAddress address) {
    process.kernel().release(address, process);
  }

  @Override
  public Outcome add(String interfaceName, VirtualAddress address) {
    String name = address.deviceOr(interfaceName);
    String what = "add " + text(address) + " to " + name;
    String refused = refusal(what, Operation.BIND);
    if (refused != null) {
      return failed(what, refused);
    }
    Nic nic = process.kernel().nic(name);
    if (nic == null) {
      return failed(what, "ENODEV (no such device)");
    }
    Place place = new Place(nic, linkAddress(address));
    bound.put(place, address);
    process.kernel().addAddress(nic, place.address(), BY);
    return Outcome.DONE;
  }

  @Override
  public Outcome remove(String interfaceName, VirtualAddress address) {
    String name = address.deviceOr(interfaceName);
    String what = "remove " + text(address) + " from " + name;
    String refused = refusal(what, Operation.UNBIND);
    if (refused != null) {
      return failed(what, refused);
    }
    Nic nic = process.kernel().nic(name);
    if (nic != null) {
      Place place = new Place(nic, linkAddress(address));
      bound.remove(place);
      process.kernel().removeAddress(nic, place.address(), BY, true);
    }
    return Outcome.DONE;
  }

  @Override
  public Outcome acceptPackets(IpAddress address, boolean accepted) {
    String what = (accepted ? "accept" : "refuse") + " packets to " + address;
    String refused = refusal(what, Operation.BIND);
    if (refused != null) {
      return failed(what, refused);
    }
    process.kernel().accept(address, accepted);
    return Outcome.DONE;
  }

  /** What this process has added and not removed. */
  List<Map.Entry<Nic, LinkAddress>> bound() {
    List<Map.Entry<Nic, LinkAddress>> all = new ArrayList<>();
    bound.keySet().forEach(place -> all.add(Map.entry(place.nic(), place.address())));
    return all;
  }

  void releaseAll() {
    List<Map.Entry<Nic, LinkAddress>> all = bound();
    bound.clear();
    for (Map.Entry<Nic, LinkAddress> each : all) {
      process.kernel().removeAddress(each.getKey(), each.getValue(), BY, true);
    }
    process.kernel().acceptAll();
  }

  /** Somebody else removed an address; reports it if it was bound here. */
  void lost(Nic nic, LinkAddress address) {
    VirtualAddress was = bound.remove(new Place(nic, address));
    if (was != null) {
      process.platform().links().addressLost(nic, was);
    }
  }

  /** An interface vanished with all its addresses. */
  void vanished(Nic nic) {
    bound.keySet().removeIf(place -> place.nic() == nic);
  }

  private @Nullable String refusal(String what, Operation operation) {
    if (!process.acts(what)) {
      return "the process has ended";
    }
    return process.kernel().host().refuses(operation) ? "EPERM (operation not permitted)" : null;
  }

  private static Outcome failed(String what, String cause) {
    return new Outcome.Failed(what, cause, "");
  }

  private static LinkAddress linkAddress(VirtualAddress address) {
    return new LinkAddress(address.address(), address.prefixLength());
  }

  private static String text(VirtualAddress address) {
    return address.address() + "/" + address.prefixLength();
  }
}
