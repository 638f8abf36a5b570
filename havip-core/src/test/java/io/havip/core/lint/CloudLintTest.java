package io.havip.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import io.havip.core.lint.Finding.Severity;
import io.havip.net.Cidr;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for what each rule finds, and one for what it leaves alone. */
class CloudLintTest {

  private static final CloudProfile CLOUD =
      CloudProfile.DEFAULT.withSubnets(List.of(Cidr.parse("10.0.1.0/24")));

  /** An instance that no rule complains about. */
  private static final String GOOD =
      """
      vrrp_instance A {
        state BACKUP
        interface eth0
        virtual_router_id 51
        nopreempt
        unicast_src_ip 10.0.1.11
        unicast_peer {
          10.0.1.12
        }
        virtual_ipaddress {
          10.0.1.50
        }
        garp_master_refresh 5
      }
      """;

  private static ReadResult read(String name, String text) {
    ReadResult result = KeepalivedReader.read(text, name, ReadOptions.forHost("host"));
    assertThat(result.config()).as("%s", result.diagnostics()).isPresent();
    return result;
  }

  private static List<Finding> lint(CloudProfile cloud, String... texts) {
    List<ReadResult> files =
        IntStream.range(0, texts.length).mapToObj(i -> read("f" + (i + 1), texts[i])).toList();
    return CloudLint.check(files, cloud).findings();
  }

  /** What is found in the good instance with one text replaced by another. */
  private static List<Finding> changed(String from, String to) {
    assertThat(GOOD).contains(from);
    return lint(CLOUD, GOOD.replace(from, to));
  }

