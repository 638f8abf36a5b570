package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Notifications;
import io.havip.NotifyCommand;
import io.havip.NotifyCommand.Occasion;
import io.havip.NotifyFifo;
import io.havip.SyncGroup;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the keywords that tell scripts and pipes. */
class NotifyKeywordsTest {

  private static Notifications notifications(String body) {
    return Conf.router(body).notifications();
  }

  @Test
  void without_them_nobody_is_told() {
    assertThat(notifications("")).isEqualTo(Notifications.NONE);
    assertThat(Conf.config(Conf.body("")).notifyFifos()).isEmpty();
  }

  @Test
  void each_has_its_occasion_and_the_general_one_comes_last() {
    assertThat(
            notifications(
                    """
                    notify "/bin/all of 'the states'"
                    notify_master_rx_lower_pri /bin/lower
                    notify_stop /bin/stop
                    notify_fault /bin/fault
                    notify_backup "/bin/backup"
                    notify_master "/bin/master up"
                    """)
                .commands())
        .containsExactly(
            NotifyCommand.on(Occasion.ACTIVE, "/bin/master", "up"),
            NotifyCommand.on(Occasion.BACKUP, "/bin/backup"),
            NotifyCommand.on(Occasion.FAULT, "/bin/fault"),
            NotifyCommand.on(Occasion.STOP, "/bin/stop"),
            NotifyCommand.on(Occasion.LOWER_PRIORITY_HEARD, "/bin/lower"),
            NotifyCommand.onEveryState("/bin/all", "of", "the states"));
  }

  @Test
  void the_first_of_several_counts() {
    ReadResult result = Conf.body("notify_master /bin/a\nnotify_master /bin/b");

    assertThat(Conf.router(result).notifications().commands())
        .containsExactly(NotifyCommand.on(Occasion.ACTIVE, "/bin/a"));
    assertThat(Conf.problems(result))
        .containsExactly("8:1: warning: notify_master was given before (using the first one)");
  }

  @Test
  void a_user_may_follow_and_is_reported_unless_it_is_our_own() {
    assertThat(Conf.problems(Conf.body("notify \"/bin/a b\" app"))).isEmpty();
    assertThat(Conf.problems(Conf.body("notify \"/bin/a b\" root wheel")))
        .containsExactly(
            "7:19: warning: a process of 'app' cannot run anything as 'root' (using 'app')");
  }

  @Test
  void an_open_quote_is_reported() {
    ReadResult result = Conf.body("notify \"/bin/a 'b\"");

    assertThat(Conf.router(result).notifications().commands()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: a quote in the command is not closed; it is not used");
  }

  @Test
  void priority_lines_are_asked_for_globally_or_by_the_instance() {
    String global = "vrrp_notify_priority_changes";

    assertThat(notifications("notify_priority_changes").priorityChanges()).isTrue();
    assertThat(Conf.router(Conf.global(global, "")).notifications().priorityChanges()).isTrue();
    assertThat(
            Conf.router(Conf.global(global, "notify_priority_changes off"))
                .notifications()
                .priorityChanges())
        .isFalse();
  }

  @Test
  void both_pipes_are_told() {
    ReadResult result = Conf.global("vrrp_notify_fifo /run/b\nnotify_fifo /run/a", "");

    assertThat(Conf.config(result).notifyFifos())
        .containsExactly(NotifyFifo.at(Path.of("/run/b")), NotifyFifo.at(Path.of("/run/a")));
    assertThat(Conf.problems(result)).isEmpty();
  }

  @Test
  void a_pipe_that_cannot_be_used_is_reported() {
    assertThat(Conf.problems(Conf.global("vrrp_notify_fifo /run/a\nnotify_fifo /run/a", "")))
        .containsExactly("3:13: warning: '/run/a' is no pipe of its own; it is not used");
    assertThat(Conf.problems(Conf.global("notify_fifo /run/a\nnotify_fifo /run/b", "")))
        .containsExactly("3:1: warning: notify_fifo was given before (using the first one)");
    assertThat(Conf.problems(Conf.global("notify_fifo", "")))
        .containsExactly("2:1: warning: notify_fifo needs a path; it is not used");
    assertThat(Conf.problems(Conf.global("notify_fifo /run/a root", "")))
        .containsExactly(
            "2:20: warning: a process of 'app' cannot run anything as 'root' (using 'app')");
  }

  @Test
  void a_pipe_has_a_reader_whether_that_stands_before_or_behind_it() {
    ReadResult result =
        Conf.global(
            "vrrp_notify_fifo_script \"/bin/read 'a b'\"\nvrrp_notify_fifo /run/a\n"
                + "notify_fifo /run/b",
            "");

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.config(result).notifyFifos())
        .containsExactly(
            NotifyFifo.at(Path.of("/run/a")).readBy("/bin/read", "a b"),
            NotifyFifo.at(Path.of("/run/b")));
  }

  @Test
  void a_reader_without_a_pipe_is_reported() {
    assertThat(Conf.problems(Conf.global("notify_fifo /run/a\nvrrp_notify_fifo_script /bin/x", "")))
        .containsExactly("3:1: warning: there is no vrrp_notify_fifo to read; it is not used");
    assertThat(Conf.problems(Conf.global("notify_fifo /run/a\nnotify_fifo_script", "")))
        .containsExactly("3:1: warning: notify_fifo_script needs a command; it is not used");
  }

  @Test
  void a_deletion_is_told_as_such_where_that_is_asked_for() {
    assertThat(notifications("notify /bin/all").tellsDeletion()).isFalse();
    assertThat(notifications("notify_deleted"))
        .isEqualTo(new Notifications(List.of(), false, true));
    assertThat(notifications("notify_deleted \"/bin/gone 1\""))
        .isEqualTo(
            new Notifications(
                List.of(NotifyCommand.on(Occasion.DELETED, "/bin/gone", "1")), false, true));
  }

  @Test
  void a_group_has_commands_of_its_own() {
    ReadResult result =
        Conf.read(
            Conf.instance("")
                + "vrrp_instance B {\n"
                + " interface eth0\n"
                + " virtual_router_id 52\n"
                + " virtual_ipaddress {\n"
                + " 10.0.0.2\n"
                + " }\n"
                + "}\n"
                + "vrrp_sync_group G {\n"
                + " group { A B }\n"
                + " notify /bin/all\n"
                + " notify_backup \"/bin/b 1\"\n"
                + "}\n");

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.config(result).syncGroups())
        .containsExactly(
            SyncGroup.of("G", "A", "B")
                .withNotifyCommands(
                    List.of(
                        NotifyCommand.on(Occasion.BACKUP, "/bin/b", "1"),
                        NotifyCommand.onEveryState("/bin/all"))));
  }
}
