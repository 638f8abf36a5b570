package io.havip.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualRouterConfig;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording of the JVM has of a node. */
class FlightTest {

  @TempDir private Path folder;

  private List<RecordedEvent> record(Runnable run) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("io.havip.*");
      recording.start();
      run.run();
      recording.stop();
      Path file = folder.resolve("flight.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith("io.havip."))
          .toList();
    }
  }

  private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("io.havip." + name))
        .toList();
  }

  private static VirtualRouterConfig router(String password) {
    return VirtualRouterConfig.builder("vr")
        .interfaceName("eth0")
        .vrid(7)
        .version(VrrpVersion.V2)
        .authentication(VrrpAuth.SimplePassword.of(password))
        .address("10.0.0.50/24")
        .build();
  }

  @Test
  void aTakeoverALateWakeAndRefusedPacketsAreRecorded() throws IOException {
    List<RecordedEvent> events =
        record(() -> {
          Simulation sim = Simulation.seeded(1);
          SimNetwork lan = sim.segment("10.0.0.0/24");
          SimHost a = lan.host("a", "10.0.0.1");
          a.start(router("xyzzy"));
          sim.run(Duration.ofSeconds(10));
          a.pause(Duration.ofSeconds(5));
          sim.run(Duration.ofSeconds(20));
          lan.host("b", "10.0.0.2").start(router("plugh"));
          sim.run(Duration.ofSeconds(10));
        });

    assertThat(of(events, "Transition").getFirst().getString("to")).isEqualTo("BACKUP");
    RecordedEvent takeover = of(events, "Takeover").getFirst();
    assertThat(takeover.getString("router")).isEqualTo("vr");
    assertThat(takeover.getString("cause")).startsWith("no advert for 3.6");
    assertThat(takeover.getLong("announcements")).isPositive();
    assertThat(of(events, "LateWake"))
        .anySatisfy(
            late -> assertThat(late.getDuration("late")).isGreaterThan(Duration.ofSeconds(3)));
    assertThat(of(events, "RefusedPacket"))
        .anySatisfy(refused -> {
          assertThat(refused.getString("reason")).isEqualTo("auth-failed");
          assertThat(refused.getString("peer")).startsWith("10.0.0.");
          assertThat(refused.getString("explanation")).doesNotContain("xyzzy", "plugh");
        });
  }
}
