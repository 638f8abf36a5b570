package io.havip.linux.internal.guardian;

import io.havip.spi.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The guardians of this process: one for each network namespace in which it has a node, from the
 * first node to the last. This is the only static state of the module; it exists because all nodes
 * of a process share one second process.
 */
final class Guardians {

  private static final Map<String, Shared> RUNNING = new HashMap<>();

  private static final class Shared {
    final Supervisor supervisor;
    int users;

    Shared(Supervisor supervisor) {
      this.supervisor = supervisor;
    }
  }

  private Guardians() {}

  /**
   * The guardian of the calling thread's network namespace, started if it is the first use.
   *
   * @throws PlatformException if it is impossible on this host
   */
  static Supervisor acquire() {
    String namespace = namespace();
    synchronized (RUNNING) {
      Shared shared = RUNNING.get(namespace);
      if (shared == null) {
        shared = new Shared(Supervisor.start(namespace));
        RUNNING.put(namespace, shared);
      }
      shared.users++;
      return shared.supervisor;
    }
  }

  /** Gives it back; the last user ends it. */
  static void release(Supervisor supervisor) {
    synchronized (RUNNING) {
      Shared shared = RUNNING.get(supervisor.namespace());
      if (shared != null && --shared.users == 0) {
        RUNNING.remove(supervisor.namespace());
        supervisor.close();
      }
    }
  }

  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    } catch (IOException e) {
      throw new PlatformException("the network namespace cannot be told: " + e, e);
    }
  }
}
