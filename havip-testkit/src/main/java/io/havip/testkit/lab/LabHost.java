package io.havip.testkit.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One host of a {@link Lab}: a network namespace with {@code lo} and {@code eth0}. Files, users and
 * process ids are those of the machine.
 *
 * <p>Addresses and MAC addresses are text as {@code ip} prints it: {@code 172.17.16.7}, {@code
 * fe80::1}, {@code 0a:00:00:00:00:01}.
 */
public final class LabHost {

  /** The name of every host's network interface. */
  public static final String INTERFACE = "eth0";

  private static final Pattern ADDRESS = Pattern.compile(" inet6? ([0-9a-f:.]+)");
  private static final Pattern NEIGHBOUR = Pattern.compile(" lladdr ([0-9a-f:]+)");
  private static final Pattern ARP_REPLY = Pattern.compile("reply from \\S+ \\[([0-9A-Fa-f:]+)]");

  private final Lab lab;
  private final String name;
  private final int index;
  private final List<String> addresses;

  LabHost(Lab lab, String name, int index, List<String> addresses) {
    this.lab = lab;
    this.name = name;
    this.index = index;
    this.addresses = addresses;
  }

  void build() {
    String bridge = lab.bridgeNamespace();
    // Duplicate address detection off, so that IPv6 addresses are usable at once. No gratuitous
    // ARP by the kernel itself, which would be mistaken for that of the program under test.
    Lab.setSysctls(
        namespace(),
        "ipv6/conf/all/accept_dad=0",
        "ipv6/conf/default/accept_dad=0",
        "ipv6/conf/default/accept_ra=0",
        "ipv6/conf/default/router_solicitations=0",
        "ipv4/conf/all/arp_notify=0",
        "ipv4/conf/default/arp_notify=0");
    ip("link", "set", "lo", "up");
    ip(
        "link",
        "add",
        INTERFACE,
        "address",
        mac(),
        "type",
        "veth",
        "peer",
        "name",
        port(),
        "address",
        "0a:00:00:00:01:%02x".formatted(index),
        "netns",
        bridge);
    Command.of("ip", "-n", bridge, "link", "set", port(), "master", Lab.BRIDGE, "up").run();
    ip("link", "set", INTERFACE, "up");
    for (String address : addresses) {
      addAddress(address);
    }
    awaitLinkReady();
  }

  private String ip(String... words) {
    return Command.of(
            Stream.concat(Stream.of("ip", "-n", namespace()), Arrays.stream(words))
                .toArray(String[]::new))
        .run();
  }

  /** Carrier, forwarding and the link-local address follow a moment after "up", by a worker. */
  private void awaitLinkReady() {
    Await.until(
        name + "'s port to forward",
        Lab.LIMIT,
        () ->
            Command.of("ip", "-n", lab.bridgeNamespace(), "-d", "-o", "link", "show", port()).run(),
        text -> text.contains("state forwarding"));
    Await.until(
        name + "'s eth0 to have carrier",
        Lab.LIMIT,
        () -> ip("-o", "link", "show", INTERFACE),
        text -> text.contains("LOWER_UP") && text.contains("state UP"));
    if (exec("sh", "-c", "cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6 2>/dev/null || echo 1")
        .strip()
        .equals("0")) {
      Await.until(
          name + "'s link-local address",
          Lab.LIMIT,
          () -> ip("-o", "-6", "addr", "show", "dev", INTERFACE),
          text -> text.contains("fe80:") && !text.contains("tentative"));
    }
  }

  /**
   * The host's name.
   *
   * @return the name given to {@link Lab#addHost}
   */
  public String name() {
    return name;
  }

  /**
   * The host's namespace, for {@code ip netns exec} by hand.
   *
   * @return its name in {@code ip netns list}
   */
  public String namespace() {
    return lab.name() + "-" + name;
  }

  /**
   * The first address given to {@link Lab#addHost}.
   *
   * @return the address without prefix length
   * @throws LabException if none was given
   */
  public String address() {
    if (addresses.isEmpty()) {
      throw new LabException(name + " was given no address");
    }
    return addresses.getFirst().split("/", 2)[0];
  }

