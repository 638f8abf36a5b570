package io.havip.core.keepalived;

import static io.havip.core.keepalived.Conf.VIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualRouterConfig;
import io.havip.wire.VrrpAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each rule of the grammar. */
class GrammarTest {

  private static final String REST =
      " interface eth0\n virtual_router_id 51\n virtual_ipaddress { 10.0.0.1 }\n";

  private static void assertReadsClean(String text) {
    ReadResult result = Conf.read(text);
    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.router(result).vrid()).isEqualTo(51);
    assertThat(Conf.router(result).addresses()).hasSize(1);
  }

  private static VrrpAuth password(String written) {
    return Conf.router("authentication {\n auth_type PASS\n auth_pass " + written + "\n }")
        .authentication();
  }

  @Test
  void a_brace_ends_a_line_so_that_blocks_fit_on_one() {
    ReadResult result =
        Conf.body("track_interface { eth1 } priority 99\n authentication {} advert_int 2");

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.router(result).tracks()).hasSize(1);
    assertThat(Conf.router(result).priority()).isEqualTo(99);
    assertThat(Conf.router(result).advertInterval().toSeconds()).isEqualTo(2);
  }

  @Test
  void braces_need_no_space_around_them() {
    assertReadsClean(
        "vrrp_instance A{interface eth0\nvirtual_router_id 51\nvirtual_ipaddress{10.0.0.1}}");
  }

  @Test
  void the_opening_brace_may_stand_on_a_later_line() {
    assertReadsClean("vrrp_instance A\n\n # comment\n{\n" + REST + "}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", " \n", "\t\n", "\n\n\n", " # c\n", "\r\r\n"})
  void line_ends_and_blanks_do_not_matter(String end) {
    assertReadsClean(("vrrp_instance A {\n" + REST + "}\n").replace("\n", end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", "  ", "\f", "\u000b"})
  void words_are_separated_by_any_white_space(String space) {
    assertReadsClean(("vrrp_instance A {\n" + REST + "}\n").replace(" ", space));
  }

  @Test
  void the_last_line_needs_no_end() {
    assertReadsClean("vrrp_instance A {\n" + REST + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "!"})
  void a_comment_starts_anywhere_even_within_a_word(String sign) {
    assertReadsClean(
        "vrrp_instance A {Xc\n interface eth0Xc { \" }\n virtual_router_id 51X\n".replace("X", sign)
            + " virtual_ipaddress {Xc\n 10.0.0.1Xc\n }X}\n}X".replace("X", sign));
  }

  @ParameterizedTest
  @CsvSource({
    "ab!cd, ab", "ab#cd, ab", "a\\#b, a#b", "a\\!b, a!b", "a\\\\#b, a\\\\", "a\\nb, a\\nb",
    "a'b, a'b", "//, //", "ab\"c d\"e, ab", "\"a b\", a b", "\"a#b!\", a#b!", "\"{}\", {}",
    "\"a\\#b\", a\\#b", "\"a\"#b, a", "$a, $a", "~a, ~a", "@a, @a"
  })
  void comments_quotes_and_escapes_in_a_password(String written, String read) {
    assertThat(password(written)).isEqualTo(VrrpAuth.SimplePassword.of(read));
  }

  @Test
  void two_slashes_start_no_comment() {
    ReadResult result = Conf.body("// x");

    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: the keyword '//' is not known here; it is not used");
  }

  @Test
  void a_quote_that_is_not_closed_loses_its_word_only() {
    ReadResult result = Conf.body("priority 9\n mcast_src_ip 10.0.0.7 \"abc # }\n advert_int 3");

    assertThat(Conf.problems(result))
        .containsExactly("8:24: warning: the quote is not closed; what follows it is not used");
    assertThat(Conf.router(result).advertInterval().toSeconds()).isEqualTo(3);
  }

  @Test
  void a_quote_does_not_span_lines() {
    ReadResult result = Conf.body("router_priority \"9\n1\"\n");

    assertThat(Conf.problems(result)).hasSize(4);
    assertThat(result.config()).isPresent();
  }

  @Test
  void keywords_are_case_sensitive() {
    ReadResult result = Conf.body("Priority 80");

    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: the keyword 'Priority' is not known here; it is not used");
    assertThat(Conf.router(result).priority()).isEqualTo(100);
  }

  @Test
  void an_unknown_block_is_passed_over_whole_and_loses_nothing_behind_it() {
    ReadResult result =
        Conf.read(
            "future x { a { priority 1\n } b\n}\nvrrp_instance A {\n future {\n priority 7\n"
                + " virtual_ipaddress { 1.1.1.1 }\n deep { deeper { x } }\n }\n"
                + REST
                + " priority 9\n}\n");

    assertThat(Conf.problems(result))
        .containsExactly(
            "1:1: warning: the block 'future' is not known here; it is not used",
            "5:2: warning: the block 'future' is not known here; it is not used");
    assertThat(Conf.router(result).priority()).isEqualTo(9);
    assertThat(Conf.router(result).addresses()).hasSize(1);
  }

  @Test
  void an_unknown_block_keeps_even_an_instance_within_it() {
    ReadResult result =
        Conf.read("future {\n vrrp_instance X {\n }\n}\n" + Conf.instance("priority 9"));

    assertThat(Conf.problems(result))
        .containsExactly("1:1: warning: the block 'future' is not known here; it is not used");
  }

  @Test
  void the_lvs_part_is_passed_over_with_a_note() {
    ReadResult result =
        Conf.read(
            "virtual_server 10.0.0.9 80 {\n real_server 10.0.0.10 80 {\n weight 1\n"
                + " TCP_CHECK { connect_timeout 3\n }\n }\n}\nvirtual_server_group g {\n x\n}\n"
                + Conf.instance(""));

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.notes(result))
        .containsExactly(
            "1:1: note: virtual_server is not needed: the LVS part of Keepalived. It is passed"
                + " over",
            "8:1: note: virtual_server_group is not needed: the LVS part of Keepalived. It is"
                + " passed over");
  }

  @Test
  void a_missing_closing_brace_at_the_end_is_reported_with_its_block() {
    ReadResult result = Conf.read("vrrp_instance A {\n" + REST + " priority 97\n");

    assertThat(Conf.problems(result))
        .containsExactly("1:1: warning: the '}' of this block is missing");
    assertThat(Conf.router(result).priority()).isEqualTo(97);
  }

  @Test
  void a_missing_closing_brace_is_mended_where_the_next_instance_begins() {
    String b = "vrrp_instance B\n{\n" + REST.replace("51", "52").replace("0.1", "0.2") + "}\n";
    ReadResult result = Conf.read("vrrp_instance A {\n" + REST + " track_interface {\n eth1\n" + b);

    assertThat(Conf.problems(result))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("7:1: warning: a '}'");
    assertThat(Conf.config(result).routers())
        .extracting(VirtualRouterConfig::name, VirtualRouterConfig::vrid)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", 51),
            org.assertj.core.groups.Tuple.tuple("B", 52));
  }

  @Test
  void a_surplus_closing_brace_is_reported_and_passed_over() {
    ReadResult result = Conf.read("}\n" + Conf.instance("") + " } \n");

    assertThat(Conf.problems(result))
        .containsExactly(
            "1:1: warning: '}' closes nothing; it is not used",
            "10:2: warning: '}' closes nothing; it is not used");
  }

  @Test
  void a_surplus_opening_brace_keeps_its_content() {
    ReadResult result = Conf.read("vrrp_instance A { {\n" + REST + " }\n}\n");

    assertThat(Conf.problems(result))
        .containsExactly("1:19: warning: '{' without a name before it; its content is used");
    assertThat(Conf.router(result).vrid()).isEqualTo(51);
  }

  @Test
  void a_block_behind_a_plain_keyword_keeps_its_content() {
    ReadResult result = Conf.body("priority 80 {\n advert_int 3\n }");

    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: priority takes no block; its content is used");
    assertThat(Conf.router(result).priority()).isEqualTo(80);
    assertThat(Conf.router(result).advertInterval().toSeconds()).isEqualTo(3);
  }

  @Test
  void a_block_keyword_without_brace_is_reported() {
    ReadResult result = Conf.body("track_interface\npriority 96");

    assertThat(Conf.problems(result))
        .containsExactly("7:1: warning: the '{' behind track_interface is missing");
    assertThat(Conf.router(result).priority()).isEqualTo(96);
  }

  @Test
  void words_behind_a_value_give_a_note_and_words_before_a_brace_a_warning() {
    ReadResult result = Conf.body("priority 120 130\n track_interface x { eth1 }");

    assertThat(Conf.router(result).priority()).isEqualTo(120);
    assertThat(Conf.notes(result))
        .containsExactly("7:14: note: words behind the value of priority are not used");
    assertThat(Conf.problems(result))
        .containsExactly("8:18: warning: words between track_interface and '{' are not used");
  }

  @Test
  void the_last_of_several_values_counts() {
    assertThat(Conf.router("priority 9\n priority 8").priority()).isEqualTo(8);
  }

  @Test
  void a_byte_order_mark_is_passed_over_with_a_note() {
    ReadResult result = Conf.read("\uFEFF" + Conf.instance(""));

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.notes(result)).hasSize(1).first().asString().contains("byte-order mark");
  }

  @Test
  void a_backslash_at_the_end_continues_nothing_but_a_definition() {
    ReadResult result = Conf.body("priority \\\n51");

    assertThat(Conf.problems(result))
        .containsExactly(
            "7:10: warning: priority must be a whole number, 1 to 255, not '\\' (using 100)",
            "8:1: warning: the keyword '51' is not known here; it is not used");
  }

  @Test
  void switches_take_six_words_and_mean_on_without_one() {
    for (String on : new String[] {"", "on", "true", "yes"}) {
      assertThat(Conf.router("lower_prio_no_advert " + on).replyToLowerPriority()).isFalse();
    }
    for (String off : new String[] {"off", "false", "no"}) {
      assertThat(Conf.router("lower_prio_no_advert " + off).replyToLowerPriority()).isTrue();
    }
    assertThat(Conf.problems(Conf.body("lower_prio_no_advert Yes")))
        .containsExactly(
            "7:22: warning: lower_prio_no_advert must be on or off, not 'Yes' (using the default)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x40", "120x", "1.5", "5.", "-1", "", "5 ", "1e1", "٣"})
  void numbers_are_decimal_only(String written) {
    assertThat(Conf.router("priority \"" + written + "\"").priority()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"+5, 5", "010, 10", "' 5', 5"})
  void numbers_may_have_a_plus_zeros_and_blanks_before_them(String written, int read) {
    assertThat(Conf.router("priority \"" + written + "\"").priority()).isEqualTo(read);
  }

  @Test
  void columns_count_characters_from_one_and_a_tab_is_one() {
    ReadResult result = Conf.body("\t\tpriority\t300 # é");

    assertThat(result.diagnostics())
        .singleElement()
        .satisfies(d -> {
          assertThat(d.line()).isEqualTo(7);
          assertThat(d.column()).isEqualTo(12);
          assertThat(d.keyword()).isEqualTo("priority");
          assertThat(d.usedInstead()).isEqualTo("100");
        });
  }

  @Test
  void diagnostics_come_in_the_order_of_the_file_whatever_the_order_of_reading() {
    ReadResult result =
        Conf.read(
            Conf.instance("priority 300\n advert_int x")
                + "global_defs {\n vrrp_version 9\n}\nvrrp_script S {\n}\n");

    assertThat(result.diagnostics()).extracting(Diagnostic::line).isSorted().hasSize(4);
  }

  @Test
  void globals_and_scripts_may_stand_behind_their_use() {
    ReadResult result =
        Conf.read(
            Conf.instance("track_script { S }")
                + "vrrp_script S {\n script \"/bin/true\"\n}\n"
                + "global_defs {\n vrrp_garp_master_delay 7\n}\n");

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.router(result).tracks()).hasSize(1);
    assertThat(Conf.router(result).announcements().secondRoundDelay().toSeconds()).isEqualTo(7);
  }

  @Test
  void blocks_nested_without_end_are_refused() {
    ReadResult result = Conf.read("a {\n".repeat(1000) + VIP);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).anyMatch(p -> p.contains("nested too deeply"));
  }
}
