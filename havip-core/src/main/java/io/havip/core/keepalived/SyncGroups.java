package io.havip.core.keepalived;

import io.havip.SyncGroup;
import io.havip.Track;
import io.havip.ValueFile;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.InstanceDraft.TrackedInterface;
import io.havip.core.keepalived.InstanceDraft.TrackedObject;
import io.havip.core.keepalived.InstanceDraft.TrackedScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code vrrp_sync_group} blocks. */
final class SyncGroups {

  private final Report report;
  private final TrackSources sources;
  private final CommandRules commands;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  SyncGroups(Report report, TrackSources sources, CommandRules commands) {
    this.commands = commands;
    this.report = report;
    this.sources = sources;
  }

  /** Reads a block. */
  void read(Node block) {
    String keyword = "vrrp_sync_group";
    if (block.arguments().isEmpty() || block.arguments().getFirst().text().isBlank()) {
      report.warn(block.at(), keyword, "vrrp_sync_group needs a name; the group is not used");
      return;
    }
    Word name = block.arguments().getFirst();
    if (drafts.containsKey(name.text())) {
      report.warn(
          name.at(), keyword, "a group " + name.shown() + " exists already", "the first one");
      return;
    }
    Draft draft = new Draft(name);
    new Section(report).walk(block, Block.SYNC_GROUP, draft);
    drafts.put(name.text(), draft);
  }

  /**
   * The groups that can be used.
   *
   * @param routers the virtual routers there are, by name; those of a group are replaced where
   *     Keepalived takes them otherwise than they were read
   */
  List<SyncGroup> resolve(SequencedMap<String, VirtualRouterConfig> routers) {
    Map<String, String> groupOf = new HashMap<>();
    List<SyncGroup> groups = new ArrayList<>();
    for (Draft draft : drafts.values()) {
      Optional<SyncGroup> group = draft.resolve(routers.keySet(), groupOf);
      group.ifPresent(usable -> {
        groups.add(usable);
        usable.routers().forEach(r -> routers.computeIfPresent(r, (n, c) -> draft.member(c)));
      });
    }
    return groups;
  }

  /** The statements of one block. */
  private final class Draft implements Section.Handler {
    private final Word name;
    private @Nullable List<Word> members;
    private final List<TrackedInterface> interfaces = new ArrayList<>();
    private final List<TrackedScript> tracked = new ArrayList<>();
    private final List<TrackedObject> files = new ArrayList<>();
    private final List<TrackedObject> processes = new ArrayList<>();
    private boolean trackingWeight;
    private final NotifyDraft notify = new NotifyDraft();

    private Draft(Word name) {
      this.name = name;
    }

    @Override
    public void works(Keyword keyword, Node node) {
      switch (keyword.name()) {
        case "group" -> members(node);
        case "track_interface" -> new TrackReader(report).interfaces(node, interfaces);
        case "track_script" -> new TrackReader(report).scripts(node, tracked);
        case "track_file" -> new TrackReader(report).objects(node, files);
        case "track_process" -> new TrackReader(report).objects(node, processes);
        case "sync_group_tracking_weight" -> trackingWeight = true;
        case "global_tracking" -> {
          trackingWeight = true;
          report.warn(
              node.at(),
              "global_tracking",
              "global_tracking is deprecated; track in the group what all its members depend on",
              "sync_group_tracking_weight");
        }
        default -> {
          if (!notify.read(node, commands, report)) {
            throw new AssertionError(keyword.name());
          }
        }
      }
    }

    /** Names, several to a line or one. */
    private void members(Node node) {
      if (members != null) {
        report.warn(node.at(), "group", "a group has one list of members", "the first one");
        return;
      }
      List<Word> names = new ArrayList<>();
      node.children().forEach(line -> names.addAll(line.words()));
      members = names;
    }

    private Optional<SyncGroup> resolve(Set<String> routers, Map<String, String> groupOf) {
      List<String> names = new ArrayList<>();
      for (Word member : members == null ? List.<Word>of() : members) {
        String router = member.text();
        String other = groupOf.get(router);
        if (!routers.contains(router)) {
          String what = "there is no instance " + member.shown();
          report.warn(member.at(), "group", what + "; the group goes without it");
        } else if (other != null) {
          String what = member.shown() + " is in the group " + Word.quote(other) + " already";
          report.warn(member.at(), "group", what + "; it is not in this one");
        } else {
          groupOf.put(router, name.text());
          names.add(router);
        }
      }
      if (names.size() < 2) {
        report.warn(
            name.at(),
            "vrrp_sync_group",
            "the group " + name.shown() + " has fewer than two members; it is not used");
        return Optional.empty();
      }
      return Optional.of(
          new SyncGroup(name.text(), names, tracks(), trackingWeight, notify.commands()));
    }

    /** The members of a group move together, so what one of them tracks has no weight. */
    private VirtualRouterConfig member(VirtualRouterConfig router) {
      interfaces.stream()
          .filter(t -> t.name().text().equals(router.interfaceName()))
          .forEach(t -> tellOwnInterface(t, router));
      if (trackingWeight) {
        return router;
      }
      List<Track> tracks =
          router.tracks().stream().flatMap(t -> withoutWeight(t, router).stream()).toList();
      return router.toBuilder().tracks(tracks).build();
    }

    private void tellOwnInterface(TrackedInterface tracked, VirtualRouterConfig router) {
      report.warn(
          tracked.name().at(),
          "track_interface",
          "%s is the own interface of %s, which is tracked anyway"
              .formatted(tracked.name().shown(), Word.quote(router.name())));
    }

    private Optional<Track> withoutWeight(Track track, VirtualRouterConfig router) {
      if (track.weight() == 0) {
        return Optional.of(track);
      }
      Optional<Track> instead =
          switch (track) {
            case Track.Interface(String on, int weight, boolean reverse) ->
                Optional.of(new Track.Interface(on, 0, reverse));
            case Track.File(ValueFile file, int weight, boolean reverse) ->
                Optional.<Track>of(new Track.File(file, 0, reverse)).filter(f -> weight == 1);
            case Track.Check check -> Optional.empty();
          };
      report.warn(
          name.at(),
          "vrrp_sync_group",
          "%s of %s has a weight, which does not count in a sync group"
              .formatted(track.label(), Word.quote(router.name())),
          instead.isPresent() ? "weight 0" : "nothing");
      return instead;
    }

    private List<Track> tracks() {
      List<Track> tracks = new ArrayList<>();
      interfaces.forEach(t -> tracks.add(t.track()));
      tracked.forEach(t -> sources.scripts().track(t).ifPresent(tracks::add));
      files.forEach(t -> sources.files().track(t).ifPresent(tracks::add));
      processes.forEach(t -> sources.processes().track(t).ifPresent(tracks::add));
      return tracks;
    }
  }
}
