package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes configurations from the table of keywords. The same seed makes the same ones. */
final class GeneratedCases {

  /**
   * A case and what it is made of.
   *
   * @param keyword the only one, or null if it is a combination
   */
  record Generated(DifferentialCase example, @Nullable Keyword keyword, String value) {

    Optional<KnownDifference> name(String aspect, String difference) {
      return keyword == null
          ? DifferenceRules.ofCombination(example.text(), aspect, difference)
          : DifferenceRules.of(keyword, value, aspect, difference);
    }
  }

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "2",
          "3",
          "100",
          "255",
          "256",
          "4295",
          "-1",
          "x",
          "7x",
          "0.5",
          "1.25",
          "on",
          "off",
          "eth1",
          "10.0.0.9",
          "224.0.0.77",
          "fd00::9",
          "\"a b\"",
          "99999999999",
          "5 6");

  /** Values that fit, for combinations; the others are found by the single ones. */
  private static final Map<String, List<String>> FITTING =
      Map.ofEntries(
          Map.entry("state", List.of("MASTER", "BACKUP", "SLAVE")),
          Map.entry("priority", List.of("1", "100", "254", "255", "300")),
          Map.entry("virtual_router_id", List.of("1", "255")),
          Map.entry("advert_int", List.of("1", "2", "0.5", "3.14", "41", "255")),
          Map.entry("version", List.of("2", "3")),
          Map.entry("preempt_delay", List.of("0", "0.5", "1000")),
          Map.entry("down_timer_adverts", List.of("1", "3", "100")),
          Map.entry("unicast_src_ip", List.of("172.17.16.7", "fd00::7")),
          Map.entry("mcast_src_ip", List.of("172.17.16.7")),
          Map.entry("mcast_dst_ip", List.of("224.0.0.77", "ff02::77")),
          Map.entry("unicast_ttl", List.of("1", "64", "255")),
          Map.entry("nopreempt", List.of("")),
          Map.entry("dont_track_primary", List.of("")),
          Map.entry("garp_master_delay", List.of("0", "3")),
          Map.entry("garp_master_repeat", List.of("0", "2")),
          Map.entry("garp_master_refresh", List.of("0", "60")),
          Map.entry("garp_master_refresh_repeat", List.of("2")),
          Map.entry("garp_lower_prio_delay", List.of("0", "7")),
          Map.entry("garp_lower_prio_repeat", List.of("0", "7")),
          Map.entry("lower_prio_no_advert", List.of("", "off")),
          Map.entry("higher_prio_send_advert", List.of("", "off")),
          Map.entry("unicast_peer {\n10.0.0.8\n}", List.of("")),
          Map.entry("authentication {\nauth_type PASS\nauth_pass secret\n}", List.of("")),
          Map.entry("track_interface {\neth1 weight -20\n}", List.of("")),
          Map.entry("virtual_ipaddress_excluded {\nfd00::99/64\n10.9.9.9/24\n}", List.of("")),
          Map.entry("strict_mode", List.of("", "off")));

  private static final Map<String, List<String>> GLOBALS =
      Map.of(
          "vrrp_version", List.of("2", "3"),
          "vrrp_garp_master_delay", List.of("0", "4"),
          "vrrp_garp_master_repeat", List.of("1", "9"),
          "vrrp_garp_master_refresh", List.of("0", "30"),
          "vrrp_garp_lower_prio_repeat", List.of("0", "2"),
          "vrrp_garp_lower_prio_delay", List.of("6"),
          "vrrp_lower_prio_no_advert", List.of("", "off"),
          "vrrp_higher_prio_send_advert", List.of("", "off"),
          "vrrp_down_timer_adverts", List.of("5"),
          "vrrp_mcast_group4", List.of("224.0.0.99"));

  /** What can be tracked. */
  private static final String OBJECTS =
      """
      vrrp_script S {
       script /usr/bin/true
       weight 3
      }
      track_file F {
       file /tmp/x
      }
      vrrp_track_process P {
       process sshd
       weight -4
      }
      """;

  private static final Map<String, List<String>> TRACKED =
      Map.of(
          "track_interface", List.of("eth1", "eth1 weight 5", "eth1 weight -5 reverse"),
          "track_script", List.of("S", "S weight 5", "S weight -9 reverse", "S weight 0"),
          "track_file", List.of("F", "F weight 5", "F weight -2 reverse", "F weight 0"),
          "track_process", List.of("P", "P weight 5", "P weight -254 reverse", "P weight 0"));

  private static final Map<String, List<String>> OF_A_GROUP =
      Map.of(
          "sync_group_tracking_weight", List.of(""),
          "notify", List.of("/usr/bin/true", "\"/usr/bin/true a\""),
          "notify_master", List.of("/usr/bin/true", "/usr/bin/false root"),
          "notify_stop", List.of("/usr/bin/true"));

  /** The values of these name something of the host, or the case would be the plain one. */
  private static final Set<String> NOT_GENERATED = Set.of("include_check");

  private GeneratedCases() {}

  /**
   * A part of {@link #single()} that is the same at each run: every keyword, those that work with
   * more values than the others.
   */
  static List<Generated> sample() {
    List<Generated> part = new ArrayList<>();
    int index = 0;
    for (Generated each : single()) {
      boolean works = each.keyword() != null && each.keyword().status() == Keyword.Status.WORKS;
      if (index++ % (works ? 4 : 15) == 0) {
        part.add(each);
      }
    }
    return part;
  }

  /** Every keyword that takes no block, with each of the values. */
  static List<Generated> single() {
    List<Generated> cases = new ArrayList<>();
    for (Keyword keyword : Keywords.ALL) {
      boolean block = keyword.inside() != null;
      if (block || NOT_GENERATED.contains(keyword.name())) {
        continue;
      }
      for (String value : VALUES) {
        String statement = (" " + keyword.name() + " " + value).stripTrailing();
        String text = place(keyword, statement);
        if (!text.isEmpty()) {
          cases.add(
              new Generated(of("[" + keyword.block() + "]" + statement, text), keyword, value));
        }
      }
    }
    return cases;
  }

  private static String place(Keyword keyword, String statement) {
    return switch (keyword.block()) {
      case GLOBAL_DEFS -> "global_defs {\n" + statement + "\n}\n" + Conf.instance("");
      case VRRP_INSTANCE -> Conf.instance(statement);
      case VRRP_SCRIPT ->
          "vrrp_script S {\n script /usr/bin/true\n%s\n}\n%s"
              .formatted(statement, Conf.instance(" track_script {\n S\n }"));
      case TRACK_FILE ->
          "track_file F {\n file /tmp/x\n%s\n}\n%s"
              .formatted(statement, Conf.instance(" track_file {\n F\n }"));
      case TRACK_PROCESS ->
          "vrrp_track_process P {\n process sshd\n%s\n}\n%s"
              .formatted(statement, Conf.instance(" track_process {\n P\n }"));
      case SYNC_GROUP -> group(statement);
      default -> "";
    };
  }

  /** Two instances in a sync group with these statements, and what it may track. */
  static String group(String statements) {
    return OBJECTS
        + Conf.instance("")
        + "vrrp_instance B {\n interface eth0\n virtual_router_id 52\n"
        + " virtual_ipaddress {\n 10.0.0.2\n }\n}\n"
        + "vrrp_sync_group G {\n group {\n A\n B\n }\n"
        + statements
        + "\n}\n";
  }

  /** Instances and globals of several keywords each, in any order. */
  static List<Generated> combined(int count, long seed) {
    Random random = new Random(seed);
    List<Generated> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String globals = some(GLOBALS, random, random.nextInt(4));
      String body = some(FITTING, random, 2 + random.nextInt(6));
      String text = "global_defs {\n" + globals + "}\n" + Conf.instance(body);
      String name = "[combined] " + (globals + "## " + body).replace('\n', ';');
      cases.add(new Generated(of(name, text), null, ""));
    }
    return cases;
  }

  /** Sync groups, and what their instances and they themselves track. */
  static List<Generated> groups(int count, long seed) {
    Random random = new Random(seed);
    List<Generated> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String ofGroup = tracked(random) + some(OF_A_GROUP, random, random.nextInt(3));
      String ofInstance = tracked(random) + some(FITTING, random, random.nextInt(2));
      String text = group(ofGroup).replaceFirst("(10\\.0\\.0\\.1\n }\n)", "$1" + ofInstance);
      String name = "[group] " + (ofInstance + "## " + ofGroup).replace('\n', ';');
      cases.add(new Generated(of(name, text), null, ""));
    }
    return cases;
  }

  private static String tracked(Random random) {
    StringBuilder text = new StringBuilder();
    TRACKED.keySet().stream()
        .sorted()
        .forEach(block -> {
          if (random.nextInt(3) == 0) {
            List<String> lines = TRACKED.getOrDefault(block, List.of());
            text.append(' ').append(block).append(" {\n ");
            text.append(lines.get(random.nextInt(lines.size()))).append("\n }\n");
          }
        });
    return text.toString();
  }

  private static String some(Map<String, List<String>> from, Random random, int count) {
    List<String> names = from.keySet().stream().sorted().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String name = names.get(random.nextInt(names.size()));
      List<String> values = from.get(name);
      text.append(' ').append(name).append(' ');
      text.append(values.get(random.nextInt(values.size()))).append('\n');
    }
    return text.toString();
  }

  private static DifferentialCase of(String name, String text) {
    return new DifferentialCase(name, text, Map.of(), Map.of());
  }
}
