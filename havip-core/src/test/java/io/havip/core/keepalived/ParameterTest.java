package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import io.havip.wire.VrrpAuth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions, parameters and sequences. */
class ParameterTest {

  private static int priority(String definitions, String body) {
    ReadResult result = Conf.read(definitions + "\n" + Conf.instance(body));
    assertThat(Conf.problems(result)).isEmpty();
    return Conf.router(result).priority();
  }

  private static List<String> excluded(String lines) {
    ReadResult result = Conf.body("virtual_ipaddress_excluded {\n" + lines + "\n }");
    assertThat(Conf.problems(result)).isEmpty();
    return Conf.router(result).excludedAddresses().stream()
        .map(VirtualAddress::address)
        .map(Object::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "@east priority 9, 9", "@west priority 9, 100", "@^east priority 9, 100",
    "@^west priority 9, 9", "@ east priority 9, 100", "@EAST priority 9, 100",
    "@east.example priority 9, 100"
  })
  void a_condition_keeps_or_drops_its_line(String line, int priority) {
    assertThat(Conf.router(line).priority()).isEqualTo(priority);
  }

  @Test
  void the_config_id_wins_over_the_host_name() {
    ReadResult result =
        KeepalivedReader.read(
            Conf.instance("@blue priority 9"), Conf.FILE, Conf.OPTIONS.withConfigId("blue"));

    assertThat(Conf.router(result).priority()).isEqualTo(9);
  }