  /**
   * The MAC address of {@code eth0}.
   *
   * @return for example {@code 0a:00:00:00:00:01}
   */
  public String mac() {
    return "0a:00:00:00:00:%02x".formatted(index);
  }

  /**
   * The lab this host belongs to.
   *
   * @return the lab
   */
  public Lab lab() {
    return lab;
  }

  /** The bridge's end of this host's cable. */
  String port() {
    return "p" + index;
  }

  /**
   * Runs a command to its end, at most 20 s.
   *
   * @param command program and arguments
   * @return its standard output
   * @throws LabException if its exit code is not zero; the message has all of its output
   */
  public String exec(String... command) {
    return Command.in(namespace(), List.of(command)).run();
  }

  /**
   * Runs a command to its end, at most 20 s, whether it succeeds or not.
   *
   * @param command program and arguments
   * @return its outcome
   */
  public CommandResult tryExec(String... command) {
    return Command.in(namespace(), List.of(command)).result();
  }

  /**
   * Starts a program. It is killed with the lab at the latest.
   *
   * @param command program and arguments
   * @return the running program
   */
  public LabProcess start(String... command) {
    return start(command[0], List.of(command));
  }

  LabProcess start(String processName, List<String> command) {
    return lab.start(name + "-" + Path.of(processName).getFileName(), namespace(), command);
  }

  /**
   * Starts a Java program on the JDK of this JVM. Its class path is the place of its main class,
   * then this JVM's class path and module path; where that does not suffice (a test launcher with a
   * class loader of its own), give another by {@code -cp} among the options.
   *
   * @param jvmOptions options before the class name
   * @param mainClass the class whose {@code main} is run
   * @param arguments its arguments
   * @return the running program
   */
  public LabProcess startJava(List<String> jvmOptions, Class<?> mainClass, String... arguments) {
    return start(
        mainClass.getSimpleName(),
        JavaCommand.of(
            jvmOptions, JavaCommand.classPath(mainClass), mainClass, List.of(arguments)));
  }

  /**
   * Adds an address to {@code eth0}.
   *
   * @param address with or without prefix length; without, it gets that of the lab's subnet (IPv4)
   *     or 64 (IPv6)
   */
  public void addAddress(String address) {
    ip("addr", "add", withPrefix(address), "dev", INTERFACE);
  }

  /**
   * Removes an address from {@code eth0}, as an administrator would.
   *
   * @param address with the prefix length it has; without, see {@link #addAddress}
   */
  public void removeAddress(String address) {
    ip("addr", "del", withPrefix(address), "dev", INTERFACE);
  }

  private String withPrefix(String address) {
    if (address.contains("/")) {
      return address;
    }
    return address + "/" + (address.contains(":") ? "64" : lab.prefixLength());
  }

  /**
   * All addresses of all interfaces of the host, as the kernel has them now.
   *
   * @return addresses without prefix length
   */
  public Set<String> addresses() {
    return ADDRESS
        .matcher(ip("-o", "addr", "show"))
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Tells whether an address is on any interface of the host now. Takes some milliseconds.
   *
   * @param address without prefix length
   * @return true if the kernel has it
   */
  public boolean hasAddress(String address) {
    return addresses().contains(address);
  }

  /**
   * Waits until an address is on any interface of the host.
   *
   * @param address without prefix length
   * @param timeout how long to wait
   * @throws LabTimeoutException when the time is over; the message has the addresses there are
   */
  public void awaitAddress(String address, Duration timeout) {
    Await.until(
        name + " to have " + address, timeout, this::addresses, all -> all.contains(address));
  }

  /**
   * Waits until an address is on no interface of the host.
   *
   * @param address without prefix length
   * @param timeout how long to wait
   * @throws LabTimeoutException when the time is over; the message has the addresses there are
   */
  public void awaitNoAddress(String address, Duration timeout) {
    Await.until(
        name + " to lose " + address, timeout, this::addresses, all -> !all.contains(address));
  }

  /**
   * Starts {@code ip monitor address}: prints a line the moment an address is added or, then
   * beginning with {@code Deleted}, removed. More precise in time than {@link #hasAddress}.
   *
   * @return the running program, which is listening when this method returns
   */
  public LabProcess monitorAddresses() {
    LabProcess monitor = start("ip", "-o", "monitor", "address");
    Await.until(
        "ip monitor to listen", Lab.LIMIT, () -> NetlinkTable.listensForAddresses(monitor.pid()));
    return monitor;
  }

  /**
   * How many TCP segments this host has sent again because nothing came back, connections or data.
   * The kernel also does so when it only suspects a loss; {@code tcp_early_retrans} 0 leaves those
   * after a time of at least 200 ms.
   *
   * @return {@code RetransSegs} of {@code /proc/net/snmp}
   */
  public long tcpRetransmissions() {
    List<List<String>> tcp =
        exec("cat", "/proc/net/snmp")
            .lines()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> List.of(line.split(" ", -1)))
            .toList();
    return Long.parseLong(tcp.getLast().get(tcp.getFirst().indexOf("RetransSegs")));
  }

