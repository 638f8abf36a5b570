package io.havip.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.core.check.Finding;
import io.havip.core.check.Verdict;
import io.havip.core.vpc.ConsolePage;
import io.havip.core.vpc.ConsoleView;
import io.havip.testkit.report.Diagram.Arrow;
import io.havip.testkit.report.Diagram.Bracket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report says what the run was, and nothing else. */
class FailoverReportTest {

  private static final FailoverRun PAUSE = Samples.pauseOverlap();
  private static final FailoverRun CRASH = Samples.cleanFailover();

  @Test
  void theViolationStandsInTheHeading() {
    String page = FailoverReport.html(PAUSE);
    String heading = page.substring(page.indexOf("<header"), page.indexOf("</header>"));
    assertThat(heading).contains("Violated: L9", PAUSE.findings().getFirst().what());
    assertThat(heading).contains("<code>7</code>", PAUSE.reproduce());
  }

  @Test
  void silenceIsNotCalledSuccess() {
    FailoverRun open = with(CRASH, "x", List.of(), Map.of());
    assertThat(FailoverReport.html(open)).contains("<h1>No property was judged in this run</h1>");
    FailoverRun judged = with(CRASH, "x", List.of(), Map.of("S1", Verdict.PASS));
    assertThat(FailoverReport.html(judged))
        .contains("<h1>No property was violated</h1>", "<b>pass</b> S1");
  }

  @Test
  void theConsoleOfTheCloudIsShownAsItsOwnPageShowsIt() {
    ConsoleView view =
        new ConsoleView(
            "havip-1",
            "orders",
            "bound with CVM",
            "172.17.16.3",
            "eni-a",
            "a",
            "-",
            "vpc-1",
            "subnet-1",
            "-");
    ConsolePage console =
        new ConsolePage(
            "orders", List.of(new ConsolePage.Moment(Duration.ofSeconds(4), "announced", view)));
    assertThat(FailoverReport.html(CRASH.withConsole(console)))
        .contains("What the console of the cloud showed", console.fragment());
    assertThat(FailoverReport.html(CRASH)).doesNotContain("console of the cloud");
  }

  @Test
  void aPauseOverlapsFromTheTakeoverToTheEndOfThePause() {
    Diagram diagram = DiagramMaker.of(PAUSE);
    Diagram.Overlap longest = diagram.overlaps().getFirst();
    assertThat(longest.members()).containsExactly("a", "b");
    assertThat(longest.to()).isEqualTo(16_000_000_000L);
    assertThat(longest.from()).isGreaterThan(PAUSE.findings().getFirst().at());
  }

  @Test
  void aTakeoverIsMeasuredFromTheCrashAgainstActiveDownInterval() {
    List<Bracket> brackets = DiagramMaker.of(CRASH).brackets();
    assertThat(brackets).hasSize(1); // the preemption after the return has no bound of this kind
    Bracket takeover = brackets.getFirst();
    assertThat(takeover.member()).isEqualTo("b");
    assertThat(takeover.from()).isEqualTo(8_000_000_000L);
    assertThat(takeover.allowed() - takeover.from())
        .isEqualTo(3_000_000_000L + 131L * 1_000_000_000L / 256 + 1_000_000L);
    assertThat(takeover.taken()).isLessThan(takeover.allowed());
  }

  @Test
  void everyAdvertThatLeftForAMemberArrivesOrIsLost() {
    List<Arrow> arrows = DiagramMaker.of(CRASH).arrows();
    assertThat(arrows).filteredOn(Arrow::lost).isNotEmpty().allMatch(a -> a.to().equals("a"));
    assertThat(arrows).filteredOn(a -> !a.lost()).hasSizeGreaterThan(30);
  }

  @Test
  void aMessageGetsItsChainFromTheTrace() {
    Diagram diagram = DiagramMaker.of(PAUSE);
    assertThat(diagram.lanes().getFirst().rows().getFirst())
        .allSatisfy(bar -> assertThat(bar.record()).as(bar.words()).isPositive());
    assertThat(diagram.bands()).allSatisfy(b -> assertThat(b.record()).isPositive());
  }

  @Test
  void textOfTheRunCannotBecomeMarkup() {
    String evil = "</script><script>alert('x')</script>";
    FailoverRun run = with(PAUSE, evil, List.of(new Finding(evil, 5, evil)), Map.of());
    String page = FailoverReport.html(run);
    assertThat(page).doesNotContain(evil).doesNotContain("<script>alert");
    assertThat(page).contains("&lt;/script&gt;");
  }

  @Test
  void nothingIsFetched() {
    assertThat(FailoverReport.html(PAUSE))
        .doesNotContain("http://", "https://", "src=", "@import", "url(http")
        .contains("default-src 'none'");
  }

  @Test
  void aRunWithoutLengthIsRefused() {
    assertThatThrownBy(() ->
            new FailoverRun(
                "x", "", "", "", 0, PAUSE.scene(), List.of(), List.of(), Map.of(), List.of()))
        .hasMessageContaining("nothing to draw");
  }

  private static FailoverRun with(
      FailoverRun run, String title, List<Finding> findings, Map<String, Verdict> verdicts) {
    return new FailoverRun(
        title,
        run.seed(),
        run.reproduce(),
        run.scenario(),
        run.end(),
        run.scene(),
        run.sightings(),
        findings,
        verdicts,
        run.records());
  }
}
