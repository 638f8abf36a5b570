package io.havip.testkit.sim;

import io.havip.spi.Platform;
import java.util.concurrent.Executor;

/** The platform of a process in the simulator. */
final class SimPlatform implements Platform {

  private final SimProcess process;
  private final SimTimers timers;
  private final SimAdverts adverts;
  private final SimAnnouncer announcer;
  private final SimBinder addresses;
  private final SimLinks links;
  private final SimFencing fencing;

  SimPlatform(SimProcess process) {
    this.process = process;
    timers = new SimTimers(process);
    adverts = new SimAdverts(process);
    announcer = new SimAnnouncer(process);
    addresses = new SimBinder(process);
    links = new SimLinks(process);
    fencing = new SimFencing(process);
  }

  @Override
  public String description() {
    return "simulated host " + process.kernel().name();
  }

  @Override
  public void execute(Runnable task) {
    process.engine().requireThread("execute");
    process.execute(task);
  }

  @Override
  public boolean inLoop() {
    return process.engine().onThread();
  }

  @Override
  public Executor workers() {
    return task -> {
      process.engine().requireThread("a worker");
      process.work(task, process.kernel().host().workersDelay());
    };
  }

  @Override
  public boolean realTime() {
    return false;
  }

  @Override
  public SimTimers timers() {
    return timers;
  }

  @Override
  public SimAdverts adverts() {
    return adverts;
  }

  @Override
  public SimAnnouncer announcer() {
    return announcer;
  }

  @Override
  public SimBinder addresses() {
    return addresses;
  }

  @Override
  public SimFencing fencing() {
    return fencing;
  }

  @Override
  public SimLinks links() {
    return links;
  }

  @Override
  public void close() {
    process.engine().requireThread("close");
    if (!process.ended()) {
      addresses.releaseAll();
      process.kernel().host().life().exited(process);
    }
  }

  /** Takes away what the kernel takes away when a process ends. */
  void vanish() {
    adverts.closeAll();
    announcer.closeAll();
    links.closeAll();
  }
}
