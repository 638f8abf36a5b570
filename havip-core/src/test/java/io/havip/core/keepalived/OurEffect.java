package io.havip.core.keepalived;

import io.havip.Announcements;
import io.havip.HavipConfig;
import io.havip.NotifyCommand;
import io.havip.Preemption;
import io.havip.RunAs;
import io.havip.SyncGroup;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.AddressScope;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAuth;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what our reader made of a configuration. */
final class OurEffect {

  private OurEffect() {}

  static Effect of(ReadResult result) {
    SortedMap<String, SortedMap<String, String>> routers = new TreeMap<>();
    List<VirtualRouterConfig> all = result.config().map(HavipConfig::routers).orElse(List.of());
    all.forEach(router -> routers.put(router.name(), values(router)));
    result
        .config()
        .ifPresent(config ->
            config.syncGroups().forEach(g -> g.routers().forEach(r -> join(routers, r, g))));
    boolean warned = result.diagnostics().stream().anyMatch(d -> d.severity() != Severity.NOTE);
    Effect.Verdict verdict =
        result.config().isEmpty()
            ? Effect.Verdict.REFUSED
            : warned ? Effect.Verdict.WARNED : Effect.Verdict.CLEAN;
    return new Effect(verdict, routers);
  }

  private static void join(
      SortedMap<String, SortedMap<String, String>> routers, String router, SyncGroup group) {
    SortedMap<String, String> values = routers.getOrDefault(router, new TreeMap<>());
    values.put("sync_group", group.name());
    SortedMap<String, String> own = new TreeMap<>();
    OurTracks.add(group.tracks(), own);
    own.forEach((aspect, value) -> {
      if (aspect.startsWith("track_")) {
        values.put("group_" + aspect, value);
      }
    });
    if (group.trackingWeight()) {
      values.put("group_weights", "true");
    }
    commands("group_", group.notifyCommands(), values);
  }

  private static void commands(
      String prefix, List<NotifyCommand> commands, SortedMap<String, String> values) {
    for (NotifyCommand command : commands) {
      String when =
          command.occasions().size() > 1 ? "any" : command.occasions().iterator().next().toString();
      values.put(prefix + "notify_" + when, command(command.argv(), command.runAs()));
    }
  }

  static String command(List<String> argv, Optional<RunAs> runAs) {
    String user = runAs.map(RunAs::toString).orElse("root");
    return argv.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" ")) + " as " + user;
  }

  private static SortedMap<String, String> values(VirtualRouterConfig router) {
    SortedMap<String, String> values = new TreeMap<>();
    values.put("interface", router.interfaceName());
    values.put("vrid", router.vrid() + "");
    values.put("version", router.version().number() + "");
    values.put("priority", router.priority() + "");
    values.put("advert_int", seconds(router.advertInterval()));
    values.put("auth", authentication(router.authentication()));
    values.put("addresses", addresses(router.addresses(), router));
    values.put("excluded", addresses(router.excludedAddresses(), router));
    values.put("down_adverts", router.downMultiplier() + "");
    values.put("lower_advert", router.replyToLowerPriority() + "");
    values.put("higher_advert", router.adviseHigherPriority() + "");
    values.put("tracks_itself", router.trackOwnInterface() + "");
    values.put("accept", router.acceptMode() + "");
    if (router.checksum() == ChecksumForm.MESSAGE_ONLY) {
      values.put("checksum", "message only");
    }
    router
        .virtualMac()
        .ifPresent(mac ->
            values.put(
                "vmac",
                router.virtualInterface().orElse("") + ", xmit_base = " + mac.advertsFromParent()));
    preemption(router.preemption(), values);
    transport(router.transport(), router.family(), values);
    announcements(router.announcements(), values);
    OurTracks.add(router.tracks(), values);
    commands("", router.notifications().commands(), values);
    if (router.notifications().tellsDeletion()) {
      values.put("tells_deletion", "true");
    }
    return values;
  }

  private static String authentication(VrrpAuth auth) {
    return switch (auth) {
      case VrrpAuth.None none -> "none";
      case VrrpAuth.SimplePassword password -> {
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(password.bits()).array();
        yield new String(data, StandardCharsets.ISO_8859_1).replaceAll("\0+$", "");
      }
      default -> auth.toString();
    };
  }

  private static void preemption(Preemption preemption, SortedMap<String, String> values) {
    values.put("preempt", !preemption.equals(Preemption.NEVER) + "");
    if (preemption instanceof Preemption.After(Duration delay) && delay.isPositive()) {
      values.put("preempt_delay", seconds(delay));
    }
  }

  private static void transport(
      Transport transport, IpFamily family, SortedMap<String, String> values) {
    if (transport.source() != null) {
      values.put("source", transport.source().toString());
    }
    switch (transport) {
      case Transport.Multicast multicast -> {
        String standard = family == IpFamily.IPV4 ? "224.0.0.18" : "ff02::12";
        values.put("group", multicast.group() == null ? standard : multicast.group().toString());
      }
      case Transport.Unicast unicast -> {
        values.put(
            "peers",
            unicast.peers().stream()
                .map(p -> p + hopLimits(unicast.accepted().get(p)))
                .collect(Collectors.joining(" ")));
        values.put("ttl", unicast.hopLimit() + "");
      }
    }
  }

  private static String hopLimits(Transport.@Nullable HopLimits accepted) {
    return accepted == null ? "" : " min_ttl " + accepted.least() + " max_ttl " + accepted.most();
  }

  private static void announcements(Announcements garp, SortedMap<String, String> values) {
    values.put("garp_delay", garp.secondRoundDelay().toSeconds() + "");
    values.put("garp_repeat", garp.repeat() + "");
    values.put("garp_refresh", garp.refresh().toSeconds() + "");
    values.put("garp_refresh_repeat", garp.refreshRepeat() + "");
    values.put("garp_lower_delay", garp.lowerPriorityDelay().toSeconds() + "");
    values.put("garp_lower_repeat", garp.lowerPriorityRepeat() + "");
  }

  private static String addresses(List<VirtualAddress> addresses, VirtualRouterConfig router) {
    return addresses.stream()
        .map(address -> address(address, router.interfaceOf(address)))
        .collect(Collectors.joining("; "));
  }

  private static String address(VirtualAddress address, String device) {
    IpFamily family = address.address().family();
    boolean host = address.prefixLength() == family.addressBits();
    String prefix = host ? "" : "/" + address.prefixLength();
    AddressScope scope = address.scope();
    return Stream.of(
            address.address() + prefix,
            address.broadcast() == null ? "" : "brd " + address.broadcast(),
            "dev " + device,
            family == IpFamily.IPV6 ? "" : "scope " + scope.name().toLowerCase(Locale.ROOT),
            address.label() == null ? "" : "label " + address.label())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
  }
}
