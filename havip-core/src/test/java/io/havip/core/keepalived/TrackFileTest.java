package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.ValueFile;
import io.havip.ValueFile.Initial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The blocks {@code track_file}. */
class TrackFileTest {

  private static final ValueFile LOAD = ValueFile.of("load", Path.of("/run/load"));

  /** An instance that tracks with these lines, and a file named load in line 14. */
  private static ReadResult read(String lines, String block) {
    return Conf.read(
        Conf.instance("track_file {\n" + lines + "\n}") + "track_file load {\n" + block + "\n}\n");
  }

  private static List<Track> tracks(ReadResult result) {
    return Conf.router(result).tracks();
  }

  private static Track.File defined(String block) {
    return (Track.File) tracks(read("load", "file /run/load\n" + block)).getFirst();
  }

  @Test
  void a_file_may_be_defined_behind_its_use_and_has_weight_1() {
    ReadResult result = read("load", "file \"/run/load\"");

    assertThat(tracks(result)).containsExactly(new Track.File(LOAD, 1, false));
    assertThat(result.diagnostics()).isEmpty();
  }

  @Test
  void the_old_name_of_the_block_works() {
    String text = "vrrp_track_file load {\n file /run/load\n}\n";
    ReadResult result = Conf.read(text + Conf.instance("track_file {\n load\n}"));

    assertThat(tracks(result)).containsExactly(new Track.File(LOAD, 1, false));
    assertThat(result.diagnostics()).isEmpty();
  }

  @Test
  void the_weight_goes_from_minus_254_to_254_and_may_be_reversed() {
    assertThat(defined("weight -254")).isEqualTo(new Track.File(LOAD, -254, false));
    assertThat(defined("weight 254 reverse")).isEqualTo(new Track.File(LOAD, 254, true));
    assertThat(defined("weight 0")).isEqualTo(new Track.File(LOAD, 0, false));
  }

  @Test
  void the_weight_of_the_instance_goes_before_that_of_the_file_which_keeps_its_reverse() {
    String block = "file /run/load\nweight 5 reverse";

    assertThat(tracks(read("load weight 3", block))).containsExactly(new Track.File(LOAD, 3, true));
    assertThat(tracks(read("load weight 3 noreverse", block)))
        .containsExactly(new Track.File(LOAD, 3, false));
  }

  @Test
  void a_weight_out_of_range_leaves_the_one_before() {
    ReadResult result = read("load weight 255", "file /run/load\nweight x\nweight 7");

    assertThat(tracks(result)).containsExactly(new Track.File(LOAD, 7, false));
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:13: warning: weight must be a whole number, -254 to 254, not '255' (using 7)",
            "13:8: warning: weight must be a whole number, -254 to 254, not 'x' (using 1)");
  }

  @Test
  void init_file_gives_the_first_value() {
    assertThat(defined("init_file").file().initial()).hasValue(new Initial(0, false));
    assertThat(defined("init_file -7").file().initial()).hasValue(new Initial(-7, false));
    assertThat(defined("init_file 9 overwrite").file().initial()).hasValue(new Initial(9, true));
    assertThat(defined("init_file overwrite").file().initial()).hasValue(new Initial(0, true));
    assertThat(defined("").file().initial()).isEmpty();
  }

  @Test
  void an_odd_first_value_is_reported() {
    ReadResult result = read("load", "file /run/load\ninit_file 99999999999 x\ninit_file 1000");

    assertThat(Conf.problems(result))
        .containsExactly(
            "13:11: warning: init_file takes a whole number and overwrite, not '99999999999'",
            "13:23: warning: init_file takes a whole number and overwrite, not 'x'",
            "14:11: warning: no priority is changed by more than 254");
    assertThat(((Track.File) tracks(result).getFirst()).file().initial())
        .hasValue(new Initial(1000, false));
  }

  @Test
  void what_is_missing_or_there_twice_is_reported() {
    ReadResult result =
        read(
            "nope\nload\nload weight 3\nload2 weight\nload2 bogus",
            "file\nweight\nfile /run/load\nfile /run/other\n}\n"
                + "track_file load {\nfile /x\n}\ntrack_file none {");

    assertThat(tracks(result)).containsExactly(new Track.File(LOAD, 1, false));
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:1: warning: there is no track_file 'nope'; it is not used",
            "10:1: warning: 'load' is tracked already; this is not used",
            "11:7: warning: weight needs a value; 'load2' is not tracked",
            "12:7: warning: 'bogus' is not known here; 'load2' is not tracked",
            "16:1: warning: file needs a value; it is not used",
            "17:1: warning: weight needs a value; it is not used",
            "19:6: warning: a track_file has one file (using the first one)",
            "21:12: warning: a track_file 'load' exists already (using the first one)",
            "24:1: warning: the track_file 'none' has no file; it is not used");
  }

  @Test
  void a_block_without_a_name_refuses_the_file() {
    ReadResult result = Conf.read(Conf.instance("") + "track_file {\n file /x\n}\n");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).containsExactly("9:1: error: track_file needs a name");
  }

  @Test
  void an_owner_is_not_weighed() {
    ReadResult result =
        Conf.read(
            Conf.instance("priority 255\ntrack_file {\n load\n gate\n}")
                + "track_file load {\n file /run/load\n}\n"
                + "track_file gate {\n file /run/gate\n weight 0\n}\n");

    assertThat(tracks(result)).extracting(Track::label).containsExactly("file gate");
    assertThat(Conf.problems(result))
        .containsExactly(
            "9:2: warning: a weight does not change priority 255; 'load' is not tracked");
  }

  @Test
  void a_group_tracks_files() {
    ReadResult result =
        Conf.read(
            "vrrp_sync_group G {\n group { A B }\n track_file {\n load weight 0\n }\n}\n"
                + Conf.instance("")
                + Conf.instance("")
                    .replace("vrrp_instance A", "vrrp_instance B")
                    .replace("51", "52")
                    .replace("10.0.0.1", "10.0.0.2")
                + "track_file load {\n file /run/load\n}\n");
    SyncGroup group = Conf.config(result).syncGroups().getFirst();

    assertThat(group.tracks()).containsExactly(new Track.File(LOAD, 0, false));
    assertThat(result.diagnostics()).isEmpty();
  }
}
