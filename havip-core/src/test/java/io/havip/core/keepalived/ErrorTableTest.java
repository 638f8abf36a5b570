package io.havip.core.keepalived;

import static io.havip.core.keepalived.Conf.VIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Preemption;
import io.havip.VirtualRouterConfig;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One test for each row of the table of what Keepalived makes of wrong configurations. */
class ErrorTableTest {

  @Test
  void missing_config_file_is_an_error_and_never_success() {
    ReadResult result = KeepalivedReader.read(Path.of("no/such/keepalived.conf"), Conf.OPTIONS);

    assertThat(result.config()).isEmpty();
    assertThat(result.diagnostics())
        .containsExactly(
            new Diagnostic(
                Severity.ERROR,
                "no/such/keepalived.conf",
                0,
                0,
                "",
                "the file does not exist",
                ""));
  }

  @Test
  void a_file_without_any_virtual_router_is_an_error() {
    for (String text : new String[] {"", "# nothing\n", "global_defs {\n router_id x\n}\n"}) {
      ReadResult result = Conf.read(text);
      assertThat(result.config()).isEmpty();
      assertThat(Conf.problems(result))
          .containsExactly(" error: there is no virtual router to use");
    }
  }

  @Test
  void unknown_keyword_continues() {
    ReadResult result = Conf.body("bogus 1 2\npriority 9");

    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: the keyword 'bogus' is not known here; it is not used");
    assertThat(Conf.router(result).priority()).isEqualTo(9);
  }

