package io.havip.examples;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * A node as a page of text that fits a terminal: one line for each router, then one router in
 * detail.
 */
final class TopView {

  private final RunningNode node;
  private final int width;
  private final int height;
  private final List<String> page = new ArrayList<>();
  private final Instant now;

  private TopView(RunningNode node, int width, int height) {
    this.node = node;
    this.width = width;
    this.height = height;
    now = Instant.parse(node.text("At"));
  }

  /**
   * Draws a page.
   *
   * @param router which one in detail; the first that is not in order, or the first, if empty
   * @return at most {@code height} lines of at most {@code width} characters
   */
  static List<String> draw(RunningNode node, Optional<String> router, int width, int height) {
    return new TopView(node, width, height).draw(router);
  }

  private List<String> draw(Optional<String> wanted) {
    CompositeData[] routers = node.rows("Routers");
    line("%s  %s  %s", node.text("Name"), now, node.text("Platform"));
    CompositeData timing = node.row("Timing");
    line(
        "loop late: median %s, 99%% %s, worst %s",
        seconds(timing.get("median")), seconds(timing.get("p99")), seconds(timing.get("worst")));
    line(
        "%-12s %-8s %4s %-10s %7s %4s %-15s %s",
        "ROUTER", "INTERFACE", "VRID", "STATE", "SINCE", "PRIO", "ACTIVE", "NEXT");
    int chosen = choose(routers, wanted);
    int room = Math.max(1, height - 16);
    for (int i = 0; i < routers.length && i < room; i++) {
      summary(routers[i], i == chosen);
    }
    if (routers.length > room) {
      line("  ... and %d more; --router NAME shows one of them", routers.length - room);
    }
    detail(routers[chosen]);
    strangers();
    return page.size() > height ? page.subList(0, height) : page;
  }

  private static int choose(CompositeData[] routers, Optional<String> wanted) {
    for (int i = 0; i < routers.length; i++) {
      CompositeData router = routers[i];
      if (wanted.isPresent() ? wanted.get().equals(router.get("name")) : !inOrder(router)) {
        return i;
      }
    }
    return 0;
  }

  private static boolean inOrder(CompositeData router) {
    return !text(router, "state").equals("FAULT") && list(router, "violations").length == 0;
  }

  private void summary(CompositeData router, boolean chosen) {
    String active = text(router, "state").equals("ACTIVE") ? "this node" : text(router, "active");
    line(
        "%s%-11.11s %-8.8s %4s %-10s %7s %4s %-15.15s %s",
        chosen ? ">" : " ",
        text(router, "name"),
        text(router, "interfaceName"),
        text(router, "vrid"),
        text(router, "state"),
        ago(text(router, "since")),
        text(router, "priority"),
        active.isEmpty() ? "-" : active,
        next(router));
  }

  private static String next(CompositeData router) {
    CompositeData timers = (CompositeData) router.get("timers");
    List<String> running = new ArrayList<>();
    for (String timer : List.of("activeDown", "preemption", "advert", "prepare", "announcement")) {
      Object left = timers.get(timer);
      if (left != null) {
        running.add(words(timer) + " " + seconds(left));
      }
    }
    return running.isEmpty() ? "-" : String.join(" ", running);
  }

  private static String words(String timer) {
    return switch (timer) {
      case "activeDown" -> "takeover";
      case "announcement" -> "announce";
      default -> timer;
    };
  }

  private void detail(CompositeData router) {
    line("");
    line(
        "%s: %s since %s, %s",
        text(router, "name"), text(router, "state"), text(router, "since"), text(router, "cause"));
    line(
        "  addresses  %s (%s)",
        joined(router, "addresses"),
        router.get("holding").equals(true) ? "held here" : "not held here");
    line("  fence      %s", text(router, "fence"));
    line("  timers     %s", next(router));
    line("  priority   %s", priority(router));
    if (list(router, "faults").length > 0) {
      line("  FAULT      %s", joined(router, "faults"));
    }
    CompositeData counters = (CompositeData) router.get("counters");
    line(
        "  adverts    sent %s (resigned %s), accepted %s (resigned %s), of lower priority %s",
        counters.get("advertsSent"),
        counters.get("resignationsSent"),
        counters.get("advertsAccepted"),
        counters.get("resignationsAccepted"),
        counters.get("lowerPriorityHeard"));
    line(
        "  counters   became ACTIVE %s, left %s, announcements %s, late wakes %s",
        counters.get("becameActive"),
        counters.get("leftActive"),
        counters.get("announcementsSent"),
        counters.get("lateWakes"));
    violations(router);
    rows(router, "peers", "advertsAccepted", "peer", this::peer);
    rows(router, "refusals", "count", "refused", this::refusal);
    rows(router, "cloud", "calls", "cloud", this::cloud);
  }

