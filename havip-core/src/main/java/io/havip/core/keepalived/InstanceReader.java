package io.havip.core.keepalived;

import io.havip.Transport;
import io.havip.core.keepalived.InstanceDraft.At;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the statements of a {@code vrrp_instance} into a draft. */
final class InstanceReader implements Section.Handler {

  private static final Set<String> VMAC_OPTIONS = Set.of("netlink_notify_msg", "group");
  private static final Pattern MAC_ADDRESS =
      Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");

  private final Report report;
  private final Values values;
  private final InstanceDraft draft;

  InstanceReader(Report report, InstanceDraft draft) {
    this.report = report;
    this.draft = draft;
    values = new Values(report);
  }

  @Override
  public void works(Keyword keyword, Node node) {
    String name = keyword.name();
    switch (name) {
      case "state" -> state(first(node));
      case "interface" -> interfaceName(first(node));
      case "virtual_router_id" -> vrid(first(node));
      case "priority" -> priority(first(node));
      case "advert_int" -> advertInterval(first(node));
      case "version" -> version(first(node));
      case "authentication" ->
          new Section(report).walk(node, Block.AUTHENTICATION, this::authentication);
      case "virtual_ipaddress" -> addresses(node, draft.addresses);
      case "virtual_ipaddress_excluded" -> addresses(node, draft.excluded);
      case "unicast_peer" -> {
        draft.unicastAt = node.at();
        node.children().forEach(this::peer);
      }
      case "unicast_src_ip" -> {
        draft.unicastAt = draft.unicastAt == null ? node.at() : draft.unicastAt;
        draft.source = address(node, draft.source);
      }
      case "mcast_src_ip" -> draft.source = address(node, draft.source);
      case "mcast_dst_ip" -> draft.group = address(node, draft.group);
      case "unicast_ttl" -> unicastTtl(first(node));
      case "check_unicast_src" -> {
        draft.checkUnicastSource = true;
        draft.unicastAt = draft.unicastAt == null ? node.at() : draft.unicastAt;
      }
      case "unicast_fault_no_peer" ->
          draft.unicastAt = draft.unicastAt == null ? node.at() : draft.unicastAt;
      case "use_vmac" -> virtualMac(node);
      case "vmac_xmit_base" -> draft.xmitBaseAt = node.at();
      case "old_unicast_checksum" -> oldChecksum(node);
      case "track_src_ip" -> {} // always so
      case "nopreempt" -> draft.noPreemptAt = node.at();
      case "preempt" -> draft.noPreemptAt = null;
      case "preempt_delay" -> preemptDelay(first(node));
      case "track_interface" -> new TrackReader(report).interfaces(node, draft.trackedInterfaces);
      case "track_script" -> new TrackReader(report).scripts(node, draft.trackedScripts);
      case "track_file" -> new TrackReader(report).objects(node, draft.trackedFiles);
      case "track_process" -> new TrackReader(report).objects(node, draft.trackedProcesses);
      case "dont_track_primary" -> draft.trackOwnInterface = false;
      case "owner_ignore_adverts" ->
          draft.ownerIgnores = values.onOff(node, name).orElse(draft.ownerIgnores);
      case "lower_prio_no_advert" -> {
        draft.lowerNoAdvert = values.onOff(node, name).orElse(draft.lowerNoAdvert);
        draft.lowerNoAdvertAt = node.at();
      }
      case "higher_prio_send_advert" -> {
        draft.higherSendAdvert = values.onOff(node, name).orElse(draft.higherSendAdvert);
        draft.higherSendAdvertAt = node.at();
      }
      case "down_timer_adverts" -> {
        int before = draft.downAdverts;
        draft.downAdverts =
            (int) values.whole(first(node), name, 1, 100, before + "").orElse(before);
        draft.downAdvertsAt = node.at();
      }
      case "strict_mode" -> {
        draft.strict = values.onOff(node, name).orElse(draft.strict);
        draft.strictAt = node.at();
      }
      case "accept", "no_accept" -> {
        draft.accept = name.equals("accept");
        draft.acceptAt = node.at();
      }
      case "native_ipv6" -> draft.nativeIpv6At = node.at();
      case "v3_checksum_as_v2" ->
          draft.messageOnlyChecksum = values.onOff(node, name).orElse(draft.messageOnlyChecksum);
      case "notify_priority_changes" ->
          draft.notifyPriorityChanges =
              values.onOff(node, name).orElse(draft.notifyPriorityChanges);
      default -> {
        if (!draft.notify.read(node, draft.commands, report)) {
          announcements(name, node);
        }
      }
    }
  }

