package io.havip.testkit.report;

import io.havip.core.check.Finding;
import io.havip.testkit.report.Diagram.Band;
import io.havip.testkit.report.Diagram.Bar;
import io.havip.testkit.report.Diagram.Bracket;
import io.havip.testkit.report.Diagram.Lane;
import io.havip.testkit.report.Diagram.Overlap;
import io.havip.testkit.report.Diagram.Point;
import io.havip.testkit.report.Layout.Place;
import io.havip.testkit.report.Layout.Strip;
import io.havip.testkit.report.Zoom.Box;
import java.util.List;

/** Draws a diagram as SVG: what is drawn later lies on top. */
final class Drawing {

  private static final int TEXT_BASE = 14;

  private final Diagram diagram;
  private final Layout layout;
  private final Svg svg = new Svg();

  Drawing(Diagram diagram, Layout layout) {
    this.diagram = diagram;
    this.layout = layout;
  }

  /** The content of the drawing that widens when a person zooms. */
  String plot() {
    shades();
    new ArrowDrawing(diagram, layout, svg).draw();
    layout.places().forEach(this::lane);
    announcements();
    violations();
    overlaps();
    bands();
    brackets();
    findings();
    return svg.toString();
  }

  /** The content of the column of names. */
  static String names(Layout layout) {
    Svg svg = new Svg();
    for (Strip strip : layout.strips()) {
      svg.open("text").with("class", "strip").with("x", 8).with("y", strip.top() + TEXT_BASE);
      svg.inside().text(strip.name()).close("text");
    }
    layout.places().forEach((lane, place) -> name(svg, lane, place));
    return svg.toString();
  }

  private static void name(Svg svg, Lane lane, Place place) {
    boolean tall = place.bottom() - place.top() > Layout.STATE;
    svg.open("text").with("x", 8).with("y", place.top() + (tall ? 13 : 16)).inside();
    svg.open("tspan").with("class", "name").inside().text(lane.name()).close("tspan");
    svg.open("tspan").with("class", "note");
    if (tall) {
      svg.with("x", 8).with("dy", 16);
    } else {
      svg.with("dx", 6);
    }
    svg.inside().text(lane.note()).close("tspan").close("text");
  }

  private void shades() {
    for (Band band : diagram.bands()) {
      for (Place place : layout.placesOf(band.lanes())) {
        svg.open("rect").with("class", "shade");
        span(layout.x(band.from()), layout.x(band.to()), place.top() - 6, place.bottom() + 6);
        svg.end();
      }
    }
  }

  private void span(double from, double to, int top, int bottom) {
    svg.percent("x", from).percent("width", to - from).with("y", top).with("height", bottom - top);
  }

  private void lane(Lane lane, Place place) {
    svg.open("rect").with("class", "lane").with("data-lane", lane.name());
    span(0, 100, place.top(), place.bottom());
    svg.end();
    int top = place.top();
    for (int row = 0; row < lane.rows().size(); row++) {
      int height = row == 0 ? Layout.STATE : Layout.ADDRESS;
      for (Bar bar : lane.rows().get(row)) {
        bar(bar, top, height);
      }
      top += height;
    }
    for (Bar bar : lane.still()) {
      svg.open("rect").with("class", "e hatch " + bar.style());
      span(layout.x(bar.from()), layout.x(bar.to()), place.top(), place.bottom());
      svg.asks(bar.from(), bar.record(), bar.words(), false).end();
    }
  }

  private void bar(Bar bar, int top, int height) {
    double x = layout.x(bar.from());
    double width = layout.x(bar.to()) - x;
    svg.open("svg").percent("x", x).percent("width", width).with("y", top).with("height", height);
    svg.with("class", "e bar " + bar.style());
    svg.asks(bar.from(), bar.record(), bar.words(), true).inside();
    svg.open("rect").with("y", 1).with("width", "100%").with("height", height - 2).end();
    svg.open("text").with("x", 5).with("y", height - (height > 20 ? 8 : 4));
    svg.inside().text(bar.label()).close("text").close("svg");
  }

  private void announcements() {
    int[] levels = layout.announcementLevels();
    for (int i = 0; i < levels.length; i++) {
      Point point = diagram.announcements().get(i);
      if (layout.has(point.lane())) {
        svg.open("use").with("href", "#told").with("class", "e told" + level(levels[i]));
        svg.percent("x", layout.x(point.at())).with("y", layout.place(point.lane()).bottom());
        svg.asks(point.at(), point.record(), "", false).end();
      }
    }
  }

