package io.havip.testkit.report;

import io.havip.testkit.report.Diagram.Arrow;
import io.havip.testkit.report.Diagram.Lane;
import io.havip.testkit.report.Zoom.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Gives everything in a diagram its place: pixels from the top, percentages from the left. */
final class Layout {

  static final int AXIS = 26;
  static final int STRIP_ROW = 20;
  static final int STATE = 24;
  static final int ADDRESS = 16;
  private static final int STRIP_GAP = 6;
  private static final int LANE_GAP = 34;
  private static final int THIN_GAP = 12;
  private static final int ROWS = 4;
  private static final double NEAREST_ARROWS = 6;
  private static final double NEAREST_POINTS = 9;

  /**
   * Several rows of boxes with a name.
   *
   * @param name written on the left
   * @param top pixels
   * @param height pixels
   * @param boxes in the order of the things
   */
  record Strip(String name, int top, int height, List<Box> boxes) {}

  /**
   * Where a lane is.
   *
   * @param top pixels
   * @param bottom pixels
   */
  record Place(int top, int bottom) {}

  private final Diagram diagram;
  private final Strip findings;
  private final Strip bands;
  private final Strip brackets;
  private final Strip overlaps;
  private final Map<Lane, Place> places = new LinkedHashMap<>();
  private final Map<String, Place> stations = new HashMap<>();
  private int height = AXIS;

  Layout(Diagram diagram) {
    this.diagram = diagram;
    findings = strip("violations", diagram.findings(), f -> f.at(), f -> f.at(), 48);
    bands = strip("faults", diagram.bands(), b -> b.from(), b -> b.to(), 120);
    brackets =
        strip(
            "takeovers",
            diagram.brackets(),
            b -> b.from(),
            b -> Math.max(b.allowed(), b.taken()),
            150);
    overlaps = strip("overlaps", diagram.overlaps(), o -> o.from(), o -> o.to(), 80);
    height += STRIP_GAP;
    Lane before = null;
    for (Lane lane : diagram.lanes()) {
      if (before != null) {
        boolean talk = before.kind() == Diagram.Kind.NODE && lane.kind() == Diagram.Kind.NODE;
        height += talk ? LANE_GAP : THIN_GAP;
      }
      Place place = new Place(height, height + laneHeight(lane));
      places.put(lane, place);
      stations.putIfAbsent(lane.name(), place);
      height = place.bottom();
      before = lane;
    }
    height += STRIP_GAP;
  }

  private static int laneHeight(Lane lane) {
    return STATE + ADDRESS * (lane.rows().size() - 1);
  }

  private <T> Strip strip(
      String name, List<T> things, ToLongFunction<T> from, ToLongFunction<T> to, double label) {
    double[] left = things.stream().mapToDouble(t -> x(from.applyAsLong(t))).toArray();
    double[] right = things.stream().mapToDouble(t -> x(to.applyAsLong(t))).toArray();
    List<Box> boxes = Zoom.stack(left, right, label, ROWS);
    int rows = boxes.stream().mapToInt(Box::row).max().orElse(-1) + 1;
    int top = height;
    height += rows * STRIP_ROW;
    return new Strip(name, top, rows * STRIP_ROW, boxes);
  }

  /** A moment as a percentage of the run, within it. */
  double x(long at) {
    return Math.max(0, Math.min(100, at * 100.0 / diagram.end()));
  }

  int height() {
    return height;
  }

  Strip findings() {
    return findings;
  }

  Strip bands() {
    return bands;
  }

  Strip brackets() {
    return brackets;
  }

  Strip overlaps() {
    return overlaps;
  }

  /** The strips that hold something, from top to bottom. */
  List<Strip> strips() {
    return List.of(findings, bands, brackets, overlaps).stream()
        .filter(s -> !s.boxes().isEmpty())
        .toList();
  }

  Map<Lane, Place> places() {
    return places;
  }

  /** Where the lanes of stations are; only those that exist. */
  List<Place> placesOf(List<String> names) {
    return names.stream().filter(stations::containsKey).map(stations::get).toList();
  }

  /** The lane of a station that has one. */
  Place place(String station) {
    Place place = stations.get(station);
    if (place == null) {
      throw new IllegalArgumentException("there is no lane for " + station);
    }
    return place;
  }

  boolean has(String station) {
    return stations.containsKey(station);
  }

  /** At which zoom each arrow is drawn: first what was lost or resigns, each way for itself. */
  int[] arrowLevels() {
    List<Arrow> arrows = diagram.arrows();
    Map<List<String>, List<Integer>> ways = new LinkedHashMap<>();
    for (int i = 0; i < arrows.size(); i++) {
      Arrow arrow = arrows.get(i);
      ways.computeIfAbsent(List.of(arrow.from(), arrow.to()), w -> new ArrayList<>()).add(i);
    }
    int[] levels = new int[arrows.size()];
    for (List<Integer> way : ways.values()) {
      List<Integer> order = new ArrayList<>(way);
      order.sort((a, b) -> Boolean.compare(special(arrows.get(b)), special(arrows.get(a))));
      double[] at = order.stream().mapToDouble(i -> x(arrows.get(i).sent())).toArray();
      int[] thinned = Zoom.thin(at, NEAREST_ARROWS);
      IntStream.range(0, thinned.length).forEach(n -> levels[order.get(n)] = thinned[n]);
    }
    return levels;
  }

  private static boolean special(Arrow arrow) {
    return arrow.lost() || arrow.resigns();
  }

  /** At which zoom each announcement is drawn. */
  int[] announcementLevels() {
    double[] at = diagram.announcements().stream().mapToDouble(p -> x(p.at())).toArray();
    return Zoom.thin(at, NEAREST_POINTS);
  }
}