  @Override
  public void unsupported(Keyword keyword, Node node) {
    if (keyword.name().equals("no_virtual_ipaddress")) {
      draft.noAddressesAt = node.at();
    }
    if (keyword.name().equals("auth_hmac")) {
      draft.refusedAt = node.at();
      draft.refusedWhy = "auth_hmac is not supported";
    }
  }

  private void announcements(String name, Node node) {
    Garp garp = draft.garp;
    switch (name) {
      case "garp_master_delay" -> garp.delay = number(node, Garp.LONGEST_DELAY, garp.delay);
      case "garp_master_repeat" -> garp.repeat = repeat(node, garp.repeat);
      case "garp_master_refresh" -> garp.refresh = number(node, Garp.LONGEST_REFRESH, garp.refresh);
      case "garp_master_refresh_repeat" -> garp.refreshRepeat = repeat(node, garp.refreshRepeat);
      case "garp_lower_prio_delay" -> {
        garp.lowerDelay = number(node, Garp.LONGEST_DELAY, garp.lowerDelay);
        draft.garpLowerDelayAt = node.at();
      }
      case "garp_lower_prio_repeat" -> {
        garp.lowerRepeat = number(node, Integer.MAX_VALUE, garp.lowerRepeat);
        draft.garpLowerRepeatAt = node.at();
      }
      default -> throw new AssertionError(name);
    }
  }

  private void state(Word word) {
    draft.stateGiven = true;
    switch (word.text()) {
      case "MASTER" -> {
        draft.master = true;
        draft.stateAt = word.at();
      }
      case "BACKUP" -> {
        if (draft.master) {
          report.warn(word.at(), "state", "the state was given as MASTER before", "MASTER");
        }
      }
      default -> {
        draft.master = false;
        report.warn(
            word.at(),
            "state",
            "the state must be MASTER or BACKUP, not " + word.shown(),
            "BACKUP");
      }
    }
  }

  private void interfaceName(Word word) {
    if (word.text().equals("lo")) {
      report.warn(word.at(), "interface", "VRRP does not run on the loopback interface");
      return;
    }
    draft.interfaceName = Optional.of(word);
  }

  private void vrid(Word word) {
    String used = draft.vrid == null ? "none" : draft.vrid.toString();
    OptionalLong vrid = values.whole(word, "virtual_router_id", 1, 255, used);
    if (vrid.isPresent()) {
      draft.vrid = (int) vrid.getAsLong();
    }
  }

  private void priority(Word word) {
    draft.priority = (int) values.whole(word, "priority", 1, 255, "100").orElse(100);
  }

  private void advertInterval(Word word) {
    String used = Values.seconds(draft.advertMicros);
    OptionalLong micros = values.micros(word, "advert_int", "0.01", "255", used);
    if (micros.isPresent()) {
      draft.advertMicros = micros.getAsLong();
      draft.advertAt = word.at();
    }
  }

  private void version(Word word) {
    String used = draft.version == null ? "the default" : draft.version.number() + "";
    OptionalLong number = values.whole(word, "version", 2, 3, used);
    if (number.isEmpty()) {
      return;
    }
    VrrpVersion version = number.getAsLong() == 2 ? VrrpVersion.V2 : VrrpVersion.V3;
    if (draft.version != null && draft.version != version) {
      report.warn(word.at(), "version", "another version was given before", used);
      return;
    }
    draft.version = version;
    draft.versionAt = word.at();
  }

  private void authentication(Keyword keyword, Node node) {
    Word word = first(node);
    draft.authAt = draft.authAt == null ? node.at() : draft.authAt;
    if (keyword.name().equals("auth_pass")) {
      draft.password = word;
    } else if (word.text().equals("PASS") || word.text().equals("AH")) {
      draft.authType = word.text();
      draft.authAt = node.at();
    } else {
      report.warn(
          word.at(),
          "auth_type",
          "auth_type must be PASS",
          draft.authType == null ? "no authentication" : draft.authType);
    }
  }

  private void addresses(Node block, List<AddressReader.Entry> target) {
    AddressReader reader = new AddressReader(report);
    for (Node line : block.children()) {
      lineOnly(line);
      reader.read(line.words(), block.keyword().text()).ifPresent(target::add);
    }
  }

