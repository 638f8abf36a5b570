package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two members record a crash, a return and an orderly hand-over, and the logs are judged. */
class JudgeCommandTest {

  @TempDir private Path folder;

  private final Map<String, List<String>> lines = new HashMap<>();
  private Simulation sim;

  @BeforeEach
  void record() {
    sim = Simulation.seeded(1);
    SimNetwork lan = sim.segment("10.0.0.0/24");
    SimHost a = lan.host("a", "10.0.0.1");
    SimHost b = lan.host("b", "10.0.0.2");
    start(a, 150);
    start(b, 100);
    run(10);
    a.kill();
    run(10);
    start(a, 150);
    run(10);
    a.stop();
    run(10);
    b.stop();
  }

  private void start(SimHost host, int priority) {
    VirtualRouterConfig router =
        VirtualRouterConfig.builder("vr")
            .interfaceName("eth0")
            .vrid(7)
            .priority(priority)
            .address("10.0.0.50/24")
            .build();
    HavipConfig config = HavipConfig.of(router);
    List<String> log = lines.computeIfAbsent(host.name(), n -> new ArrayList<>());
    log.add(EventHeader.of(config, host.name(), EventHeader.ALIVE));
    host.start(config, event -> log.add(EventJson.of(event)));
  }

  private void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      sim.run(Duration.ofSeconds(1));
      for (String name : lines.keySet()) {
        sim.host(name)
            .node()
            .filter(node -> sim.host(name).running())
            .ifPresent(node -> lines.get(name).add(EventHeader.alive(node.snapshot().at())));
      }
    }
  }

  private Path file(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".log"), String.join("\n", lines.get(name)) + "\n");
  }

  private record Answer(int status, String text) {}

  private static Answer judge(Object... arguments) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(prepend("judge", all));
    return new Answer(status, out.toString());
  }

  private static String[] prepend(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all.toArray(String[]::new);
  }

  /** Replaces a text in the lines of a log; it must be there. */
  private void doctor(String name, String from, String to) {
    List<String> log = lines.get(name);
    assertThat(String.join("\n", log)).contains(from);
    log.replaceAll(line -> line.replace(from, to));
  }

  @Test
  void membersInOrderAreJudgedWell() throws IOException {
    Path page = folder.resolve("run.html");

    Answer answer = judge(file("a"), file("b"), "--report", page);

    assertThat(answer.text).doesNotContain("does not hold");
    assertThat(answer.text).contains("VRID 7: a, b").containsPattern("pass [^;]*S2.*S8");
    assertThat(answer.status).isZero();
    assertThat(Files.readString(page)).contains("Recorded: VRID 7").contains("<svg");
  }

  @Test
  void anAddressThatStaysIsFound() throws IOException {
    lines.get("a").removeIf(line -> line.contains("address-released"));

    Answer answer = judge(file("a"), file("b"));

    assertThat(answer.text).contains("S8 does not hold");
    assertThat(answer.status).isEqualTo(5);
  }

  @Test
  void aChangeWithoutCauseIsFound() throws IOException {
    doctor("b", "\"why\":\"no advert for", "\"why\":\"\",\"was\":\"no advert for");

    Answer answer = judge(file("a"), file("b"));

    assertThat(answer.text).contains("S10 does not hold").contains("without a cause");
  }

  @Test
  void oneLogAloneIsAskedOnlyWhatOthersCannotChange() throws IOException {
    Answer answer = judge(file("b"));

    assertThat(answer.text).contains("S8").doesNotContain("S10").doesNotContain("S2 ");
    assertThat(answer.status).isZero();
  }

  @Test
  void garbageAndALineThatIsCutOffAreToldWithFileAndLineAndLeftOut() throws IOException {
    lines.get("a").add(3, "Exception in thread \"main\"");
    lines.get("a").add(4, "{\"hello\":1}");
    Path a = file("a");
    String text = Files.readString(a);
    Files.writeString(a, text + text.substring(text.length() - 40, text.length() - 10));

    Answer answer = judge(a, file("b"));

    assertThat(answer.text)
        .contains(a + ":4: this is not JSON")
        .contains(a + ":5: this is no event")
        .containsPattern(a + ":\\d+: the last line is cut off");
    assertThat(answer.status).isZero();
  }

  @Test
  void anotherVersionAndNoHeaderAreRefusedWithFileAndLine() throws IOException {
    doctor("a", "\"version\":1", "\"version\":2");
    Path a = file("a");
    lines.get("b").removeIf(line -> line.contains("\"log\""));
    Path b = file("b");

    assertThat(judge(a).text).contains(a + ":1: ").contains("version 2, and only");
    assertThat(judge(a).status).isEqualTo(2);
    assertThat(judge(b).text).contains(b + ":1: no header");
    assertThat(judge(folder.resolve("none")).text).contains("no such file").doesNotContain("Usage");
  }

  @Test
  void clocksThatDisagreeAreToldAndCanBeSetRight() throws IOException {
    List<String> log = lines.get("b");
    log.replaceAll(line -> line.replaceAll("T00:00:(\\d\\d)", "T00:01:$1"));
    Path a = file("a");
    Path b = file("b");

    Answer told = judge(a, b);
    assertThat(told.text)
        .containsPattern("[ab]\\.log:\\d+: .*its clock is about [56]\\d\\.\\d+s")
        .contains("not judged");
    assertThat(told.status).isEqualTo(2);

    Answer mended = judge(a, b, "--offset", "b=-60s");
    assertThat(mended.text).doesNotContain("clock").doesNotContain("does not hold");
    assertThat(mended.status).isZero();
  }
}