  /**
   * The MAC address in the host's neighbour table.
   *
   * @param address whose
   * @return empty if the kernel knows none
   */
  public Optional<String> neighbourMac(String address) {
    return NEIGHBOUR
        .matcher(ip("neigh", "show", "to", address))
        .results()
        .map(result -> result.group(1))
        .findFirst();
  }

  /**
   * Asks by ARP who has an address, and stops at the first answer; waits 1 s for it at most. Does
   * not change the neighbour table of this host. Needs {@code arping} of iputils.
   *
   * @param address the IPv4 address
   * @return the MAC address that answered first; empty if nobody did
   */
  public Optional<String> arpAnswer(String address) {
    return arping(address, "-c", "1", "-w", "1").stream().findFirst();
  }

  /**
   * Asks by ARP who has an address, and listens 1 s for all that answer. Needs {@code arping} of
   * iputils.
   *
   * @param address the IPv4 address
   * @return the MAC addresses that answered; more than one is a conflict
   */
  public Set<String> allArpAnswers(String address) {
    return arping(address, "-b", "-w", "1");
  }

  private Set<String> arping(String address, String... options) {
    List<String> command = new ArrayList<>(List.of("arping", "-I", INTERFACE));
    command.addAll(List.of(options));
    command.add(address);
    CommandResult result = Command.in(namespace(), command).result(Duration.ofSeconds(10));
    if (!result.output().contains("Sent ")) {
      throw new LabException(result.describe());
    }
    return ARP_REPLY
        .matcher(result.output())
        .results()
        .map(reply -> reply.group(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Sets {@code eth0} down, as an administrator would. IPv4 addresses stay, the kernel removes IPv6
   * ones.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}; done on return
   */
  public long linkDown() {
    long at = System.nanoTime();
    ip("link", "set", INTERFACE, "down");
    return at;
  }

  /**
   * Sets {@code eth0} up again; it passes traffic on return.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long linkUp() {
    long at = System.nanoTime();
    ip("link", "set", INTERFACE, "up");
    awaitLinkReady();
    return at;
  }

  /**
   * Pulls the cable out of the switch: {@code eth0} stays up but loses its carrier.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}; the carrier is lost on
   *     return
   */
  public long cutCable() {
    long at = System.nanoTime();
    Command.of("ip", "-n", lab.bridgeNamespace(), "link", "set", port(), "down").run();
    Await.until(
        name + " to lose its carrier",
        Lab.LIMIT,
        () -> ip("-o", "link", "show", INTERFACE),
        text -> text.contains("NO-CARRIER"));
    return at;
  }

  /**
   * Puts the cable back; it passes traffic on return.
   *
   * @return the time just before, on the axis of {@link System#nanoTime}
   */
  public long plugCable() {
    long at = System.nanoTime();
    Command.of("ip", "-n", lab.bridgeNamespace(), "link", "set", port(), "up").run();
    awaitLinkReady();
    return at;
  }

  @Override
  public String toString() {
    return name;
  }
}
