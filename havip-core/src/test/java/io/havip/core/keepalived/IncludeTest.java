package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.wire.VrrpAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: included ones, and those that are not what they should be. */
class IncludeTest {

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ReadResult read(String body) throws IOException {
    return KeepalivedReader.read(file("keepalived.conf", Conf.instance(body)), Conf.OPTIONS);
  }

  private List<String> problems(ReadResult result) {
    return result.diagnostics().stream()
        .filter(d -> d.severity() != Severity.NOTE)
        .map(d -> d.describe().replace(folder + "/", ""))
        .toList();
  }

  private void someFiles() throws IOException {
    file("a.inc", "priority 91\n");
    file("a2.inc", "advert_int 2\n");
    file("b.inc", "priority 92");
    file(".hidden.inc", "priority 93\n");
    file("sub/c.inc", "include d.inc\n");
    file("sub/d.inc", "priority 94\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "include a.inc | 91",
        "include b.inc | 92",
        "include *.inc | 92",
        "include {b,a}.inc | 91",
        "include [ab].inc | 92",
        "include [^a].inc | 92",
        "include ?.inc | 92",
        "include {a{,2},b}.inc | 92",
        "include sub/c.inc | 94",
        "include ./sub/../a.inc | 91",
        "include s*b/d.inc | 94",
        "include a.inc # comment | 91",
        "include \\a.inc | 91",
        "include .hidden.inc | 93",
        "includea a.inc | 91",
        "@east include a.inc | 91",
        "@west include a.inc | 100",
        "$F=a\\ninclude ${F}.inc | 91",
        "$F=include a.inc\\n$F | 91",
        "include \"a.inc\" | 91",
        "{ include a.inc\\n} | 91"
      })
  void an_include_reads_what_its_pattern_names_in_order(String line, int priority)
      throws IOException {
    someFiles();
    assertThat(Conf.router(read(line.replace("\\n", "\n"))).priority()).isEqualTo(priority);
  }

  @Test
  void an_absolute_name() throws IOException {
    someFiles();
    assertThat(Conf.router(read("include " + folder + "/sub/c.inc")).priority()).isEqualTo(94);
  }

  @Test
  void an_included_file_is_named_as_it_is_reached_and_ordered_by_first_reading()
      throws IOException {
    file("sub/c.inc", "bogus1\ninclude d.inc\n");
    file("sub/d.inc", "bogus2\n");
    ReadResult result = read("include sub/c.inc\nbogus3");

    assertThat(problems(result))
        .containsExactly(
            "keepalived.conf:8:1: warning: the keyword 'bogus3' is not known here; it is not used",
            "sub/c.inc:1:1: warning: the keyword 'bogus1' is not known here; it is not used",
            "sub/d.inc:1:1: warning: the keyword 'bogus2' is not known here; it is not used");
  }

