package io.havip.core.keepalived;

import io.havip.HavipConfigException;
import io.havip.Notifications;
import io.havip.Preemption;
import io.havip.Track;
import io.havip.Transport;
import io.havip.VirtualMac;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a {@code vrrp_instance} against each other, as Keepalived does when it has
 * read the whole file, and makes the configuration of a virtual router.
 */
final class InstanceResolver {

  private static final int OWNER = VrrpAdvert.PRIORITY_OWNER;

  private final Report report;
  private final Globals globals;
  private final TrackSources sources;

  InstanceResolver(Report report, Globals globals, TrackSources sources) {
    this.report = report;
    this.globals = globals;
    this.sources = sources;
  }

  /** The virtual router, or empty if it was reported that the instance cannot be used. */
  Optional<VirtualRouterConfig> resolve(InstanceDraft draft) {
    if (!new Completeness(report, globals).complete(draft)) {
      return Optional.empty();
    }
    IpFamily family = draft.addresses.getFirst().address().address().family();
    VrrpVersion version = version(draft, family);
    int priority = draft.priority != null ? draft.priority : draft.master ? OWNER : 100;
    applyStrict(draft, version, priority);
    Optional<Authentication> authentication = authentication(draft, version);
    Optional<Transport> transport = new TransportResolver(report, globals).resolve(draft, family);
    if (authentication.isEmpty() || transport.isEmpty()) {
      return Optional.empty();
    }
    VirtualRouterConfigBuilder builder =
        VirtualRouterConfig.builder(draft.name.text())
            .interfaceName(draft.interfaceName.orElseThrow().text())
            .vrid(draft.vrid == null ? 0 : draft.vrid)
            .version(version)
            .priority(priority)
            .advertInterval(interval(draft, version))
            .transport(transport.get())
            .authentication(authentication.get().auth)
            .preemption(preemption(draft, priority))
            .downMultiplier(draft.downAdverts)
            .announcements(draft.garp.announcements())
            .checksum(checksum(draft))
            .acceptOldChecksum(draft.oldChecksum)
            .replyToLowerPriority(!draft.lowerNoAdvert)
            .ownerListens(!draft.ownerIgnores)
            .adviseHigherPriority(draft.higherSendAdvert)
            .quickClaim(Duration.ZERO) // a file means what it means to Keepalived
            .trackOwnInterface(draft.trackOwnInterface)
            .awaitInterface(globals.dynamicInterfaces())
            .acceptMode(draft.accept == null || draft.accept)
            .notifications(
                new Notifications(
                    draft.notify.commands(),
                    draft.notifyPriorityChanges,
                    draft.notify.tellsDeletion()));
    virtualMac(draft).ifPresent(builder::virtualMac);
    addAddresses(draft, family, builder);
    tracks(draft, priority).forEach(builder::track);
    try {
      return Optional.of(builder.build());
    } catch (HavipConfigException e) {
      report.error(draft.at, "vrrp_instance", e.getMessage() + "; the instance is not used");
      return Optional.empty();
    }
  }

  private Optional<VirtualMac> virtualMac(InstanceDraft draft) {
    if (draft.vmacAt == null) {
      if (draft.xmitBaseAt != null) {
        report.warn(
            draft.xmitBaseAt, "vmac_xmit_base", "vmac_xmit_base has no effect without use_vmac");
      }
      return Optional.empty();
    }
    boolean fromParent = draft.xmitBaseAt != null;
    Word name = draft.vmacName;
    try {
      Optional<String> given = Optional.ofNullable(name).map(Word::text);
      return Optional.of(new VirtualMac(given, fromParent));
    } catch (HavipConfigException e) {
      Position at = name == null ? draft.vmacAt : name.at();
      report.warn(at, "use_vmac", String.valueOf(e.getMessage()), "the usual name");
      return Optional.of(new VirtualMac(Optional.empty(), fromParent));
    }
  }

  private static ChecksumForm checksum(InstanceDraft draft) {
    if (draft.oldChecksum) {
      return ChecksumForm.PSEUDO_HEADER_MULTICAST;
    }
    return draft.messageOnlyChecksum ? ChecksumForm.MESSAGE_ONLY : ChecksumForm.PSEUDO_HEADER;
  }

  private VrrpVersion version(InstanceDraft draft, IpFamily family) {
    if (draft.nativeIpv6At != null && family == IpFamily.IPV4) {
      report.warn(draft.nativeIpv6At, "native_ipv6", "the virtual addresses are IPv4", "IPv4");
    }
    if (family == IpFamily.IPV6) {
      if (draft.version == VrrpVersion.V2 && draft.versionAt != null) {
        report.warn(draft.versionAt, "version", "version 2 has no IPv6", "3");
      }
      return VrrpVersion.V3;
    }
    return draft.version != null ? draft.version : globals.version();
  }

