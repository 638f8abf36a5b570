package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipConfig;
import io.havip.HealthCheck;
import io.havip.NotifyCommand;
import io.havip.NotifyFifo;
import io.havip.RunAs;
import io.havip.Track;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** As whom commands run, and which of them may not run at all. */
class CommandRulesTest {

  private static final RunAs APP = RunAs.user("app");

  /** A host with a few users, on which everybody may change /tmp/open. */
  private record Host(Set<String> users) implements ScriptHost {

    @Override
    public boolean hasUser(String name) {
      return users.contains(name);
    }

    @Override
    public boolean hasGroup(String name) {
      return users.contains(name);
    }

    @Override
    public Optional<String> changeableByOthers(String program) {
      return program.startsWith("/tmp/open/") ? Optional.of("/tmp/open") : Optional.empty();
    }
  }

  private static ReadOptions of(String user, String... users) {
    return Conf.OPTIONS.withUserName(user).withScriptHost(new Host(Set.of(users)));
  }

  private static ReadResult read(ReadOptions options, String globals, String script, String body) {
    String text =
        "global_defs {\n%s\n}\nvrrp_script S {\n script /bin/check\n%s\n}\n"
            .formatted(globals, script);
    return KeepalivedReader.read(
        text + Conf.instance("track_script { S }\n" + body), Conf.FILE, options);
  }

  /** Who runs the check, the notify command, and who gets the pipe and reads it. */
  private static List<Optional<RunAs>> runners(ReadResult result) {
    HavipConfig config = result.orElseThrow();
    Track.Check check = (Track.Check) config.routers().getFirst().tracks().getFirst();
    NotifyCommand notify = config.routers().getFirst().notifications().commands().getFirst();
    NotifyFifo fifo = config.notifyFifos().getFirst();
    return List.of(
        ((HealthCheck.Command) check.check().check()).runAs(),
        notify.runAs(),
        fifo.owner(),
        fifo.reader().orElseThrow().runAs());
  }

  private static final String PIPE = "notify_fifo /run/a\nnotify_fifo_script /bin/read\n";
  private static final String NOTIFY = "notify /bin/tell";

  @Test
  void root_runs_everything_itself_unless_told_otherwise() {
    assertThat(runners(read(of("root", "root", "app"), PIPE, "", NOTIFY)))
        .containsOnly(Optional.empty());
    assertThat(runners(read(of("root", "root"), PIPE + "script_user root", "", NOTIFY)))
        .containsOnly(Optional.empty());
  }

  @Test
  void script_user_runs_everything_wherever_it_stands() {
    ReadResult result = read(of("root", "app"), PIPE + "script_user app", "", NOTIFY);

    assertThat(runners(result)).containsOnly(Optional.of(APP));
    assertThat(Conf.problems(result)).isEmpty();
  }

  @Test
  void set_supplementary_groups_goes_for_every_command_wherever_it_stands() {
    ReadResult result =
        read(
            of("root", "app", "other"),
            PIPE + "set_supplementary_groups\nscript_user app",
            "",
            "notify /bin/tell other");

    assertThat(runners(result))
        .containsExactly(
            Optional.of(APP.withSupplementaryGroups()),
            Optional.of(RunAs.user("other").withSupplementaryGroups()),
            Optional.of(APP), // who may read the pipe
            Optional.of(APP.withSupplementaryGroups()));
    assertThat(Conf.problems(result)).isEmpty();
  }

  @Test
  void fifo_write_vrrp_states_on_reload_goes_for_every_pipe() {
    String pipes = "notify_fifo /run/a\nvrrp_notify_fifo /run/b\n";

    ReadResult again = read(of("root"), pipes + "fifo_write_vrrp_states_on_reload", "", NOTIFY);

    assertThat(Conf.problems(again)).isEmpty();
    assertThat(again.orElseThrow().notifyFifos()).hasSize(2).allMatch(NotifyFifo::repeatsStates);
    assertThat(read(of("root"), pipes, "", NOTIFY).orElseThrow().notifyFifos())
        .hasSize(2)
        .noneMatch(NotifyFifo::repeatsStates);
  }

  @Test
  void without_script_user_keepalived_script_does_if_there_is_such_a_user() {
    assertThat(runners(read(of("root", "keepalived_script"), PIPE, "", NOTIFY)))
        .containsOnly(Optional.of(RunAs.user("keepalived_script")));
    assertThat(runners(read(of("app", "app", "keepalived_script"), PIPE, "", NOTIFY)))
        .containsOnly(Optional.empty());
  }

