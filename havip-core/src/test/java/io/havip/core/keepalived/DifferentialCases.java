package io.havip.core.keepalived;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the cases of {@code differential-cases.txt}, whose head explains its notation. */
final class DifferentialCases {

  /** What a case of the section [included] may include. */
  private static final Map<String, String> INCLUDED =
      Map.of(
          "a.inc", "priority 81\n",
          "a2.inc", "priority 82\n",
          "b.inc", "priority 83\n",
          "sub/c.inc", "priority 84\n");

  private final List<DifferentialCase> cases = new ArrayList<>();
  private String section = "";
  private StringBuilder text = new StringBuilder();
  private String heading = "";

  private DifferentialCases() {}

  static List<DifferentialCase> all() {
    String name = "differential-cases.txt";
    try (InputStream in = DifferentialCases.class.getResourceAsStream(name)) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      DifferentialCases reader = new DifferentialCases();
      all.lines().dropWhile(line -> !isSection(line)).forEach(reader::line);
      reader.endOfText();
      return List.copyOf(reader.cases);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSection(String line) {
    return line.matches(
        "\\[(body|vip|line|script|file|process|group|global|prefixed|included|text)]");
  }

  private void line(String line) {
    if (isSection(line)) {
      endOfText();
      section = line.substring(1, line.length() - 1);
    } else if (section.equals("text")) {
      textLine(line);
    } else if (line.startsWith("--- ")) {
      addFile(line.substring(4));
    } else if (!line.isEmpty()) {
      shortCase(line);
    }
  }

  private void textLine(String line) {
    if (line.startsWith("=== ")) {
      endOfText();
      heading = line.substring(4);
    } else {
      text.append(line).append('\n');
    }
  }

  private void endOfText() {
    if (!heading.isEmpty()) {
      add(heading, nameOf(heading), text.toString(), Map.of());
    }
    heading = "";
    text = new StringBuilder();
  }

  private void shortCase(String line) {
    String body = nameOf(line);
    int split = body.indexOf("##");
    String first = split < 0 ? body : body.substring(0, split).replaceFirst(" $", "");
    String second = split < 0 ? "" : body.substring(split + 2).replaceFirst("^ ", "");
    String file =
        switch (section) {
          case "body", "included" -> Conf.instance(lines(body));
          case "vip" -> instance(lines(body));
          case "line" -> instance(" virtual_ipaddress {\n" + lines(body) + "\n }");
          case "script" ->
              "vrrp_script S {\n%s\n}\n%s"
                  .formatted(
                      lines(first), Conf.instance(" track_script {\n" + lines(second) + "\n }"));
          case "file" ->
              "track_file F {\n%s\n}\n%s"
                  .formatted(
                      lines(first), Conf.instance(" track_file {\n" + lines(second) + "\n }"));
          case "process" ->
              "vrrp_track_process P {\n%s\n}\n%s"
                  .formatted(
                      lines(first), Conf.instance(" track_process {\n" + lines(second) + "\n }"));
          case "group" -> GeneratedCases.group(lines(body));
          case "global" ->
              "global_defs {\n" + lines(first) + "\n}\n" + Conf.instance(lines(second));
          case "prefixed" -> lines(first) + "\n" + Conf.instance(lines(second));
          default -> throw new AssertionError("line outside a section: " + line);
        };
    add(line, "[" + section + "] " + body, file, section.equals("included") ? INCLUDED : Map.of());
  }

  private static String instance(String body) {
    return "vrrp_instance A {\n interface eth0\n virtual_router_id 51\n" + body + "\n}\n";
  }

  private static String lines(String body) {
    return body.equals("<NOTHING>") ? "" : body.replaceAll("; ?", "\n");
  }

  private static String nameOf(String line) {
    int arrow = line.lastIndexOf(" => ");
    return arrow < 0 ? line : line.substring(0, arrow);
  }

  private void add(String line, String name, String text, Map<String, String> files) {
    Map<String, KnownDifference> expected = new TreeMap<>();
    int arrow = line.lastIndexOf(" => ");
    if (arrow >= 0) {
      for (String each : line.substring(arrow + 4).split(", ", -1)) {
        String[] words = each.split(" ", -1);
        expected.put(words[0], KnownDifference.valueOf(words[1]));
      }
    }
    cases.add(new DifferentialCase(name, characters(text), files, expected));
  }

  private static String characters(String text) {
    String plain =
        text.replace("<TAB>", "\t")
            .replace("<CR>", "\r")
            .replace("<FF>", "\f")
            .replace("<BOM>", "\uFEFF");
    return plain.endsWith("<EOF>\n") ? plain.substring(0, plain.length() - 6) : plain;
  }

  /** Gives the case before this line another file. */
  private void addFile(String line) {
    int space = line.indexOf(' ');
    DifferentialCase last = cases.removeLast();
    Map<String, String> files = new HashMap<>(last.files());
    files.put(line.substring(0, space), lines(line.substring(space + 1)));
    cases.add(new DifferentialCase(last.name(), last.text(), files, last.expected()));
  }
}
