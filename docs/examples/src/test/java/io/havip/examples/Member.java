package io.havip.examples;

import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Our member as a person starts it: the examples' jar in a process of its own, on a host of the
 * lab.
 */
final class Member implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);

  private final LabHost host;
  private final LabProcess process;

  private Member(LabHost host, LabProcess process) {
    this.host = host;
    this.process = process;
  }

  /** Starts a member and returns when it takes part. */
  static Member start(LabHost host, KeepalivedConfig config) {
    Member member = launch(host, config, List.of());
    member.process.awaitLine(line -> line.contains("INITIALIZE -> "), START);
    return member;
  }

  /** Starts a member with a file that is there, and returns when it takes part. */
  static Member start(LabHost host, Path file) {
    Member member = new Member(host, host.start(command(List.of(), "node", "-f", file.toString())));
    member.process.awaitLine(line -> line.contains("INITIALIZE -> "), START);
    return member;
  }

  /** Starts a member without waiting for anything. */
  static Member launch(LabHost host, KeepalivedConfig config, List<String> jvmOptions) {
    Path file = write(host, config);
    return new Member(host, host.start(command(jvmOptions, "node", "-f", file.toString())));
  }

  private static Path write(LabHost host, KeepalivedConfig config) {
    try {
      return Files.writeString(
          host.lab().folder().resolve(host.name() + "-member.conf"), config.render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts another configuration into the member's file; the member is not told. */
  void rewrite(KeepalivedConfig config) {
    write(host, config);
  }

  /** The command line of the examples' jar, as the README gives it. */
  static String[] command(List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  static Path jar() {
    String jar = System.getProperty("havip.examples.jar", "target/havip-examples.jar");
    return Path.of(jar).toAbsolutePath();
  }

  LabHost host() {
    return host;
  }

  LabProcess process() {
    return process;
  }

  /**
   * Waits until the member says that it entered a state, at or after a moment of {@link
   * System#nanoTime}.
   */
  LabProcess.Line awaitEntering(String state, long since, Duration timeout) {
    return process.awaitLine(line -> line.contains(" -> " + state + ","), since, timeout);
  }

  void awaitActive(Duration timeout) {
    process.awaitLine(line -> line.contains(" -> ACTIVE,"), timeout);
  }

  long kill() {
    return process.kill();
  }

  /** Asks the member to leave, as a service manager does, and returns its exit status. */
  int terminate() {
    return terminate(process);
  }

  /** The same for a member that was started in another way. */
  static int terminate(LabProcess process) {
    process.signal(Signal.TERM);
    return process.awaitExit(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    process.close();
  }
}
