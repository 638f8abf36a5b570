package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.keepalived.Diagnostic;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import io.havip.core.keepalived.ScriptHost;
import io.havip.core.keepalived.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/coming-from-keepalived.md} says what becomes of ten files; that part of the page is
 * rendered from them. After a change render it again with {@code -Dhavip.docs.write=true} and look
 * at what changed.
 */
class MigrationPageTest {

  private static final Path DOCS = Path.of("..");
  private static final Path PAGE = DOCS.resolve("coming-from-keepalived.md");
  private static final Path FILES = DOCS.resolve("migration");
  private static final String BEGIN = "<!-- From here rendered by MigrationPageTest. -->\n";

  /** What the files are read on: host node1, by root, with every user they name. */
  private static final ReadOptions OPTIONS =
      ReadOptions.forHost("node1").withUserName("root").withScriptHost(new Node1());

  private record Node1() implements ScriptHost {
    @Override
    public boolean hasUser(String name) {
      return !name.equals("keepalived_script");
    }

    @Override
    public boolean hasGroup(String name) {
      return true;
    }

    @Override
    public Optional<String> changeableByOthers(String program) {
      return Optional.empty();
    }
  }

  /** The order of the page. */
  static Stream<String> files() {
    return Stream.of(
        "lb-pair.conf",
        "database-pair.conf",
        "cloud-unicast.conf",
        "crosswise.conf",
        "virtual-mac.conf",
        "ipv6.conf",
        "nat-gateway.conf",
        "drain-by-file.conf",
        "notify.conf",
        "site/keepalived.conf");
  }

  private static ReadResult read(String file) {
    return KeepalivedReader.read(FILES.resolve(file), OPTIONS);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileCanBeUsed(String file) {
    assertThat(read(file).config()).isPresent();
    assertThat(read(file).diagnostics()).noneMatch(d -> d.severity() == Severity.ERROR);
  }

  /** Diagnostics but for what depends on the host. */
  @ParameterizedTest
  @MethodSource("files")
  void theCheckCommandUsesItToo(String file) {
    StringWriter out = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute("check", "-i", "node1", "-f", FILES.resolve(file).toString());

    assertThat(status).as(out.toString()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void thePageSaysWhatTheFilesComeTo() throws IOException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String rendered = head + files().map(MigrationPageTest::section).collect(Collectors.joining());
    if (Boolean.getBoolean("havip.docs.write")) {
      Files.writeString(PAGE, rendered);
    }

    assertThat(Files.readString(PAGE))
        .as("%s; render it again with -Dhavip.docs.write=true", PAGE)
        .isEqualTo(rendered);
  }

  private static String section(String file) {
    ReadResult result = read(file);
    return "\n### [%s](migration/%s)\n\n%s\n\nTaken over:\n\n```text\n%s```\n%s%s"
        .formatted(
            file,
            file,
            firstComment(file),
            takenOver(file, result),
            said("Differs, or is missing here", result, Severity.WARNING),
            said("Noted, or ignored without loss", result, Severity.NOTE));
  }

  /** The file's own first words. */
  private static String firstComment(String file) {
    try (Stream<String> lines = Files.lines(FILES.resolve(file))) {
      return lines.findFirst().orElseThrow().substring(2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String takenOver(String file, ReadResult result) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new CheckText(out)
        .file(Path.of(file), new ReadResult(result.config(), List.of(), result.directives()));
    out.flush();
    return text.toString();
  }

  private static String said(String title, ReadResult result, Severity severity) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic each : result.diagnostics()) {
      if (each.severity() == severity) {
        String where = FILES.relativize(Path.of(each.file())).getFileName() + ":" + each.line();
        String used = each.usedInstead().isEmpty() ? "" : " (using " + each.usedInstead() + ")";
        lines.add("- `%s` %s%s%n".formatted(where, each.message(), used));
      }
    }
    return lines.isEmpty() ? "" : "\n" + title + ":\n\n" + String.join("", lines);
  }
}