  private void peer(Node line) {
    lineOnly(line);
    Word word = line.keyword();
    Optional<IpAddress> address = Values.address(word.text());
    if (address.isEmpty() || address.get().isMulticast() || address.get().isUnspecified()) {
      report.warn(word.at(), "unicast_peer", word.shown() + " cannot be a peer; it is not used");
      return;
    }
    draft.peers.add(new At<>(address.get(), word.at()));
    hopLimits(address.get(), line.arguments());
  }

  /** The range of TTLs behind a peer. */
  private void hopLimits(IpAddress peer, List<Word> options) {
    int least = 0;
    int most = 255;
    for (int i = 0; i < options.size(); i += 2) {
      Word option = options.get(i);
      Keyword row = Keywords.find(Block.PEER, option.text());
      if (row == null || i + 1 == options.size()) {
        String why = row == null ? " behind a peer is not known" : " needs a value";
        report.warn(option.at(), "unicast_peer", option.shown() + why);
        continue;
      }
      boolean lower = row.name().equals("min_ttl");
      int before = lower ? least : most;
      int value =
          (int) values.whole(options.get(i + 1), row.name(), 0, 255, before + "").orElse(before);
      least = lower ? value : least;
      most = lower ? most : value;
    }
    if (least > most) {
      Word first = options.getFirst();
      report.warn(first.at(), "min_ttl", "min_ttl is above max_ttl", "any TTL");
    } else if (least > 0 || most < 255) {
      draft.hopLimits.put(peer, new Transport.HopLimits(least, most));
    }
  }

  /** Reports a block where a line should stand; its first line is read all the same. */
  private void lineOnly(Node line) {
    if (line.isBlock()) {
      report.warn(line.at(), "{", "a block cannot stand here; its content is not used");
    }
  }

  private @Nullable At<IpAddress> address(Node node, @Nullable At<IpAddress> before) {
    Word word = first(node);
    Optional<IpAddress> address = Values.address(word.text());
    if (address.isEmpty()) {
      String keyword = node.keyword().text();
      report.warn(word.at(), keyword, word.shown() + " is no IP address; it is not used");
      return before;
    }
    return new At<>(address.get(), word.at());
  }

  /** The name of the interface may follow; what else newer versions take is not supported. */
  private void virtualMac(Node node) {
    draft.vmacAt = node.at();
    List<Word> words = node.arguments();
    boolean named = !words.isEmpty() && !VMAC_OPTIONS.contains(words.getFirst().text());
    if (named && MAC_ADDRESS.matcher(words.getFirst().text()).matches()) {
      named = false;
    }
    if (named) {
      draft.vmacName = words.getFirst();
    }
    if (words.size() > (named ? 1 : 0)) {
      Word option = words.get(named ? 1 : 0);
      report.warn(
          option.at(), "use_vmac", option.shown() + " behind use_vmac is not supported", "none");
    }
  }

  private void oldChecksum(Node node) {
    draft.unicastAt = draft.unicastAt == null ? node.at() : draft.unicastAt;
    List<Word> words = node.arguments();
    draft.oldChecksum = words.isEmpty() || !words.getFirst().text().equals("never");
    if (draft.oldChecksum && !words.isEmpty()) {
      Word word = words.getFirst();
      report.warn(
          word.at(), "old_unicast_checksum", "only never can follow, not " + word.shown(), "on");
    }
  }

  private void unicastTtl(Word word) {
    String used = draft.unicastTtl == null ? "255" : draft.unicastTtl.value().toString();
    OptionalLong ttl = values.whole(word, "unicast_ttl", 1, 255, used);
    if (ttl.isPresent()) {
      draft.unicastTtl = new At<>((int) ttl.getAsLong(), word.at());
    }
  }

  private void preemptDelay(Word word) {
    String used = Values.seconds(draft.preemptDelayMicros);
    OptionalLong micros = values.micros(word, "preempt_delay", "0", "1000", used);
    if (micros.isPresent()) {
      draft.preemptDelayMicros = micros.getAsLong();
      draft.preemptDelayAt = word.at();
    }
  }

  private long number(Node node, long most, long before) {
    String keyword = node.keyword().text();
    return values.whole(first(node), keyword, 0, most, before + "").orElse(before);
  }

  private long repeat(Node node, long before) {
    long value = number(node, Integer.MAX_VALUE, before);
    Long raised = Garp.atLeastOne(value, first(node), node, report);
    return raised == null ? value : raised;
  }

  private static Word first(Node node) {
    return node.arguments().getFirst();
  }
}
