package io.havip.core.keepalived;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/**
 * Asks the installed Keepalived what it makes of a configuration, in a network namespace of its
 * own. Its interfaces have no carrier, so that no instance ever becomes master.
 */
final class RealKeepalived implements AutoCloseable {

  /** Longest time a reading may take; a parameter that refers to itself never ends. */
  private static final long PATIENCE_MILLIS = 8000;

  /** What the JDK gives as the exit status of a process that was killed. */
  private static final int KILLED = 128 + 9;

  /** Its test ends itself so once it has looked for a command as another user. */
  private static final int TERMINATED = 128 + 15;

  /** The system property that says whether what is missing fails or skips a test. */
  private static final String PROPERTY = "havip.realnet";

  private final String namespace;
  private final Path folder;

  private RealKeepalived(String namespace, Path folder) {
    this.namespace = namespace;
    this.folder = folder;
  }

  /** Skips the test with a reason, or fails it, where Keepalived cannot be asked. */
  static void assume() {
    String mode = System.getProperty(PROPERTY, "auto");
    Assumptions.assumeFalse(mode.equals("off"), PROPERTY + "=off");
    String missing = missing();
    if (!missing.isEmpty() && mode.equals("require")) {
      throw new AssertionError(missing + " (and " + PROPERTY + "=require)");
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
  }

  private static String missing() {
    try {
      if (!Files.exists(Path.of("/proc/self/ns/net"))
          || !Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
        return "network namespaces need Linux and root";
      }
      List<String> version = lines(List.of("keepalived", "--version"), Path.of("."), line -> false);
      boolean known = !version.isEmpty() && version.getFirst().startsWith("Keepalived v2.2.");
      return known ? "" : "the differences are written down for Keepalived 2.2, not " + version;
    } catch (IOException e) {
      return "a program is not installed: " + e.getMessage();
    }
  }

  /** Makes the namespace with eth0, which has 172.17.16.7, eth1 and eth2. */
  static RealKeepalived open(Path folder, int number) throws IOException {
    String name = "havip-conf-" + ProcessHandle.current().pid() + "-" + number;
    command("ip", "netns", "add", name);
    RealKeepalived opened = new RealKeepalived(name, folder);
    for (String device : List.of("eth0", "eth1", "eth2")) {
      command(
          "ip", "-n", name, "link", "add", device, "type", "veth", "peer", "name", "x" + device);
      command("ip", "-n", name, "link", "set", device, "up");
    }
    command("ip", "-n", name, "addr", "add", "172.17.16.7/24", "dev", "eth0");
    return opened;
  }

  @Override
  public void close() throws IOException {
    command("ip", "netns", "del", namespace);
  }

  /** Behind the case, so that it moves no line; without it every script is a violation. */
  private static String security(String text) {
    if (!text.contains("vrrp_script") && !text.contains("/usr/bin/")) {
      return "";
    }
    String user = text.contains("script_user") ? "" : " script_user root\n";
    return "\nglobal_defs {\n" + user + " enable_script_security\n}\n";
  }

  /** What Keepalived makes of a case. */
  Effect read(DifferentialCase example) throws IOException {
    Path home = Files.createTempDirectory(folder, "case");
    Files.writeString(home.resolve(Conf.FILE), example.text() + security(example.text()));
    for (Map.Entry<String, String> file : example.files().entrySet()) {
      Path path = home.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Process test = start(inside("-t"), home);
    drain(test, line -> false);
    Process daemon =
        start(
            inside("-n", "-P", "-d", "-G", "-l", "-R", "-p", home + "/pid", "-r", home + "/vrrp"),
            home);
    // An interface it made must go with it, or the next case with the same MAC address fails.
    boolean tidily = example.text().contains("use_vmac");
    List<String> dump =
        drain(
            daemon,
            line ->
                line.contains("------< Interfaces >------")
                    || line.contains("no configuration to run"),
            tidily ? p -> p.toHandle().destroy() : RealKeepalived::kill);
    List<String> bare = dump.stream().map(l -> l.replaceFirst("^.{24}: ", "")).toList();
    SortedMap<String, SortedMap<String, String>> routers = KeepalivedDump.routers(bare);
    return new Effect(verdict(exit(test), routers.isEmpty()), routers);
  }

  private static Effect.Verdict verdict(int exit, boolean nothing) {
    if (exit == KILLED) {
      return Effect.Verdict.HANGS;
    }
    if (nothing) {
      return Effect.Verdict.REFUSED;
    }
    if (exit == TERMINATED) {
      return Effect.Verdict.UNKNOWN;
    }
    return exit == 0 ? Effect.Verdict.CLEAN : Effect.Verdict.WARNED;
  }

  private static int exit(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<String> inside(String... options) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "keepalived"));
    command.addAll(List.of("-i", "judge", "-f", Conf.FILE));
    command.addAll(List.of(options));
    return command;
  }

  private static void command(String... command) throws IOException {
    Process process = start(List.of(command), Path.of("."));
    List<String> said = drain(process, line -> false);
    if (exit(process) != 0) {
      throw new IOException(String.join(" ", command) + ": " + String.join("; ", said));
    }
  }

  private static List<String> lines(List<String> command, Path home, Predicate<String> last)
      throws IOException {
    return drain(start(command, home), last);
  }

  private static Process start(List<String> command, Path home) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  /** Reads until a line is the last one wanted, or the process ends, or patience does. */
  private static List<String> drain(Process process, Predicate<String> last) throws IOException {
    return drain(process, last, RealKeepalived::kill);
  }

  private static List<String> drain(Process process, Predicate<String> last, Consumer<Process> end)
      throws IOException {
    CompletableFuture<Void> patience =
        CompletableFuture.runAsync(
            () -> kill(process),
            CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        lines.add(line);
        if (last.test(line)) {
          end.accept(process);
        }
        line = reader.readLine();
      }
    } finally {
      patience.cancel(false);
    }
    return lines;
  }

  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.toHandle().destroyForcibly(); // the process itself would close its output
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
