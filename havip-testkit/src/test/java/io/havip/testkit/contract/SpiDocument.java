package io.havip.testkit.contract;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/spi.md}, and the tests they speak of. */
final class SpiDocument {

  static final List<Class<?>> SEAMS =
      List.of(
          PlatformContract.class,
          TimersContract.class,
          AdvertChannelContract.class,
          NeighborAnnouncerContract.class,
          AddressBinderContract.class,
          FencingContract.class,
          LinkMonitorContract.class,
          VirtualMacsContract.class);

  /** Contracts with fixtures of their own. */
  static final List<Class<?>> OTHERS =
      List.of(
          PlatformProviderContract.class,
          CloudBindingContract.class,
          CloudAdministrationContract.class);

  private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d+) \\| .* \\|");

  private SpiDocument() {}

  /** The names of a contract's tests. */
  static List<String> tests(Class<?> contract) {
    return Arrays.stream(contract.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .sorted()
        .toList();
  }

  /** The row of each rule, in the order of the document. */
  static List<String> rows() {
    return text().lines().filter(line -> ROW.matcher(line).matches()).toList();
  }

  static String rule(String row) {
    Matcher matcher = ROW.matcher(row);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a row of a rule: " + row);
    }
    return matcher.group(1);
  }

  static String text() {
    try {
      // Maven runs tests in the module's folder, other tools in the project's.
      Path folder =
          Stream.of("../docs", "docs")
              .map(Path::of)
              .filter(Files::isDirectory)
              .findFirst()
              .orElseThrow();
      return Files.readString(folder.resolve("spi.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
