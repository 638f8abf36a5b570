package io.havip.testkit.lab;

import io.havip.testkit.lab.LabProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A running FRR: zebra and vrrpd, with all of their files private to them. States are read from
 * vrrpd's log. Needs the programs {@code zebra} and {@code vrrpd} where Debian installs them, best
 * of FRR 8.4 or later.
 *
 * <p>FRR wants an interface with the virtual MAC address made beforehand, with the addresses on it;
 * {@link #start} makes one for each group, and sets {@code arp_ignore} on {@code eth0}, without
 * which FRR's host answers for the addresses with its own MAC address in every state.
 */
public final class Frr implements AutoCloseable {

  /** The state of one virtual router in FRR's words. */
  public enum State {
    /** Takes no part. */
    INITIALIZE,
    /** Listens. */
    BACKUP,
    /** Holds the addresses. */
    MASTER
  }

  /**
   * A virtual router, always version 3 by multicast with a virtual MAC address.
   *
   * @param vrid the virtual router id
   * @param priority 1 to 254
   * @param interval between adverts, a multiple of 10 ms
   * @param addresses the virtual addresses, all of one family, without prefix length
   */
  public record Group(int vrid, int priority, Duration interval, List<String> addresses) {

    /** Copies the list, which must not be empty. */
    public Group {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("a group has at least one address");
      }
    }

    boolean six() {
      return addresses.getFirst().contains(":");
    }

    String device() {
      return (six() ? "frr6-" : "frr4-") + vrid;
    }

    String mac() {
      return "00:00:5e:00:0%d:%02x".formatted(six() ? 2 : 1, vrid);
    }

    String render() {
      String prefix = " vrrp " + vrid + " ";
      return prefix
          + "version 3\n"
          + prefix
          + "priority "
          + priority
          + "\n"
          + prefix
          + "advertisement-interval "
          + interval.toMillis()
          + "\n"
          + addresses.stream()
              .map(address -> prefix + (six() ? "ipv6 " : "ip ") + address + "\n")
              .collect(Collectors.joining());
    }
  }

  /** Debian's FRR starts in this group only; as root it can use the lab's folder. */
  private static final String VTY_GROUP = "frrvty";

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Pattern TRANSITION =
      Pattern.compile("\\[VRID (\\d+)] \\[IPv[46]] \\w+ -> (\\w+)");

  private final LabHost host;
  private final List<Group> groups;
  private final LabProcess zebra;
  private final LabProcess vrrpd;

  private Frr(LabHost host, List<Group> groups, LabProcess zebra, LabProcess vrrpd) {
    this.host = host;
    this.groups = groups;
    this.zebra = zebra;
    this.vrrpd = vrrpd;
  }

  /**
   * Starts FRR and waits until every group listens.
   *
   * @param host where it runs
   * @param groups its virtual routers; their VRIDs differ
   * @return the running FRR
   * @throws LabException if it cannot be started
   */
  public static Frr start(LabHost host, Group... groups) {
    LabAvailability.ofTool("vrrpd").orThrow();
    host.exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/eth0/arp_ignore");
    for (Group group : groups) {
      makeInterface(host, group);
    }
    Path folder;
    Path config;
    Path none;
    try {
      folder = Files.createTempDirectory(host.lab().folder(), "frr-" + host.name() + "-");
      config = Files.writeString(folder.resolve("vrrpd.conf"), render(groups));
      none = Files.writeString(folder.resolve("zebra.conf"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LabProcess zebra = host.start("zebra", command("zebra", folder, none));
    Await.until("zebra's socket", START_LIMIT, () -> Files.exists(folder.resolve("zserv.api")));
    LabProcess vrrpd = host.start("vrrpd", command("vrrpd", folder, config));
    Frr frr = new Frr(host, List.of(groups), zebra, vrrpd);
    for (Group group : groups) {
      vrrpd.awaitLine(line -> transition(group.vrid(), line).isPresent(), START_LIMIT);
    }
    return frr;
  }

  /** The random link-local address is what FRR sends IPv6 adverts from. */
  private static void makeInterface(LabHost host, Group group) {
    String device = group.device();
    host.exec(
        "ip",
        "link",
        "add",
        "link",
        LabHost.INTERFACE,
        "name",
        device,
        "address",
        group.mac(),
        "type",
        "macvlan",
        "mode",
        "bridge");
    host.exec("ip", "link", "set", device, "addrgenmode", group.six() ? "random" : "none");
    for (String address : group.addresses()) {
      if (group.six()) {
        host.exec("ip", "addr", "add", address + "/64", "dev", device, "nodad");
      } else {
        host.exec("ip", "addr", "add", address + "/32", "dev", device);
      }
    }
    host.exec("ip", "link", "set", device, "up");
  }

  private static String render(Group... groups) {
    return "debug vrrp protocol\ninterface "
        + LabHost.INTERFACE
        + "\n"
        + List.of(groups).stream().map(Group::render).collect(Collectors.joining());
  }

  private static List<String> command(String program, Path folder, Path config) {
    return List.of(
        program,
        "-f",
        config.toString(),
        "-z",
        folder.resolve("zserv.api").toString(),
        "-i",
        folder.resolve(program + ".pid").toString(),
        "--vty_socket",
        folder.toString(),
        "-P",
        "0",
        "-u",
        "root",
        "-g",
        VTY_GROUP,
        "--log",
        "stdout",
        "--log-level",
        "debug");
  }

  /**
   * The host it runs on.
   *
   * @return the host
   */
  public LabHost host() {
    return host;
  }

  /**
   * The program, for its log.
   *
   * @return vrrpd
   */
  public LabProcess process() {
    return vrrpd;
  }

  /**
   * The state a virtual router entered last.
   *
   * @param vrid the virtual router id
   * @return empty before the first
   */
  public Optional<State> state(int vrid) {
    return vrrpd.lines().stream()
        .flatMap(line -> transition(vrid, line.text()).stream())
        .reduce((earlier, later) -> later);
  }

  /**
   * Tells whether a virtual router has ever been in a state.
   *
   * @param vrid the virtual router id
   * @param state the state
   * @return true also if it has left the state since
   */
  public boolean wasIn(int vrid, State state) {
    return vrrpd.lines().stream()
        .anyMatch(line -> transition(vrid, line.text()).equals(Optional.of(state)));
  }

  /**
   * Waits until a virtual router is in a state, now or later.
   *
   * @param vrid the virtual router id
   * @param state the wanted state
   * @param timeout how long to wait
   * @throws LabTimeoutException when the time is over; the message has the end of the log
   */
  public void awaitState(int vrid, State state, Duration timeout) {
    vrrpd.awaitLine(
        line -> state(vrid).equals(Optional.of(state)),
        "state " + state + " of router " + vrid,
        timeout);
  }

  /**
   * Waits until a virtual router enters a state at or after a given time.
   *
   * @param vrid the virtual router id
   * @param state the wanted state
   * @param since a value of {@link System#nanoTime}
   * @param timeout how long to wait
   * @return the log line that says so
   * @throws LabTimeoutException when the time is over; the message has the end of the log
   */
  public LabProcess.Line awaitEntering(int vrid, State state, long since, Duration timeout) {
    return vrrpd.awaitLine(
        line ->
            line.nanos() - since >= 0 && transition(vrid, line.text()).equals(Optional.of(state)),
        "entering state " + state + " of router " + vrid,
        timeout);
  }

  private static Optional<State> transition(int vrid, String line) {
    Matcher transition = TRANSITION.matcher(line);
    return transition.find() && Integer.parseInt(transition.group(1)) == vrid
        ? Optional.of(State.valueOf(transition.group(2).toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  /**
   * Crashes vrrpd: SIGKILL. The addresses stay on the host and answer.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long kill() {
    return vrrpd.kill();
  }

  /**
   * Stops vrrpd in good order by SIGTERM and waits for its end: it sends priority 0.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long stop() {
    long at = vrrpd.signal(Signal.TERM);
    vrrpd.awaitExit(Duration.ofSeconds(10));
    return at;
  }

  /** Kills it, if it still runs, and removes the interfaces made for it. */
  @Override
  public void close() {
    vrrpd.close();
    zebra.close();
    for (Group group : groups) {
      host.tryExec("ip", "link", "del", group.device());
    }
  }
}
