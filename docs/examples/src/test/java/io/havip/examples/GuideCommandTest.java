package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that the README and the guides name exist, and take the options they are given. */
class GuideCommandTest {

  private static final Path ROOT = Path.of("../..");
  private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern BUILD = Pattern.compile("\\./build ([a-z]+)");
  private static final Pattern LAB = Pattern.compile("docs/lab\\.sh ([a-z]+)");
  private static final Pattern EXAMPLES =
      Pattern.compile(
          "(?:havip-examples\\.jar|\\./build run|^\\$? ?examples) ([a-z][a-z-]*)([^#|;]*)");

  /** As {@code node --json}: the command alone, with an option that follows. */
  private static final Pattern SHORT = Pattern.compile("^([a-z][a-z-]*)( --[^#|;]*)");

  private static final Pattern OPTION = Pattern.compile("(?<=\\s)--?[a-zA-Z][a-z-]*");

  private final CommandLine examples = Main.commandLine();

  @Test
  void everyCommandOfTheBuildScriptIsInItsHelp() throws IOException {
    Set<String> known = words(BUILD, Files.readString(ROOT.resolve("build")));
    assertThat(known).contains("verify", "demo", "help");
    assertThat(named(BUILD)).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void everyCommandOfTheLabScriptIsInItsHelp() throws IOException {
    Set<String> known = words(LAB, Files.readString(ROOT.resolve("docs/lab.sh")));
    assertThat(known).contains("up", "down");
    assertThat(named(LAB)).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void everyCommandOfTheExamplesTakesTheOptionsItIsShownWith() throws IOException {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (Path page : pages()) {
      for (String code : code(page)) {
        for (MatchResult call : calls(code)) {
          seen++;
          judge(call).forEach(what -> wrong.add(page + ": " + code.strip() + ": " + what));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(10);
  }

  private List<MatchResult> calls(String code) {
    return Stream.concat(
            EXAMPLES.matcher(code).results(),
            SHORT
                .matcher(code)
                .results()
                .filter(call -> examples.getSubcommands().containsKey(call.group(1))))
        .toList();
  }

  /** What does not fit in one call of the examples. */
  private List<String> judge(MatchResult call) {
    CommandLine command = examples.getSubcommands().get(call.group(1));
    if (command == null) {
      return List.of("there is no command " + call.group(1));
    }
    Set<String> known = command.getCommandSpec().optionsMap().keySet();
    return OPTION
        .matcher(call.group(2))
        .results()
        .map(MatchResult::group)
        .filter(option -> !known.contains(option))
        .map(option -> "no option " + option)
        .toList();
  }

  /** The first groups of what the pattern finds in the code of all pages. */
  private static Set<String> named(Pattern pattern) throws IOException {
    return pages().stream()
        .flatMap(page -> code(page).stream())
        .flatMap(code -> words(pattern, code).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> words(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  /** The lines of code blocks, and what stands between single back quotes elsewhere. */
  private static List<String> code(Path page) {
    List<String> code = new ArrayList<>();
    boolean block = false;
    for (String line : GuideCodeTest.lines(page)) {
      if (line.strip().startsWith("```")) {
        block = !block;
      } else if (block) {
        code.add(line.strip());
      } else {
        CODE_SPAN.matcher(line).results().map(span -> span.group(1)).forEach(code::add);
      }
    }
    return code;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/decisions", "docs/benchmarks")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(p -> p.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }
}
