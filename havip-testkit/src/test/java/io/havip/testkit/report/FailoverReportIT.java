package io.havip.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of a report, in a window of 1280 by 800. */
class FailoverReportIT {

  private static final Pattern FACT = Pattern.compile("data-([a-z]+)=\"([^\"]*)\"");

  @TempDir Path folder;

  @BeforeAll
  static void needsABrowser() {
    RealNetwork.assume("chromium");
  }

  @Test
  void aPauseOverlapIsReadableAtAGlance() throws Exception {
    Facts page = open(Samples.pauseOverlap());
    page.isClean();
    assertThat(page.get("violation")).isEqualTo("in view");
    assertThat(page.get("chain")).contains("FAULT", "pause of the process on a");
    assertThat(page.get("walk")).isEqualTo("ok");
  }

  @Test
  void aCleanFailoverIsReadableAtAGlance() throws Exception {
    open(Samples.cleanFailover()).isClean();
  }

  @Test
  void tenThousandMessagesStayUsable() throws Exception {
    FailoverRun run = Samples.longRun();
    Facts page = open(run);
    page.isClean();
    assertThat(Integer.parseInt(page.get("things"))).isGreaterThan(10_000);
    assertThat(Integer.parseInt(page.get("shown"))).isLessThan(3_000);
    assertThat(Integer.parseInt(page.get("zoomed")))
        .isGreaterThan(Integer.parseInt(page.get("shown")));
  }

  /** What the probe in the page found. */
  private record Facts(List<String[]> all, String console) {

    String get(String name) {
      return all.stream().filter(f -> f[0].equals(name)).findFirst().orElseThrow()[1];
    }

    void isClean() {
      assertThat(console).isEmpty();
      assertThat(get("errors")).isEmpty();
      assertThat(get("lanes")).as("lanes that overlap").isEmpty();
      assertThat(get("labels")).as("labels that overlap").isEmpty();
      assertThat(Integer.parseInt(get("texts"))).isGreaterThan(10);
    }
  }

  private Facts open(FailoverRun run) throws Exception {
    String page = FailoverReport.html(run);
    String probe = "<script>" + resource("probe.js") + "</script>";
    Path file = folder.resolve("report.html");
    Files.writeString(
        file, page.replace("<script>\n'use strict';", probe + "<script>\n'use strict';"));
    Path log = folder.resolve("chromium.log");
    Path out = folder.resolve("chromium.out");
    Process browser =
        new ProcessBuilder(arguments(file))
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(browser.waitFor(120, TimeUnit.SECONDS)).as("chromium ends").isTrue();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
    String dom = Files.readString(out);
    int at = dom.indexOf("<aside id=\"probe\"");
    assertThat(at).as(Files.readString(log)).isPositive();
    List<String[]> facts = new ArrayList<>();
    Matcher fact = FACT.matcher(dom.substring(at, dom.indexOf("></aside>", at) + 1));
    while (fact.find()) {
      facts.add(new String[] {fact.group(1), fact.group(2)});
    }
    String console =
        String.join(
            "\n", Files.readAllLines(log).stream().filter(l -> l.contains("CONSOLE")).toList());
    return new Facts(facts, console);
  }

  private List<String> arguments(Path file) {
    List<String> arguments = new ArrayList<>(List.of("chromium"));
    arguments.addAll(
        Arrays.asList(
            ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                    + " --disable-background-networking --disable-component-update --disable-sync"
                    + " --enable-logging=stderr --hide-scrollbars --window-size=1280,800"
                    + " --virtual-time-budget=5000")
                .split(" ")));
    arguments.add("--user-data-dir=" + folder.resolve("profile"));
    arguments.add("--dump-dom");
    arguments.add(file.toUri().toString());
    return arguments;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FailoverReportIT.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