  @Test
  void parameters_pass_from_file_to_file_and_the_folder_is_each_files_own() throws IOException {
    file("p/q.inc", "$P=93\n$D=x\n@east $HERE=${_PWD}\n");
    assertThat(Conf.router(read("include p/q.inc\npriority $P")).priority()).isEqualTo(93);
    file("p/r.inc", "authentication {\nauth_type PASS\nauth_pass \"${_PWD}\"\n}\n");
    String here = folder.resolve("p").toAbsolutePath().toString().substring(0, 8);
    assertThat(Conf.router(read("include p/r.inc")).authentication())
        .isEqualTo(VrrpAuth.SimplePassword.of(here));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include none",
        "includer none",
        "includeb none",
        "include {a,none}.inc",
        "includem {a,none}.inc",
        "include a.inc b.inc",
        "include sub",
        "include ~/x",
        "include"
      })
  void a_missing_include_is_a_warning(String line) throws IOException {
    someFiles();
    ReadResult result = read(line);

    assertThat(result.config()).isPresent();
    assertThat(problems(result))
        .singleElement()
        .asString()
        .startsWith("keepalived.conf:7:1: warning: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "includem none",
        "includew none",
        "includea none",
        "includew *.none",
        "includea *.none",
        "includeb {a,none}.inc",
        "includea {a,none}.inc",
        "includer sub",
        "includea sub"
      })
  void a_missing_include_that_is_required_refuses_the_file(String line) throws IOException {
    someFiles();
    ReadResult result = read(line);

    assertThat(result.config()).isEmpty();
    assertThat(problems(result))
        .singleElement()
        .asString()
        .startsWith("keepalived.conf:7:1: error: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"include *.none", "includem *.none", "includeb *.none", "include no/*"})
  void a_pattern_without_file_is_a_note(String line) throws IOException {
    ReadResult result = read(line);

    assertThat(problems(result)).isEmpty();
    assertThat(result.diagnostics()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "include_check | include *.none | false",
        "include_check match | include none | false",
        "include_check wildcard_match | include *.none | false",
        "include_check match | include *.none | true",
        "include_check\\ninclude_check -wildcard_match | include *.none | true",
        "include_check +match | include none | false",
        "include_check readable | include none | true"
      })
  void include_check_decides_what_a_plain_include_requires(
      String check, String include, boolean usable) throws IOException {
    Path file =
        file(
            "keepalived.conf",
            "global_defs {\n" + check.replace("\\n", "\n") + "\n}\n" + Conf.instance(include));

    assertThat(KeepalivedReader.read(file, Conf.OPTIONS).config().isPresent()).isEqualTo(usable);
  }

  @Test
  void include_check_ends_with_its_file() throws IOException {
    file("check.inc", "global_defs {\n include_check match\n}\n");
    Path file = file("keepalived.conf", "include check.inc\n" + Conf.instance("include none"));

    assertThat(KeepalivedReader.read(file, Conf.OPTIONS).config()).isPresent();
  }

  @Test
  void a_cycle_of_includes_is_refused() throws IOException {
    file("a.inc", "include sub/b.inc\n");
    file("sub/b.inc", "include ../a.inc\n");
    ReadResult result = read("include a.inc");

    assertThat(result.config()).isEmpty();
    assertThat(problems(result)).singleElement().asString().contains("includes itself");
  }

  @Test
  void a_cycle_through_a_link_is_refused() throws IOException {
    Path file = file("keepalived.conf", Conf.instance("include link.inc"));
    Files.createSymbolicLink(folder.resolve("link.inc"), file);

    assertThat(KeepalivedReader.read(file, Conf.OPTIONS).config()).isEmpty();
  }

  @Test
  void includes_deeper_than_32_are_refused() throws IOException {
    for (int i = 0; i < 50; i++) {
      file(i + ".inc", "include " + (i + 1) + ".inc\n");
    }
    assertThat(read("include 0.inc").config()).isEmpty();
  }

  @Test
  void more_than_1000_included_files_are_refused() throws IOException {
    file("a.inc", "priority 5\n");
    ReadResult result = read("~SEQ(V,1,2000) include a.inc");

    assertThat(result.config()).isEmpty();
    assertThat(problems(result)).anyMatch(p -> p.contains("more than 1000 files"));
  }

  @Test
  @Timeout(20)
  void a_special_file_is_never_opened() throws IOException, InterruptedException {
    Path fifo = folder.resolve("fifo");
    Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThat(KeepalivedReader.read(fifo, Conf.OPTIONS).config()).isEmpty();
    assertThat(problems(read("include fifo")))
        .containsExactly("keepalived.conf:7:1: warning: the file 'fifo' is not a regular file");
    assertThat(KeepalivedReader.read(Path.of("/dev/zero"), Conf.OPTIONS).config()).isEmpty();
    assertThat(KeepalivedReader.read(folder, Conf.OPTIONS).config()).isEmpty();
  }

  @Test
  void a_file_that_is_too_large_is_refused() throws IOException {
    Path file = file("keepalived.conf", "#".repeat(Budget.LARGEST_FILE + 1));

    assertThat(problems(KeepalivedReader.read(file, Conf.OPTIONS)))
        .containsExactly("keepalived.conf: error: the file is larger than 4194304 bytes");
  }

  @Test
  void a_file_that_is_not_utf_8_is_read_as_iso_8859_1() throws IOException {
    Path file = folder.resolve("keepalived.conf");
    String text = "# caf\u00e9\n" + Conf.instance("router \u00e9");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    ReadResult result = KeepalivedReader.read(file, Conf.OPTIONS);

    assertThat(result.config()).isPresent();
    assertThat(result.diagnostics().getFirst().message()).contains("not UTF-8");
  }

  @Test
  void an_executable_file_is_read_with_a_warning() throws IOException {
    Path file = file("keepalived.conf", Conf.instance(""));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    ReadResult result = KeepalivedReader.read(file, Conf.OPTIONS);

    assertThat(result.config()).isPresent();
    assertThat(problems(result))
        .containsExactly(
            "keepalived.conf: warning: the file is executable, and Keepalived skips such files");
  }

  @Test
  void a_text_that_is_no_file_cannot_include() {
    ReadResult result = Conf.body("include a.inc");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("7:1: error: a text that is no file cannot include files");
  }
}
