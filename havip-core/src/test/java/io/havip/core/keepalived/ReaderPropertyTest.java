package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** Whatever stands in a file, the reader returns, and what it returns holds together. */
class ReaderPropertyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static ReadResult readInTime(String text) {
    ReadResult result = Assertions.assertTimeout(PATIENCE, () -> Conf.read(text));
    assertThat(result.diagnostics()).hasSizeLessThanOrEqualTo(Report.MOST_KEPT + 1);
    assertThat(result.diagnostics())
        .allSatisfy(d -> {
          assertThat(d.describe()).doesNotContain("\n").hasSizeLessThan(600);
          assertThat(d.line() == 0).isEqualTo(d.column() == 0);
          assertThat(d.message()).isNotBlank();
        });
    if (result.config().isEmpty()) {
      assertThat(result.diagnostics()).anyMatch(d -> d.severity() == Severity.ERROR);
    }
    return result;
  }

  @Property(tries = 1000)
  void random_bytes_never_throw_and_never_hang(@ForAll byte[] bytes) {
    readInTime(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 500)
  void random_characters_never_throw_and_never_hang(@ForAll String text) {
    readInTime(text);
    readInTime(Conf.instance(text));
  }

  @Property(tries = 2000)
  void random_token_soups_never_throw_and_never_hang(@ForAll("soups") String soup) {
    readInTime(soup);
    readInTime(Conf.instance(soup));
  }

  @Property(tries = 300)
  void reading_is_repeatable(@ForAll("soups") String soup) {
    assertThat(Conf.read(soup)).isEqualTo(Conf.read(soup));
  }

  @Property(tries = 500)
  void strict_reading_says_the_same_and_only_refuses_more(@ForAll("soups") String soup) {
    String text = Conf.instance(soup);
    ReadResult lenient = Conf.read(text);
    ReadResult strict = KeepalivedReader.read(text, Conf.FILE, Conf.OPTIONS.withStrict(true));
    boolean clean = lenient.diagnostics().stream().allMatch(d -> d.severity() == Severity.NOTE);

    assertThat(strict.diagnostics()).isEqualTo(lenient.diagnostics());
    assertThat(strict.config()).isEqualTo(clean ? lenient.config() : Optional.empty());
  }

  @Property(tries = 500)
  void an_unknown_block_changes_nothing(@ForAll("balanced") String content) {
    ReadResult with = Conf.body("future {\n" + content + "\n}\npriority 9\n");

    assertThat(Conf.router(with)).isEqualTo(Conf.router("priority 9"));
  }

  @Property(tries = 500)
  void a_comment_changes_nothing(@ForAll("soups") String soup) {
    String comment = soup.replace('\n', ' ').replace('\r', ' ');

    assertThat(Conf.body("priority 9 #" + comment + "\n! " + comment))
        .isEqualTo(Conf.body("priority 9"));
  }

  @Property(tries = 300)
  void every_diagnostic_stands_where_something_is_written(@ForAll("soups") String soup) {
    List<String> lines = new ArrayList<>(Stream.of(soup.split("\n", -1)).toList());
    for (Diagnostic d : Conf.read(soup).diagnostics()) {
      if (d.line() > 0) {
        assertThat(d.line()).isLessThanOrEqualTo(lines.size());
        assertThat(d.column()).isLessThanOrEqualTo(lines.get(d.line() - 1).length());
      }
    }
  }

  @Provide
  Arbitrary<String> soups() {
    return tokens().list().ofMaxSize(60).map(tokens -> String.join("", tokens));
  }

  /** Tokens in which every brace that opens also closes, and no quote or comment hides one. */
  @Provide
  Arbitrary<String> balanced() {
    return Arbitraries.recursive(
        () -> Arbitraries.of("a\n", "priority 1\n", "state MASTER\n", "x y", " ", "10.0.0.1\n"),
        inner -> inner.list().ofMaxSize(3).map(parts -> "b {\n" + String.join("", parts) + "\n}\n"),
        0,
        3);
  }

  private static Arbitrary<String> tokens() {
    List<String> tokens =
        new ArrayList<>(
            List.of(
                " ",
                " ",
                " ",
                "\n",
                "\n",
                "\n",
                "\t",
                "\r",
                "{",
                "}",
                "{\n",
                "}\n",
                "\"",
                "'",
                "\\",
                "\\\n",
                "#",
                "!",
                "$",
                "${",
                "$A=",
                "$B=",
                "$A ",
                "${A}",
                "${B}",
                "$_INSTANCE",
                "${_RANDOM 1 2}",
                "${_HASH}",
                "@",
                "@east ",
                "@^east ",
                "@west ",
                "~SEQ(A,1,3) ",
                "~SEQ(",
                "~SEQ(A,1,9999999999)",
                "~SEQx(B,0,20) ",
                "~LST(A,x,y) ",
                "~LST({A,B},{1,2})",
                ")",
                ",",
                "=",
                "include ",
                "include_check ",
                "0",
                "1",
                "-1",
                "255",
                "300",
                "1.5",
                "4294",
                "10.0.0.1",
                "10.0.0.1/24",
                "fd00::1",
                "eth0",
                "eth1",
                "weight ",
                "reverse ",
                "dev ",
                "MASTER",
                "BACKUP",
                "PASS",
                "on",
                "off",
                "\u0000",
                "\u00e9",
                "\uFEFF",
                "\u2028"));
    Keywords.ALL.forEach(k -> tokens.add(k.name() + " "));
    return Arbitraries.of(tokens);
  }
}
