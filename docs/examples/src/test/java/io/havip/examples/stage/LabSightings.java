package io.havip.examples.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.havip.RouterState;
import io.havip.core.check.Sighting;
import io.havip.core.check.TroubleKind;
import io.havip.net.IpAddress;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is seen of a run in the lab, on the axis of {@link System#nanoTime}, which all processes of
 * a host share.
 */
final class LabSightings {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern ENTERING =
      Pattern.compile("\\(VI_(\\d+)\\) Entering (MASTER|BACKUP|FAULT) STATE");

  private final List<Sighting> seen = new ArrayList<>();
  private final IpAddress vip;
  private final long since;

  LabSightings(IpAddress vip, long since) {
    this.vip = vip;
    this.since = since;
  }

  /** What {@code ip -o monitor address} printed on a member's host. */
  void kernel(String member, List<LabProcess.Line> lines) {
    for (LabProcess.Line line : lines) {
      if (line.nanos() >= since && line.text().contains(" " + vip + "/")) {
        boolean gone = line.text().startsWith("Deleted");
        seen.add(new Sighting.Address(line.nanos(), member, vip, !gone));
      }
    }
  }

  /** What one of our nodes reported. */
  void events(String member, List<LabProcess.Line> lines) {
    for (LabProcess.Line line : lines) {
      if (line.nanos() >= since && line.text().startsWith("{")) {
        JsonNode event = parse(line.text());
        if (event.path("event").asText().equals("state-changed")) {
          state(member, event);
        }
      }
    }
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a member printed " + text, e);
    }
  }

  /** When the event of a line happened. */
  static long nanos(String line) {
    return parse(line).path("nanos").asLong();
  }

  private void state(String member, JsonNode event) {
    long at = event.path("nanos").asLong();
    RouterState from = RouterState.valueOf(event.path("from").asText());
    RouterState to = RouterState.valueOf(event.path("to").asText());
    if (from == RouterState.FAULT || to == RouterState.FAULT) {
      moment(at, TroubleKind.HEALTH, member);
    }
    if (from == RouterState.INITIALIZE) {
      trouble(at, TroubleKind.STOP, List.of(member), false);
    }
    seen.add(
        new Sighting.State(
            at,
            member,
            event.path("subject").asText(),
            from,
            to,
            event.path("priority").asInt(),
            event.path("why").asText()));
    if (to == RouterState.INITIALIZE) {
      trouble(at, TroubleKind.STOP, List.of(member), true);
    }
  }

  /** What Keepalived logged. */
  void keepalived(String member, int priority, List<LabProcess.Line> lines) {
    RouterState before = RouterState.INITIALIZE;
    for (LabProcess.Line line : lines) {
      Matcher entering = ENTERING.matcher(line.text());
      if (entering.find()) {
        RouterState to =
            switch (entering.group(2)) {
              case "MASTER" -> RouterState.ACTIVE;
              case "BACKUP" -> RouterState.BACKUP;
              default -> RouterState.FAULT;
            };
        if (before == RouterState.INITIALIZE) {
          trouble(line.nanos(), TroubleKind.STOP, List.of(member), false);
        }
        String router = "VI_" + entering.group(1);
        seen.add(
            new Sighting.State(
                line.nanos(), member, router, before, to, priority, "Keepalived's log"));
        before = to;
      }
    }
  }

  /** What crossed the wire. */
  void frames(List<Frame> frames, Map<String, String> memberByMac) {
    for (Frame frame : frames) {
      if (frame.nanos() < since) {
        continue;
      }
      switch (frame.packet()) {
        case Packet.VrrpAdvert advert -> {
          String member = memberByMac.get(advert.sourceMac());
          if (member != null) {
            seen.add(
                new Sighting.Advert(
                    frame.nanos(),
                    member,
                    advert.vrid(),
                    advert.priority(),
                    advert.intervalMillis() * 1_000_000L));
          }
        }
        case Packet.Arp arp -> {
          String member = memberByMac.get(arp.sourceMac());
          if (member != null && arp.gratuitous() && arp.senderIp().equals(vip.toString())) {
            seen.add(new Sighting.Announcement(frame.nanos(), member, vip));
          }
        }
        default -> {}
      }
    }
  }

  void moment(long at, TroubleKind kind, String member) {
    trouble(at, kind, List.of(member), true);
    trouble(at, kind, List.of(member), false);
  }

  void trouble(long at, TroubleKind kind, List<String> members, boolean begins) {
    String words = kind + " of " + String.join(" to ", members);
    seen.add(new Sighting.Trouble(at, kind, members, begins, words));
  }

  /**
   * Everything, in the order of time. At one instant what was told first comes first; of a member
   * that was killed nothing counts any more that was read late.
   */
  List<Sighting> inOrder() {
    Map<String, Long> last = new HashMap<>();
    List<Sighting> ordered = new ArrayList<>(seen);
    ordered.sort(Comparator.comparingLong(Sighting::at));
    ordered.removeIf(s -> s instanceof Sighting.Address a && repeats(a, last));
    return ordered;
  }

  /** One a line, for a message. */
  static String text(List<Sighting> sightings) {
    return sightings.stream().map(Sighting::toString).collect(Collectors.joining("\n"));
  }

  /** The kernel also tells of what it is told again. */
  private static boolean repeats(Sighting.Address change, Map<String, Long> last) {
    Long before = last.put(change.member(), change.answers() ? 1L : 0L);
    return before == null ? !change.answers() : (before == 1L) == change.answers();
  }
}
