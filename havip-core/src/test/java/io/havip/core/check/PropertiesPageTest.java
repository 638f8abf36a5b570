package io.havip.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/properties.md} says of each check what the check says of itself. */
class PropertiesPageTest {

  @Test
  void thePageHasTheRowOfEveryCheckAndNoOther() throws IOException {
    List<String> rows =
        page().filter(line -> line.matches("\\| [SL]\\d+ \\|.*\\|.*\\|.*\\|.*\\|")).toList();

    assertThat(rows).isEqualTo(Catalogue.rules().stream().map(PropertiesPageTest::row).toList());
  }

  @Test
  void everyPropertyIsBuilt() {
    assertThat(Catalogue.rules().stream().map(Rule::id))
        .containsExactlyElementsOf(Stream.concat(ids("S", 19), ids("L", 13)).toList());
  }

  private static Stream<String> ids(String letter, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(n -> letter + n);
  }

  private static String row(Rule check) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            check.id(),
            check.words(),
            check.condition(),
            check.bound(),
            new TreeSet<>(check.needs())
                .stream()
                    .map(sense -> sense.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")));
  }

  private static Stream<String> page() throws IOException {
    Path here = Path.of("docs/properties.md");
    Path page = Files.exists(here) ? here : Path.of("../docs/properties.md");
    return Files.readAllLines(page).stream();
  }
}
