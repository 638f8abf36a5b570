package io.havip.linux.internal.guardian;

import io.havip.linux.internal.libc.NativeAccess;
import io.havip.spi.PlatformException;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How the guardian is started: the same java, with the classes of this library alone. */
final class Launch {

  /** What people set for every JVM of a service is not meant for this one: agents, large heaps. */
  private static final List<String> ENVIRONMENT =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /**
   * Little memory, no files, no threads but the necessary. The simple compiler costs some memory,
   * and makes resigning for thousands of routers a matter of milliseconds. Signals are not handled,
   * so that they can be ignored.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms2m",
          "-Xmx8m",
          "-Xss256k",
          "-Xrs",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:CICompilerCount=1",
          "-XX:ReservedCodeCacheSize=4m",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:+DisableAttachMechanism",
          "-Xshare:auto");

  private final List<String> command;

  private Launch(List<String> command) {
    this.command = command;
  }

  /**
   * Finds what is needed.
   *
   * @throws PlatformException if it is not there
   */
  static Launch find() {
    return find(Path.of(System.getProperty("java.home")));
  }

  static Launch find(Path home) {
    Path java = home.resolve("bin").resolve("java");
    if (!Files.isExecutable(java)) {
      throw new PlatformException("there is no program " + java + " to start a second JVM with");
    }
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(OPTIONS);
    command.add(NativeAccess.flag(isInImage()));
    if (isInImage()) {
      command.add("-m");
      command.add(GuardianMain.class.getModule().getName() + "/" + GuardianMain.class.getName());
    } else {
      command.add("-cp");
      command.add(classPath());
      command.add(GuardianMain.class.getName());
    }
    return new Launch(List.copyOf(command));
  }

  private static boolean isInImage() {
    return location(GuardianMain.class).getScheme().equals("jrt");
  }

  /** This module's classes and those of the API it needs. */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type : List.of(GuardianMain.class, PlatformException.class)) {
      URI location = location(type);
      if (!"file".equals(location.getScheme())) {
        throw new PlatformException(
            "a second JVM cannot read this library's classes from " + location);
      }
      places.add(Path.of(location).toString());
    }
    return places.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static URI location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      if (source != null && source.getLocation() != null) {
        return source.getLocation().toURI();
      }
    } catch (URISyntaxException e) {
      throw new PlatformException("the place of this library's classes is unclear: " + e, e);
    }
    throw new PlatformException("the place of this library's classes is unknown");
  }

  /** A builder for one start; the process gets nothing but its three standard streams. */
  ProcessBuilder process(File memory) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(memory).redirectErrorStream(true);
    builder.environment().keySet().removeAll(ENVIRONMENT);
    return builder;
  }
}
