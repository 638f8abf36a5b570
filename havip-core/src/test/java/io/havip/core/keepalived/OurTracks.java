package io.havip.core.keepalived;

import io.havip.HealthCheck;
import io.havip.HealthCheckConfig;
import io.havip.Track;
import java.util.List;
import java.util.SortedMap;

/** Says what our reader made of what is tracked. */
final class OurTracks {

  private static final String PROCESS = "process ";

  private OurTracks() {}

  static void add(List<Track> tracks, SortedMap<String, String> values) {
    values.put("track_interface", "");
    values.put("track_script", "");
    for (Track track : tracks) {
      String weight = " " + track.weight() + (track.reverse() ? " reverse" : "");
      switch (track) {
        case Track.Interface tracked ->
            append("track_interface", tracked.interfaceName() + weight, values);
        case Track.File tracked -> {
          append("track_file", tracked.file().name() + weight, values);
          values.put("file_" + tracked.file().name(), tracked.file().path().toString());
        }
        case Track.Check tracked -> check(tracked.check(), weight, values);
      }
    }
  }

  private static void append(String aspect, String text, SortedMap<String, String> values) {
    values.merge(aspect, text, (a, b) -> a.isEmpty() ? b : a + ", " + b);
  }

  private static void check(
      HealthCheckConfig check, String weight, SortedMap<String, String> values) {
    switch (check.check()) {
      case HealthCheck.Command command -> {
        append("track_script", check.name() + weight, values);
        values.put("command", OurEffect.command(command.argv(), command.runAs()));
        values.put("interval", OurEffect.seconds(check.interval()));
        values.put("timeout", OurEffect.seconds(check.timeout()));
        values.put("rise", check.rise() + "");
        values.put("fall", check.fall() + "");
      }
      case HealthCheck.Processes processes -> {
        append("track_process", check.name().substring(PROCESS.length()) + weight, values);
        values.put(check.name().replace(' ', '_'), process(check, processes));
      }
      case HealthCheck.Probe probe -> throw new AssertionError("a file has no probes");
    }
  }

  /** The first of several runs that decide is at the start of the delay. */
  private static String process(HealthCheckConfig check, HealthCheck.Processes processes) {
    int most = processes.atMost();
    return "%s, %d to %s, after %d s and %d s"
        .formatted(
            String.join(" ", processes.program(), String.join(" ", processes.arguments())).strip(),
            processes.atLeast(),
            most == Integer.MAX_VALUE ? "any" : most + "",
            check.rise() - 1,
            check.fall() - 1);
  }
}
