package io.havip.examples;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A systemd of its own on a host of the lab: the programs of this machine, an empty {@code /etc},
 * and nothing started but what every system needs.
 */
final class BootedSystemd implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Its own control group, so that units of the same name elsewhere are not its own. */
  private static final String IN_A_GROUP =
      """
      for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
        if [ -w $root/cgroup.procs ]; then mkdir -p $root/$0 && echo $$ > $root/$0/cgroup.procs; fi
      done
      exec "$@"
      """;

  private static final String WITHOUT_THE_GROUP =
      """
      for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
        [ ! -d $root/$0 ] || find $root/$0 -depth -type d -exec rmdir {} ';'
      done
      """;

  private final String name;
  private final Process process;
  private final Path log;

  private BootedSystemd(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Boots, or skips the test where that is not possible.
   *
   * @param files what the system sees besides {@code /usr}, as {@code SOURCE:TARGET}
   */
  static BootedSystemd on(LabHost host, List<String> files) {
    try {
      Path folder = host.lab().folder();
      Path id = Files.writeString(folder.resolve("machine-id"), "1".repeat(32) + "\n");
      Path log = folder.resolve("systemd.log");
      List<String> command =
          new ArrayList<>(List.of("sh", "-c", IN_A_GROUP, host.namespace(), "systemd-nspawn"));
      command.addAll(
          List.of("--quiet", "--register=no", "--keep-unit", "--boot", "--console=pipe"));
      command.addAll(List.of("--directory=/", "--volatile=yes", "--machine=" + host.name()));
      command.addAll(List.of("--resolv-conf=off", "--timezone=off", "--kill-signal=SIGRTMIN+3"));
      command.add("--network-namespace-path=/run/netns/" + host.namespace());
      command.add("--capability=CAP_NET_ADMIN");
      command.add("--bind-ro=" + id + ":/etc/machine-id");
      files.forEach(file -> command.add("--bind-ro=" + file));
      command.addAll(List.of("--", "--unit=basic.target"));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      BootedSystemd booted = new BootedSystemd(host.namespace(), process, log);
      booted.awaitBoot();
      return booted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The running Java, where it is not below {@code /usr}, and where Debian keeps its settings. */
  static List<String> java() {
    List<String> files = new ArrayList<>();
    Path home = Path.of(System.getProperty("java.home"));
    if (!home.startsWith("/usr")) {
      files.add(home + ":" + home);
    }
    try (DirectoryStream<Path> settings =
        Files.newDirectoryStream(Path.of("/etc"), "java-*-openjdk")) {
      settings.forEach(folder -> files.add(folder + ":" + folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private void awaitBoot() {
    Await.until("systemd to be up or to give up", LIMIT, () -> !process.isAlive() || isUp());
    if (!process.isAlive()) {
      close();
      Assumptions.abort("systemd does not boot here: " + read(log));
    }
  }

  private boolean isUp() {
    String state = tryRun("systemctl", "is-system-running").strip();
    return state.equals("running") || state.equals("degraded");
  }

  /** Runs a command in the booted system and returns what it printed, whatever its exit status. */
  String tryRun(String... command) {
    Optional<ProcessHandle> first = process.children().findFirst();
    if (first.isEmpty()) {
      return "";
    }
    List<String> words =
        new ArrayList<>(List.of("nsenter", "--target", Long.toString(first.get().pid())));
    words.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--"));
    words.addAll(Arrays.asList(command));
    return output(words);
  }

  /** What a unit's property is at the moment. */
  String property(String unit, String property) {
    return tryRun("systemctl", "show", "-P", property, unit).strip();
  }

  @Override
  public void close() {
    process.destroy(); // as a power button
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output(List.of("sh", "-c", WITHOUT_THE_GROUP, name));
  }

  private static String output(List<String> words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
