package io.havip.linux.interop;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * Stops all threads of this JVM as a long garbage collection does: one thread is in native code
 * without having told the JVM so, and the collector waits for it at the safepoint, and all others
 * for the collector.
 */
@SuppressWarnings("restricted")
final class LongSafepoint {

  private LongSafepoint() {}

  /** Returns when the time is over and the JVM runs again. */
  static void hold(Duration duration) throws InterruptedException {
    Linker linker = Linker.nativeLinker();
    MethodHandle sleep =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("sleep"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            Linker.Option.critical(false));
    Thread sleeper =
        Thread.ofPlatform()
            .start(() -> {
              try {
                int unslept = (int) sleep.invokeExact((int) duration.toSeconds());
                if (unslept != 0) {
                  throw new IllegalStateException("woken early");
                }
              } catch (RuntimeException | Error e) {
                throw e;
              } catch (Throwable e) {
                throw new IllegalStateException(e);
              }
            });
    // One collection after the other would keep the sleeper from going to sleep for seconds.
    while (!sleeper.join(Duration.ofMillis(20))) {
      System.gc();
    }
  }
}
