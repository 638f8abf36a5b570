package io.havip.testkit.report;

import io.havip.RouterState;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Exposure;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.TraceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sightings that a report needs out of the trace of a simulation that has run, for those
 * who did not watch it: states, addresses, adverts, and the crashes, kills, stops, pauses and
 * freezes. The trace must keep everything.
 */
public final class TraceSightings {

  private static final Pattern STATE =
      Pattern.compile("^(\\S+): (\\w+) -> (\\w+), priority (\\d+): (.*)$");
  private static final Pattern ADDRESS =
      Pattern.compile("^(\\S+)/\\d+ (added to|removed from) .*$");
  private static final Pattern ADVERT = Pattern.compile(" vrid (\\d+) priority (\\d+) ");

  private record Turn(TroubleKind kind, String host, boolean begins) {}

  private final Map<String, Turn> faults = new HashMap<>();
  private final Map<String, TroubleKind> down = new HashMap<>();
  private final Map<String, Set<IpAddress>> held = new HashMap<>();
  private final List<Sighting> sightings = new ArrayList<>();
  private final Set<String> leaving = new HashSet<>();

  private TraceSightings(Simulation simulation) {
    for (SimHost host : simulation.hosts()) {
      String name = host.name();
      faults.put(new Fault.Crash(name).describe(), new Turn(TroubleKind.CRASH, name, true));
      faults.put(new Fault.Kill(name).describe(), new Turn(TroubleKind.KILL, name, true));
      faults.put(new Fault.Stop(name).describe(), new Turn(TroubleKind.STOP, name, true));
      faults.put(new Fault.Pause(name).describe(), new Turn(TroubleKind.PAUSE, name, true));
      faults.put(new Fault.Resume(name).describe(), new Turn(TroubleKind.PAUSE, name, false));
      faults.put(new Fault.Freeze(name).describe(), new Turn(TroubleKind.FREEZE, name, true));
      faults.put(new Fault.Thaw(name).describe(), new Turn(TroubleKind.FREEZE, name, false));
    }
  }

  /**
   * Reads the trace.
   *
   * @param simulation a simulation that has run
   * @param reaches whom clients reach, by client
   * @return the sightings in the order of time
   */
  public static List<Sighting> of(Simulation simulation, List<Reaches> reaches) {
    TraceSightings reader = new TraceSightings(simulation);
    simulation.trace().records().forEach(reader::read);
    reaches.forEach(reader::read);
    reader.sightings.sort(Comparator.comparingLong(Sighting::at));
    return List.copyOf(reader.sightings);
  }

  /**
   * Whom a client reached.
   *
   * @param client the client's name
   * @param address for which address
   * @param traffic measured by {@link io.havip.testkit.sim.SimClient#observeTraffic}
   */
  public record Reaches(String client, IpAddress address, Exposure traffic) {}

  private void read(Reaches reaches) {
    for (Exposure.Span span : reaches.traffic().spans()) {
      Optional<String> member = span.hosts().stream().findFirst().map(SimHost::name);
      sightings.add(new Sighting.Reach(span.from(), reaches.client(), reaches.address(), member));
    }
  }

  private void read(TraceRecord line) {
    switch (line.kind()) {
      case NODE -> state(line);
      case ADDRESS -> address(line);
      case SEND -> advert(line);
      case FAULT -> fault(line);
      case PROCESS -> process(line);
      case LINK, ARRIVE, READ, DROP, CACHE, VPC, ERROR, NOTE -> {}
    }
  }

  private void state(TraceRecord line) {
    Matcher m = STATE.matcher(line.detail());
    if (m.matches()) {
      sightings.add(
          new Sighting.State(
              line.nanos(),
              line.host(),
              m.group(1),
              RouterState.valueOf(m.group(2)),
              RouterState.valueOf(m.group(3)),
              Integer.parseInt(m.group(4)),
              m.group(5)));
    }
  }

  private void address(TraceRecord line) {
    Matcher m = ADDRESS.matcher(line.detail());
    if (m.matches()) {
      boolean added = m.group(2).startsWith("added");
      IpAddress address = IpAddress.parse(m.group(1));
      Set<IpAddress> own = held.computeIfAbsent(line.host(), ignored -> new HashSet<>());
      if (added ? own.add(address) : own.remove(address)) {
        sightings.add(new Sighting.Address(line.nanos(), line.host(), address, added));
      }
    }
  }

  private void advert(TraceRecord line) {
    Matcher m = ADVERT.matcher(line.detail());
    if (m.find()) {
      int vrid = Integer.parseInt(m.group(1));
      int priority = Integer.parseInt(m.group(2));
      sightings.add(new Sighting.Advert(line.nanos(), line.host(), vrid, priority));
    }
  }

  private void fault(TraceRecord line) {
    Turn turn = faults.get(line.detail());
    if (turn == null) {
      return;
    }
    if (turn.kind() == TroubleKind.STOP) {
      leaving.add(turn.host()); // its end is told by the process
    } else if (turn.kind() != TroubleKind.KILL) {
      tell(line.nanos(), turn);
    }
    if (turn.kind() == TroubleKind.CRASH) {
      down.put(turn.host(), TroubleKind.CRASH);
      for (IpAddress each : held.getOrDefault(turn.host(), Set.of())) {
        sightings.add(new Sighting.Address(line.nanos(), turn.host(), each, false));
      }
      held.remove(turn.host());
    }
  }

  private void process(TraceRecord line) {
    if (line.detail().equals("process ended")) {
      TroubleKind kind = leaving.remove(line.host()) ? TroubleKind.STOP : TroubleKind.KILL;
      down.put(line.host(), kind);
      tell(line.nanos(), new Turn(kind, line.host(), true));
    } else if (line.detail().equals("process started")) {
      TroubleKind over = down.remove(line.host());
      if (over != null) {
        tell(line.nanos(), new Turn(over, line.host(), false));
      }
    }
  }

  private void tell(long at, Turn turn) {
    String words = turn.kind().name().toLowerCase(Locale.ROOT) + " of " + turn.host();
    sightings.add(
        new Sighting.Trouble(at, turn.kind(), List.of(turn.host()), turn.begins(), words));
  }
}
