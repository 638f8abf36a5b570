package io.havip.core.keepalived;

import static io.havip.core.keepalived.Conf.VIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.HavipConfig;
import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.Preemption;
import io.havip.Track;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.AddressScope;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a good configuration becomes. */
class MappingTest {

  private static Announcements announcements(String global, String body) {
    return Conf.router(Conf.global(global, body)).announcements();
  }

  private static Announcements garp(
      int repeat, int delay, int refresh, int refreshRepeat, int lowerRepeat, int lowerDelay) {
    return new Announcements(
        repeat,
        Duration.ofSeconds(delay),
        Duration.ofSeconds(refresh),
        refreshRepeat,
        lowerRepeat,
        Duration.ofSeconds(lowerDelay));
  }

  @Test
  void the_least_there_can_be_has_keepaliveds_defaults() {
    VirtualRouterConfig router = Conf.router("");

    assertThat(router)
        .isEqualTo(
            VirtualRouterConfig.builder("A")
                .interfaceName("eth0")
                .quickClaim(Duration.ZERO)
                .vrid(51)
                .version(VrrpVersion.V2)
                .address("10.0.0.1/32")
                .build());
    assertThat(router.preemption()).isEqualTo(Preemption.AT_ONCE);
    assertThat(router.announcements()).isEqualTo(garp(5, 5, 0, 1, 5, 5));
  }

  @Test
  void ipv6_is_version_3_with_host_prefix() {
    VirtualRouterConfig router =
        Conf.router(Conf.read(Conf.instance("").replace("10.0.0.1", "fe80::1\n fd00::1/64")));

    assertThat(router.version()).isEqualTo(VrrpVersion.V3);
    assertThat(router.addresses())
        .containsExactly(VirtualAddress.parse("fe80::1/128"), VirtualAddress.parse("fd00::1/64"));
  }

  @Test
  void version_2_is_not_taken_for_ipv6() {
    ReadResult result = Conf.read(Conf.instance("version 2").replace("10.0.0.1", "fe80::1"));

    assertThat(Conf.router(result).version()).isEqualTo(VrrpVersion.V3);
    assertThat(Conf.problems(result))
        .containsExactly("7:9: warning: version 2 has no IPv6 (using 3)");
  }

  @Test
  void the_global_version_is_the_default() {
    assertThat(Conf.router(Conf.global("vrrp_version 3", "")).version()).isEqualTo(VrrpVersion.V3);
    assertThat(Conf.router(Conf.global("vrrp_version 3", "version 2")).version())
        .isEqualTo(VrrpVersion.V2);
  }

  @Test
  void addresses_with_all_their_words() {
    VirtualRouterConfig router =
        Conf.router(
            "virtual_ipaddress_excluded {\n 10.1.0.1/24 dev eth1 label eth1:7 scope link brd +\n"
                + " 10.2.0.1/24 broadcast 10.2.0.255 scope 200\n 10.3.0.1/24 brd -\n fd00::1\n }");

    assertThat(router.excludedAddresses())
        .containsExactly(
            new VirtualAddress(
                IpAddress.parse("10.1.0.1"),
                24,
                "eth1",
                "eth1:7",
                AddressScope.LINK,
                IpAddress.parse("10.1.0.255")),
            VirtualAddress.parse("10.2.0.1/24")
                .withBroadcast(IpAddress.parse("10.2.0.255"))
                .withScope(AddressScope.SITE),
            VirtualAddress.parse("10.3.0.1/24").withBroadcast(IpAddress.parse("10.3.0.0")),
            VirtualAddress.parse("fd00::1/128"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.9.1/33 | 10.0.9.1/32",
        "10.0.9.1/x | 10.0.9.1/32",
        "fd00::1/129 | fd00::1/128",
        "10.0.9.1 scope nowhere | 10.0.9.1/32",
        "10.0.9.1 bogus | 10.0.9.1/32",
        "10.0.9.1/31 brd + | 10.0.9.1/31",
        "fd00::1 label x | fd00::1/128",
        "fd00::1 scope link | fd00::1/128",
        "10.0.9.1 peer 10.0.9.2 | 10.0.9.1/32",
        "10.0.9.1 -nodad | 10.0.9.1/32",
        "10.0.9.1 preferred_lft forever | 10.0.9.1/32"
      })
  void an_option_that_cannot_be_taken_is_reported_and_the_address_kept(
      String line, String address) {
    ReadResult result = Conf.body("virtual_ipaddress_excluded {\n" + line + "\n}");

    assertThat(Conf.router(result).excludedAddresses())
        .containsExactly(VirtualAddress.parse(address));
    assertThat(Conf.problems(result)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "10.0.9",
        "10.0.9.01",
        "[fd00::1]",
        "fe80::1%eth0",
        "0.0.0.0",
        "224.0.0.1",
        "127.0.0.1",
        "ff02::1",
        "10.0.9.1 dev",
        "10.0.9.1 brd x",
        "10.0.9.1 brd fd00::1",
        "fd00::1 brd +",
        "10.0.9.1 label averylonglabel16",
        "10.0.9.1 dev a dev b",
        "10.0.9.1/24 brd + broadcast +",
        "10.0.9.1 dev a/b",
        "10.0.0.1"
      })
  void an_address_that_cannot_be_taken_is_left_out(String line) {
    ReadResult result = Conf.body("virtual_ipaddress_excluded {\n" + line + "\n 10.0.8.8\n}");

    assertThat(Conf.router(result).excludedAddresses())
        .containsExactly(VirtualAddress.parse("10.0.8.8"));
    assertThat(Conf.problems(result))
        .singleElement()
        .asString()
        .startsWith("8:")
        .endsWith("not used");
  }

  @Test
  void addresses_beyond_255_move_to_the_excluded_ones() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 260; i++) {
      lines.append("10.3.").append(i / 200).append('.').append(i % 200 + 1).append('\n');
    }
    ReadResult result = Conf.body("virtual_ipaddress {\n" + lines + "}");

