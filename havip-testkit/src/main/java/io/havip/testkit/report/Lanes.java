package io.havip.testkit.report;

import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.testkit.report.Diagram.Bar;
import io.havip.testkit.report.Diagram.Kind;
import io.havip.testkit.report.Diagram.Lane;
import io.havip.testkit.report.Spells.Spell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the lanes of members, mappings and clients. */
final class Lanes {

  /** More addresses would make a lane that nobody can look at; the note says how many there are. */
  private static final int ADDRESSES = 3;

  private final FailoverRun run;
  private final RecordIndex index;
  private final List<Spell<Sighting.Trouble>> troubles;
  private final List<String> members;

  Lanes(FailoverRun run, RecordIndex index, List<Spell<Sighting.Trouble>> troubles) {
    this.run = run;
    this.index = index;
    this.troubles = troubles;
    members = run.scene().members().stream().map(Scene.Actor::name).toList();
  }

  List<Lane> all() {
    List<Lane> lanes = new ArrayList<>();
    mappings(lanes);
    run.scene().members().forEach(actor -> lanes.add(node(actor)));
    clients(lanes);
    return lanes;
  }

  private Lane node(Scene.Actor actor) {
    List<List<Bar>> rows = new ArrayList<>();
    rows.add(states(actor));
    List<VirtualAddress> addresses = actor.router().allAddresses();
    for (VirtualAddress each : addresses.subList(0, Math.min(ADDRESSES, addresses.size()))) {
      rows.add(held(actor.name(), each.address()));
    }
    String more = addresses.size() > ADDRESSES ? ", " + ADDRESSES + " of " + addresses.size() : "";
    String note = "priority " + actor.router().priority() + more;
    return new Lane(actor.name(), note, Kind.NODE, rows, still(actor.name()));
  }

  private List<Bar> states(Scene.Actor actor) {
    List<Bar> bars = new ArrayList<>();
    Open open = new Open(bars);
    List<Sighting> own = new ArrayList<>();
    for (Sighting each : run.sightings()) {
      boolean state =
          each instanceof Sighting.State s
              && s.member().equals(actor.name())
              && s.router().equals(actor.router().name());
      boolean down =
          each instanceof Sighting.Trouble t
              && gone(t.kind())
              && t.members().contains(actor.name());
      if (state || down) {
        own.add(each);
      }
    }
    for (Sighting each : own) {
      if (each instanceof Sighting.State s) {
        String words =
            "%s: %s -> %s, priority %d: %s"
                .formatted(s.member(), s.from(), s.to(), s.priority(), s.cause());
        String style = s.to().name().toLowerCase(Locale.ROOT);
        open.next(s.at(), style, s.to().name(), words, index.of(s));
      } else if (each instanceof Sighting.Trouble t && t.begins()) {
        String word =
            t.kind() == TroubleKind.CRASH
                ? "crashed"
                : t.kind() == TroubleKind.KILL ? "killed" : "stopped";
        open.next(t.at(), "down", word, actor.name() + " " + word, index.of(t));
      }
    }
    open.end(run.end());
    return bars;
  }

  private static boolean gone(TroubleKind kind) {
    return kind == TroubleKind.CRASH || kind == TroubleKind.KILL || kind == TroubleKind.STOP;
  }

  private List<Bar> held(String member, IpAddress address) {
    List<Bar> bars = new ArrayList<>();
    for (Spell<Sighting.Address> each : Spells.answering(run.sightings(), run.end())) {
      if (each.begun().member().equals(member) && each.begun().address().equals(address)) {
        String words =
            "%s's kernel answers for %s for %s"
                .formatted(member, address, Words.length(each.to() - each.from()));
        bars.add(
            new Bar(
                each.from(),
                each.to(),
                "held",
                address + " in kernel",
                words,
                index.of(each.begun())));
      }
    }
    return bars;
  }

  private List<Bar> still(String member) {
    List<Bar> bars = new ArrayList<>();
    for (Spell<Sighting.Trouble> each : troubles) {
      TroubleKind kind = each.begun().kind();
      if ((kind == TroubleKind.PAUSE || kind == TroubleKind.FREEZE)
          && each.begun().members().contains(member)) {
        String word = kind == TroubleKind.PAUSE ? "paused" : "frozen";
        String words =
            "%s %s for %s".formatted(member, word, Words.length(each.to() - each.from()));
        bars.add(new Bar(each.from(), each.to(), word, word, words, index.of(each.begun())));
      }
    }
    return bars;
  }

  private void mappings(List<Lane> lanes) {
    Map<IpAddress, Open> lanesOf = new LinkedHashMap<>();
    for (Sighting each : run.sightings()) {
      if (each instanceof Sighting.Mapping m) {
        lanesOf
            .computeIfAbsent(m.address(), ignored -> new Open(new ArrayList<>()))
            .next(m.at(), style(m.member()), label(m.member()), words(m), index.of(m));
      }
    }
    lanesOf.forEach((address, open) -> {
      open.end(run.end());
      lanes.add(new Lane("cloud", "maps " + address, Kind.MAPPING, List.of(open.bars), List.of()));
    });
  }

  private void clients(List<Lane> lanes) {
    Map<List<Object>, Open> open = new LinkedHashMap<>();
    for (Sighting each : run.sightings()) {
      if (each instanceof Sighting.Reach r) {
        List<Object> pair = List.of(r.client(), r.address());
        open.computeIfAbsent(pair, ignored -> new Open(new ArrayList<>()))
            .next(r.at(), style(r.member()), label(r.member()), words(r), index.of(r));
      }
    }
    open.forEach((pair, spans) -> {
      spans.end(run.end());
      String note = "reaches " + pair.get(1);
      lanes.add(
          new Lane(pair.getFirst().toString(), note, Kind.CLIENT, List.of(spans.bars), List.of()));
    });
  }

  private static String words(Sighting.Mapping m) {
    return "the cloud maps %s to %s".formatted(m.address(), label(m.member()));
  }

  private static String words(Sighting.Reach r) {
    return "%s reaches %s for %s".formatted(r.client(), label(r.member()), r.address());
  }

  private static String label(Optional<String> member) {
    return member.orElse("nobody");
  }

  private String style(Optional<String> member) {
    return member.map(name -> "m" + Math.max(0, members.indexOf(name)) % 6).orElse("nobody");
  }

  /** A row of bars of which each ends where the next begins. */
  private static final class Open {

    private final List<Bar> bars;
    private boolean begun;
    private long from;
    private String style = "";
    private String label = "";
    private String words = "";
    private long record;

    Open(List<Bar> bars) {
      this.bars = bars;
    }

    void next(long at, String nextStyle, String nextLabel, String nextWords, long nextRecord) {
      end(at);
      begun = true;
      from = at;
      style = nextStyle;
      label = nextLabel;
      words = nextWords;
      record = nextRecord;
    }

    void end(long at) {
      if (begun && at > from) {
        bars.add(new Bar(from, at, style, label, words, record));
      }
      begun = false;
    }
  }
}
