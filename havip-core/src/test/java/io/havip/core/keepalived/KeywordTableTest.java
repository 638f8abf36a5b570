package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of keywords is complete, and the reader does what the table says. */
class KeywordTableTest {

  static List<String> known() throws IOException {
    List<String> known = new ArrayList<>();
    String block = "";
    try (InputStream in = KeywordTableTest.class.getResourceAsStream("keywords.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (line.startsWith("[")) {
          block = line.substring(1, line.length() - 1);
        } else if (!line.startsWith("#")) {
          for (String name : line.split(" ", -1)) {
            known.add(block + " / " + name);
          }
        }
      }
    }
    return known;
  }

  @Test
  void every_keyword_that_keepalived_knows_stands_in_the_table() throws IOException {
    Set<String> table = new HashSet<>();
    Keywords.ALL.forEach(k -> table.add(k.block().title() + " / " + k.name()));

    assertThat(known()).hasSizeGreaterThan(250).doesNotHaveDuplicates();
    assertThat(table).containsAll(known());
  }

  @Test
  void no_keyword_stands_twice_in_a_block_and_each_has_a_remark_of_one_line() {
    assertThat(Keywords.ALL).extracting(k -> k.block() + " " + k.name()).doesNotHaveDuplicates();
    assertThat(Keywords.ALL)
        .allSatisfy(
            k -> assertThat(k.remark()).isNotBlank().endsWith(".").doesNotContain("\n", "|"));
  }

  /** Blocks whose keywords are read one statement at a time. */
  static Stream<Keyword> statements() {
    Set<Block> read =
        Set.of(
            Block.TOP,
            Block.GLOBAL_DEFS,
            Block.VRRP_INSTANCE,
            Block.VRRP_SCRIPT,
            Block.TRACK_FILE,
            Block.TRACK_PROCESS,
            Block.AUTHENTICATION);
    return Keywords.ALL.stream().filter(k -> read.contains(k.block()));
  }

  /** A file in which a keyword stands where it belongs, with a value that fits it or not. */
  private static String file(Keyword keyword, String value) {
    String open = keyword.inside() == null ? "" : " {\n x\n }";
    String statement = keyword.name() + " " + value + open;
    return switch (keyword.block()) {
      case TOP -> Conf.instance("") + statement + "\n";
      case GLOBAL_DEFS -> "global_defs {\n" + statement + "\n}\n" + Conf.instance("");
      case VRRP_INSTANCE -> Conf.instance(statement);
      case AUTHENTICATION -> Conf.instance("authentication {\n" + statement + "\n}");
      case VRRP_SCRIPT ->
          "vrrp_script S {\n script /bin/true\n" + statement + "\n}\n" + Conf.instance("");
      case TRACK_FILE -> "track_file F {\n file /x\n" + statement + "\n}\n" + Conf.instance("");
      case TRACK_PROCESS ->
          "vrrp_track_process P {\n process x\n" + statement + "\n}\n" + Conf.instance("");
      default -> throw new AssertionError(keyword.block());
    };
  }

  @ParameterizedTest
  @MethodSource("statements")
  void a_keyword_of_the_table_is_never_unknown_and_never_makes_the_reader_throw(Keyword keyword) {
    for (String value : List.of("", "1", "x", "10.0.0.9", "fd00::9", "on", "\"a b\" c", "-5")) {
      ReadResult result = Conf.read(file(keyword, value));

      assertThat(result.diagnostics())
          .noneMatch(
              d -> d.message().startsWith("the keyword '" + keyword.name() + "' is not known"))
          .noneMatch(
              d -> d.message().startsWith("the block '" + keyword.name() + "' is not known"));
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void an_unsupported_keyword_gives_a_warning_and_an_ignored_one_a_note(Keyword keyword) {
    ReadResult result = Conf.read(file(keyword, "1"));

    boolean warned =
        result.diagnostics().stream()
            .anyMatch(d ->
                d.message().startsWith(keyword.name() + " is not supported: ")
                    && d.severity() == Severity.WARNING);
    boolean noted =
        result.diagnostics().stream()
            .anyMatch(d ->
                d.message().startsWith(keyword.name() + " is not needed: ")
                    && d.severity() == Severity.NOTE);
    assertThat(warned).isEqualTo(keyword.status() == Keyword.Status.UNSUPPORTED);
    assertThat(noted).isEqualTo(keyword.status() == Keyword.Status.IGNORED);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void a_keyword_that_needs_a_value_refuses_the_file_without_one(Keyword keyword) {
    boolean needs =
        Arrays.asList(Keyword.Shape.VALUE, Keyword.Shape.VALUES).contains(keyword.shape());
    ReadResult result = Conf.read(file(keyword, ""));

    assertThat(
            Conf.problems(result).stream()
                .anyMatch(p -> p.endsWith(keyword.name() + " needs a value")))
        .isEqualTo(needs);
    if (needs) {
      assertThat(result.config()).isEmpty();
    }
  }
}
