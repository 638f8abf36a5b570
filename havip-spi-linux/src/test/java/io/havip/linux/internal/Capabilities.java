package io.havip.linux.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code without privileges. Linux gives each thread capabilities of its own. */
@SuppressWarnings("restricted")
final class Capabilities {

  private static final int VERSION_3 = 0x2008_0522;

  private Capabilities() {}

  /** Runs code on a new thread that has given up all capabilities, as have those it starts. */
  static <T> T without(Callable<T> code) {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          giveUp();
          return code.call();
        });
    new Thread(task, "without capabilities").start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code capset(2)} of the calling thread to nothing. */
  private static void giveUp() {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(JAVA_INT, 2);
      header.setAtIndex(JAVA_INT, 0, VERSION_3);
      MemorySegment none = arena.allocate(JAVA_INT, 6);
      int failed =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("capset"),
                      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS))
                  .invokeExact(header, none);
      if (failed != 0) {
        throw new IllegalStateException("capset failed");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