  private static String priority(CompositeData router) {
    String parts =
        Arrays.stream((CompositeData[]) list(router, "parts"))
            .map(p ->
                "%+d %s (%s%s)"
                    .formatted(
                        (Integer) p.get("contribution"),
                        p.get("what"),
                        p.get("condition"),
                        p.get("fault").equals(true) ? ", FAULT" : ""))
            .collect(Collectors.joining("  "));
    return "%s = %s configured  %s"
        .formatted(text(router, "priority"), text(router, "configuredPriority"), parts);
  }

  private void violations(CompositeData router) {
    for (Object each : list(router, "violations")) {
      CompositeData violation = (CompositeData) each;
      line(
          "  VIOLATED   %s %s times, %s ago: %s",
          violation.get("property"),
          violation.get("count"),
          ago(text(violation, "last")),
          violation.get("example"));
    }
  }

  private interface Row {
    String of(CompositeData data);
  }

  /** The rows with the highest counts, as long as there is room. */
  private void rows(CompositeData router, String attribute, String count, String head, Row row) {
    List<CompositeData> all =
        Arrays.stream((CompositeData[]) list(router, attribute))
            .sorted(Comparator.comparingLong(d -> -(Long) d.get(count)))
            .toList();
    for (CompositeData each : all) {
      line("  %-10s %s", head, row.of(each));
    }
  }

  private String peer(CompositeData peer) {
    return "%s priority %s every %s, %s ago, %s adverts"
        .formatted(
            text(peer, "address"),
            text(peer, "priority"),
            seconds(peer.get("interval")),
            ago(text(peer, "last")),
            text(peer, "advertsAccepted"));
  }

  private String refusal(CompositeData refusal) {
    return "%s of %s: %s, %s ago"
        .formatted(
            text(refusal, "count"),
            text(refusal, "peer"),
            text(refusal, "reason").toLowerCase(Locale.ROOT).replace('_', '-'),
            ago(text(refusal, "last")));
  }

  private String cloud(CompositeData cloud) {
    return "%s %s, %s calls, %s failed"
        .formatted(
            text(cloud, "address"),
            cloud.get("confirmed").equals(true) ? "confirmed here" : "not confirmed here",
            text(cloud, "calls"),
            text(cloud, "failures"));
  }

  private void strangers() {
    CompositeData[] strangers = node.rows("Strangers");
    long packets = 0;
    for (CompositeData each : strangers) {
      packets += (Long) ((CompositeData) each.get("count")).get("count");
    }
    if (packets > 0) {
      line(
          "strangers: %d packets of %d senders belong to no router here",
          packets, strangers.length);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  private void line(String format, @Nullable Object... values) {
    String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    page.add(line.length() > width ? line.substring(0, width - 1) + "~" : line);
  }

  private String ago(String instant) {
    Duration ago = Duration.between(Instant.parse(instant), now);
    if (ago.toHours() >= 48) {
      return ago.toDays() + "d";
    }
    if (ago.toHours() >= 1) {
      return ago.toHours() + "h" + ago.toMinutesPart() + "m";
    }
    return ago.toMinutes() >= 1
        ? ago.toMinutes() + "m" + ago.toSecondsPart() + "s"
        : seconds(ago.toMillis() / 1000.0);
  }

  private static String seconds(@Nullable Object value) {
    double seconds = value == null ? 0 : (Double) value;
    return seconds != 0 && Math.abs(seconds) < 0.1
        ? String.format(Locale.ROOT, "%.1fms", seconds * 1000)
        : String.format(Locale.ROOT, "%.1fs", seconds);
  }

  private static Object[] list(CompositeData data, String name) {
    return (Object[]) data.get(name);
  }

  private static String joined(CompositeData data, String name) {
    return Arrays.stream(list(data, name)).map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String text(CompositeData data, String name) {
    Object value = data.get(name);
    return value == null ? "" : value.toString();
  }
}
