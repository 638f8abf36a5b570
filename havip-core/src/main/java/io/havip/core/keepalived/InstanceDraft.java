package io.havip.core.keepalived;

import io.havip.Track;
import io.havip.Transport;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@code vrrp_instance} block says, before its parts are held against each other. */
final class InstanceDraft {

  /** A value and where it was written. */
  record At<T>(T value, Position at) {}

  /** An entry of track_interface. */
  record TrackedInterface(Word name, Weight weight) {

    Track track() {
      return new Track.Interface(name.text(), weight.value(), weight.reverse());
    }
  }

  /** An entry of track_script; the weight is null if the script's own is meant. */
  record TrackedScript(Word name, @Nullable Weight weight) {}

  /** An entry of track_file or track_process, and what stands behind its weight if it has one. */
  record TrackedObject(Word name, List<Word> weight) {

    /** The weight it has, where its block gives another. */
    Weight weight(Weight defined, Report report) {
      return weight.isEmpty() ? defined : Weight.readOver(defined, weight, report);
    }
  }

  final Word name;
  final Position at;
  final Garp garp;
  int downAdverts;
  boolean lowerNoAdvert;
  boolean ownerIgnores;
  boolean higherSendAdvert;
  boolean strict;
  boolean messageOnlyChecksum;
  boolean checkUnicastSource;

  boolean master;
  boolean stateGiven;
  @Nullable Position stateAt;
  Optional<Word> interfaceName = Optional.empty();
  @Nullable Integer vrid;
  @Nullable Integer priority;
  long advertMicros = 1_000_000;
  @Nullable Position advertAt;
  @Nullable VrrpVersion version;
  @Nullable Position versionAt;
  @Nullable String authType;
  @Nullable Word password;
  @Nullable Position authAt;
  @Nullable Position refusedAt;
  String refusedWhy = "";
  @Nullable Position noAddressesAt;
  final List<AddressReader.Entry> addresses = new ArrayList<>();
  final List<AddressReader.Entry> excluded = new ArrayList<>();
  final List<At<IpAddress>> peers = new ArrayList<>();
  final Map<IpAddress, Transport.HopLimits> hopLimits = new HashMap<>();
  @Nullable Position unicastAt;
  @Nullable At<IpAddress> source;
  @Nullable At<IpAddress> group;
  @Nullable At<Integer> unicastTtl;
  boolean oldChecksum;
  @Nullable Position vmacAt;
  @Nullable Word vmacName;
  @Nullable Position xmitBaseAt;
  @Nullable Position noPreemptAt;
  long preemptDelayMicros;
  @Nullable Position preemptDelayAt;
  boolean trackOwnInterface = true;
  @Nullable Position garpLowerRepeatAt;
  @Nullable Position garpLowerDelayAt;
  @Nullable Position lowerNoAdvertAt;
  @Nullable Position higherSendAdvertAt;
  @Nullable Position downAdvertsAt;
  @Nullable Position strictAt;
  @Nullable Boolean accept;
  @Nullable Position acceptAt;
  @Nullable Position nativeIpv6At;
  final NotifyDraft notify = new NotifyDraft();
  boolean notifyPriorityChanges;
  final CommandRules commands;
  final List<TrackedInterface> trackedInterfaces = new ArrayList<>();
  final List<TrackedScript> trackedScripts = new ArrayList<>();
  final List<TrackedObject> trackedFiles = new ArrayList<>();
  final List<TrackedObject> trackedProcesses = new ArrayList<>();

  InstanceDraft(Word name, Position at, Globals globals) {
    this.name = name;
    this.at = at;
    garp = globals.garp();
    downAdverts = globals.downAdverts();
    lowerNoAdvert = globals.lowerNoAdvert();
    ownerIgnores = globals.ownerIgnores();
    higherSendAdvert = globals.higherSendAdvert();
    strict = globals.strict();
    messageOnlyChecksum = globals.messageOnlyChecksum();
    checkUnicastSource = globals.checkUnicastSource();
    notifyPriorityChanges = globals.notifyPriorityChanges();
    commands = globals.commands();
  }
}
