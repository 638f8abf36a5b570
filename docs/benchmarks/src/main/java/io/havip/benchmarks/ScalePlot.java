package io.havip.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws rows of numbers as horizontal bars, as an SVG image. */
final class ScalePlot {

  private static final int LEFT = 230;
  private static final int WIDTH = 420;
  private static final int ROW = 18;
  private static final String OURS = "#2c7fb8";
  private static final String OTHERS = "#bbbbbb";

  private final List<Panel> panels = new ArrayList<>();

  /**
   * One row.
   *
   * @param label at its left
   * @param value its length
   * @param ours whether it is this library's
   */
  record Bar(String label, double value, boolean ours) {}

  private record Panel(String title, String unit, List<Bar> bars) {}

  void add(String title, String unit, List<Bar> bars) {
    if (!bars.isEmpty()) {
      panels.add(new Panel(title, unit, List.copyOf(bars)));
    }
  }

  void write(Path file) throws IOException {
    StringBuilder body = new StringBuilder();
    int y = 10;
    for (Panel panel : panels) {
      y = draw(body, panel, y);
    }
    String text =
        String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
                    + " font-family='sans-serif' font-size='12'>%n",
                LEFT + WIDTH + 90,
                y)
            + body
            + "</svg>\n";
    Files.writeString(file, text);
  }

  private static int draw(StringBuilder body, Panel panel, int top) {
    double longest = panel.bars().stream().mapToDouble(Bar::value).max().orElse(1);
    int y = top + 16;
    body.append(
        String.format(
            Locale.ROOT, "<text x='10' y='%d' font-weight='bold'>%s</text>%n", y, panel.title()));
    for (Bar bar : panel.bars()) {
      y += ROW;
      double width = longest == 0 ? 0 : bar.value() / longest * WIDTH;
      body.append(String.format(Locale.ROOT, "<text x='10' y='%d'>%s</text>%n", y, bar.label()))
          .append(
              String.format(
                  Locale.ROOT,
                  "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>%n",
                  LEFT,
                  y - 11,
                  width,
                  ROW - 5,
                  bar.ours() ? OURS : OTHERS))
          .append(
              String.format(
                  Locale.ROOT,
                  "<text x='%.1f' y='%d'>%.1f %s</text>%n",
                  LEFT + width + 5,
                  y,
                  bar.value(),
                  panel.unit()));
    }
    return y + ROW;
  }
}
