package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what the compiler saw. */
class ReadmeTest {

  @Test
  void theFirstCodeBlockIsTheCompiledExample() throws IOException {
    List<String> block = between(Path.of("../../README.md"), "```java", "```");
    List<String> compiled =
        between(
            Path.of("src/main/java/io/havip/examples/Embedding.java"),
            "// README begins",
            "// README ends");
    assertThat(block).isNotEmpty().isEqualTo(compiled);
  }

  private static List<String> between(Path file, String begin, String end) throws IOException {
    List<String> lines = Files.readAllLines(file).stream().map(String::strip).toList();
    int from = lines.indexOf(begin) + 1;
    List<String> rest = lines.subList(from, lines.size());
    return rest.subList(0, rest.indexOf(end));
  }
}
