package io.havip.core.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The console as HTML shows what the console as text shows. */
class ConsolePageTest {

  private static ConsoleView view(String name, String server) {
    return new ConsoleView(
        "havip-1",
        name,
        "bound with CVM",
        "10.0.1.50",
        "eni-" + server,
        server,
        "-",
        "vpc-1",
        "subnet-1",
        "2026-01-01T00:00:00Z");
  }

  private static ConsolePage page(ConsoleView... views) {
    return new ConsolePage(
        "A <walk>",
        List.of(views).stream()
            .map(v -> new ConsolePage.Moment(Duration.ofMillis(3610), "cvm1 & others", v))
            .toList());
  }

  @Test
  void everyFieldOfTheConsoleIsARow() {
    ConsoleView view = view("orders", "cvm1");
    String html = page(view).fragment();
    view.fields()
        .forEach((label, value) ->
            assertThat(html).contains("<tr><th>" + label + "</th><td>" + value + "</td></tr>"));
    assertThat(html).contains("<caption>3.610 s: cvm1 &amp; others</caption>");
  }

  @Test
  void whatChangedSinceTheMomentBeforeIsMarked() {
    String html = page(view("orders", "cvm1"), view("orders", "cvm2")).fragment();
    assertThat(html)
        .containsSubsequence(
            "<td>cvm1</td>", "<td><mark>eni-cvm2</mark></td>", "<td><mark>cvm2</mark></td>");
    assertThat(html.split("<mark>", -1)).hasSize(3);
  }

  @Test
  void textIsNeverTakenForMarkup() {
    String html = page(view("<img src=\"x\" onerror='y'>", "cvm1")).html();
    assertThat(html)
        .contains("&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt;")
        .contains("<h1>A &lt;walk&gt;</h1>")
        .doesNotContain("<img")
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n");
  }

  @Test
  void thePageNeedsNothingElse() {
    assertThat(page(view("orders", "cvm1")).html())
        .doesNotContain("http", "src=", "<script", "@import", "url(");
  }
}
