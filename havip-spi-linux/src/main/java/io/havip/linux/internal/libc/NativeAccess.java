package io.havip.linux.internal.libc;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;

/** Whether this process may call native functions, and whether this module knows the host. */
public final class NativeAccess {

  private NativeAccess() {}

  /**
   * Says why native calls are impossible here.
   *
   * @return empty if they are possible
   */
  public static Optional<String> obstacle() {
    return hostObstacle(System.getProperty("os.name", ""), System.getProperty("os.arch", ""))
        .or(NativeAccess::flagObstacle);
  }

  static Optional<String> hostObstacle(String os, String arch) {
    if (!os.toLowerCase(Locale.ROOT).equals("linux")) {
      return Optional.of("this platform needs Linux, and the operating system is " + os);
    }
    return switch (arch) {
      case "amd64", "x86_64", "aarch64" -> Optional.empty();
      default ->
          Optional.of(
              "this platform knows the system calls of x86-64 and aarch64, and the processor is "
                  + arch);
    };
  }

  /**
   * Tries a restricted method that does nothing, because a failure inside a class initialiser would
   * hide its reason from the second caller.
   */
  @SuppressWarnings({"restricted", "ReturnValueIgnored", "CheckReturnValue"})
  private static Optional<String> flagObstacle() {
    try {
      MemorySegment.NULL.reinterpret(0);
      return Optional.empty();
    } catch (IllegalCallerException e) {
      return Optional.of(
          "native access is denied to "
              + (NativeAccess.class.getModule().isNamed()
                  ? "module " + NativeAccess.class.getModule().getName()
                  : "the class path")
              + "; start java with "
              + flag());
    }
  }

  /** The option of the java command that grants native access to this code. */
  public static String flag() {
    return flag(NativeAccess.class.getModule().isNamed());
  }

  /** The option for this code as a module, or on the class path. */
  public static String flag(boolean asModule) {
    return "--enable-native-access="
        + (asModule ? NativeAccess.class.getModule().getName() : "ALL-UNNAMED");
  }
}
