package io.havip.linux.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;

/**
 * Threads in a named network namespace. Linux gives each thread a namespace of its own; a thread
 * that has entered one stays in it, so it must not be a pooled one.
 */
@SuppressWarnings("restricted")
public final class NetworkNamespace {

  private static final int CLONE_NEWNET = 0x4000_0000;

  private NetworkNamespace() {}

  /** Makes threads that enter the namespace before they run their task. */
  public static ThreadFactory threads(String name) {
    return task ->
        new Thread(() -> {
          enter(name);
          task.run();
        });
  }

  /** Moves the calling thread. {@code fopen} instead of {@code open}, which is variadic. */
  private static void enter(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment file =
          (MemorySegment)
              link("fopen", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS))
                  .invokeExact(
                      arena.allocateFrom("/var/run/netns/" + name), arena.allocateFrom("r"));
      if (file.address() == 0) {
        throw new IllegalStateException("there is no network namespace " + name);
      }
      int fd = (int) link("fileno", FunctionDescriptor.of(JAVA_INT, ADDRESS)).invokeExact(file);
      int entered =
          (int)
              link("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                  .invokeExact(fd, CLONE_NEWNET);
      int _ = (int) link("fclose", FunctionDescriptor.of(JAVA_INT, ADDRESS)).invokeExact(file);
      if (entered != 0) {
        throw new IllegalStateException("the network namespace " + name + " cannot be entered");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle link(String function, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), type);
  }
}