  private static void assertOne(
      List<Finding> findings, CloudRule rule, Severity severity, String place, String words) {
    assertThat(findings).as("%s", findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.rule()).isEqualTo(rule);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.place()).hasToString(place);
    assertThat(finding.what()).contains(words);
    assertThat(finding.advice()).isNotBlank();
  }

  @Test
  void a_good_file_has_no_finding() {
    assertThat(lint(CLOUD, GOOD)).isEmpty();
  }

  @Test
  void the_two_files_of_one_group_do_not_share_a_vrid_wrongly() {
    String peer = GOOD.replace(".11", ".X").replace(".12", ".11").replace(".X", ".12");

    assertThat(lint(CLOUD, GOOD, peer)).isEmpty();
  }

  @Test
  void a_vip_outside_the_subnet_is_found() {
    List<Finding> findings = changed("10.0.1.50", "10.0.2.50");

    assertOne(
        findings,
        CloudRule.VIP_OUTSIDE_SUBNET,
        Severity.ERROR,
        "f1:11:5",
        "10.0.2.50 is not in the subnet 10.0.1.0/24");
  }

  @Test
  void an_excluded_vip_outside_the_subnet_is_found_in_its_own_line() {
    List<Finding> findings =
        changed("  garp", "  virtual_ipaddress_excluded {\n    10.9.9.9/24 dev eth1\n  }\n  garp");

    assertOne(
        findings, CloudRule.VIP_OUTSIDE_SUBNET, Severity.ERROR, "f1:14:5", "10.9.9.9 is not in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.1.0", "10.0.1.1", "10.0.1.255"})
  void the_first_two_addresses_and_the_last_are_reserved(String reserved) {
    List<Finding> findings = changed("10.0.1.50", reserved);

    assertOne(
        findings, CloudRule.VIP_RESERVED, Severity.ERROR, "f1:11:5", reserved + " is reserved");
    assertThat(findings.getFirst().advice()).contains("10.0.1.2 and 10.0.1.254");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.1.2", "10.0.1.254"})
  void the_addresses_beside_them_are_not(String usable) {
    assertThat(changed("10.0.1.50", usable)).isEmpty();
  }

  @Test
  void without_a_subnet_addresses_are_not_judged_and_the_report_says_so() {
    ReadResult file = read("f1", GOOD.replace("10.0.1.50", "10.0.2.0"));

    LintReport report = CloudLint.check(List.of(file), CloudProfile.DEFAULT);

    assertThat(report.findings()).isEmpty();
    assertThat(report.notChecked())
        .containsExactlyInAnyOrder(
            CloudRule.VIP_OUTSIDE_SUBNET, CloudRule.VIP_RESERVED, CloudRule.MEMBER_OUTSIDE_SUBNET);
  }

  @Test
  void one_of_several_subnets_is_enough() {
    CloudProfile two =
        CLOUD.withSubnets(List.of(Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.1.0/24")));

    assertThat(lint(two, GOOD)).isEmpty();
  }

  @Test
  void a_member_of_another_subnet_is_found_own_address_and_peer() {
    assertOne(
        changed("10.0.1.11", "10.0.2.11"),
        CloudRule.MEMBER_OUTSIDE_SUBNET,
        Severity.ERROR,
        "f1:6:3",
        "the member 10.0.2.11 is outside 10.0.1.0/24");
    assertOne(
        changed("10.0.1.12", "10.0.2.12"),
        CloudRule.MEMBER_OUTSIDE_SUBNET,
        Severity.ERROR,
        "f1:8:5",
        "the member 10.0.2.12 is outside 10.0.1.0/24");
  }

  @Test
  void state_master_with_nopreempt_is_found() {
    assertOne(
        changed("BACKUP", "MASTER"),
        CloudRule.MASTER_WITH_NOPREEMPT,
        Severity.WARNING,
        "f1:2:3",
        "state MASTER makes nopreempt void");
  }

  @Test
  void state_master_alone_is_not() {
    assertThat(lint(CLOUD, GOOD.replace("BACKUP", "MASTER").replace("nopreempt", "priority 90")))
        .isEmpty();
  }

  private static final String MULTICAST =
      GOOD.replaceAll("(?s)  unicast_src_ip.*?  virtual_ip", "  virtual_ip");

  @Test
  void multicast_in_a_vpc_that_drops_it_is_found() {
    assertOne(
        lint(CLOUD, MULTICAST),
        CloudRule.MULTICAST_DROPPED,
        Severity.ERROR,
        "f1:1:1",
        "every member elects itself");
  }

  @Test
  void multicast_in_a_vpc_that_carries_it_is_not() {
    assertThat(lint(CLOUD.withMulticast(true), MULTICAST)).isEmpty();
  }

  @Test
  void strict_mode_is_found_whether_global_or_of_an_instance() {
    assertOne(
        lint(CLOUD, "global_defs {\n  vrrp_strict\n}\n" + GOOD),
        CloudRule.STRICT_MODE,
        Severity.ERROR,
        "f1:2:3",
        "vrrp_strict forbids");
    assertOne(
        changed("  nopreempt", "  nopreempt\n  strict_mode on"),
        CloudRule.STRICT_MODE,
        Severity.ERROR,
        "f1:6:3",
        "strict_mode forbids");
  }

  @Test
  void strict_mode_that_is_off_is_not() {
    assertThat(changed("  nopreempt", "  nopreempt\n  strict_mode off")).isEmpty();
  }

  @Test
  void a_missing_refresh_of_announcements_is_found() {
    assertOne(
        changed("  garp_master_refresh 5\n", ""),
        CloudRule.NO_GARP_REFRESH,
        Severity.WARNING,
        "f1:1:1",
        "at the takeover only");
  }

  @Test
  void a_refresh_given_for_all_instances_is_enough() {
    assertThat(
            lint(
                CLOUD,
                "global_defs {\n  vrrp_garp_master_refresh 5\n}\n"
                    + GOOD.replace("  garp_master_refresh 5\n", "")))
        .isEmpty();
  }

  @Test
  void a_virtual_mac_is_found() {
    assertOne(
        changed("  nopreempt\n", "  nopreempt\n  use_vmac\n"),
        CloudRule.VIRTUAL_MAC,
        Severity.ERROR,
        "f1:6:3",
        "the interface's own");
  }

  private static final String OTHER_GROUP =
      GOOD.replace("10.0.1.50", "10.0.1.60")
          .replace("eth0", "eth1")
          .replace("instance A", "instance B");

  @Test
  void a_vrid_two_groups_share_is_found_across_files_and_subnets() {
    assertOne(
        lint(CLOUD, GOOD, OTHER_GROUP),
        CloudRule.VRID_SHARED,
        Severity.WARNING,
        "f2:4:3",
        "the VRID 51 is that of A too (f1:4:3)");
  }

  @Test
  void it_is_found_within_one_file_too() {
    assertOne(
        lint(CLOUD, GOOD + OTHER_GROUP),
        CloudRule.VRID_SHARED,
        Severity.WARNING,
        "f1:18:3",
        "the VRID 51 is that of A too (f1:4:3)");
  }

  @Test
  void by_multicast_it_is_an_error_for_each_obeys_the_other() {
    String other = MULTICAST.replace("10.0.1.50", "10.0.1.60").replace("instance A", "instance B");

    assertOne(
        lint(CLOUD.withMulticast(true), MULTICAST, other),
        CloudRule.VRID_SHARED,
        Severity.ERROR,
        "f2:4:3",
        "each group obeys the other's adverts");
  }

  @Test
  void where_multicast_is_dropped_they_do_not_hear_each_other_and_it_is_a_warning() {
    String other = MULTICAST.replace("10.0.1.50", "10.0.1.60").replace("instance A", "instance B");

    assertThat(lint(CLOUD, MULTICAST, other))
        .filteredOn(finding -> finding.rule() == CloudRule.VRID_SHARED)
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void the_same_vrid_of_the_other_family_is_no_finding() {
    String six = MULTICAST.replace("10.0.1.50", "fe80::50").replace("instance A", "instance B");

    assertThat(lint(CLOUD.withSubnets(List.of()).withMulticast(true), MULTICAST, six)).isEmpty();
  }

  @Test
  void another_vrid_is_no_finding() {
    assertThat(lint(CLOUD, GOOD, OTHER_GROUP.replace("id 51", "id 52"))).isEmpty();
  }

  private static String withAddresses(int count, String more) {
    String lines =
        IntStream.range(50, 50 + count)
            .mapToObj(i -> "    10.0.1." + i)
            .reduce((a, b) -> a + "\n" + b)
            .orElseThrow();
    return GOOD.replace("    10.0.1.50", lines)
        .replace("  garp_master_refresh", more + "  garp_master_refresh");
  }

  @Test
  void more_than_five_addresses_on_an_interface_with_a_burst_are_found() {
    assertOne(
        lint(CLOUD, withAddresses(6, "")),
        CloudRule.GARP_BURST,
        Severity.WARNING,
        "f1:1:1",
        "6 addresses on one interface send 30 announcements at once");
  }

  @Test
  void five_addresses_or_one_announcement_each_are_not() {
    assertThat(lint(CLOUD, withAddresses(5, ""))).isEmpty();
    assertThat(lint(CLOUD, withAddresses(6, "  garp_master_repeat 1\n"))).isEmpty();
  }

  @Test
  void the_addresses_of_all_instances_of_an_interface_count() {
    String second =
        withAddresses(3, "")
            .replace("10.0.1.5", "10.0.1.6")
            .replace("instance A", "instance B")
            .replace("id 51", "id 52");

    assertOne(
        lint(CLOUD, withAddresses(3, "") + second),
        CloudRule.GARP_BURST,
        Severity.WARNING,
        "f1:1:1",
        "6 addresses on one interface");
    assertThat(lint(CLOUD, withAddresses(3, "") + second.replace("eth0", "eth1"))).isEmpty();
  }

  @Test
  void a_preempt_delay_that_looks_like_minutes_is_found() {
    List<Finding> findings = changed("nopreempt", "preempt_delay 10");

    assertOne(
        findings,
        CloudRule.PREEMPT_DELAY_UNIT,
        Severity.WARNING,
        "f1:5:3",
        "preempt_delay 10 is 10 seconds, not minutes");
    assertThat(findings.getFirst().advice()).contains("preempt_delay 600");
  }

  @Test
  void a_preempt_delay_of_minutes_is_not() {
    assertThat(changed("nopreempt", "preempt_delay 300")).isEmpty();
    assertThat(changed("nopreempt", "preempt_delay 0")).isEmpty();
  }

  private static String withScript(String settings) {
    return "vrrp_script web {\n  script \"/bin/true\"\n"
        + settings
        + "}\n"
        + GOOD.replace("  garp", "  track_script {\n    web\n  }\n  garp");
  }

  @Test
  void a_check_without_patience_is_found() {
    assertOne(
        lint(CLOUD, withScript("  interval 1\n")),
        CloudRule.IMPATIENT_CHECK,
        Severity.WARNING,
        "f1:3:3",
        "1.0 s without an answer count as a failure");
    assertOne(
        lint(CLOUD, withScript("  interval 5\n  timeout 1\n")),
        CloudRule.IMPATIENT_CHECK,
        Severity.WARNING,
        "f1:4:3",
        "timeout 1.0 s, interval 5.0 s, fall 1");
  }

  @Test
  void a_patient_check_is_not() {
    assertThat(lint(CLOUD, withScript("  interval 2\n"))).isEmpty();
    assertThat(lint(CLOUD, withScript("  interval 1\n  fall 2\n"))).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_used_is_passed_over() {
    ReadResult bad = KeepalivedReader.read("vrrp_instance A {\n}\n", "bad", ReadOptions.DEFAULT);

    LintReport report = CloudLint.check(List.of(bad, read("f1", GOOD)), CLOUD);

    assertThat(report.findings()).isEmpty();
    assertThat(report.failoverTimes()).hasSize(1);
  }

  @Test
  void no_two_rules_have_one_id() {
    assertThat(Stream.of(CloudRule.values()).map(CloudRule::id)).doesNotHaveDuplicates();
  }
}
