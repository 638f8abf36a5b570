package io.havip.testkit.report;

import io.havip.testkit.report.Diagram.Arrow;
import io.havip.testkit.report.Diagram.Point;
import io.havip.testkit.sim.TraceKind;
import io.havip.testkit.sim.TraceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads messages and announcements out of a simulation's trace, by the numbers of the causes. */
final class Arrows {

  private static final Pattern PRIORITY = Pattern.compile(" vrid \\d+ priority (\\d+) ");
  private static final Pattern RECEIVER = Pattern.compile("^to (\\S+), ");

  private final List<TraceRecord> records;

  Arrows(List<TraceRecord> records) {
    this.records = records;
  }

  /** Every way that a VRRP message took, in the order of arrival. */
  List<Arrow> messages() {
    Map<Long, TraceRecord> sent = new HashMap<>();
    List<Arrow> arrows = new ArrayList<>();
    for (TraceRecord each : records) {
      if (each.kind() == TraceKind.SEND && PRIORITY.matcher(each.detail()).find()) {
        sent.put(each.number(), each);
      }
      TraceRecord cause = sent.get(each.cause());
      if (cause != null && each.kind() == TraceKind.ARRIVE) {
        arrows.add(arrow(cause, each, each.host(), false));
      } else if (cause != null && each.kind() == TraceKind.DROP) {
        Matcher receiver = RECEIVER.matcher(each.detail());
        arrows.add(arrow(cause, each, receiver.find() ? receiver.group(1) : "", true));
      }
    }
    return arrows;
  }

  private static Arrow arrow(TraceRecord sent, TraceRecord end, String to, boolean lost) {
    Matcher priority = PRIORITY.matcher(sent.detail());
    boolean resigns = priority.find() && Objects.equals(priority.group(1), "0");
    return new Arrow(
        sent.nanos(), sent.host(), end.nanos(), to, lost, resigns, sent.number(), end.number());
  }

  /** Announcements; those of one station and moment are one. */
  List<Point> announcements() {
    List<Point> points = new ArrayList<>();
    for (TraceRecord each : records) {
      if (each.kind() == TraceKind.SEND && announces(each.detail())) {
        boolean again =
            !points.isEmpty()
                && points.getLast().at() == each.nanos()
                && points.getLast().lane().equals(each.host());
        if (!again) {
          points.add(
              new Point(
                  each.nanos(), each.host(), each.host() + ": " + each.detail(), each.number()));
        }
      }
    }
    return points;
  }

  private static boolean announces(String detail) {
    return detail.startsWith("gratuitous arp") || detail.startsWith("neighbour advertisement");
  }
}
