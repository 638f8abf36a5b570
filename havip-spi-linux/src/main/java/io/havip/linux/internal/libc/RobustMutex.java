package io.havip.linux.internal.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.havip.linux.internal.libc.Structs.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A robust mutex shared by processes: the kernel hands it on the moment the thread that holds it
 * ends, however it ends, and before the memory of its process is taken down (measured: 0.2 ms after
 * SIGKILL, where the end of a socket or pipe is told 90 ms later for each GiB the process has
 * touched).
 *
 * <p>Whoever locks or unlocks it does so with the thread that calls.
 */
public final class RobustMutex {

  /** Room for the mutex: 40 bytes in glibc on x86-64, 48 on aarch64. */
  public static final long ROOM = 64;

  private static final long ATTRIBUTES_ROOM = 64;
  private static final int PROCESS_SHARED = 1;
  private static final int ROBUST = 1;
  private static final long SECOND = 1_000_000_000L;

  /** How long the kernel may take to hand the mutex of a thread on that has ended. */
  private static final long TRIAL_NANOS = SECOND;

  private final MemorySegment mutex;
  private final MemorySegment until;

  /**
   * A mutex at a place that both processes map.
   *
   * @param place {@link #ROOM} bytes, of which the first is aligned to 16
   * @param arena of the thread that will wait for it
   */
  public RobustMutex(MemorySegment place, Arena arena) {
    mutex = place.asSlice(0, ROOM);
    until = arena.allocate(Timespec.LAYOUT);
  }

  private static final class Handles {
    static final FunctionDescriptor ONE = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    static final FunctionDescriptor FLAG = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);

    static final MethodHandle LOCK = Linking.link("pthread_mutex_lock", ONE);
    static final MethodHandle UNLOCK = Linking.link("pthread_mutex_unlock", ONE);
    static final MethodHandle CLOCKLOCK =
        Linking.link(
            "pthread_mutex_clocklock", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));

    private Handles() {}
  }

  /** Makes the mutex; nobody holds it. */
  public void create() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_ROOM, 16);
      require("pthread_mutexattr_init", Handles.ONE, attributes);
      require("pthread_mutexattr_setpshared", Handles.FLAG, attributes, PROCESS_SHARED);
      require("pthread_mutexattr_setrobust", Handles.FLAG, attributes, ROBUST);
      require(
          "pthread_mutex_init",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS),
          mutex,
          attributes);
    }
  }

  /** Calls what is called once or twice in the life of a process, so by the slow way. */
  private static void require(String function, FunctionDescriptor type, Object... arguments) {
    try {
      int errno = (int) Linking.link(function, type).invokeWithArguments(arguments);
      if (errno != 0) {
        throw Descriptors.failure(function, errno);
      }
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** Waits without end and returns 0 or an error number, {@link Errno#EOWNERDEAD} among them. */
  public int lock() {
    try {
      return (int) Handles.LOCK.invokeExact(mutex);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /**
   * Waits up to a moment.
   *
   * @param nanos monotonic time, as {@link System#nanoTime} counts it
   * @return 0 if it is ours, {@link Errno#EOWNERDEAD} if it is ours because its holder ended,
   *     {@link Errno#ETIMEDOUT} if it is not, or another error number
   */
  public int lockUntil(long nanos) {
    until.set(JAVA_LONG, Timespec.SEC, nanos / SECOND);
    until.set(JAVA_LONG, Timespec.NSEC, nanos % SECOND);
    try {
      return (int) Handles.CLOCKLOCK.invokeExact(mutex, Sys.CLOCK_MONOTONIC, until);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /** Gives it up; returns 0 or an error number. */
  public int unlock() {
    try {
      return (int) Handles.UNLOCK.invokeExact(mutex);
    } catch (Throwable e) {
      throw Linking.impossible(e);
    }
  }

  /**
   * Tries with a thread that ends without unlocking whether this libc and kernel keep the promise.
   *
   * @return why not; empty if they do
   */
  public static Optional<String> obstacle() {
    if (!Linking.has("pthread_mutex_clocklock")) {
      return Optional.of("the C library has no pthread_mutex_clocklock; glibc 2.30 has it");
    }
    try (Arena arena = Arena.ofShared()) {
      RobustMutex trial = new RobustMutex(arena.allocate(ROOM, 16), arena);
      trial.create();
      Thread holder = Thread.ofPlatform().name("havip-mutex-trial").start(trial::lock);
      holder.join();
      int result = trial.lockUntil(System.nanoTime() + TRIAL_NANOS);
      if (result == Errno.EOWNERDEAD) {
        return Optional.empty();
      }
      return Optional.of(
          "a robust mutex whose holder had ended gave "
              + (result == 0 ? "no error" : Errno.describe(result)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while trying a robust mutex");
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("robust mutexes do not work here: " + e.getMessage());
    }
  }
}
