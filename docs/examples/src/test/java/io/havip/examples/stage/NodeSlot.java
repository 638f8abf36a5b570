package io.havip.examples.stage;

import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process for our nodes on one host, and a spare one for when it is killed. */
final class NodeSlot implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);
  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private final LabHost host;
  private int pipes;
  private @Nullable NodeHost current;
  private @Nullable NodeHost spare;

  /** A process and its pipe. */
  record NodeHost(LabProcess process, Path pipe) {

    void command(String line) {
      try {
        Files.writeString(pipe, line + "\n", StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void awaitReady() {
      process.awaitLine(line -> line.equals("ready"), START);
    }
  }

  NodeSlot(LabHost host) {
    this.host = host;
  }

  /** The process that runs; a new one if it was killed. */
  NodeHost current() {
    NodeHost open = current;
    if (open == null || !open.process().isAlive()) {
      open = spare == null ? launch() : spare;
      spare = null;
      open.awaitReady();
      current = open;
    }
    return open;
  }

  /** The one that runs will be killed. */
  void prepareSpare() {
    if (spare == null) {
      spare = launch();
      spare.awaitReady();
    }
  }

  private NodeHost launch() {
    Path pipe = host.lab().folder().resolve(host.name() + "-" + ++pipes + ".pipe");
    host.exec("mkfifo", pipe.toString());
    return new NodeHost(host.startJava(OPTIONS, NodeHostMain.class, pipe.toString()), pipe);
  }

  @Override
  public void close() {
    if (current != null) {
      current.process().kill();
    }
    if (spare != null) {
      spare.process().kill();
    }
  }
}
