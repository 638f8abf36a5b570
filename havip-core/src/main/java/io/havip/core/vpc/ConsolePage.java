package io.havip.core.vpc;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the console showed at several moments, as HTML: a table for each, with a mark at every value
 * that is not what it was at the moment before.
 *
 * @param title the heading of the page
 * @param moments in the order of time
 */
public record ConsolePage(String title, List<Moment> moments) {

  private static final String STYLE =
      """
      body { font: 15px/1.4 sans-serif; margin: 2em }
      table { border-collapse: collapse; margin: 0 0 1.5em }
      caption { text-align: left; padding: .3em 0; font-weight: bold }
      th, td { border: 1px solid #bbb; padding: .2em .8em; text-align: left }
      th { font-weight: normal; color: #555 }
      mark { background: #ffe58f }
      """;

  /** Copies the list. */
  public ConsolePage {
    moments = List.copyOf(moments);
  }

  /**
   * A look at the console.
   *
   * @param at when, since some begin
   * @param what what had happened before
   * @param view what it showed
   */
  public record Moment(Duration at, String what, ConsoleView view) {}

  /**
   * The tables alone, to be put into another page.
   *
   * @return one {@code table} element a moment; text is escaped, no identifiers, no styles
   */
  public String fragment() {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      ConsoleView before = moments.get(Math.max(i - 1, 0)).view();
      html.append("<table>\n<caption>").append(caption(moment)).append("</caption>\n");
      moment
          .view()
          .fields()
          .forEach((label, value) -> {
            boolean changed = !value.equals(before.fields().get(label));
            html.append("<tr><th>").append(escaped(label)).append("</th><td>");
            html.append(changed ? "<mark>" + escaped(value) + "</mark>" : escaped(value));
            html.append("</td></tr>\n");
          });
      html.append("</table>\n");
    }
    return html.toString();
  }

  /**
   * A whole page that needs nothing else: no script, no picture, no other file.
   *
   * @return an HTML document, to be written as UTF-8
   */
  public String html() {
    String heading = escaped(title);
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
        + heading
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n<h1>"
        + heading
        + "</h1>\n"
        + fragment()
        + "</body>\n</html>\n";
  }

  private static String caption(Moment moment) {
    double seconds = moment.at().toNanos() / 1e9;
    return String.format(Locale.ROOT, "%.3f s: ", seconds) + escaped(moment.what());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
