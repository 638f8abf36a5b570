package io.havip.core.keepalived;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.SyncGroup;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Makes a configuration of a tree of blocks. Globals and what can be tracked are read before
 * instances, so that they may stand anywhere in the file.
 */
final class ConfigMapper {

  private final Report report;
  private final ReadOptions options;

  ConfigMapper(Report report, ReadOptions options) {
    this.report = report;
    this.options = options;
  }

  /** The configuration, or empty if there is none to use, which was reported. */
  Optional<HavipConfig> map(Node root) {
    List<Node> globalBlocks = new ArrayList<>();
    List<Node> scriptBlocks = new ArrayList<>();
    List<Node> fileBlocks = new ArrayList<>();
    List<Node> processBlocks = new ArrayList<>();
    List<Node> instances = new ArrayList<>();
    List<Node> groupBlocks = new ArrayList<>();
    Section section = new Section(report);
    section.walk(
        root,
        Block.TOP,
        (keyword, node) -> {
          switch (keyword.name()) {
            case "global_defs" -> globalBlocks.add(node);
            case "vrrp_script" -> scriptBlocks.add(node);
            case "track_file", "vrrp_track_file" -> fileBlocks.add(node);
            case "vrrp_track_process" -> processBlocks.add(node);
            case "vrrp_instance" -> instances.add(node);
            case "vrrp_sync_group" -> groupBlocks.add(node);
            default -> throw new AssertionError(keyword.name());
          }
        });
    Globals globals = new Globals(report, options);
    globalBlocks.forEach(block -> section.walk(block, Block.GLOBAL_DEFS, globals));
    Scripts scripts = new Scripts(report, globals.commands());
    scriptBlocks.forEach(scripts::read);
    TrackFiles files = new TrackFiles(report);
    fileBlocks.forEach(files::read);
    TrackProcesses processes = new TrackProcesses(report);
    processBlocks.forEach(processes::read);
    TrackSources sources = new TrackSources(scripts, files, processes);
    SequencedMap<String, VirtualRouterConfig> byName = new LinkedHashMap<>();
    routers(instances, globals, sources).forEach(r -> byName.put(r.name(), r));
    SyncGroups groups = new SyncGroups(report, sources, globals.commands());
    groupBlocks.forEach(groups::read);
    List<SyncGroup> usable = groups.resolve(byName);
    List<VirtualRouterConfig> routers = List.copyOf(byName.values());
    if (routers.isEmpty() && !report.hasErrors()) {
      report.fatal(root.at(), "", "there is no virtual router to use");
    }
    if (routers.isEmpty() || report.unusable()) {
      return Optional.empty();
    }
    String name = globals.nodeName().or(options::hostName).orElse("havip");
    try {
      return Optional.of(
          new HavipConfig(name, routers, globals.startDelay(), usable, globals.notifyFifos()));
    } catch (HavipConfigException e) {
      report.fatal(root.at(), "", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<VirtualRouterConfig> routers(
      List<Node> blocks, Globals globals, TrackSources sources) {
    InstanceResolver resolver = new InstanceResolver(report, globals, sources);
    Map<String, Position> names = new HashMap<>();
    Map<List<Object>, VirtualRouterConfig> groups = new HashMap<>();
    Map<IpAddress, String> holders = new HashMap<>();
    List<VirtualRouterConfig> routers = new ArrayList<>();
    boolean openToStrangers = false;
    for (Node block : blocks) {
      Optional<Word> name = name(block, names);
      if (name.isEmpty()) {
        continue;
      }
      InstanceDraft draft = new InstanceDraft(name.get(), block.at(), globals);
      InstanceReader reader = new InstanceReader(report, draft);
      new Section(report).walk(block, Block.VRRP_INSTANCE, reader);
      Optional<VirtualRouterConfig> router = resolver.resolve(draft);
      if (router.isEmpty() || !unique(router.get(), block, groups)) {
        continue;
      }
      addressesAreItsOwn(router.get(), block, holders);
      routers.add(router.get());
      boolean unicast = router.get().transport() instanceof Transport.Unicast;
      if (unicast && !draft.checkUnicastSource && draft.unicastAt != null && !openToStrangers) {
        openToStrangers = true;
        report.note(
            draft.unicastAt,
            "unicast_peer",
            "adverts of senders that are no peers are refused; Keepalived accepts them");
      }
    }
    return routers;
  }

  private Optional<Word> name(Node block, Map<String, Position> names) {
    List<Word> words = block.arguments();
    if (words.size() != 1 || words.getFirst().text().isBlank()) {
      report.error(
          block.at(), "vrrp_instance", "vrrp_instance needs one name; the instance is not used");
      return Optional.empty();
    }
    Word name = words.getFirst();
    Position before = names.putIfAbsent(name.text(), name.at());
    if (before != null) {
      report.error(
          name.at(),
          "vrrp_instance",
          "an instance %s stands in line %d already; this one is not used"
              .formatted(name.shown(), before.line()));
      return Optional.empty();
    }
    return Optional.of(name);
  }

  /** Whether no other router has the VRID on that interface and in that family. */
  private boolean unique(
      VirtualRouterConfig router, Node block, Map<List<Object>, VirtualRouterConfig> groups) {
    List<Object> group = List.of(router.interfaceName(), router.family(), router.vrid());
    VirtualRouterConfig other = groups.putIfAbsent(group, router);
    if (other == null) {
      return true;
    }
    String message =
        "%s and %s have the same virtual_router_id %d on %s"
            .formatted(
                Word.quote(other.name()),
                Word.quote(router.name()),
                router.vrid(),
                Word.quote(router.interfaceName()));
    if (disjoint(router.transport(), other.transport())) {
      report.error(
          block.at(),
          "virtual_router_id",
          message + "; the second is not used, although its peers are others");
    } else {
      report.fatal(block.at(), "virtual_router_id", message);
    }
    return false;
  }

  /** Two routers of a node that claim an address would fight about it. */
  private void addressesAreItsOwn(
      VirtualRouterConfig router, Node block, Map<IpAddress, String> holders) {
    for (VirtualAddress address : router.allAddresses()) {
      String other = holders.putIfAbsent(address.address(), router.name());
      if (other != null) {
        report.fatal(
            block.at(),
            "virtual_ipaddress",
            "%s and %s have the same address %s"
                .formatted(Word.quote(other), Word.quote(router.name()), address.address()));
      }
    }
  }

  /** Keepalived allows the same VRID for unicast to other peers. */
  private static boolean disjoint(Transport one, Transport other) {
    return one instanceof Transport.Unicast a
        && other instanceof Transport.Unicast b
        && a.peers().stream().noneMatch(b.peers()::contains);
  }
}