  @Test
  void each_command_may_have_a_user_of_its_own_and_a_group() {
    ReadResult result =
        read(
            of("root", "app", "other", "wheel"),
            "notify_fifo /run/a app wheel\nnotify_fifo_script /bin/read other\nscript_user app",
            " user other wheel",
            "notify /bin/tell other");

    assertThat(runners(result))
        .containsExactly(
            Optional.of(new RunAs("other", Optional.of("wheel"))),
            Optional.of(RunAs.user("other")),
            Optional.of(new RunAs("app", Optional.of("wheel"))),
            Optional.of(RunAs.user("other")));
    assertThat(Conf.problems(result)).isEmpty();
  }

  @Test
  void a_process_of_another_user_runs_them_itself_and_says_so() {
    ReadResult result = read(of("app", "app", "other"), PIPE, " user other", NOTIFY);

    assertThat(runners(result)).containsOnly(Optional.empty());
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:7: warning: a process of 'app' cannot run anything as 'other' (using 'app')");
  }

  @Test
  void a_command_whose_user_or_group_is_missing_is_not_used() {
    ReadResult script = read(of("root", "app"), PIPE, " user nobody-here", NOTIFY);
    ReadResult notify = read(of("root", "app"), PIPE, "", "notify /bin/tell app nogroup-here");

    assertThat(Conf.config(script).routers().getFirst().tracks()).isEmpty();
    assertThat(Conf.problems(script))
        .containsExactly(
            "8:7: warning: there is no user 'nobody-here'; the script is not used",
            "16:16: warning: there is no vrrp_script 'S'; it is not used");
    assertThat(Conf.config(notify).routers().getFirst().notifications().commands()).isEmpty();
    assertThat(Conf.problems(notify))
        .containsExactly(
            "17:22: warning: there is no group 'nogroup-here'; the command is not used");
  }

  @Test
  void without_the_script_user_only_commands_with_their_own_run() {
    ReadResult result =
        read(
            of("root", "app"),
            PIPE + "script_user nobody-here",
            " user app",
            NOTIFY + "\nnotify_stop /bin/stop app");

    assertThat(Conf.router(result).notifications().commands())
        .containsExactly(
            NotifyCommand.on(NotifyCommand.Occasion.STOP, "/bin/stop").withRunAs(Optional.of(APP)));
    assertThat(Conf.router(result).tracks()).hasSize(1);
    assertThat(Conf.config(result).notifyFifos()).containsExactly(NotifyFifo.at(Path.of("/run/a")));
    assertThat(Conf.problems(result))
        .containsExactly(
            "4:13: warning: there is no user 'nobody-here'; commands without a user of their own"
                + " are not used");
  }

  @Test
  void what_others_may_change_does_not_run_as_root_with_script_security() {
    ReadResult result =
        read(of("root", "app"), "enable_script_security", "", "notify /tmp/open/tell");

    assertThat(Conf.router(result).notifications().commands()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly(
            "15:1: warning: '/tmp/open/tell' would run as root, but others may change '/tmp/open';"
                + " it is not used");
  }

  @Test
  void without_script_security_it_runs_and_is_reported() {
    ReadResult result = read(of("root", "app"), "", "", "notify /tmp/open/tell");

    assertThat(Conf.router(result).notifications().commands()).hasSize(1);
    assertThat(Conf.problems(result))
        .containsExactly(
            "15:1: warning: '/tmp/open/tell' would run as root, but others may change"
                + " '/tmp/open'");
  }

  @Test
  void what_does_not_run_as_root_may_be_anybodys() {
    ReadResult result =
        read(of("root", "app"), "enable_script_security", "", "notify /tmp/open/tell app");

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.router(result).notifications().commands()).hasSize(1);
  }

  @Test
  void a_name_that_no_host_can_have_is_reported_without_a_host_too() {
    ReadOptions blind = ReadOptions.DEFAULT;
    ReadResult result = KeepalivedReader.read(Conf.instance("notify /bin/x -u"), Conf.FILE, blind);

    assertThat(Conf.problems(result))
        .containsExactly(
            "7:15: warning: \"-u\" is no name of a user or a group; the command is not used");
  }
}