  private Duration interval(InstanceDraft draft, VrrpVersion version) {
    long unit = version == VrrpVersion.V2 ? 1_000_000 : 10_000;
    long longest = version == VrrpVersion.V2 ? 255_000_000 : 40_950_000;
    long rounded = Math.max(unit, (draft.advertMicros + unit / 2) / unit * unit);
    long used = Math.min(rounded, longest);
    if (used != draft.advertMicros && draft.advertAt != null) {
      String allowed =
          version == VrrpVersion.V2 ? "whole seconds in version 2" : "steps of 10 ms up to 40.95 s";
      report.warn(
          draft.advertAt, "advert_int", "the interval must be " + allowed, Values.seconds(used));
    }
    return Duration.ofNanos(used * 1000);
  }

  private Preemption preemption(InstanceDraft draft, int priority) {
    if (draft.noPreemptAt != null && (priority == OWNER || draft.master)) {
      String why = priority == OWNER ? "priority 255" : "state MASTER";
      report.warn(draft.noPreemptAt, "nopreempt", "nopreempt does not go with " + why, "preempt");
      draft.noPreemptAt = null;
    }
    Position delayAt = draft.preemptDelayMicros > 0 ? draft.preemptDelayAt : null;
    boolean startsAsMaster = draft.master || (priority == OWNER && !draft.stateGiven);
    if (delayAt != null && (startsAsMaster || draft.noPreemptAt != null)) {
      String why =
          draft.noPreemptAt != null ? "nopreempt" : draft.master ? "state MASTER" : "priority 255";
      report.warn(delayAt, "preempt_delay", "preempt_delay does not go with " + why, "none");
      draft.preemptDelayMicros = 0;
    }
    if (draft.noPreemptAt != null) {
      return Preemption.NEVER;
    }
    return draft.preemptDelayMicros == 0
        ? Preemption.AT_ONCE
        : new Preemption.After(Duration.ofNanos(draft.preemptDelayMicros * 1000));
  }

  /** The outcome of looking at the authentication, wrapped because "none" is a good one. */
  private record Authentication(VrrpAuth auth) {}

  private Optional<Authentication> authentication(InstanceDraft draft, VrrpVersion version) {
    Authentication none = new Authentication(VrrpAuth.NONE);
    Position at = draft.authAt;
    Word password = draft.password;
    if (at == null) {
      return Optional.of(none);
    }
    if (version == VrrpVersion.V3) {
      report.warn(at, "authentication", "version 3 has no authentication", "none");
      return Optional.of(none);
    }
    if (draft.authType == null) {
      report.warn(at, "authentication", "a password has no effect without auth_type", "none");
      return Optional.of(none);
    }
    if (password == null || password.text().isEmpty()) {
      report.warn(at, "authentication", "no password is given", "none");
      return Optional.of(none);
    }
    if (draft.authType.equals("AH")) {
      report.error(
          at,
          "auth_type",
          "AH is not supported; the instance " + draft.name.shown() + " is not used");
      return Optional.empty();
    }
    return password(password).map(Authentication::new);
  }

  private Optional<VrrpAuth> password(Word word) {
    byte[] bytes = word.text().getBytes(StandardCharsets.UTF_8);
    if (word.text().chars().anyMatch(c -> c >= 0x80)) {
      report.warn(
          word.at(), "auth_pass", "the password is not ASCII and depends on the encoding", "UTF-8");
    }
    if (bytes.length > VrrpAuth.DATA_LENGTH) {
      report.warn(
          word.at(), "auth_pass", "the password is longer than 8 bytes", "the first 8 bytes");
      bytes = Arrays.copyOf(bytes, VrrpAuth.DATA_LENGTH);
    }
    try {
      return Optional.of(VrrpAuth.SimplePassword.of(bytes));
    } catch (IllegalArgumentException e) {
      report.error(word.at(), "auth_pass", "the password holds a zero byte; it cannot be used");
      return Optional.empty();
    }
  }

  private void addAddresses(
      InstanceDraft draft, IpFamily family, VirtualRouterConfigBuilder builder) {
    Set<IpAddress> seen = new HashSet<>();
    List<AddressReader.Entry> moved = new ArrayList<>();
    int count = 0;
    for (AddressReader.Entry entry : draft.addresses) {
      IpAddress address = entry.address().address();
      if (address.family() != family) {
        report.warn(
            entry.at(),
            "virtual_ipaddress",
            address + " is not of the family of the first address; it is not used");
      } else if (!seen.add(address)) {
        repeated(entry, "virtual_ipaddress");
      } else if (++count > VrrpAdvert.MAX_ADDRESSES) {
        moved.add(entry);
      } else {
        builder.address(entry.address());
      }
    }
    if (!moved.isEmpty()) {
      report.warn(
          moved.getFirst().at(),
          "virtual_ipaddress",
          "an advert holds 255 addresses",
          "virtual_ipaddress_excluded for the others");
    }
    moved.forEach(entry -> builder.excludedAddress(entry.address()));
    for (AddressReader.Entry entry : draft.excluded) {
      if (seen.add(entry.address().address())) {
        builder.excludedAddress(entry.address());
      } else {
        repeated(entry, "virtual_ipaddress_excluded");
      }
    }
  }

