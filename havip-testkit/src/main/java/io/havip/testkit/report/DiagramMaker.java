package io.havip.testkit.report;

import io.havip.core.check.Sighting;
import io.havip.testkit.report.Diagram.Arrow;
import io.havip.testkit.report.Diagram.Band;
import io.havip.testkit.report.Diagram.Lane;
import io.havip.testkit.report.Diagram.Overlap;
import io.havip.testkit.report.Spells.Spell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes the diagram of a run. */
final class DiagramMaker {

  private final FailoverRun run;
  private final RecordIndex index;
  private final List<Spell<Sighting.Trouble>> troubles;

  private DiagramMaker(FailoverRun run) {
    this.run = run;
    index = new RecordIndex(run.records());
    troubles = Spells.troubles(run.sightings(), run.end());
  }

  static Diagram of(FailoverRun run) {
    DiagramMaker maker = new DiagramMaker(run);
    Arrows arrows = new Arrows(run.records());
    List<Arrow> messages = arrows.messages();
    List<Lane> lanes = new ArrayList<>(new Lanes(run, maker.index, maker.troubles).all());
    lanes.addAll(strangers(lanes, messages));
    return new Diagram(
        run.end(),
        List.copyOf(lanes),
        messages,
        arrows.announcements(),
        maker.bands(),
        new Takeovers(run, maker.index, maker.troubles).all(),
        maker.overlaps(),
        run.findings());
  }

  /** Stations that send or get messages without being members. */
  private static List<Lane> strangers(List<Lane> known, List<Arrow> messages) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    messages.forEach(each -> names.addAll(List.of(each.from(), each.to())));
    known.forEach(each -> names.remove(each.name()));
    names.remove("");
    return names.stream()
        .map(n -> new Lane(n, "no member", Diagram.Kind.NODE, List.of(List.of()), List.of()))
        .toList();
  }

  /** Troubles of one kind that begin and end together, such as the cuts of a partition, are one. */
  private List<Band> bands() {
    Map<List<Object>, List<Spell<Sighting.Trouble>>> together = new LinkedHashMap<>();
    for (Spell<Sighting.Trouble> each : troubles) {
      List<Object> key = List.of(each.begun().kind(), each.from(), each.to());
      together.computeIfAbsent(key, ignored -> new ArrayList<>()).add(each);
    }
    List<Band> bands = new ArrayList<>();
    for (List<Spell<Sighting.Trouble>> group : together.values()) {
      LinkedHashSet<String> lanes = new LinkedHashSet<>();
      LinkedHashSet<String> words = new LinkedHashSet<>();
      for (Spell<Sighting.Trouble> each : group) {
        lanes.addAll(each.begun().members());
        words.add(each.begun().words());
      }
      Spell<Sighting.Trouble> first = group.getFirst();
      bands.add(
          new Band(
              first.from(),
              first.to(),
              List.copyOf(lanes),
              String.join("; ", words),
              index.of(first.begun())));
    }
    return bands;
  }

  /** Times during which more than one member answered for one address, by address and begin. */
  private List<Overlap> overlaps() {
    List<Overlap> overlaps = new ArrayList<>();
    Map<Object, List<Spell<Sighting.Address>>> byAddress = new LinkedHashMap<>();
    for (Spell<Sighting.Address> each : Spells.answering(run.sightings(), run.end())) {
      byAddress.computeIfAbsent(each.begun().address(), ignored -> new ArrayList<>()).add(each);
    }
    byAddress.forEach((address, spells) -> overlapsOf(address.toString(), spells, overlaps));
    overlaps.sort(Comparator.comparingLong(Overlap::from).thenComparing(Overlap::address));
    return overlaps;
  }

  private void overlapsOf(
      String address, List<Spell<Sighting.Address>> spells, List<Overlap> overlaps) {
    TreeSet<Long> edges = new TreeSet<>();
    spells.forEach(each -> edges.addAll(List.of(each.from(), each.to())));
    Overlap open = null;
    for (long edge : edges) {
      List<Spell<Sighting.Address>> now = spells.stream().filter(s -> s.covers(edge)).toList();
      if (open != null) {
        overlaps.add(until(open, edge));
        open = null;
      }
      if (now.size() > 1) {
        List<String> members = now.stream().map(s -> s.begun().member()).sorted().toList();
        long record = index.of(now.getLast().begun());
        open = new Overlap(edge, edge, members, address, record);
        Overlap before = overlaps.isEmpty() ? null : overlaps.getLast();
        if (before != null && before.to() == edge && before.address().equals(address)) {
          overlaps.removeLast();
          open = merged(before, open);
        }
      }
    }
  }

  private static Overlap until(Overlap open, long to) {
    return new Overlap(open.from(), to, open.members(), open.address(), open.record());
  }

  private static Overlap merged(Overlap before, Overlap more) {
    TreeSet<String> members = new TreeSet<>(before.members());
    members.addAll(more.members());
    return new Overlap(
        before.from(), more.to(), List.copyOf(members), before.address(), before.record());
  }
}
