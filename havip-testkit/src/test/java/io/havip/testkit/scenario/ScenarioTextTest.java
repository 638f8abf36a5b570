package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.Preemption;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.spi.Fence;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Quality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTextTest {

  private static final String GOOD =
      """
      havip-scenario 1
      title  two members
      length 20s
      network 10.0.0.0/24
      router vrid 7 interval 100ms address 10.0.0.50/24
      member a 10.0.0.1 priority 200
      member b 10.0.0.2
      client c 10.0.0.100
      at 5s crash a
      """;

  @TempDir Path folder;

  @Test
  void whatAPersonWritesIsRead() {
    Scenario scenario =
        Scenario.parse(
            """
            # what this is about
            havip-scenario 1

            title   a stall # of the holder
            seed    -3
            length  20.5s
            network 10.0.0.0/24 delay 2ms loss 0.25
            router  vrid 7 interval 100ms address 10.0.0.50/24,10.0.0.51/32 fence exit 10ms
            member  a 10.0.0.1 priority 200 preempt after 4s fence stall 10ms 2s
            member  b 10.0.0.2    # with the default priority
            at 6.000000001s  impair a -> b loss 0.5 delay 0s
            at 5s            pause a
            """);

    assertThat(scenario.title()).isEqualTo("a stall # of the holder");
    assertThat(scenario.seed()).isEqualTo(-3);
    assertThat(scenario.length()).isEqualTo(Duration.ofMillis(20_500));
    assertThat(scenario.quality()).isEqualTo(Quality.of(Duration.ofMillis(2)).withLoss(0.25));
    Member a = scenario.members().getFirst();
    Member b = scenario.members().getLast();
    assertThat(a.router().priority()).isEqualTo(200);
    assertThat(a.router().preemption()).isEqualTo(new Preemption.After(Duration.ofSeconds(4)));
    assertThat(a.fence())
        .isEqualTo(new Fence.OnExitAndStall(Duration.ofMillis(10), Duration.ofSeconds(2)));
    assertThat(b.router().priority()).isEqualTo(100);
    assertThat(b.router().addresses()).hasSize(2);
    assertThat(b.fence()).isEqualTo(new Fence.OnExit(Duration.ofMillis(10)));
    assertThat(scenario.steps())
        .containsExactly(
            Step.of(Duration.ofSeconds(5), new Fault.Pause("a")),
            Step.of(
                Duration.ofNanos(6_000_000_001L),
                new Fault.Impair("a", "b", Quality.of(Duration.ZERO).withLoss(0.5))));
  }

  @Test
  void whatIsWrittenIsForPeople() {
    Scenario scenario =
        new Scenario(
            "a stall",
            42,
            Duration.ofSeconds(30),
            Cidr.parse("10.0.0.0/24"),
            Quality.LAN,
            List.of(
                new Member(
                    "a",
                    IpAddress.parse("10.0.0.1"),
                    RouterSettings.of(7, "10.0.0.50/24").withPriority(200),
                    new Fence.None()),
                new Member(
                    "b",
                    IpAddress.parse("10.0.0.2"),
                    RouterSettings.of(7, "10.0.0.50/24").withPreemption(Preemption.NEVER),
                    new Fence.None())),
            List.of(new Client("client", IpAddress.parse("10.0.0.100"))),
            List.of(Step.of(Duration.ofSeconds(10), new Fault.Pause("a"))));

    assertThat(new ScenarioFile(scenario, List.of("S2", "S3"), OptionalLong.of(-1)).text())
        .isEqualTo(
            """
            havip-scenario 1
            title    a stall
            seed     42
            length   30s
            network  10.0.0.0/24 delay 100us
            router   vrid 7 interval 1s address 10.0.0.50/24
            member   a 10.0.0.1 priority 200
            member   b 10.0.0.2 priority 100 preempt never
            client   client 10.0.0.100

            at 10s pause a

            violates S2 S3
            trace    ffffffffffffffff
            """);
  }

  static Stream<Arguments> badLines() {
    return Stream.of(
        Arguments.of("havip-scenario 1", "havip-scenario 2", 1, "only version 1 is known here"),
        Arguments.of("havip-scenario 1", "title x", 1, "begins with the line \"havip-scenario 1\""),
        Arguments.of(
            "at 5s crash a", "at 5s explode a", 9, "\"explode\" is nothing that can happen"),
        Arguments.of("at 5s crash a", "at 5s crash z", 9, "no member named z, only [a, b]"),
        Arguments.of("at 5s crash a", "at 5s crash c", 9, "no member named c, only [a, b]"),
        Arguments.of("at 5s crash a", "at 5s crash", 9, "name of a station is missing after crash"),
        Arguments.of("at 5s crash a", "at 5 crash a", 9, "a number with its unit"),
        Arguments.of("at 5s crash a", "at -5s crash a", 9, "not before the start"),
        Arguments.of("at 5s crash a", "at 21s crash a", 9, "at 21s comes after the end at 20s"),
        Arguments.of("at 5s crash a", "at 5s crash a b", 9, "nobody expects \"b\" here"),
        Arguments.of("at 5s crash a", "at 5s cut a b", 9, "written a -> b or a <-> b"),
        Arguments.of("at 5s crash a", "at 5s cut a -> a", 9, "from one station to another"),
        Arguments.of("at 5s crash a", "at 5s impair a -> b loss 2", 9, "probability of 0 to 1"),
        Arguments.of("at 5s crash a", "at 5s impair a -> b", 9, "how well the path carries"),
        Arguments.of("at 5s crash a", "at 5s health a ill", 9, "health is good or bad, not ill"),
        Arguments.of("at 5s crash a", "at 5s refuse a sleep", 9, "one of [open, send, announce"),
        Arguments.of("at 5s crash a", "at 5s rival 255", 9, "a rival is 1 to 254, not 255"),
        Arguments.of("at 5s crash a", "at 5s forged money", 9, "one of [other-vrid,"),
        Arguments.of("at 5s crash a", "at 5s partition", 9, "at least one station"),
        Arguments.of("at 5s crash a", "at 5s slow a -1s jitter 0s", 9, "less than nothing"),
        Arguments.of("at 5s crash a", "at 9999999999999999s crash a", 9, "at most ten years"),
        Arguments.of("at 5s crash a", "at 0.5ns crash a", 9, "whole number of nanoseconds"),
        Arguments.of("at 5s crash a", "wait 5s", 9, "a line begins with title, seed"),
        Arguments.of("at 5s crash a", "length 5s", 9, "a second line of length"),
        Arguments.of("priority 200", "priority 256", 6, "the priority must be 1 to 255, not 256"),
        Arguments.of("priority 200", "priority high", 6, "priority is a number, not high"),
        Arguments.of("priority 200", "preempt after", 6, "the delay is missing after after"),
        Arguments.of("priority 200", "preempt after -1s", 6, "preemption delay must be between"),
        Arguments.of("priority 200", "fence exit -1s", 6, "bound of a fence is not negative"),
        Arguments.of("priority 200", "colour red", 6, "not colour"),
        Arguments.of("priority 200", "version 2", 6, "a VRRPv2 interval is 1 to 255 whole seconds"),
        Arguments.of("b 10.0.0.2", "b 10.0.1.2", 7, "not of the network 10.0.0.0/24"),
        Arguments.of("b 10.0.0.2", "b 10.0.0.1", 7, "a and b have the same address 10.0.0.1"),
        Arguments.of("b 10.0.0.2", "a 10.0.0.2", 7, "two stations are named a"),
        Arguments.of("b 10.0.0.2", "b 10.0.0.50", 6, "is the own address of b"),
        Arguments.of("b 10.0.0.2", "7 10.0.0.2", 7, "a station is named by a letter"),
        Arguments.of("b 10.0.0.2", "b 10.0.0.299", 7, "the address of the member"),
        Arguments.of("c 10.0.0.100", "b 10.0.0.100", 8, "two stations are named b"),
        Arguments.of("length 20s", "length 0s", 9, "lasts longer than nothing"),
        Arguments.of("length 20s", "length 32000000s", 9, "at most a year"),
        Arguments.of("length 20s", "", 9, "the line of the length is missing"),
        Arguments.of("network 10.0.0.0/24", "", 9, "the line of the network is missing"),
        Arguments.of("vrid 7", "", 6, "the vrid is missing"),
        Arguments.of("interval 100ms", "interval 5ms", 6, "10 ms to 40.95 s"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void aBadLineIsNamedWithItsRule(String good, String bad, int line, String rule) {
    String text = GOOD.replace(good, bad);

    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> ScenarioFile.parse("night.scenario", text))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("night.scenario:" + line + ": ")
        .hasMessageContaining(rule);
  }

  @Test
  void theGoodOneIsGood() {
    assertThat(Scenario.parse(GOOD).members()).hasSize(2);
  }

  @Test
  void unicastNeedsAnotherMember() {
    assertThatThrownBy(() ->
            Scenario.parse(
                GOOD.replace("member b 10.0.0.2\n", "")
                    .replace("priority 200", "transport unicast")))
        .hasMessage("scenario:6: member a: unicast needs another member to send to");
  }

  @Test
  void anEmptyFileAndOneThatIsNoTextAreRefused() throws IOException {
    assertThatThrownBy(() -> Scenario.parse("\n# nothing\n"))
        .hasMessageStartingWith("scenario:2: a scenario begins with the line");
    Path file = folder.resolve("bytes.scenario");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> ScenarioFile.read(file))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(file + ":1: a scenario file is UTF-8");
  }

  @Test
  void aFileThatIsTooLongIsRefusedUnread() throws IOException {
    Path file = folder.resolve("long.scenario");
    Files.write(file, "# nothing\n".repeat(500_000).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> ScenarioFile.read(file))
        .hasMessage(file + ":1: a scenario file has at most 4 MiB");
  }

  @Test
  void aFileIsWrittenAndReadAgain() {
    ScenarioFile file =
        new ScenarioFile(Scenario.parse(GOOD), List.of("S2"), OptionalLong.of(0xabcL));
    Path path = folder.resolve("new/one.scenario");

    assertThat(ScenarioFile.read(file.write(path))).isEqualTo(file);
  }
}
