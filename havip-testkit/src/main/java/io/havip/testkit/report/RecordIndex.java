package io.havip.testkit.report;

import io.havip.core.check.Sighting;
import io.havip.testkit.sim.TraceKind;
import io.havip.testkit.sim.TraceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the trace record behind a sighting: same moment, same station, same thing. */
final class RecordIndex {

  private final Map<Long, List<TraceRecord>> byTime = new HashMap<>();

  RecordIndex(List<TraceRecord> records) {
    for (TraceRecord each : records) {
      byTime.computeIfAbsent(each.nanos(), ignored -> new ArrayList<>()).add(each);
    }
  }

  /** The number of the record, or 0. */
  long of(Sighting sighting) {
    return switch (sighting) {
      case Sighting.State s ->
          number(s.at(), s.member(), TraceKind.NODE, s.from() + " -> " + s.to());
      case Sighting.Address s -> {
        long own = number(s.at(), s.member(), TraceKind.ADDRESS, s.address() + "/");
        yield own != 0 ? own : number(s.at(), "", TraceKind.FAULT, s.member());
      }
      case Sighting.Advert s -> number(s.at(), s.member(), TraceKind.SEND, " vrid " + s.vrid());
      case Sighting.Announcement s ->
          number(s.at(), s.member(), TraceKind.SEND, s.address().toString());
      case Sighting.Reach s -> reach(s);
      case Sighting.Mapping s -> number(s.at(), "", TraceKind.VPC, s.address() + " is mapped");
      case Sighting.Trouble s -> number(s.at(), "", TraceKind.FAULT, "");
      case Sighting.Callback s -> number(s.at(), s.member(), TraceKind.NODE, s.router());
      case Sighting.Refused s -> number(s.at(), s.member(), TraceKind.NODE, s.reason().toString());
      case Sighting.Sibling s -> number(s.at(), s.member(), TraceKind.NODE, s.router() + ": ");
      case Sighting.CloudWrite s -> number(s.at(), "", TraceKind.VPC, s.address().toString());
      case Sighting.Epoch s -> number(s.at(), s.member(), TraceKind.NODE, s.address().toString());
      case Sighting.Alarm s -> number(s.at(), s.member(), TraceKind.NODE, s.words());
      case Sighting.Priority s -> number(s.at(), s.member(), TraceKind.NODE, "priority ");
      case Sighting.Reconfigured s ->
          number(s.at(), s.member(), TraceKind.NODE, "new configuration");
    };
  }

  private long reach(Sighting.Reach s) {
    long cache = number(s.at(), s.client(), TraceKind.CACHE, s.address().toString());
    if (cache != 0) {
      return cache;
    }
    long address = any(s.at(), TraceKind.ADDRESS, s.address() + "/");
    return address != 0 ? address : any(s.at(), TraceKind.FAULT, "");
  }

  private long number(long at, String host, TraceKind kind, String part) {
    for (TraceRecord each : byTime.getOrDefault(at, List.of())) {
      boolean there = each.host().equals(host) || host.isEmpty();
      if (there && each.kind() == kind && each.detail().contains(part)) {
        return each.number();
      }
    }
    return 0;
  }

  private long any(long at, TraceKind kind, String part) {
    return number(at, "", kind, part);
  }
}
