package io.havip.core.keepalived;

import io.havip.NotifyFifo;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads {@code global_defs}: what the instances start from. */
final class Globals implements Section.Handler {

  /** Keepalived keeps it in microseconds in 32 bits. */
  private static final String LONGEST_SPACING = "4294.967295";

  private final Report report;
  private final Values values;
  private final CommandRules commands;
  private final NotifyFifos notifyFifos;
  private final Duration sinceBoot;

  private Optional<String> routerId = Optional.empty();
  private Optional<Word> defaultInterface = Optional.empty();
  private VrrpVersion version = VrrpVersion.V2;
  private @Nullable IpAddress group4;
  private @Nullable IpAddress group6;
  private boolean minimal;
  private @Nullable Long delay;
  private @Nullable Long repeat;
  private @Nullable Long refresh;
  private @Nullable Long refreshRepeat;
  private @Nullable Long lowerDelay;
  private @Nullable Long lowerRepeat;
  private int downAdverts = 3;
  private boolean lowerNoAdvert;
  private boolean ownerIgnores;

  /**
   * Keepalived's default is off: after a partition its winner then never hears the loser, and does
   * not announce the addresses again.
   */
  private boolean higherSendAdvert = true;

  private boolean dynamicInterfaces;
  private boolean checkUnicastSource;
  private boolean strict;
  private boolean messageOnlyChecksum;
  private boolean notifyPriorityChanges;
  private long startDelayMicros;
  private long bootDelayMicros;
  private long arpSpacingMicros;
  private long neighborSpacingMicros;

  Globals(Report report, ReadOptions options) {
    this.report = report;
    commands = new CommandRules(report, options);
    notifyFifos = new NotifyFifos(report, commands);
    sinceBoot = options.sinceBoot().orElse(Duration.ZERO);
    values = new Values(report);
  }

  @Override
  public void works(Keyword keyword, Node node) {
    String name = keyword.name();
    switch (name) {
      case "router_id" -> routerId(node);
      case "default_interface" -> defaultInterface(node);
      case "dynamic_interfaces" -> dynamicInterfaces(node);
      case "vrrp_version" -> version(node);
      case "vrrp_mcast_group4" -> group4 = group(node, IpFamily.IPV4, group4);
      case "vrrp_mcast_group6" -> group6 = group(node, IpFamily.IPV6, group6);
      case "vrrp_garp_master_delay" -> delay = number(node, 0, Garp.LONGEST_DELAY, delay);
      case "vrrp_garp_master_repeat" -> repeat = repeat(node, repeat);
      case "vrrp_garp_master_refresh" -> refresh = number(node, 0, Garp.LONGEST_REFRESH, refresh);
      case "vrrp_garp_master_refresh_repeat" -> refreshRepeat = repeat(node, refreshRepeat);
      case "vrrp_garp_lower_prio_delay" ->
          lowerDelay = number(node, 0, Garp.LONGEST_DELAY, lowerDelay);
      case "vrrp_garp_lower_prio_repeat" ->
          lowerRepeat = number(node, 0, Integer.MAX_VALUE, lowerRepeat);
      case "vrrp_garp_interval" -> arpSpacingMicros = spacing(node, arpSpacingMicros);
      case "vrrp_gna_interval" -> neighborSpacingMicros = spacing(node, neighborSpacingMicros);
      case "vrrp_min_garp" -> minimal = values.onOff(node, name).orElse(minimal);
      case "vrrp_down_timer_adverts" -> {
        OptionalLong adverts = values.whole(first(node), name, 1, 100, downAdverts + "");
        downAdverts = (int) adverts.orElse(downAdverts);
      }
      case "vrrp_lower_prio_no_advert" ->
          lowerNoAdvert = values.onOff(node, name).orElse(lowerNoAdvert);
      case "vrrp_higher_prio_send_advert" ->
          higherSendAdvert = values.onOff(node, name).orElse(higherSendAdvert);
      case "vrrp_owner_ignore_adverts" ->
          ownerIgnores = values.onOff(node, name).orElse(ownerIgnores);
      case "vrrp_check_unicast_src" -> checkUnicastSource = true;
      case "vrrp_strict" -> strict = true;
      case "v3_checksum_as_v2" ->
          messageOnlyChecksum = values.onOff(node, name).orElse(messageOnlyChecksum);
      case "vrrp_notify_priority_changes" ->
          notifyPriorityChanges = values.onOff(node, name).orElse(notifyPriorityChanges);
      case "notify_fifo", "vrrp_notify_fifo", "notify_fifo_script", "vrrp_notify_fifo_script" ->
          notifyFifos.read(node);
      case "fifo_write_vrrp_states_on_reload" -> notifyFifos.repeatStates();
      case "vrrp_startup_delay" -> {
        OptionalLong micros =
            values.micros(
                first(node), name, "0.001", "4294.967295", Values.seconds(startDelayMicros));
        startDelayMicros = micros.orElse(startDelayMicros);
      }
      case "vrrp_delay_after_boot" -> {
        OptionalLong micros =
            values.micros(
                first(node), name, "0.001", "4294.967295", Values.seconds(bootDelayMicros));
        bootDelayMicros = micros.orElse(bootDelayMicros);
      }
      case "script_user" -> commands.scriptUser(node);
      case "enable_script_security" -> commands.secure();
      case "set_supplementary_groups" -> commands.allGroups();
      case "include_check" -> {} // the includes saw to it
      default -> throw new AssertionError(name);
    }
  }

