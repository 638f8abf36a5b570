package io.havip.linux.internal.guardian;

import io.havip.linux.internal.libc.RobustMutex;
import io.havip.spi.PlatformException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts the guardian of a network namespace, starts it again when it dies, and lets it go when the
 * last node has ended.
 *
 * <p>Its thread holds the mutex by which the guardian learns of the death of this process. It is
 * started by a thread of the namespace and so belongs to it, as Linux has it, and the processes it
 * starts belong to it too.
 */
final class Supervisor {

  private static final Logger LOG = System.getLogger(Supervisor.class.getName());

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Who has lived that long did not die of its start. */
  private static final Duration SOUND = Duration.ofMinutes(1);

  private static final Duration END_WAIT = Duration.ofSeconds(2);

  /** A guardian that looks less often than this does not run: it looks four times a second. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private enum Signal {
    EXITED,
    CLOSE
  }

  private final String namespace;
  private final Launch launch;
  private final SharedMemory memory;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile boolean running;

  private Supervisor(String namespace, Launch launch, SharedMemory memory) {
    this.namespace = namespace;
    this.launch = launch;
    this.memory = memory;
  }

  /**
   * Starts one. The guardian is ready some hundred milliseconds later.
   *
   * @throws PlatformException if it is impossible on this host
   */
  static Supervisor start(String namespace) {
    RobustMutex.obstacle()
        .ifPresent(reason -> {
          throw new PlatformException(reason);
        });
    Supervisor supervisor = new Supervisor(namespace, Launch.find(), SharedMemory.open());
    Thread.ofPlatform().name("havip-guardian").daemon().start(supervisor::run);
    return supervisor;
  }

  String namespace() {
    return namespace;
  }

  SharedMemory memory() {
    return memory;
  }

  /**
   * Whether the guardian runs and has looked at every slot since a moment.
   *
   * @param since monotonic time
   */
  boolean hasSeen(long since, long now) {
    long beat = memory.region().lastBeat();
    return running && beat > since && now - beat < FRESH_NANOS;
  }

  /** Ends the guardian in order, and then the thread. Does not wait. */
  void close() {
    memory.region().close();
    signals.add(Signal.CLOSE);
  }

  private void run() {
    RobustMutex mutex = memory.region().mutex(memory.arena());
    mutex.lock();
    memory.region().firstToEnd(PeriodicThread.find());
    @Nullable Process last = null;
    try {
      last = supervise();
    } finally {
      memory.region().close();
      mutex.unlock();
    }
    if (last != null) {
      end(last);
    }
    memory.close();
  }

  /** Returns the process that runs when the end is asked for, if any. */
  private @Nullable Process supervise() {
    Duration pause = FIRST_PAUSE;
    while (true) {
      long began = System.nanoTime();
      @Nullable Process process = startProcess(pause);
      Signal signal = process == null ? Signal.EXITED : await();
      running = false;
      if (signal == Signal.CLOSE) {
        return process;
      }
      if (System.nanoTime() - began > SOUND.toNanos()) {
        pause = FIRST_PAUSE;
      }
      if (process != null) {
        LOG.log(
            Level.WARNING,
            "the guardian ended with status {0}; it is started again in {1} ms",
            process.exitValue(),
            pause.toMillis());
      }
      if (await(pause) == Signal.CLOSE) {
        return null;
      }
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }

  private @Nullable Process startProcess(Duration pause) {
    try {
      memory.region().beat(Long.MIN_VALUE);
      Process process = launch.process(memory.file()).start();
      running = true;
      Thread.ofPlatform().name("havip-guardian-log").daemon().start(() -> follow(process));
      return process;
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "the guardian cannot be started: {0}; next attempt in {1} ms",
          e.getMessage(),
          pause.toMillis());
      return null;
    }
  }

  private Signal await() {
    while (true) {
      try {
        return signals.take();
      } catch (InterruptedException e) {
        // Nobody has the right to end this thread but by closing.
      }
    }
  }

  private @Nullable Signal await(Duration pause) {
    try {
      return signals.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return null;
    }
  }

  /** Passes on what a process says, up to its end. */
  private void follow(Process process) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.log(Level.WARNING, "guardian: {0}", line);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "reading what the guardian says", e);
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    signals.add(Signal.EXITED);
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(END_WAIT)) {
        LOG.log(Level.WARNING, "the guardian did not end in time and is killed");
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