  private void overlaps() {
    for (int i = 0; i < diagram.overlaps().size(); i++) {
      Overlap each = diagram.overlaps().get(i);
      String length = Words.length(each.to() - each.from());
      String words =
          "%s all answered for %s for %s"
              .formatted(String.join(" and ", each.members()), each.address(), length);
      List<Place> places = layout.placesOf(each.members());
      if (!places.isEmpty()) {
        int top = places.stream().mapToInt(Place::top).min().getAsInt();
        int bottom = places.stream().mapToInt(Place::bottom).max().getAsInt();
        svg.open("rect").with("class", "both");
        span(layout.x(each.from()), layout.x(each.to()), top - 4, bottom + 4);
        svg.end();
      }
      box(layout.overlaps(), i, "overlap", each.from(), each.to());
      svg.asks(each.from(), each.record(), words, true).inside();
      label(length);
    }
  }

  private void bands() {
    for (int i = 0; i < diagram.bands().size(); i++) {
      Band each = diagram.bands().get(i);
      box(layout.bands(), i, "band", each.from(), each.to());
      svg.asks(each.from(), each.record(), each.words(), true).inside();
      label(each.words());
    }
  }

  private void violations() {
    for (Finding each : diagram.findings()) {
      double x = layout.x(each.at());
      svg.open("line").with("class", "violated").percent("x1", x).percent("x2", x);
      svg.with("y1", Layout.AXIS).with("y2", layout.height()).end();
    }
  }

  private void findings() {
    for (int i = 0; i < diagram.findings().size(); i++) {
      Finding each = diagram.findings().get(i);
      box(layout.findings(), i, "finding", each.at(), each.at());
      svg.asks(each.at(), 0, each.check() + ": " + each.what(), true).inside();
      label(each.check());
    }
  }

  /** The bound as a line with ends, and the time it took as a thick part of it. */
  private void brackets() {
    for (int i = 0; i < diagram.brackets().size(); i++) {
      Bracket each = diagram.brackets().get(i);
      Box box = layout.brackets().boxes().get(i);
      int y = layout.brackets().top() + box.row() * Layout.STRIP_ROW;
      boolean late = each.taken() > each.allowed();
      String style = "e takeover" + (late ? " late" : "") + level(box.level());
      svg.open("g").with("class", style);
      svg.asks(each.from(), each.record(), each.words(), true).inside();
      double from = layout.x(each.from());
      bracketLine("took", from, layout.x(each.taken()), y + 17);
      bracketLine("allowed", from, layout.x(each.allowed()), y + 17);
      tick(from, y);
      tick(layout.x(each.allowed()), y);
      svg.open("svg").percent("x", box.x()).percent("width", box.width());
      svg.with("y", y).with("height", 14).inside();
      svg.open("text").with("x", 4).with("y", 11).inside();
      svg.text(Words.length(each.taken() - each.from()));
      svg.text(" of " + Words.length(each.allowed() - each.from()));
      svg.close("text").close("svg").close("g");
    }
  }

  private void bracketLine(String style, double from, double to, int y) {
    svg.open("line").with("class", style).percent("x1", from).percent("x2", to);
    svg.with("y1", y).with("y2", y).end();
  }

  private void tick(double x, int y) {
    svg.open("line").with("class", "allowed").percent("x1", x).percent("x2", x);
    svg.with("y1", y + 13).with("y2", y + 20).end();
  }

  /** Opens the box of a thing in its strip: a bar of its true length, and room for its label. */
  private void box(Strip strip, int number, String style, long from, long to) {
    Box box = strip.boxes().get(number);
    int y = strip.top() + box.row() * Layout.STRIP_ROW;
    double x = layout.x(from);
    svg.open("rect").with("class", "extent " + style + level(box.level()));
    span(x, layout.x(to), y + 2, y + Layout.STRIP_ROW - 1);
    svg.end();
    svg.open("svg").percent("x", box.x()).percent("width", box.width());
    svg.with("y", y + 1).with("height", Layout.STRIP_ROW - 1);
    svg.with("class", "e tag " + style + level(box.level()));
  }

  private void label(String text) {
    svg.open("rect").with("class", "hit").with("width", "100%").with("height", "100%").end();
    svg.open("text").with("x", 4).with("y", TEXT_BASE - 1).inside().text(text).close("text");
    svg.close("svg");
  }

  static String level(int level) {
    return level == 0 ? "" : " z" + level;
  }
}