  private long spacing(Node node, long before) {
    String keyword = node.keyword().text();
    String used = Values.seconds(before);
    return values.micros(first(node), keyword, "0.000001", LONGEST_SPACING, used).orElse(before);
  }

  private void routerId(Node node) {
    if (node.arguments().isEmpty() || first(node).text().isBlank()) {
      report.warn(node.at(), "router_id", "router_id needs a name", "the host name");
      return;
    }
    routerId = Optional.of(first(node).text());
  }

  private void defaultInterface(Node node) {
    if (node.arguments().isEmpty() || first(node).text().isBlank()) {
      report.warn(node.at(), "default_interface", "default_interface needs a name");
    } else if (first(node).text().equals("lo")) {
      report.warn(
          first(node).at(), "default_interface", "VRRP does not run on the loopback interface");
    } else {
      defaultInterface = Optional.of(first(node));
    }
  }

  private void dynamicInterfaces(Node node) {
    dynamicInterfaces = true;
    if (!node.arguments().isEmpty() && !first(node).text().equals("allow_if_changes")) {
      report.warn(
          first(node).at(),
          "dynamic_interfaces",
          "only allow_if_changes can follow, not " + first(node).shown());
    }
  }

  private void version(Node node) {
    OptionalLong number = values.whole(first(node), "vrrp_version", 2, 3, version.number() + "");
    if (number.isPresent()) {
      version = number.getAsLong() == 2 ? VrrpVersion.V2 : VrrpVersion.V3;
    }
  }

  private @Nullable IpAddress group(Node node, IpFamily family, @Nullable IpAddress before) {
    Word word = first(node);
    Optional<IpAddress> address = Values.address(word.text());
    String problem = Multicast.problem(address, family);
    if (problem.isEmpty()) {
      return address.orElse(before);
    }
    report.warn(
        word.at(),
        node.keyword().text(),
        word.shown() + " " + problem,
        before == null ? "the standard group" : before.toString());
    return before;
  }

  private @Nullable Long number(Node node, long least, long most, @Nullable Long before) {
    String used = before == null ? "the default" : before.toString();
    OptionalLong value = values.whole(first(node), node.keyword().text(), least, most, used);
    return value.isPresent() ? (Long) value.getAsLong() : before;
  }

  private @Nullable Long repeat(Node node, @Nullable Long before) {
    return Garp.atLeastOne(number(node, 0, Integer.MAX_VALUE, before), first(node), node, report);
  }

  private static Word first(Node node) {
    return node.arguments().getFirst();
  }

  Optional<String> nodeName() {
    return routerId;
  }

  /** The interface of instances that name none. */
  Optional<Word> defaultInterface() {
    return defaultInterface;
  }

  /** Whether instances wait for interfaces that do not exist. */
  boolean dynamicInterfaces() {
    return dynamicInterfaces;
  }

  Duration startDelay() {
    Duration afterStart = Duration.ofNanos(startDelayMicros * 1000);
    Duration afterBoot = Duration.ofNanos(bootDelayMicros * 1000).minus(sinceBoot);
    return afterBoot.compareTo(afterStart) > 0 ? afterBoot : afterStart;
  }

  VrrpVersion version() {
    return version;
  }

  @Nullable IpAddress group(IpFamily family) {
    return family == IpFamily.IPV4 ? group4 : group6;
  }

  int downAdverts() {
    return downAdverts;
  }

  boolean lowerNoAdvert() {
    return lowerNoAdvert;
  }

  boolean ownerIgnores() {
    return ownerIgnores;
  }

  boolean higherSendAdvert() {
    return higherSendAdvert;
  }

  boolean checkUnicastSource() {
    return checkUnicastSource;
  }

  boolean strict() {
    return strict;
  }

  boolean notifyPriorityChanges() {
    return notifyPriorityChanges;
  }

  /** The pipes, in the order of the file. */
  List<NotifyFifo> notifyFifos() {
    return notifyFifos.resolve();
  }

  /** Who commands run as. */
  CommandRules commands() {
    return commands;
  }

  boolean messageOnlyChecksum() {
    return messageOnlyChecksum;
  }

  /** What the announcements of an instance start from. */
  Garp garp() {
    long masterDelay = delay != null ? delay : minimal ? 0 : 5;
    long masterRepeat = repeat != null ? repeat : minimal ? 1 : 5;
    Garp garp = new Garp();
    garp.delay = masterDelay;
    garp.repeat = masterRepeat;
    garp.refresh = refresh != null ? refresh : 0;
    garp.refreshRepeat = refreshRepeat != null ? refreshRepeat : minimal ? 0 : 1;
    garp.lowerDelay = lowerDelay != null ? lowerDelay : masterDelay;
    garp.arpSpacingMicros = arpSpacingMicros;
    garp.neighborSpacingMicros = neighborSpacingMicros;
    garp.lowerRepeat = lowerRepeat != null ? lowerRepeat : masterRepeat;
    return garp;
  }
}
