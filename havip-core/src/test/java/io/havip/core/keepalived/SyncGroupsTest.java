package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.ValueFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What becomes of vrrp_sync_group. */
class SyncGroupsTest {

  private static final String B =
      "vrrp_instance B {\n interface eth0\n virtual_router_id 52\n virtual_ipaddress {\n"
          + " 10.0.0.2\n }\n}\n";

  /** Groups behind two instances; the first of them starts in line 16. */
  private static ReadResult read(String groups) {
    return Conf.read(Conf.instance("") + B + groups);
  }

  @Test
  void members_stand_on_lines_of_their_own_or_together() {
    SyncGroup expected = SyncGroup.of("G", "A", "B");

    assertThat(Conf.config(read("vrrp_sync_group G {\n group {\n A\n B\n }\n}\n")).syncGroups())
        .containsExactly(expected);
    assertThat(Conf.config(read("vrrp_sync_group G {\n group { A B }\n}\n")).syncGroups())
        .containsExactly(expected);
    assertThat(Conf.problems(read("vrrp_sync_group G {\n group { A B }\n}\n"))).isEmpty();
  }

  @Test
  void a_group_may_stand_before_its_members() {
    ReadResult result =
        Conf.read("vrrp_sync_group G {\n group { A B }\n}\n" + Conf.instance("") + B);

    assertThat(Conf.config(result).syncGroups()).containsExactly(SyncGroup.of("G", "A", "B"));
  }

  @Test
  void a_group_tracks_interfaces_and_scripts_with_weights_on_request() {
    ReadResult result =
        read(
            "vrrp_script S {\n script /usr/bin/true\n weight 7\n}\n"
                + "vrrp_sync_group G {\n group { A B }\n track_interface {\n eth1 weight 4\n }\n"
                + " track_script {\n S\n }\n sync_group_tracking_weight\n}\n");
    SyncGroup group = Conf.config(result).syncGroups().getFirst();

    assertThat(group.trackingWeight()).isTrue();
    assertThat(group.tracks()).hasSize(2);
    assertThat(group.tracks().getFirst()).isEqualTo(new Track.Interface("eth1", 4, false));
    assertThat(group.tracks().getLast().label()).isEqualTo("check S");
    assertThat(group.tracks().getLast().weight()).isEqualTo(7);
  }

  @Test
  void without_sync_group_tracking_weight_weights_of_a_member_do_not_count() {
    String tracked =
        "track_interface { eth1 weight 4 }\n"
            + " track_script { S }\n"
            + " track_file {\n"
            + " F\n"
            + " G weight 5\n"
            + "}\n";
    ReadResult result =
        Conf.read(
            "vrrp_script S {\n script /usr/bin/true\n weight 7\n}\n"
                + "track_file F { file /f }\ntrack_file G { file /g }\n"
                + "vrrp_sync_group G {\n group { A B }\n}\n"
                + Conf.instance(tracked)
                + "vrrp_instance B {\n interface eth0\n virtual_router_id 52\n"
                + " virtual_ipaddress {\n 10.0.0.2\n }\n}\n");

    assertThat(Conf.config(result).syncGroups().getFirst().trackingWeight()).isFalse();
    assertThat(Conf.config(result).routers().getFirst().tracks())
        .containsExactly(
            new Track.Interface("eth1", 0, false),
            new Track.File(ValueFile.of("F", Path.of("/f")), 0, false));
    assertThat(Conf.problems(result))
        .containsExactly(
            "7:17: warning: interface eth1 of 'A' has a weight, which does not count in a sync"
                + " group (using weight 0)",
            "7:17: warning: check S of 'A' has a weight, which does not count in a sync group"
                + " (using nothing)",
            "7:17: warning: file F of 'A' has a weight, which does not count in a sync group"
                + " (using weight 0)",
            "7:17: warning: file G of 'A' has a weight, which does not count in a sync group"
                + " (using nothing)");
  }

  @Test
  void global_tracking_is_an_older_name() {
    ReadResult result = read("vrrp_sync_group G {\n group { A B }\n global_tracking\n}\n");

    assertThat(Conf.config(result).syncGroups().getFirst().trackingWeight()).isTrue();
    assertThat(Conf.problems(result)).singleElement().asString().contains("is deprecated");
  }

  @Test
  void the_own_interface_of_a_member_is_reported_as_in_an_instance() {
    ReadResult result = read("vrrp_sync_group G {\n group { A B }\n track_interface { eth0 }\n}\n");

    assertThat(Conf.problems(result))
        .hasSize(2)
        .allMatch(p -> p.contains("'eth0' is the own interface of "));
  }

  @Test
  void a_member_that_does_not_exist_is_left_out_with_a_warning() {
    ReadResult result = read("vrrp_sync_group G {\n group {\n A\n C\n B\n }\n}\n");

    assertThat(Conf.config(result).syncGroups()).containsExactly(SyncGroup.of("G", "A", "B"));
    assertThat(Conf.problems(result))
        .containsExactly("19:2: warning: there is no instance 'C'; the group goes without it");
  }

  @Test
  void a_group_of_fewer_than_two_is_not_used() {
    ReadResult result = read("vrrp_sync_group G {\n group {\n A\n }\n}\n");

    assertThat(Conf.config(result).syncGroups()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly(
            "16:17: warning: the group 'G' has fewer than two members; it is not used");
  }

  @Test
  void an_instance_is_in_the_first_of_two_groups() {
    ReadResult result =
        read(
            "vrrp_sync_group G {\n group { A B }\n}\n"
                + "vrrp_sync_group H {\n group { B A }\n}\n");

    assertThat(Conf.config(result).syncGroups()).containsExactly(SyncGroup.of("G", "A", "B"));
    assertThat(Conf.problems(result)).hasSize(3).anyMatch(p -> p.contains("in the group 'G'"));
  }

  @Test
  void a_second_group_of_the_name_and_a_second_list_are_not_used() {
    ReadResult twice =
        read("vrrp_sync_group G {\n group { A B }\n}\nvrrp_sync_group G {\n group { A }\n}\n");
    ReadResult lists = read("vrrp_sync_group G {\n group { A B }\n group { A }\n}\n");

    assertThat(Conf.config(twice).syncGroups()).containsExactly(SyncGroup.of("G", "A", "B"));
    assertThat(Conf.problems(twice)).hasSize(1);
    assertThat(Conf.config(lists).syncGroups()).containsExactly(SyncGroup.of("G", "A", "B"));
    assertThat(Conf.problems(lists)).hasSize(1);
  }

  @Test
  void a_group_without_name_is_not_used() {
    ReadResult result = read("vrrp_sync_group {\n group { A B }\n}\n");

    assertThat(Conf.config(result).syncGroups()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("16:1: warning: vrrp_sync_group needs a name; the group is not used");
  }
}
