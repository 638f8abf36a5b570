package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HealthCheck.Processes;
import io.havip.HealthCheck.Processes.Match;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blocks {@code vrrp_track_process}. */
class TrackProcessTest {

  private static final int ANY = Integer.MAX_VALUE;

  /** An instance that tracks with these lines, and a process named P from line 11 on. */
  private static ReadResult read(String lines, String block) {
    return Conf.read(
        Conf.instance("track_process {\n" + lines + "\n}")
            + "vrrp_track_process P {\n"
            + block
            + "\n}\n");
  }

  private static Track.Check tracked(ReadResult result) {
    return (Track.Check) Conf.router(result).tracks().getFirst();
  }

  private static Track.Check defined(String block) {
    return tracked(read("P", block));
  }

  private static Processes wanted(String block) {
    return (Processes) defined(block).check().check();
  }

  private static Processes named(int atLeast, int atMost) {
    return new Processes("haproxy", List.of(), Match.NAME, atLeast, atMost);
  }

  @Test
  void a_process_with_its_defaults() {
    ReadResult result = read("P", "process haproxy");

    assertThat(tracked(result))
        .isEqualTo(
            new Track.Check(
                new HealthCheckConfig(
                    "process P",
                    named(1, ANY),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    1,
                    1,
                    false),
                0,
                false));
    assertThat(result.diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "process a,,NAME",
    "process a,full_command,PARTIAL",
    "process a,param_match partial,PARTIAL",
    "process a,param_match initial,PARTIAL",
    "process a,param_match,EXACT",
    "process a 1,,EXACT",
    "process a 1,full_command,EXACT",
    "process a 1,param_match,EXACT",
    "process a 1,param_match partial,PARTIAL",
    "process a 1,param_match initial,INITIAL"
  })
  void what_is_compared_follows_from_arguments_param_match_and_full_command(
      String process, String more, Match match) {
    assertThat(wanted(process + "\n" + (more == null ? "" : more)).match()).isEqualTo(match);
  }

  @Test
  void arguments_may_be_quoted() {
    Processes wanted = wanted("process \"/tmp/a b\" param1 \"param 2\"");

    assertThat(wanted.program()).isEqualTo("/tmp/a b");
    assertThat(wanted.arguments()).containsExactly("param1", "param 2");
  }

  @Test
  void a_path_without_full_command_is_compared_with_the_command_line_and_reported() {
    ReadResult result = read("P", "process /usr/sbin/haproxy");

    assertThat(((Processes) tracked(result).check().check()).match()).isEqualTo(Match.PARTIAL);
    assertThat(Conf.problems(result))
        .containsExactly(
            "12:9: warning: the name of a process has no '/', so that Keepalived never finds this"
                + " one (using full_command)");
  }

  @Test
  void quorum_and_quorum_max_bound_the_number() {
    assertThat(wanted("process haproxy\nquorum 2")).isEqualTo(named(2, ANY));
    assertThat(wanted("process haproxy\nquorum 2\nquorum_max 4")).isEqualTo(named(2, 4));
    assertThat(wanted("process haproxy\nquorum_max 0")).isEqualTo(named(0, 0));
    ReadResult result = read("P", "process haproxy\nquorum 3\nquorum_max 2");
    assertThat(tracked(result).check().check()).isEqualTo(named(3, ANY));
    assertThat(Conf.problems(result))
        .containsExactly("14:12: warning: quorum_max 2 is less than quorum 3 (using none)");
    assertThat(wanted("process haproxy\nquorum_max 2\nquorum 3")).isEqualTo(named(1, 2));
  }

  @Test
  void delays_are_runs_in_a_row_that_span_them() {
    assertThat(defined("process a\ndelay 1.5").check())
        .extracting(HealthCheckConfig::rise, HealthCheckConfig::fall)
        .containsExactly(3, 3);
    assertThat(defined("process a\nfork_delay 2\nterminate_delay 0.2").check())
        .extracting(HealthCheckConfig::rise, HealthCheckConfig::fall)
        .containsExactly(3, 2);
    assertThat(defined("process a\ndelay 3600").check().rise()).isEqualTo(3601);
  }

  @Test
  void the_weight_of_the_instance_goes_before_that_of_the_block() {
    assertThat(defined("process a\nweight -20 reverse"))
        .extracting(Track.Check::weight, Track.Check::reverse)
        .containsExactly(-20, true);
    assertThat(tracked(read("P weight 254 noreverse", "process a\nweight -20 reverse")))
        .extracting(Track.Check::weight, Track.Check::reverse)
        .containsExactly(254, false);
  }

  @Test
  void a_value_out_of_range_leaves_the_default() {
    ReadResult result =
        read(
            "P",
            "process a\nquorum 0\nquorum_max 70000\ndelay 4000\nparam_match x\nweight 300\nweight");

    assertThat(tracked(result).check().rise()).isEqualTo(1);
    assertThat(Conf.problems(result))
        .containsExactly(
            "13:8: warning: quorum must be a whole number, 1 to 65535, not '0' (using 1)",
            "14:12: warning: quorum_max must be a whole number, 0 to 65535, not '70000' (using"
                + " none)",
            "15:7: warning: delay must be 0.000001 to 3600 seconds, not '4000' (using none)",
            "16:13: warning: param_match must be initial or partial, not 'x'",
            "17:8: warning: weight must be a whole number, -254 to 254, not '300' (using 0)",
            "18:1: warning: weight needs a value; it is not used");
  }

  @Test
  void what_is_missing_or_there_twice_is_reported() {
    ReadResult result =
        read(
            "P\nnope",
            "process haproxy\nprocess other\n}\nvrrp_track_process P {\n process x\n}\n"
                + "vrrp_track_process Q {");

    assertThat(tracked(result).check().check()).isEqualTo(named(1, ANY));
    assertThat(Conf.problems(result))
        .containsExactly(
            "9:1: warning: there is no vrrp_track_process 'nope'; it is not used",
            "14:1: warning: one process is looked for (using the first one)",
            "16:20: warning: a vrrp_track_process 'P' exists already (using the first one)",
            "19:1: warning: the vrrp_track_process 'Q' has no process; it is not used");
  }

  @Test
  void a_script_of_the_same_name_is_another_check() {
    ReadResult result =
        Conf.read(
            "vrrp_script P {\n script /bin/true\n}\nvrrp_track_process P {\n process a\n}\n"
                + Conf.instance("track_script {\n P\n}\ntrack_process {\n P\n}"));

    assertThat(Conf.router(result).tracks())
        .extracting(Track::label)
        .containsExactly("check P", "check process P");
  }
}
