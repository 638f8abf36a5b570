package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Java that the README and the guides show is what the compiler saw. */
class GuideCodeTest {

  private static final Path DOCS = Path.of("..");

  @TestFactory
  Stream<DynamicTest> everyJavaBlockStandsInACompiledExample() throws IOException {
    String compiled = compiled();
    List<Path> pages = new ArrayList<>(List.of(DOCS.resolve("../README.md")));
    try (Stream<Path> guides = Files.list(DOCS)) {
      guides.filter(p -> p.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream()
        .flatMap(page ->
            blocks(page).stream()
                .map(block ->
                    DynamicTest.dynamicTest(
                        page.getFileName() + ": " + block.getFirst(),
                        () -> assertThat(compiled).contains(join(block)))));
  }

  @Test
  void theReadmeShowsCode() {
    assertThat(blocks(DOCS.resolve("../README.md"))).isNotEmpty();
  }

  @Test
  void theReadmeCountsTheProperties() throws IOException {
    long properties =
        Files.readString(DOCS.resolve("properties.md"))
            .lines()
            .filter(line -> line.matches("\\| [SLN]\\d+ \\|.*"))
            .count();
    assertThat(Files.readString(DOCS.resolve("../README.md")))
        .contains("[" + properties + " named properties]");
  }

  private static String compiled() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      return String.join(
          "\n",
          sources
              .filter(p -> p.toString().endsWith(".java"))
              .sorted()
              .map(GuideCodeTest::lines)
              .map(GuideCodeTest::join)
              .toList());
    }
  }

  private static List<List<String>> blocks(Path page) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = null;
    for (String line : lines(page)) {
      if (block == null && line.strip().equals("```java")) {
        block = new ArrayList<>();
      } else if (block != null && line.strip().equals("```")) {
        blocks.add(block);
        block = null;
      } else if (block != null) {
        block.add(line);
      }
    }
    return blocks;
  }

  /** Indentation does not count: a guide shows the inside of a method. */
  private static String join(List<String> lines) {
    return lines.stream().map(String::strip).reduce("", (a, b) -> a + "\n" + b);
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