  @Test
  void no_interface_refuses_the_file_as_keepalived_does() {
    ReadResult result =
        Conf.read("vrrp_instance A {\n virtual_router_id 1\n " + VIP + "\n}\n" + Conf.instance(""));

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).contains("1:1: error: the instance 'A' has no interface");
  }

  @Test
  void the_loopback_interface_is_refused() {
    ReadResult result =
        Conf.read("vrrp_instance A {\n interface lo\n virtual_router_id 1\n " + VIP + "\n}\n");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly(
            "1:1: error: the instance 'A' has no interface",
            "2:12: warning: VRRP does not run on the loopback interface");
  }

  @Test
  void an_interface_that_does_not_exist_here_is_not_looked_for() {
    assertThat(Conf.router("interface nowhere0").interfaceName()).isEqualTo("nowhere0");
  }

  @Test
  void absent_vrid_refuses_the_file_as_keepalived_does() {
    ReadResult result = Conf.read("vrrp_instance A {\n interface eth0\n " + VIP + "\n}\n");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("1:1: error: the instance 'A' has no virtual_router_id");
  }

  @ParameterizedTest
  @CsvSource({"0", "256", "abc", "-1"})
  void vrid_out_of_range_counts_as_absent(String vrid) {
    ReadResult result =
        Conf.read(
            "vrrp_instance A {\n interface eth0\n virtual_router_id "
                + vrid
                + "\n "
                + VIP
                + "\n}\n");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .contains(
            "3:20: warning: virtual_router_id must be a whole number, 1 to 255, not '"
                + vrid
                + "' (using none)");
  }

  @ParameterizedTest
  @CsvSource({"300", "0", "-1", "abc", "1.5"})
  void priority_out_of_range_becomes_100(String written) {
    ReadResult result = Conf.body("priority 50\npriority " + written);

    assertThat(Conf.router(result).priority()).isEqualTo(100);
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:10: warning: priority must be a whole number, 1 to 255, not '"
                + written
                + "' (using 100)");
  }

  @Test
  void priority_300_with_state_master_is_100_too() {
    assertThat(Conf.router("state MASTER\n priority 300").priority()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 2000", "1.4, 1000", "2.5, 3000", "0.5, 1000", "0.3, 1000", "254.7, 255000"})
  void a_fraction_in_version_2_is_rounded(String written, long millis) {
    ReadResult result = Conf.body("advert_int " + written);

    assertThat(Conf.router(result).advertInterval()).isEqualTo(Duration.ofMillis(millis));
    assertThat(Conf.problems(result))
        .containsExactly(
            "7:12: warning: the interval must be whole seconds in version 2 (using %d s)"
                .formatted(millis / 1000));
  }

  @ParameterizedTest
  @CsvSource({"0", "256", "300", "-1", "abc", "0.001", "''"})
  void an_interval_out_of_range_leaves_the_one_before_or_1_s(String written) {
    String quoted = "advert_int \"" + written + "\"";
    assertThat(Conf.router(quoted).advertInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(Conf.router("advert_int 5\n" + quoted).advertInterval())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(Conf.problems(Conf.body(quoted)))
        .containsExactly(
            "7:12: warning: advert_int must be 0.01 to 255 seconds, not '"
                + written
                + "' (using 1 s)");
  }

  @ParameterizedTest
  @CsvSource({
    "0.014, 10",
    "0.015, 20",
    "0.01, 10",
    "40.96, 40950",
    "50, 40950",
    "255, 40950",
    "40.955, 40950",
    "0.25, 250",
    ".5, 500",
    "1., 1000"
  })
  void version_3_takes_steps_of_10_ms_up_to_40_95_s(String written, long millis) {
    // The version may stand behind the interval.
    assertThat(Conf.router("advert_int " + written + "\n version 3").advertInterval())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void more_than_six_decimals_are_cut_off() {
    ReadResult result = Conf.body("preempt_delay 1.0000009");

    assertThat(Conf.router(result).preemption())
        .isEqualTo(new Preemption.After(Duration.ofSeconds(1)));
    assertThat(Conf.problems(result))
        .containsExactly("7:15: warning: preempt_delay has more than six decimals (using 1 s)");
  }

  @Test
  void no_vip_drops_the_instance_and_keeps_the_others() {
    ReadResult result =
        Conf.read(
            "vrrp_instance B {\n interface eth0\n virtual_router_id 9\n}\n" + Conf.instance(""));

    assertThat(Conf.problems(result))
        .containsExactly("1:1: error: the instance 'B' has no virtual address; it is not used");
    assertThat(Conf.router(result).name()).isEqualTo("A");
  }

  @Test
  void nopreempt_with_state_master_is_cleared() {
    ReadResult result = Conf.body("nopreempt\nstate MASTER\npriority 150");

    assertThat(Conf.router(result).preemption()).isEqualTo(Preemption.AT_ONCE);
    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: nopreempt does not go with state MASTER (using preempt)");
  }

  @Test
  void nopreempt_with_priority_255_is_cleared() {
    ReadResult result = Conf.body("priority 255\nnopreempt");

    assertThat(Conf.router(result).preemption()).isEqualTo(Preemption.AT_ONCE);
    assertThat(Conf.problems(result))
        .containsExactly("8:1: warning: nopreempt does not go with priority 255 (using preempt)");
  }

  @Test
  void preempt_delay_with_nopreempt_is_cleared() {
    ReadResult result = Conf.body("nopreempt\npreempt_delay 10");

    assertThat(Conf.router(result).preemption()).isEqualTo(Preemption.NEVER);
    assertThat(Conf.problems(result))
        .containsExactly("8:15: warning: preempt_delay does not go with nopreempt (using none)");
  }

  @Test
  void preempt_delay_with_state_master_is_cleared() {
    ReadResult result = Conf.body("preempt_delay 10\nstate MASTER\npriority 9");

    assertThat(Conf.router(result).preemption()).isEqualTo(Preemption.AT_ONCE);
    assertThat(Conf.problems(result))
        .containsExactly("7:15: warning: preempt_delay does not go with state MASTER (using none)");
  }

  @Test
  void state_master_makes_the_default_priority_255() {
    assertThat(Conf.router("state MASTER").priority()).isEqualTo(255);
    assertThat(Conf.router("state BACKUP").priority()).isEqualTo(100);
    assertThat(Conf.router("").priority()).isEqualTo(100);
    assertThat(Conf.router("state MASTER\n priority 7").priority()).isEqualTo(7);
  }

  @Test
  void an_unknown_state_is_backup() {
    for (String state : new String[] {"SLAVE", "master", "Backup"}) {
      ReadResult result = Conf.body("state MASTER\nstate " + state);
      assertThat(Conf.router(result).priority()).isEqualTo(100);
      assertThat(Conf.problems(result))
          .containsExactly(
              "8:7: warning: the state must be MASTER or BACKUP, not '"
                  + state
                  + "' (using BACKUP)");
    }
  }

  @Test
  void backup_behind_master_is_ignored() {
    ReadResult result = Conf.body("state MASTER\nstate BACKUP");

    assertThat(Conf.router(result).priority()).isEqualTo(255);
    assertThat(Conf.problems(result))
        .containsExactly("8:7: warning: the state was given as MASTER before (using MASTER)");
  }

  @Test
  void duplicate_name_drops_the_second() {
    ReadResult result = Conf.read(Conf.instance("priority 9") + Conf.instance("priority 8"));

    assertThat(Conf.router(result).priority()).isEqualTo(9);
    assertThat(Conf.problems(result))
        .containsExactly(
            "9:15: error: an instance 'A' stands in line 1 already; this one is not used");
  }

  @Test
  void duplicate_vrid_refuses_the_file_as_keepalived_does() {
    String b = Conf.instance("").replace(" A ", " B ").replace("10.0.0.1", "10.0.0.2");
    ReadResult result = Conf.read(Conf.instance("") + b);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("9:1: error: 'A' and 'B' have the same virtual_router_id 51 on 'eth0'");
  }

  @Test
  void the_same_vrid_is_fine_on_another_interface_or_in_another_family() {
    String other = Conf.instance("interface eth1").replace(" A ", " B ").replace("0.0.1", "0.0.2");
    String six = Conf.instance("").replace(" A ", " C ").replace("10.0.0.1", "fd00::1");
    ReadResult result = Conf.read(Conf.instance("") + other + six);

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.config(result).routers())
        .extracting(VirtualRouterConfig::vrid)
        .containsExactly(51, 51, 51);
  }

  @Test
  void the_same_vrid_to_other_peers_drops_the_second() {
    String b =
        Conf.instance("unicast_peer { 10.0.0.9 }")
            .replace(" A ", " B ")
            .replace("0.0.1\n", "0.0.2\n");
    ReadResult result = Conf.read(Conf.instance("unicast_peer { 10.0.0.8 }") + b);

    assertThat(Conf.router(result).name()).isEqualTo("A");
    assertThat(Conf.problems(result))
        .singleElement()
        .asString()
        .startsWith("9:1: error: 'A' and 'B' have the same virtual_router_id 51 on 'eth0'; the");
  }

  @Test
  void two_routers_with_an_address_in_common_refuse_the_file() {
    String b = Conf.instance("virtual_router_id 52").replace(" A ", " B ");
    ReadResult result = Conf.read(Conf.instance("") + b);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("9:1: error: 'A' and 'B' have the same address 10.0.0.1");
  }

  @Test
  void mixed_families_keep_those_of_the_first_address() {
    ReadResult result = Conf.body("virtual_ipaddress {\n fe80::1\n 10.0.0.2\n }");

    assertThat(Conf.router(result).addresses())
        .extracting(a -> a.address().toString())
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:2: warning: fe80::1 is not of the family of the first address; it is not used");
  }

  @Test
  void unicast_without_peers_drops_the_instance_rather_than_multicast_in_silence() {
    for (String body :
        new String[] {
          "unicast_peer {\n}",
          "unicast_src_ip 10.0.0.7",
          "unicast_peer { x }",
          "check_unicast_src",
          "unicast_fault_no_peer",
          "unicast_peer { fd00::1 }",
          "old_unicast_checksum"
        }) {
      ReadResult result = Conf.body(body);
      assertThat(result.config()).isEmpty();
      assertThat(Conf.problems(result))
          .contains(
              "7:1: error: unicast has no peers; the instance 'A' is not used, where Keepalived"
                  + " would turn to multicast");
    }
  }

  @Test
  void undefined_script_is_ignored() {
    ReadResult result = Conf.body("track_script {\n nothere weight 5\n}");

    assertThat(Conf.router(result).tracks()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("8:2: warning: there is no vrrp_script 'nothere'; it is not used");
  }

  @Test
  void own_interface_is_redundant() {
    ReadResult result = Conf.body("track_interface {\n eth0 weight 5\n eth1\n}");

    assertThat(Conf.router(result).tracks()).hasSize(1);
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:2: warning: 'eth0' is the own interface, which is tracked anyway; this is not used");
  }

  @Test
  void password_is_cut_at_8() {
    ReadResult result = Conf.body("authentication {\n auth_type PASS\n auth_pass 123456789\n}");

    assertThat(Conf.router(result).authentication())
        .isEqualTo(VrrpAuth.SimplePassword.of("12345678"));
    assertThat(Conf.problems(result))
        .containsExactly(
            "9:12: warning: the password is longer than 8 bytes (using the first 8 bytes)");
  }

  @Test
  void strict_mode_drops_the_password() {
    ReadResult result =
        Conf.body("strict_mode\nauthentication {\n auth_type PASS\n auth_pass 1\n}");

    assertThat(Conf.router(result).authentication()).isEqualTo(VrrpAuth.NONE);
    assertThat(Conf.problems(result))
        .contains("9:2: warning: strict mode has no authentication (using none)");
  }

  @Test
  void version_3_drops_the_password() {
    ReadResult result = Conf.body("authentication {\n auth_type PASS\n auth_pass 1\n}\nversion 3");

    assertThat(Conf.router(result).authentication()).isEqualTo(VrrpAuth.NONE);
    assertThat(Conf.problems(result))
        .containsExactly("8:2: warning: version 3 has no authentication (using none)");
  }

  @Test
  void a_second_version_is_ignored() {
    ReadResult result = Conf.body("version 3\nversion 2\nversion 4");

    assertThat(Conf.router(result).version()).isEqualTo(VrrpVersion.V3);
    assertThat(Conf.problems(result))
        .containsExactly(
            "8:9: warning: another version was given before (using 3)",
            "9:9: warning: version must be a whole number, 2 to 3, not '4' (using 3)");
  }

  @Test
  void a_value_that_is_missing_refuses_the_file_as_keepalived_does() {
    ReadResult result = Conf.body("priority\nadvert_int 2");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).containsExactly("7:1: error: priority needs a value");
  }

  @Test
  void an_instance_needs_one_name() {
    for (String name : new String[] {"", "A B", "\"\""}) {
      ReadResult result =
          Conf.read(
              Conf.instance("").replace(" A ", " " + name + " ")
                  + Conf.instance("").replace(" A ", " C "));
      assertThat(Conf.router(result).name()).isEqualTo("C");
      assertThat(Conf.problems(result))
          .containsExactly("1:1: error: vrrp_instance needs one name; the instance is not used");
    }
  }

  @Test
  void an_error_is_told_however_many_warnings_come_before_it() {
    ReadResult result = Conf.read("~SEQ(V,1,2000) bogus${V}\n");

    assertThat(result.config()).isEmpty();
    assertThat(result.diagnostics()).hasSize(Report.MOST_KEPT + 1);
    assertThat(result.diagnostics()).anyMatch(d -> d.severity() == Severity.ERROR);
    assertThat(result.diagnostics().getLast().message())
        .isEqualTo("1001 further diagnostics are not shown");
  }
}
