package io.havip.testkit.report;

import io.havip.testkit.report.Diagram.Arrow;
import io.havip.testkit.report.Layout.Place;

/** Draws the messages. */
final class ArrowDrawing {

  private static final int LOST_BEFORE = 10;

  private final Diagram diagram;
  private final Layout layout;
  private final Svg svg;

  ArrowDrawing(Diagram diagram, Layout layout, Svg svg) {
    this.diagram = diagram;
    this.layout = layout;
    this.svg = svg;
  }

  void draw() {
    int[] levels = layout.arrowLevels();
    for (int i = 0; i < levels.length; i++) {
      Arrow each = diagram.arrows().get(i);
      if (layout.has(each.from())) {
        draw(each, Drawing.level(levels[i]));
      }
    }
  }

  private void draw(Arrow arrow, String level) {
    Place from = layout.place(arrow.from());
    boolean aimed = layout.has(arrow.to());
    Place to = aimed ? layout.place(arrow.to()) : new Place(from.bottom() + 24, 0);
    boolean down = to.top() > from.top();
    int begin = down ? from.bottom() : from.top();
    int end = down ? to.top() : to.bottom();
    if (arrow.lost()) {
      end -= down ? LOST_BEFORE : -LOST_BEFORE;
    }
    String style = arrow.lost() ? "lost" : arrow.resigns() ? "resigns" : "arrives";
    svg.open("line").with("class", "e advert " + style + level);
    svg.percent("x1", layout.x(arrow.sent())).percent("x2", layout.x(arrow.arrived()));
    svg.with("y1", begin).with("y2", end).with("data-q", arrow.end());
    svg.asks(arrow.sent(), arrow.record(), "", false).end();
    if (arrow.lost()) {
      svg.open("use").with("href", "#cross").with("class", "cross" + level);
      svg.percent("x", layout.x(arrow.arrived())).with("y", end).end();
    }
  }
}
