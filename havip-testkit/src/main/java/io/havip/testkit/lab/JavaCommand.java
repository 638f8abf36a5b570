package io.havip.testkit.lab;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words that start a Java program. */
final class JavaCommand {

  private JavaCommand() {}

  static List<String> of(
      List<String> options, String classPath, Class<?> mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath));
    command.addAll(options);
    command.add(mainClass.getName());
    command.addAll(arguments);
    return command;
  }

  /**
   * Where the class is, then class path and module path of this JVM. The class's own place is not
   * always among the latter: a test class may be patched into a module.
   */
  static String classPath(Class<?> mainClass) {
    List<String> paths = new ArrayList<>();
    paths.add(rootOf(mainClass).toString());
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        paths.add(path);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  /** The folder or jar that holds a class. */
  static Path rootOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + file);
    if (url == null) {
      throw new LabException("no class file found for " + type.getName());
    }
    String place = url.toString();
    place = place.substring(0, place.length() - file.length());
    if (place.startsWith("jar:")) {
      place = place.substring("jar:".length(), place.length() - "!/".length());
    }
    try {
      return Path.of(new URI(place));
    } catch (URISyntaxException e) {
      throw new LabException("cannot tell where " + type.getName() + " is: " + url, e);
    }
  }
}
