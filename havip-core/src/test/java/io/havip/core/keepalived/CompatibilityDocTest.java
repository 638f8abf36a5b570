package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The compatibility document is rendered from the table of keywords and from the list of
 * differences. When this test fails after a change of either, run it again with {@code
 * -Dhavip.docs.write=true} and look at what changed.
 */
class CompatibilityDocTest {

  private static final Path DOCUMENT = Path.of("../docs/keepalived-compatibility.md");

  private static final String HEAD =
      """
      # Keepalived compatibility

      <!-- Rendered from the table of keywords by CompatibilityDocTest. Do not edit. -->

      `KeepalivedReader` reads a `keepalived.conf` as Keepalived 2.2.7 reads it. What it cannot take
      over it says, with file, line and column. Nothing is lost in silence:

      | status | meaning | what the reader says |
      |---|---|---|
      | works | does what it does in Keepalived | nothing |
      | ignored | has no meaning here, and leaving it out loses nothing | a note |
      | unsupported | does something in Keepalived that is missing here | a warning |

      An error says that a virtual router, or the whole file, is not used. With strict reading
      warnings and errors refuse the file; notes never do.

      Keywords are compared with those of Keepalived 2.2.7 and, marked "since", with later ones up to
      2.4.3. Values out of range, defaults and contradictions are decided as Keepalived 2.2.7 decides
      them; a test holds some 1,800 small files against the real program, value by value, and more than
      3,500 on demand.
      """;

  private static String render() {
    StringBuilder text = new StringBuilder(HEAD);
    for (Block block : Block.values()) {
      if (block.title().isEmpty()) {
        continue;
      }
      text.append("\n## ").append(block.title()).append("\n\n");
      text.append("| keyword | status | remark |\n|---|---|---|\n");
      for (Keyword keyword : Keywords.ALL) {
        if (keyword.block() == block) {
          String status = keyword.status().name().toLowerCase(Locale.ROOT);
          text.append("| `%s` | %s | %s |%n".formatted(keyword.name(), status, keyword.remark()));
        }
      }
    }
    text.append("\n## Differences on purpose\n\n");
    for (KnownDifference difference : KnownDifference.values()) {
      text.append("- ").append(escape(difference.reason())).append('\n');
    }
    return text.toString().replace("\r\n", "\n");
  }

  /** Keywords and signs that Markdown would take for its own. */
  private static String escape(String sentence) {
    return sentence
        .replace("\\#", "`\\#`")
        .replace("\\!", "`\\!`")
        .replaceAll("(\\$\\{\\w+}|\\b[a-z0-9]+(?:_[a-z0-9]+)+\\b|\\b_[A-Z]+\\b|@id)", "`$1`");
  }

  @Test
  void the_document_is_what_the_table_says() throws IOException {
    String rendered = render();
    if (Boolean.getBoolean("havip.docs.write")) {
      Files.writeString(DOCUMENT, rendered);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("%s; render it again with -Dhavip.docs.write=true", DOCUMENT)
        .isEqualTo(rendered);
  }

  @Test
  void every_keyword_and_every_difference_stands_in_it() {
    List<String> lines = render().lines().toList();

    assertThat(lines.stream().filter(l -> l.startsWith("| `"))).hasSize(Keywords.ALL.size());
    assertThat(lines.stream().filter(l -> l.startsWith("- ")))
        .hasSize(KnownDifference.values().length);
  }
}
