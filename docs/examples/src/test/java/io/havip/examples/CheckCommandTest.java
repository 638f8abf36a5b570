package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check says and with which exit status. */
class CheckCommandTest {

  private static final String FIRST = "cvm1.conf";
  private static final String SECOND = "cvm2.conf";

  @TempDir private Path folder;

  private record Run(int status, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> command = new ArrayList<>(List.of("check"));
    command.addAll(List.of(arguments));
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(command.toArray(String[]::new));
    return new Run(status, out.toString(), err.toString());
  }

  private static String example(String name) {
    try {
      return Path.of(Objects.requireNonNull(Main.class.getResource(name)).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void without_a_cloud_only_the_file_is_read() {
    Run run = run("-f", example(SECOND));

    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    assertThat(run.out()).contains("VRID 51 on eth0").doesNotContain("HAVIP");
  }

  @Test
  void an_own_address_that_the_file_leaves_out_is_said_in_words() throws IOException {
    String text =
        """
        vrrp_instance a {
          interface eth0
          virtual_router_id 51
          unicast_peer {
            10.0.0.2
          }
          virtual_ipaddress {
            10.0.0.3
          }
        }
        """;

    assertThat(run("-f", file("no-source.conf", text)).out())
        .contains("by unicast from the interface's address to [10.0.0.2]");
  }

  @Test
  void the_pair_of_the_examples_fits_its_subnet_and_the_times_are_told() {
    Run run = run("-f", example(FIRST), "-f", example(SECOND), "--subnet", "172.17.16.0/20");

    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    assertThat(run.out())
        .contains("Nothing in it is known to be wrong for a HAVIP in this VPC.")
        .contains("serves 2.7 to 13.6 s after the crash", "serves 2.8 to 13.7 s after the crash");
  }

  @Test
  void a_slower_cloud_makes_the_times_longer() {
    Run run = run("-f", example(SECOND), "--cloud", "--convergence", "120");

    assertThat(run.out()).contains("serves 2.8 to 123.7 s after the crash");
  }

  @Test
  void what_does_not_fit_is_told_with_place_and_advice_and_status_4() {
    Run run = run("-f", example(SECOND), "--subnet", "172.17.0.0/20");

    assertThat(run.status()).isEqualTo(ExitStatus.UNFIT_FOR_CLOUD);
    assertThat(run.out())
        .contains(
            "cvm2.conf:20:9: error: VI_1: 172.17.16.3 is not in the subnet 172.17.0.0/20",
            "One thing does not fit",
            "use the address of a HAVIP that was allocated from the members' subnet");
  }

  @Test
  void a_warning_is_no_failure_unless_strict() throws IOException {
    String text =
        """
        vrrp_instance A {
          state BACKUP
          interface eth0
          virtual_router_id 51
          unicast_src_ip 10.0.1.11
          unicast_peer {
            10.0.1.12
          }
          check_unicast_src
          virtual_ipaddress {
            10.0.1.50
          }
        }
        """;
    String file = file("a.conf", text);

    assertThat(run("-f", file, "--cloud").status()).isEqualTo(ExitStatus.OK);
    Run strict = run("-f", file, "--cloud", "--strict");
    assertThat(strict.status()).isEqualTo(ExitStatus.UNFIT_FOR_CLOUD);
    assertThat(strict.out()).contains("[no-garp-refresh]", "Not checked, for no --subnet is given");
  }

  @Test
  void one_file_that_cannot_be_used_is_status_2_whatever_the_others_are() throws IOException {
    Run run =
        run("-f", example(FIRST), "-f", file("bad.conf", "vrrp_instance A {\n}\n"), "--cloud");

    assertThat(run.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(run.out()).contains("bad.conf cannot be used.");
  }

  @Test
  void a_wrong_option_is_status_2_and_says_what_is_wrong() {
    Run network = run("-f", example(FIRST), "--subnet", "172.17.16.1/20");
    Run seconds = run("-f", example(FIRST), "--cloud", "--convergence", "-1");

    assertThat(network.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(network.err()).contains("the network is 172.17.16.0/20");
    assertThat(seconds.status()).isEqualTo(ExitStatus.CONFIGURATION);
    assertThat(seconds.err()).contains("'-1' is no number of seconds");
  }

  @Test
  void json_holds_the_same() throws IOException {
    Run run = run("-f", example(SECOND), "--subnet", "172.17.0.0/20", "--json");

    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(run.status()).isEqualTo(ExitStatus.UNFIT_FOR_CLOUD);
    assertThat(json.at("/files/0/usable").asBoolean()).isTrue();
    assertThat(json.at("/files/0/diagnostics")).hasSize(3);
    JsonNode finding = json.at("/cloud/findings/0");
    assertThat(finding.get("rule").asText()).isEqualTo("vip-outside-subnet");
    assertThat(finding.get("severity").asText()).isEqualTo("error");
    assertThat(finding.get("line").asInt()).isEqualTo(20);
    assertThat(finding.get("column").asInt()).isEqualTo(9);
    assertThat(json.at("/cloud/failover/0/after-crash-longest").asDouble()).isEqualTo(13.6875);
    assertThat(json.at("/cloud/not-checked")).isEmpty();
  }

  @Test
  void json_without_a_cloud_has_no_cloud() throws IOException {
    JsonNode json = new ObjectMapper().readTree(run("-f", example(SECOND), "--json").out());

    assertThat(json.has("cloud")).isFalse();
  }
}