  @Test
  void a_condition_within_and_around_blocks() {
    ReadResult result =
        Conf.body(
            "@west track_interface {\n@west eth1\n@west }\n@east track_interface { @west eth2\n"
                + "eth3\n }\n@west unicast_peer { 10.0.0.9 }");

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.router(result).tracks())
        .extracting(t -> t.label())
        .containsExactly("interface eth3");
  }

  @Test
  void a_line_takes_one_condition() {
    ReadResult result = Conf.body("@east @^west priority 9");

    assertThat(Conf.problems(result))
        .containsExactly("7:7: warning: a line takes one @ condition; the line is not used");
    assertThat(Conf.router(result).priority()).isEqualTo(100);
  }

  @Test
  void conditions_without_any_id_to_compare_with_refuse_the_file() {
    ReadResult result =
        KeepalivedReader.read(Conf.instance("@east priority 9"), Conf.FILE, ReadOptions.DEFAULT);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("7:1: error: there are @ lines, and no config id or host name was given");
  }

  @Test
  void a_parameter_is_replaced_with_and_without_braces() {
    assertThat(priority("$P=95", "priority $P")).isEqualTo(95);
    assertThat(priority("$P=95", "priority ${P}")).isEqualTo(95);
    assertThat(priority("$P=2", "priority 1${P}2")).isEqualTo(122);
    assertThat(priority("  $p_1= 95 \t# c", "priority $p_1")).isEqualTo(95);
    assertThat(priority("$P=eth1", "track_interface { $P }\n priority 7")).isEqualTo(7);
  }

  @Test
  void a_parameter_may_be_defined_anywhere_and_again() {
    assertThat(priority("$P=1\n$P=2", "priority $P")).isEqualTo(2);
    assertThat(priority("", "$P=96\n priority $P")).isEqualTo(96);
    assertThat(priority("", "track_interface { $P=eth1\n$P\n}\n priority 4")).isEqualTo(4);
    assertThat(priority("@east $P=95\n@west $P=96", "priority $P")).isEqualTo(95);
  }

  @Test
  void replacing_is_recursive_and_happens_at_the_time_of_use() {
    assertThat(priority("$P=1${Q}\n$Q=23", "priority ${P}")).isEqualTo(123);
    assertThat(priority("$P=1${Q}\n$Q=23", "priority ${P}\n$Q=44\npriority ${P}")).isEqualTo(144);
  }

  @Test
  void a_value_may_hold_several_words_a_block_a_condition_or_nothing() {
    assertThat(priority("$P=priority 95", "$P")).isEqualTo(95);
    assertThat(priority("$E=", "$E priority 97")).isEqualTo(97);
    assertThat(priority("$C=@west", "$C priority 98")).isEqualTo(100);
    assertThat(priority("$C=@east", "$C priority 98")).isEqualTo(98);
    assertThat(
            Conf.router(Conf.read("$P=track_interface { eth1 }\n" + Conf.instance("$P"))).tracks())
        .hasSize(1);
  }

  @Test
  void parameters_are_replaced_within_quotes() {
    ReadResult result =
        Conf.read(
            "$P=ab\n"
                + Conf.instance("authentication {\n auth_type PASS\n auth_pass \"x${P}y$P z\"\n}"));

    assertThat(Conf.router(result).authentication())
        .isEqualTo(VrrpAuth.SimplePassword.of("xabyab z"));
  }

  @Test
  void an_undefined_parameter_stays_as_it_is() {
    ReadResult result = Conf.body("priority ${Q}\n advert_int 3\n priority $Q");

    assertThat(Conf.problems(result))
        .containsExactly(
            "7:10: warning: the parameter 'Q' is not defined",
            "7:10: warning: priority must be a whole number, 1 to 255, not '${Q}' (using 100)",
            "9:11: warning: priority must be a whole number, 1 to 255, not '$Q' (using 100)");
    assertThat(Conf.router(result).advertInterval().toSeconds()).isEqualTo(3);
  }

  @Test
  void a_template_of_several_lines_with_places_in_the_template() {
    ReadResult result =
        Conf.read(
            """
            $I= \\
            vrrp_instance VI_${N} { # c \\
             interface eth0 \\\s
             virtual_router_id ${N}\\
             @east priority 77 \\
             @west priority 78 \\
             bogus \\
             virtual_ipaddress { \\
             10.0.${N}.1 \\
             } \\
            }
            $N=5
            $I
            $N=6
            $I
            """);

    assertThat(Conf.config(result).routers())
        .extracting(VirtualRouterConfig::name)
        .containsExactly("VI_5", "VI_6");
    assertThat(Conf.config(result).routers())
        .extracting(VirtualRouterConfig::priority)
        .containsExactly(77, 77);
    assertThat(Conf.problems(result))
        .as("said once, where it is written")
        .containsExactly("7:2: warning: the keyword 'bogus' is not known here; it is not used");
  }

  @Test
  void a_template_within_a_template() {
    ReadResult result =
        Conf.read(
            "$E= \\\n 10.1.${M}.${N}\n$I= \\\n virtual_ipaddress_excluded { \\\n $N=1 \\\n $E \\\n"
                + " $N=2 \\\n $E \\\n }\n$M=9\n"
                + Conf.instance("$I"));

    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.router(result).excludedAddresses())
        .extracting(a -> a.address().toString())
        .containsExactly("10.1.9.1", "10.1.9.2");
  }

  @Test
  void predefined_parameters() {
    ReadResult result =
        Conf.body("authentication {\n auth_type PASS\n auth_pass ${_INSTANCE}${_HASH}$_BANG\n }");

    assertThat(Conf.router(result).authentication())
        .isEqualTo(VrrpAuth.SimplePassword.of("east#!"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${_RANDOM}", "${_RANDOM 5 9}", "$_RANDOM", "${_RANDOM 1}"})
  void a_random_value_is_refused(String written) {
    ReadResult result = Conf.body("priority " + written);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result))
        .contains("7:10: error: a random value would differ at each reading; write a number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$P=${P}",
        "$P=x${P}y",
        "$P=${Q}\n$Q=${P}",
        "$P=${Q} $Q=\n$Q=a $P b",
        "$P= \\\n$P \\\n"
      })
  void a_parameter_that_refers_to_itself_is_refused(String definition) {
    ReadResult result = Conf.read(definition + "\n" + Conf.instance("priority ${P}"));

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).anyMatch(p -> p.contains("refers to itself"));
  }

  @Test
  void parameters_that_multiply_without_end_are_refused() {
    StringBuilder text = new StringBuilder("$P0=0123456789\n");
    for (int i = 1; i < 60; i++) {
      text.append("$P%d=${P%d}${P%d}\n".formatted(i, i - 1, i - 1));
    }
    ReadResult result = Conf.read(text + Conf.instance("priority ${P59}"));

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).anyMatch(p -> p.contains("the configuration grows beyond"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "~SEQ(V,1,3) 10.1.${V}.1 | 10.1.1.1,10.1.2.1,10.1.3.1",
        "~SEQ(V, 1, 2, 6) 10.1.${V}.1 | 10.1.1.1,10.1.3.1,10.1.5.1",
        "~SEQ(V,3) 10.1.1.$V | 10.1.1.1,10.1.1.2,10.1.1.3",
        "~SEQ(V,3,1) 10.1.${V}.1 | 10.1.3.1,10.1.2.1,10.1.1.1",
        "~SEQ(V,5,-2,1) 10.1.${V}.1 | 10.1.5.1,10.1.3.1,10.1.1.1",
        "~SEQ(V,0) 10.1.${V}.1 | 10.1.1.1,10.1.0.1",
        "~SEQ(V,010,0x9) 10.1.${V}.1 | 10.1.8.1,10.1.9.1",
        "~SEQ(V,1,2)~SEQ(W,3,4) 10.1.${V}.${W} | 10.1.1.3,10.1.1.4,10.1.2.3,10.1.2.4",
        "~LST(V,1,7) 10.1.${V}.1 | 10.1.1.1,10.1.7.1",
        "~LST({A,B},{1,2},{3,4}) 10.1.${A}.${B} | 10.1.1.2,10.1.3.4",
        "~LST(V,1,2) ~SEQ(W,1,2) 10.1.${V}.${W} | 10.1.1.1,10.1.1.2,10.1.2.1,10.1.2.2",
        "@east ~SEQ(V,1,1) 10.1.${V}.1 | 10.1.1.1",
        "~SEQ(V,1,1) @east 10.1.${V}.1 | 10.1.1.1",
        "$S=2\\n~SEQ(V,$S,${S}) 10.1.${V}.1 | 10.1.2.1"
      })
  void a_sequence_repeats_the_rest_of_its_line(String line, String addresses) {
    assertThat(excluded(line.replace("\\n", "\n"))).isEqualTo(List.of(addresses.split(",", -1)));
  }

  @Test
  void hexadecimal_sequences() {
    assertThat(excluded("~SEQx(V,0x9e,0xa0) fd00::${V}"))
        .containsExactly("fd00::9e", "fd00::9f", "fd00::a0");
  }

  @Test
  void the_last_value_of_a_sequence_stays() {
    assertThat(excluded("$V=7\n~SEQ(V,1,2) 10.1.${V}.1\n10.2.${V}.1"))
        .containsExactly("10.1.1.1", "10.1.2.1", "10.2.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~SEQ(V) x", "~SEQ() x", "~SEQ(V,a,b) x", "~SEQ(V,1,2,3,4) x", "~SEQ(V,1,0,5) x",
        "~SEQ(V,1,-1,5) x", "~SEQ(V,1,2 x", "~SEQx(V,-1,1) x", "~LST(V) x", "~LST() x",
        "~LST({A,B},{1,2,3}) x", "~LST(V,a b) x", "~SEQ(V,1,99999999999999999999) x"
      })
  void a_sequence_that_cannot_be_read_loses_its_line_only(String line) {
    ReadResult result = Conf.body("virtual_ipaddress_excluded {\n" + line + "\n10.0.9.9\n}");

    assertThat(Conf.problems(result))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("8:1: warning: the ~")
        .endsWith("cannot be read; the line is not used");
    assertThat(Conf.router(result).excludedAddresses()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~SEQ(V,1,2000000000)",
        "~SEQ(V,1,2000000000) debug 1",
        "~SEQ(A,1,99999) ~SEQ(B,1,99999) ~SEQ(C,1,99999)"
      })
  void a_sequence_without_end_in_sight_is_refused(String line) {
    ReadResult result = Conf.body(line);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).anyMatch(p -> p.contains("the configuration grows beyond"));
  }

  @Test
  void sequences_nested_without_end_are_refused() {
    ReadResult result = Conf.body("~SEQ(V,1,1) ".repeat(500) + "priority 5");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).anyMatch(p -> p.contains("nested too deeply"));
  }
}