  private void repeated(AddressReader.Entry entry, String keyword) {
    report.warn(
        entry.at(), keyword, entry.address().address() + " is given twice; this is not used");
  }

  private List<Track> tracks(InstanceDraft draft, int priority) {
    List<Track> tracks = new ArrayList<>();
    for (InstanceDraft.TrackedInterface tracked : draft.trackedInterfaces) {
      Word name = tracked.name();
      if (draft.interfaceName.map(Word::text).equals(Optional.of(name.text()))) {
        report.warn(
            name.at(),
            "track_interface",
            name.shown() + " is the own interface, which is tracked anyway; this is not used");
      } else if (counts(tracked.weight().value(), priority, name, "track_interface")) {
        tracks.add(tracked.track());
      }
    }
    for (InstanceDraft.TrackedScript tracked : draft.trackedScripts) {
      sources
          .scripts()
          .track(tracked)
          .filter(t -> counts(t.weight(), priority, tracked.name(), "track_script"))
          .ifPresent(tracks::add);
    }
    draft.trackedFiles.forEach(t ->
        sources
            .files()
            .track(t)
            .filter(f -> counts(f.weight(), priority, t.name(), "track_file"))
            .ifPresent(tracks::add));
    draft.trackedProcesses.forEach(t ->
        sources
            .processes()
            .track(t)
            .filter(p -> counts(p.weight(), priority, t.name(), "track_process"))
            .ifPresent(tracks::add));
    return tracks;
  }

  /** A weight cannot change the priority of an owner. */
  private boolean counts(int weight, int priority, Word name, String keyword) {
    if (priority != OWNER || weight == 0) {
      return true;
    }
    report.warn(
        name.at(),
        keyword,
        "a weight does not change priority 255; " + name.shown() + " is not tracked");
    return false;
  }

  /** What strict mode forbids is left out, and reported if the instance itself asks for it. */
  private void applyStrict(InstanceDraft draft, VrrpVersion version, int priority) {
    if (!draft.strict) {
      return;
    }
    Position at = draft.strictAt != null ? draft.strictAt : draft.at;
    strictAccept(draft, version, priority, at);
    if (draft.stateAt != null && draft.master != (priority == OWNER)) {
      report.warn(draft.stateAt, "state", "in strict mode MASTER goes with priority 255", "BACKUP");
    }
    IpAddress first = draft.addresses.getFirst().address().address();
    if (first.family() == IpFamily.IPV6 && !first.isLinkLocal()) {
      report.warn(
          draft.addresses.getFirst().at(),
          "virtual_ipaddress",
          "in strict mode the first IPv6 address must be link-local");
    }
    if (draft.authAt != null && version == VrrpVersion.V2) {
      report.warn(draft.authAt, "authentication", "strict mode has no authentication", "none");
    }
    draft.authAt = null;
    forbid(draft.preemptDelayMicros > 0 ? draft.preemptDelayAt : null, "preempt_delay", "none");
    draft.preemptDelayMicros = 0;
    forbid(
        draft.garp.lowerRepeat > 0 ? draft.garpLowerRepeatAt : null, "garp_lower_prio_repeat", "0");
    forbid(draft.garp.lowerDelay > 0 ? draft.garpLowerDelayAt : null, "garp_lower_prio_delay", "0");
    draft.garp.lowerRepeat = 0;
    draft.garp.lowerDelay = 0;
    forbid(!draft.lowerNoAdvert ? draft.lowerNoAdvertAt : null, "lower_prio_no_advert", "on");
    draft.lowerNoAdvert = true;
    forbid(
        draft.higherSendAdvert ? draft.higherSendAdvertAt : null, "higher_prio_send_advert", "off");
    draft.higherSendAdvert = false;
    forbid(draft.xmitBaseAt, "vmac_xmit_base", "off");
    draft.xmitBaseAt = null;
    if (draft.downAdverts != 3) {
      forbid(draft.downAdvertsAt != null ? draft.downAdvertsAt : at, "down_timer_adverts", "3");
    }
    draft.downAdverts = 3;
  }

  /** Accept_Mode is off unless it is asked for, and version 2 does not have it. */
  private void strictAccept(InstanceDraft draft, VrrpVersion version, int priority, Position at) {
    if (priority == OWNER) {
      return;
    }
    if (draft.accept == null) {
      report.note(
          at,
          "strict_mode",
          "in strict mode packets to the virtual addresses are dropped, as with no_accept; with"
              + " accept, in version 3, they are taken in");
    } else if (draft.accept && version == VrrpVersion.V2) {
      Position acceptAt = draft.acceptAt == null ? at : draft.acceptAt;
      report.warn(acceptAt, "accept", "strict mode has no accept in version 2", "no_accept");
      draft.accept = false;
    }
    draft.accept = draft.accept != null && draft.accept;
  }

  private void forbid(@Nullable Position at, String keyword, String used) {
    if (at != null) {
      report.warn(at, keyword, "strict mode forbids this " + keyword, used);
    }
  }
}
