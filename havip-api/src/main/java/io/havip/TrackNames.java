package io.havip;

import java.util.HashMap;
import java.util.Map;

/** Sees to it that a name in events and snapshots means one check and one file. */
final class TrackNames {

  private final Map<String, HealthCheckConfig> checks = new HashMap<>();
  private final Map<String, ValueFile> files = new HashMap<>();

  /** Notes a dependency; what it depends on must be new or known alike. */
  void add(Track track) {
    switch (track) {
      case Track.Check tracked ->
          note(checks, tracked.check().name(), tracked.check(), "health checks");
      case Track.File tracked -> note(files, tracked.file().name(), tracked.file(), "value files");
      case Track.Interface ignored -> {} // the name is the thing
    }
  }

  private static <T> void note(Map<String, T> known, String name, T value, String kind) {
    T other = known.putIfAbsent(name, value);
    if (other != null && !other.equals(value)) {
      throw new HavipConfigException("two different " + kind + " are named \"" + name + "\"");
    }
  }
}
