package io.havip.core.node;

import io.havip.HavipConfig;
import io.havip.Reconfiguration;
import io.havip.Reconfiguration.Change;
import io.havip.SyncGroup;
import io.havip.VirtualRouterConfig;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations of a node, and what each difference takes. */
final class ConfigDiff {

  /**
   * Settings that a running router takes over. Everything else, and whatever is added to the
   * configuration later without being listed here, makes the router leave and join anew.
   */
  private static final Set<String> IN_PLACE =
      Set.of(
          "priority",
          "advertInterval",
          "addresses",
          "excludedAddresses",
          "transport",
          "authentication",
          "preemption",
          "downMultiplier",
          "announcements",
          "checksum",
          "replyToLowerPriority",
          "adviseHigherPriority",
          "tracks",
          "trackOwnInterface",
          "takeover",
          "handover",
          "notifications",
          "quickClaim",
          "awaitInterface",
          "acceptMode",
          "ownerListens");

  /** What a cloud's mapping was made for. */
  private static final Set<String> MAPPED = Set.of("addresses", "excludedAddresses");

  private static final String SYNC_GROUP = "syncGroup";

  private ConfigDiff() {}

  static Reconfiguration of(HavipConfig before, HavipConfig after) {
    Map<String, VirtualRouterConfig> old = byName(before);
    Set<String> kept = byName(after).keySet();
    List<Change> changes =
        Stream.concat(
                after.routers().stream().map(r -> change(old.get(r.name()), r)),
                before.routers().stream()
                    .map(VirtualRouterConfig::name)
                    .filter(n -> !kept.contains(n))
                    .map(Change.Removed::new))
            .toList();
    Set<String> regrouped = regrouped(before, after, changes);
    Set<String> retracked = retracked(before, after);
    return new Reconfiguration(
        changes.stream()
            .map(c ->
                regrouped.contains(c.router())
                    ? anew(c)
                    : retracked.contains(c.router()) ? withGroup(c) : c)
            .toList());
  }

  /** The routers of sync groups that are not, with all their routers, what they were. */
  private static Set<String> regrouped(
      HavipConfig before, HavipConfig after, List<Change> changes) {
    Set<String> stay =
        changes.stream()
            .filter(c -> c instanceof Change.Unchanged || c instanceof Change.Updated)
            .map(Change::router)
            .collect(Collectors.toSet());
    return Stream.concat(before.syncGroups().stream(), after.syncGroups().stream())
        .filter(g ->
            before.syncGroups().stream().noneMatch(b -> alike(b, g))
                || after.syncGroups().stream().noneMatch(a -> alike(a, g))
                || !stay.containsAll(g.routers()))
        .flatMap(g -> g.routers().stream())
        .collect(Collectors.toSet());
  }

  /** Whether two groups have the same routers, which need not leave for any other difference. */
  static boolean alike(SyncGroup one, SyncGroup other) {
    return one.name().equals(other.name()) && one.routers().equals(other.routers());
  }

  /** The routers of groups that stay and depend on something else. */
  private static Set<String> retracked(HavipConfig before, HavipConfig after) {
    return before.syncGroups().stream()
        .filter(b ->
            after.syncGroups().stream()
                .anyMatch(a ->
                    alike(a, b)
                        && !(a.tracks().equals(b.tracks())
                            && a.trackingWeight() == b.trackingWeight())))
        .flatMap(g -> g.routers().stream())
        .collect(Collectors.toSet());
  }

  private static Change withGroup(Change change) {
    return switch (change) {
      case Change.Unchanged unchanged ->
          new Change.Updated(unchanged.router(), List.of(SYNC_GROUP));
      case Change.Updated updated ->
          new Change.Updated(updated.router(), andGroup(updated.settings()));
      case Change.Restarted restarted -> restarted;
      case Change.Added added -> added;
      case Change.Removed removed -> removed;
    };
  }

  private static List<String> andGroup(List<String> settings) {
    return Stream.concat(settings.stream(), Stream.of(SYNC_GROUP)).toList();
  }

  private static Change anew(Change change) {
    return switch (change) {
      case Change.Updated updated ->
          new Change.Restarted(updated.router(), andGroup(updated.settings()));
      case Change.Unchanged unchanged ->
          new Change.Restarted(unchanged.router(), List.of(SYNC_GROUP));
      case Change.Restarted restarted -> restarted;
      case Change.Added added -> added;
      case Change.Removed removed -> removed;
    };
  }

  private static Change change(@Nullable VirtualRouterConfig before, VirtualRouterConfig after) {
    String name = after.name();
    if (before == null) {
      return new Change.Added(name);
    }
    List<String> settings = differing(before, after);
    if (settings.isEmpty()) {
      return new Change.Unchanged(name);
    }
    boolean sameGroup =
        IN_PLACE.containsAll(settings)
            && !(before.cloud().isPresent() && settings.stream().anyMatch(MAPPED::contains))
            && before.family() == after.family()
            && before.owner() == after.owner();
    return sameGroup ? new Change.Updated(name, settings) : new Change.Restarted(name, settings);
  }

  private static Map<String, VirtualRouterConfig> byName(HavipConfig config) {
    return config.routers().stream()
        .collect(Collectors.toMap(VirtualRouterConfig::name, Function.identity()));
  }

  private static List<String> differing(VirtualRouterConfig one, VirtualRouterConfig other) {
    return Arrays.stream(VirtualRouterConfig.class.getRecordComponents())
        .filter(c -> !Objects.equals(value(c, one), value(c, other)))
        .map(RecordComponent::getName)
        .toList();
  }

  private static @Nullable Object value(RecordComponent component, VirtualRouterConfig of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record's accessor is public", e);
    }
  }
}
