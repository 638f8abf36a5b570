package io.havip.examples.stage;

import io.havip.net.IpAddress;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabProcess.Signal;
import io.havip.testkit.scenario.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of our nodes. */
final class NodeMember implements StageMember {

  private static final Duration START = Duration.ofSeconds(20);

  private final String name;
  private final NodeSlot slot;
  private final Path file;
  private final Set<LabProcess> used = new LinkedHashSet<>();
  private NodeSlot.@Nullable NodeHost running;

  NodeMember(LabHost host, NodeSlot slot, Member member, IpAddress vip) {
    name = member.name();
    this.slot = slot;
    file = host.lab().folder().resolve(name + "-stage.conf");
    try {
      Files.writeString(file, KeepalivedMember.config(member, vip).render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start() {
    startAgain();
  }

  @Override
  public long startAgain() {
    NodeSlot.NodeHost process = slot.current();
    running = process;
    used.add(process.process());
    long asked = System.nanoTime();
    process.command("start " + file);
    process.process().awaitLine(line -> line.contains("\"from\":\"INITIALIZE\""), asked, START);
    return process.process().lines().stream()
        .filter(line -> line.nanos() >= asked && line.text().startsWith("{"))
        .mapToLong(line -> LabSightings.nanos(line.text()))
        .min()
        .orElseThrow();
  }

  @Override
  public void prepareForAKill() {
    slot.current();
    slot.prepareSpare();
  }

  private NodeSlot.NodeHost running() {
    NodeSlot.NodeHost process = running;
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process;
  }

  @Override
  public void stop() {
    running().command("stop");
    running = null;
  }

  @Override
  public long kill() {
    NodeSlot.NodeHost process = running();
    running = null;
    return process.process().kill();
  }

  @Override
  public long pause() {
    return running().process().signal(Signal.STOP);
  }

  @Override
  public long resume() {
    return running().process().signal(Signal.CONT);
  }

  @Override
  public void end() {
    NodeSlot.NodeHost process = running;
    if (process != null) {
      long asked = System.nanoTime();
      process.command("stop");
      process.process().awaitLine(line -> line.contains("\"to\":\"INITIALIZE\""), asked, START);
    }
  }

  @Override
  public void tell(LabSightings to) {
    used.forEach(process -> to.events(name, process.lines()));
  }
}
