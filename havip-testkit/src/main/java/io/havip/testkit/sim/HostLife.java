package io.havip.testkit.sim;

import io.havip.HavipException;
import io.havip.HavipNode;
import io.havip.spi.Fence;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes of a host, one after the other: how they start, stop, die and come back. */
final class HostLife {

  private final SimHost host;
  private final Engine engine;
  private final SimRandom random;
  private Fence fence = new Fence.None();
  private @Nullable SimProgram program;
  private @Nullable AutoCloseable running;
  private @Nullable HavipNode node;
  private long starts;

  HostLife(SimHost host, Engine engine, SimRandom random) {
    this.host = host;
    this.engine = engine;
    this.random = random;
  }

  void fence(Fence value) {
    fence = value;
  }

  Optional<HavipNode> node() {
    return Optional.ofNullable(node);
  }

  void node(HavipNode value) {
    node = value;
  }

  Platform start(SimProgram what) {
    Kernel kernel = host.kernel();
    if (kernel.process() != null || !kernel.alive()) {
      throw new IllegalStateException(
          "no process can be started on "
              + host.name()
              + ": "
              + (kernel.alive() ? "one runs" : "it is off"));
    }
    program = what;
    kernel.acceptAll();
    SimProcess process = new SimProcess(kernel, fence, random.fork("process " + ++starts));
    kernel.process(process);
    kernel.note(TraceKind.PROCESS, "process started");
    cameOrWent();
    engine.whereabouts().enters(Activity.of(host.name(), "the start of the program"));
    try {
      running = what.start(process.platform());
    } catch (RuntimeException e) {
      process.platform().close();
      throw e;
    } catch (Exception e) {
      process.platform().close();
      throw new IllegalStateException("the program on " + host.name() + " could not be started", e);
    }
    return process.platform();
  }

  void powerOff() {
    host.kernel().powerOff();
    running = null;
    node = null;
  }

  void kill() {
    SimProcess process = host.kernel().process();
    if (process != null) {
      exited(process);
      process.fenceExit();
    }
  }

  /** The process asks its program to stop as soon as it can run, and ends when that is done. */
  void stop() {
    SimProcess process = host.kernel().process();
    AutoCloseable stopping = running;
    if (process == null) {
      return;
    }
    running = null;
    Runnable stop =
        () -> {
          if (stopping != null) {
            process.run(Activity.of(host.name(), "close()"), () -> close(stopping));
          }
          process.leave();
        };
    if (process.runnable()) {
      stop.run();
    } else {
      process.execute(stop);
    }
  }

  /** Whether nothing runs in its process any more but what ends it. */
  boolean stopping() {
    return running == null;
  }

  void restart() {
    kill();
    Kernel kernel = host.kernel();
    if (!kernel.on()) {
      kernel.powerOn();
    }
    SimProgram again = program;
    if (again != null && kernel.alive()) {
      try {
        start(again);
      } catch (HavipException | PlatformException e) { // what a host that is broken may cause
        kernel.note(TraceKind.PROCESS, "the program did not start: " + e.getMessage());
      } catch (RuntimeException e) {
        engine.error(host.name(), "the start of the program", e);
      }
    }
  }

  /** The process is gone, for whatever reason but a loss of power. */
  void exited(SimProcess process) {
    Kernel kernel = host.kernel();
    if (kernel.process() == process) {
      kernel.process(null);
      running = null;
      node = null;
      process.die();
      kernel.note(TraceKind.PROCESS, "process ended");
      cameOrWent();
    }
  }

  private void cameOrWent() {
    Watch watch = engine.watch();
    if (watch != null) {
      watch.compare();
    }
  }

  private static void close(AutoCloseable stopping) {
    try {
      stopping.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new PlatformException("close() failed", e);
    }
  }
}
