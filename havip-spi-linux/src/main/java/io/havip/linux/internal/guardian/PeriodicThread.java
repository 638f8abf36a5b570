package io.havip.linux.internal.guardian;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The thread that HotSpot stops first when a JVM is about to end by {@code Runtime.halt}, {@code
 * System.exit} or the end of its last ordinary thread. Only then does it wait, for 0.3 s, for
 * threads in native code, such as a loop that polls (measured, JDK 25: the thread is gone 0.8 ms
 * after the call, the process 310 ms).
 */
final class PeriodicThread {

  /** As much of it as Linux keeps. */
  private static final String NAME = "VM Periodic Tas";

  /** No such thread: another JVM, or no {@code /proc}. */
  static final int NONE = 0;

  private PeriodicThread() {}

  /** {@return its number in this process, or {@link #NONE}} */
  static int find() {
    return find(NAME);
  }

  /** {@return the number of a thread of this process by what Linux keeps of its name} */
  static int find(String name) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        if (name(thread).equals(name)) {
          return Integer.parseInt(thread.getFileName().toString());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return NONE;
    }
    return NONE;
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }
}
