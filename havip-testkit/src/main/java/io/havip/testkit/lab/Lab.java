package io.havip.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A small network of real Linux hosts on one machine: every host is a network namespace, and all
 * hang on one bridge, which has a namespace of its own. Nothing is visible outside but the names of
 * the namespaces, and no frame leaves the lab.
 *
 * <p>Needs root; ask {@link LabAvailability#ofLab} first. Several labs may run side by side, in one
 * JVM or in several. {@link #close} removes everything; what a killed JVM left behind is removed
 * when the next lab opens.
 *
 * <p>Wherever a time is returned it is on the axis of {@link System#nanoTime}, which on Linux all
 * JVMs of the machine share. Methods may be called from any thread.
 *
 * {@snippet :
 * try (Lab lab = Lab.open()) {
 *   LabHost a = lab.addHost("a", "172.17.16.7");
 *   LabHost b = lab.addHost("b", "172.17.16.13");
 *   Capture capture = lab.capture();
 *   a.exec("ping", "-c", "1", "172.17.16.13");
 * }
 * }
 */
public final class Lab implements AutoCloseable {

  /** The subnet of {@link #open()}. */
  public static final String DEFAULT_SUBNET = "172.17.16.0/24";

  static final String BRIDGE = "br0";
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int MAX_HOSTS = 254;
  private static final Pattern SUBNET = Pattern.compile("[0-9.]+/(\\d+)");
  private static final Pattern HOST_NAME = Pattern.compile("[a-z][a-z0-9]{0,15}");

  private final String name;
  private final String prefixLength;
  private final Path folder;
  private final Signals signals;
  private final Wire wire;
  private final List<LabHost> hosts = new ArrayList<>();
  private final Set<LabProcess> processes = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private Lab(String name, String prefixLength, Path folder) {
    this.name = name;
    this.prefixLength = prefixLength;
    this.folder = folder;
    this.signals = Signals.open();
    this.wire = new Wire(bridgeNamespace());
  }

  /**
   * Opens a lab on {@link #DEFAULT_SUBNET}.
   *
   * @return the lab, without hosts
   * @throws LabException if it cannot be built here
   */
  public static Lab open() {
    return open(DEFAULT_SUBNET);
  }

  /**
   * Opens a lab: removes what killed runs left behind, then makes the bridge.
   *
   * @param subnet the IPv4 subnet in which hosts get their addresses, such as {@code 10.9.0.0/24};
   *     it may be in use outside or in other labs
   * @return the lab, without hosts
   * @throws LabException if it cannot be built here
   */
  public static Lab open(String subnet) {
    var parts = SUBNET.matcher(subnet);
    if (!parts.matches()) {
      throw new LabException("not an IPv4 subnet: " + subnet);
    }
    LabAvailability.ofLab().orThrow();
    LabName.removeLeftovers();
    String name = claimName();
    Lab lab;
    try {
      lab = new Lab(name, parts.group(1), Files.createTempDirectory(name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      lab.buildBridge();
      return lab;
    } catch (RuntimeException e) {
      try (lab) {
        throw e;
      }
    }
  }

  /** Making the bridge's namespace claims the name: of two labs only one succeeds. */
  private static String claimName() {
    for (int number = 1; ; number++) {
      String name = LabName.ofThisRun(Integer.toString(number));
      CommandResult made = Command.of("ip", "netns", "add", name + "-bridge").result();
      if (made.ok()) {
        return name;
      }
      if (!made.errors().contains("File exists")) {
        throw new LabException(made.describe());
      }
    }
  }

  private void buildBridge() {
    String ns = bridgeNamespace();
    // Silent itself: no IPv6, hence no router solicitations and multicast reports of its own.
    setSysctls(ns, "ipv6/conf/all/disable_ipv6=1", "ipv6/conf/default/disable_ipv6=1");
    // A fixed address, otherwise it changes with every port; no snooping, which would swallow
    // 224.0.0.18 where nobody queries; no forward delay, ports pass traffic at once.
    Command.of(
            "ip",
            "-n",
            ns,
            "link",
            "add",
            BRIDGE,
            "address",
            "0a:00:00:00:ff:fe",
            "type",
            "bridge",
            "mcast_snooping",
            "0",
            "forward_delay",
            "0",
            "stp_state",
            "0")
        .run();
    Command.of("ip", "-n", ns, "link", "set", BRIDGE, "up").run();
  }

  /** Writes kernel settings below /proc/sys/net of a namespace; missing ones are skipped. */
  static void setSysctls(String namespace, String... settings) {
    StringBuilder script = new StringBuilder("cd /proc/sys/net");
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      script.append("; [ ! -e %s ] || echo %s > %s".formatted(pair[0], pair[1], pair[0]));
    }
    Command.in(namespace, List.of("sh", "-ec", script.toString())).run();
  }

  /**
   * Attaches a host. Its interface {@code eth0} is up, its port passes traffic, and its IPv6
   * link-local address is usable when this method returns. Its MAC address is {@code
   * 0a:00:00:00:00:NN}, where NN counts the hosts of this lab from 1.
   *
   * @param hostName lower-case letters and digits, at most 16, unique in this lab, not {@code
   *     bridge}
   * @param addresses its addresses; those without a prefix length get that of the subnet (IPv4) or
   *     64 (IPv6); none is allowed
   * @return the host
   */
  public synchronized LabHost addHost(String hostName, String... addresses) {
    if (!HOST_NAME.matcher(hostName).matches() || hostName.equals("bridge")) {
      throw new LabException("not a host name: " + hostName);
    }
    if (hosts.size() == MAX_HOSTS) {
      throw new LabException("a lab has at most " + MAX_HOSTS + " hosts");
    }
    LabHost host = new LabHost(this, hostName, hosts.size() + 1, List.of(addresses));
    Command.of("ip", "netns", "add", host.namespace()).run();
    hosts.add(host);
    host.build();
    return host;
  }

  /**
   * The hosts in the order they were added.
   *
   * @return a snapshot
   */
  public synchronized List<LabHost> hosts() {
    return List.copyOf(hosts);
  }

  /**
   * Makes the wire lose traffic between hosts.
   *
   * @return the wire; the same object each time
   */
  public Wire wire() {
    return wire;
  }

  /**
   * Starts to record all frames that hosts send, at the bridge. A host that sends and another that
   * receives make one frame here. Needs the program {@code tcpdump}.
   *
   * @return the running capture
   */
  public Capture capture() {
    return Capture.start(this, "capture", bridgeNamespace(), BRIDGE);
  }

  /**
   * Starts to record the frames in the cable of one host, both directions, at the bridge's end.
   * Needs the program {@code tcpdump}.
   *
   * @param host the host
   * @return the running capture
   */
  public Capture capture(LabHost host) {
    return Capture.start(this, "capture-" + host.name(), bridgeNamespace(), host.port());
  }

  /**
   * A folder for files of this lab; removed with it.
   *
   * @return an existing folder
   */
  public Path folder() {
    return folder;
  }

  /**
   * The common start of all names of this lab in {@code ip netns list}.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  String prefixLength() {
    return prefixLength;
  }

  String bridgeNamespace() {
    return name + "-bridge";
  }

  LabProcess start(String processName, String namespace, List<String> command) {
    return track(LabProcess.start(processName, Command.in(namespace, command).words(), signals));
  }

  LabProcess start(
      String processName,
      String namespace,
      List<String> command,
      LabProcess.StdoutReader stdoutReader) {
    return track(
        LabProcess.start(
            processName, Command.in(namespace, command).words(), signals, stdoutReader));
  }

  private LabProcess track(LabProcess process) {
    processes.add(process);
    process.onClose(() -> processes.remove(process));
    return process;
  }

  /** Kills all processes of the lab and removes its hosts and files. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // A test that was given up by an interrupt must still leave nothing behind.
    boolean interrupted = Thread.interrupted();
    try {
      remove();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void remove() {
    try {
      processes.forEach(LabProcess::close);
    } finally {
      signals.close();
      hosts.forEach(host -> LabName.removeNamespace(host.namespace()));
      LabName.removeNamespace(bridgeNamespace());
      LabName.removeFolder(folder);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