    assertThat(Conf.router(result).addresses()).hasSize(255);
    assertThat(Conf.router(result).excludedAddresses())
        .hasSize(6)
        .first()
        .isEqualTo(VirtualAddress.parse("10.3.1.55"));
    assertThat(Conf.problems(result)).hasSize(1);
  }

  @Test
  void unicast_with_source_and_ttl() {
    assertThat(
            Conf.router(
                    """
                    unicast_src_ip 10.0.0.7
                     unicast_peer {
                     10.0.0.8
                     10.0.0.9
                     }
                     unicast_ttl 64\
                    """)
                .transport())
        .isEqualTo(
            new Transport.Unicast(
                IpAddress.parse("10.0.0.7"),
                List.of(IpAddress.parse("10.0.0.8"), IpAddress.parse("10.0.0.9")),
                64,
                true));
  }

  @Test
  void the_note_about_strangers_comes_once_and_not_with_check_unicast_src() {
    String b =
        Conf.instance("virtual_router_id 52\nunicast_peer { 10.0.0.9 }")
            .replace(" A ", " B ")
            .replace("0.0.1\n", "0.0.2\n");
    String peer = "unicast_peer { 10.0.0.9 }";

    assertThat(Conf.notes(Conf.read(Conf.instance(peer) + b)))
        .singleElement()
        .asString()
        .startsWith("7:1: note: adverts of senders that are no peers are refused");
    assertThat(Conf.notes(Conf.body("check_unicast_src\n" + peer))).isEmpty();
    assertThat(Conf.notes(Conf.global("vrrp_check_unicast_src", peer))).isEmpty();
  }

  @Test
  void the_own_address_is_no_peer() {
    ReadResult result =
        Conf.body("unicast_src_ip 10.0.0.7\nunicast_peer {\n10.0.0.7\n10.0.0.8\n10.0.0.8\n}");

    assertThat(((Transport.Unicast) Conf.router(result).transport()).peers())
        .containsExactly(IpAddress.parse("10.0.0.8"));
    assertThat(Conf.problems(result))
        .containsExactly("9:1: warning: 10.0.0.7 is the own address; it is not used");
    assertThat(Conf.notes(result)).contains("11:1: note: 10.0.0.8 is given twice and used once");
  }

  @Test
  void multicast_with_source_and_groups() {
    assertThat(Conf.router("mcast_src_ip 10.0.0.7\nmcast_dst_ip 224.0.0.19").transport())
        .isEqualTo(
            new Transport.Multicast(IpAddress.parse("10.0.0.7"), IpAddress.parse("224.0.0.19")));
    assertThat(
            Conf.router(Conf.global("vrrp_mcast_group4 224.0.0.20\nvrrp_mcast_group6 ff02::20", ""))
                .transport())
        .isEqualTo(new Transport.Multicast(null, IpAddress.parse("224.0.0.20")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.9", "ff02::1", "x"})
  void a_group_that_is_none_leaves_the_standard_one(String group) {
    ReadResult result = Conf.body("mcast_dst_ip " + group);

    assertThat(Conf.router(result).transport()).isEqualTo(Transport.Multicast.DEFAULT);
    assertThat(Conf.problems(result)).singleElement().asString().startsWith("7:14: warning: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | 5,5,0,1,5,5",
        "vrrp_garp_master_delay 7 | '' | 5,7,0,1,5,7",
        "vrrp_garp_master_delay 7 | garp_master_delay 2 | 5,2,0,1,5,7",
        "vrrp_garp_master_delay 7 | garp_lower_prio_delay 2 | 5,7,0,1,5,2",
        "vrrp_garp_lower_prio_delay 3 | garp_master_delay 2 | 5,2,0,1,5,3",
        "vrrp_garp_master_repeat 2 | garp_lower_prio_repeat 0 | 2,5,0,1,0,5",
        "vrrp_garp_master_repeat 2 | garp_master_repeat 0 | 1,5,0,1,2,5",
        "vrrp_garp_master_refresh 60 | garp_master_refresh_repeat 3 | 5,5,60,3,5,5",
        "vrrp_min_garp | '' | 1,0,0,1,1,0",
        "vrrp_min_garp | garp_master_refresh 9 | 1,0,0,1,1,0",
        "vrrp_min_garp | garp_master_refresh 9\\ngarp_master_refresh_repeat 2 | 1,0,9,2,1,0",
        "vrrp_min_garp\\nvrrp_garp_master_delay 3 | '' | 1,3,0,1,1,3"
      })
  void announcements_start_from_the_globals(String global, String body, String expected) {
    String[] n = expected.split(",", -1);
    assertThat(announcements(global.replace("\\n", "\n"), body.replace("\\n", "\n")))
        .isEqualTo(
            garp(
                Integer.parseInt(n[0]),
                Integer.parseInt(n[1]),
                Integer.parseInt(n[2]),
                Integer.parseInt(n[3]),
                Integer.parseInt(n[4]),
                Integer.parseInt(n[5])));
  }

  @Test
  void switches_of_the_election() {
    VirtualRouterConfig router =
        Conf.router(
            "lower_prio_no_advert\nhigher_prio_send_advert\ndown_timer_adverts 7\n"
                + "dont_track_primary\nv3_checksum_as_v2\naccept\nowner_ignore_adverts");

    assertThat(router.replyToLowerPriority()).isFalse();
    assertThat(router.adviseHigherPriority()).isTrue();
    assertThat(router.ownerListens()).isFalse();
    assertThat(router.downMultiplier()).isEqualTo(7);
    assertThat(router.trackOwnInterface()).isFalse();
    assertThat(router.checksum()).isEqualTo(ChecksumForm.MESSAGE_ONLY);
  }

  @Test
  void switches_of_the_globals_and_their_reverse() {
    String globals =
        "vrrp_lower_prio_no_advert\nvrrp_higher_prio_send_advert\nvrrp_down_timer_adverts 7\n"
            + "v3_checksum_as_v2\nvrrp_owner_ignore_adverts";
    VirtualRouterConfig router = Conf.router(Conf.global(globals, ""));
    VirtualRouterConfig reversed =
        Conf.router(
            Conf.global(
                globals,
                "lower_prio_no_advert off\nhigher_prio_send_advert no\ndown_timer_adverts 3\n"
                    + "v3_checksum_as_v2 false\nowner_ignore_adverts off"));

    assertThat(router.replyToLowerPriority()).isFalse();
    assertThat(router.adviseHigherPriority()).isTrue();
    assertThat(router.downMultiplier()).isEqualTo(7);
    assertThat(router.checksum()).isEqualTo(ChecksumForm.MESSAGE_ONLY);
    assertThat(router.ownerListens()).isFalse();
    assertThat(reversed).isEqualTo(Conf.router("").toBuilder().adviseHigherPriority(false).build());
  }

  @Test
  void preemption() {
    assertThat(Conf.router("nopreempt").preemption()).isEqualTo(Preemption.NEVER);
    assertThat(Conf.router("nopreempt\npreempt").preemption()).isEqualTo(Preemption.AT_ONCE);
    assertThat(Conf.router("preempt_delay 4.12").preemption())
        .isEqualTo(new Preemption.After(Duration.ofMillis(4120)));
  }

  @Test
  void authentication() {
    assertThat(
            Conf.router("authentication {\n auth_pass 1111\n auth_type PASS\n}").authentication())
        .isEqualTo(VrrpAuth.SimplePassword.of("1111"));
  }

  @Test
  void authentication_that_peers_would_not_understand_refuses_the_instance() {
    for (String body :
        new String[] {
          "authentication {\n auth_type AH\n auth_pass 1\n}", "auth_hmac {\n key 1 abc\n}"
        }) {
      assertThat(Conf.body(body).config()).isEmpty();
    }
  }

  @Test
  void tracked_interfaces_with_weights() {
    assertThat(
            Conf.router(
                    """
                    track_interface {
                     eth1
                     eth2 weight 10
                     eth3 weight -10 reverse
                     eth4 weight 254
                     eth5 weight 300
                     eth1
                     eth6 bogus
                    }\
                    """)
                .tracks())
        .containsExactly(
            new Track.Interface("eth1", 0, false),
            new Track.Interface("eth2", 10, false),
            new Track.Interface("eth3", -10, true),
            new Track.Interface("eth4", 253, false),
            new Track.Interface("eth5", 0, false));
  }

  @Test
  void an_owner_is_not_weighed() {
    ReadResult result = Conf.body("priority 255\ntrack_interface {\n eth1\n eth2 weight 5\n}");

    assertThat(Conf.router(result).tracks()).containsExactly(new Track.Interface("eth1", 0, false));
    assertThat(Conf.problems(result))
        .containsExactly(
            "10:2: warning: a weight does not change priority 255; 'eth2' is not tracked");
  }

  private static Track.Check check(String script, String track) {
    ReadResult result =
        Conf.read(
            "vrrp_script S {\n"
                + script
                + "\n}\n"
                + Conf.instance("track_script {\n" + track + "\n}"));
    return (Track.Check) Conf.router(result).tracks().getFirst();
  }

  @Test
  void a_script_with_its_defaults() {
    assertThat(check("script \"/bin/check a\"", "S"))
        .isEqualTo(
            new Track.Check(
                new HealthCheckConfig(
                    "S",
                    new HealthCheck.Command(List.of("/bin/check", "a")),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    1,
                    1,
                    false),
                0,
                false));
  }

  @Test
  void a_script_with_everything() {
    Track.Check check =
        check(
            """
            script /bin/check
            interval 7
            timeout 3
            weight -20 reverse
            rise 2
            fall 4
            init_fail
            user app\
            """,
            "S");

    assertThat(check)
        .isEqualTo(
            new Track.Check(
                new HealthCheckConfig(
                    "S",
                    new HealthCheck.Command(List.of("/bin/check")),
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(3),
                    2,
                    4,
                    true),
                -20,
                true));
    assertThat(check("script x\nweight 9", "S weight 5 noreverse").weight()).isEqualTo(5);
    assertThat(check("script x\ninterval 7", "S").check().timeout())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(check("script x\ninterval 0.25", "S").check().interval())
        .isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"/bin/a b c\" ; /bin/a,b,c",
        "/bin/a ; /bin/a",
        "'/bin/a b' ; /bin/a,b",
        "\"/bin/a 'b c' d\" ; /bin/a,b c,d",
        "\"/bin/a \\\"b c\\\"\" ; /bin/a,b c",
        "\"/bin/a # b ! { }\" ; /bin/a,#,b,!,{,}",
        "\"sh -c 'exit 0'\" ; sh,-c,exit 0",
        "\"/bin/a b\\\\ c\" ; /bin/a,b c",
        "\"/bin/a \\\\x41\\\\102\" ; /bin/a,AB",
        "\"/bin/a '' b\" ; /bin/a,,b",
        "\"/bin/a | b\" ; /bin/a,|,b"
      })
  void a_command_is_split_as_by_a_shell_but_not_run_by_one(String written, String argv) {
    assertThat(check("script " + written, "S").check().check())
        .isEqualTo(new HealthCheck.Command(List.of(argv.split(",", -1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "script",
        "script \"\"",
        "script \"a 'b\"",
        "interval 3",
        "script \"</dev/tcp/x/1\""
      })
  void a_script_without_a_command_that_runs_is_not_used(String script) {
    ReadResult result =
        Conf.read("vrrp_script S {\n" + script + "\n}\n" + Conf.instance("track_script { S }"));

    assertThat(Conf.router(result).tracks()).isEmpty();
    assertThat(Conf.problems(result))
        .anyMatch(p -> p.startsWith("1:1: warning: the script 'S' has no command"))
        .anyMatch(p -> p.contains("there is no vrrp_script 'S'"));
  }

  @Test
  void an_instance_that_is_meant_to_have_no_address_is_refused_with_the_reason() {
    ReadResult without =
        Conf.read(
            "vrrp_instance A {\n"
                + " interface eth0\n"
                + " virtual_router_id 51\n"
                + " no_virtual_ipaddress\n"
                + "}\n");

    assertThat(without.config()).isEmpty();
    assertThat(Conf.problems(without))
        .contains(
            "4:2: error: the instance 'A' has no virtual address; it is not used. An advert with an"
                + " address count of 0 is refused by every member that hears it (RFC 9568 section"
                + " 7.1), so each of them would be master; give all of them the same"
                + " virtual_ipaddress");
    assertThat(Conf.router("no_virtual_ipaddress").addresses()).hasSize(1);
  }

  @Test
  void the_node_is_named_by_router_id_or_host_or_else_havip() {
    HavipConfig named = Conf.config(Conf.global("router_id \"a b\"", ""));
    ReadResult bare = KeepalivedReader.read(Conf.instance(""), Conf.FILE, ReadOptions.DEFAULT);

    assertThat(named.name()).isEqualTo("a b");
    assertThat(Conf.config(Conf.body("")).name()).isEqualTo("east.example");
    assertThat(Conf.config(bare).name()).isEqualTo("havip");
  }

  @Test
  void the_startup_delay_delays_the_start() {
    assertThat(Conf.config(Conf.global("vrrp_startup_delay 5.5", "")).startDelay())
        .isEqualTo(Duration.ofMillis(5500));
    assertThat(Conf.problems(Conf.global("vrrp_startup_delay 0", "")))
        .containsExactly(
            "2:20: warning: vrrp_startup_delay must be 0.001 to 4294.967295 seconds, not '0' (using"
                + " 0 s)");
  }

  @Test
  void strict_mode_leaves_out_what_it_forbids() {
    ReadResult result =
        Conf.global(
            "vrrp_strict\nvrrp_down_timer_adverts 9",
            "preempt_delay 4\ngarp_lower_prio_repeat 3\nlower_prio_no_advert off\n"
                + "higher_prio_send_advert\nstate MASTER\npriority 9");
    VirtualRouterConfig router = Conf.router(result);

    assertThat(router.preemption()).isEqualTo(Preemption.AT_ONCE);
    assertThat(router.announcements().lowerPriorityRepeat()).isZero();
    assertThat(router.announcements().lowerPriorityDelay()).isZero();
    assertThat(router.replyToLowerPriority()).isFalse();
    assertThat(router.adviseHigherPriority()).isFalse();
    assertThat(router.downMultiplier()).isEqualTo(3);
    assertThat(Conf.problems(result)).hasSize(6);
  }

  @Test
  void strict_mode_of_an_instance_wins_over_the_global_one() {
    assertThat(Conf.problems(Conf.global("vrrp_strict", "strict_mode off"))).isEmpty();
    assertThat(Conf.problems(Conf.body("strict_mode"))).isEmpty();
    assertThat(Conf.router("strict_mode").replyToLowerPriority()).isFalse();
  }

  @Test
  void strict_reading_refuses_warnings_and_not_notes() {
    ReadOptions strict = Conf.OPTIONS.withStrict(true);
    ReadResult clean =
        KeepalivedReader.read(Conf.instance("unicast_peer { 10.0.0.9 }"), Conf.FILE, strict);
    ReadResult warned = KeepalivedReader.read(Conf.instance("vrf x"), Conf.FILE, strict);

    assertThat(clean.config()).isPresent();
    assertThat(clean.diagnostics()).hasSize(1);
    assertThat(warned.config()).isEmpty();
    assertThat(warned.diagnostics()).hasSize(1);
  }

  @Test
  void a_file_with_two_virtual_ipaddress_blocks_has_both() {
    assertThat(
            Conf.router("virtual_ipaddress { 10.0.0.2 }\n" + VIP.replace("0.1", "0.3")).addresses())
        .hasSize(3);
  }
}
