package io.havip.testkit.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {

  private final Simulation sim = Simulation.seeded(1);
  private final SimNetwork lan = sim.segment("10.0.0.0/24");
  private final SimHost a = lan.host("a", "10.0.0.1");
  private final SimHost b = lan.host("b", "10.0.0.2");

  @Test
  void textOfARecordIsStable() {
    assertThat(new TraceRecord(12, 3_609_375_000L, "a", TraceKind.SEND, "hello", 7).text())
        .isEqualTo("     3.609375000  #12     a       SEND    hello  <- #7");
    assertThat(new TraceRecord(1, 0, "", TraceKind.FAULT, "kill", 0).text())
        .isEqualTo("     0.000000000  #1              FAULT   kill");
  }

  @Test
  void arrivalIsCausedByTheSendAndAnAnswerByTheArrival() {
    Talker onA = Talker.on(a);
    Talker onB = Talker.on(b);
    sim.at(
        ofSeconds(1),
        "go",
        () -> {
          onA.say("10.0.0.1", Talker.GROUP, "question");
          onB.platform()
              .timers()
              .newDeadline(() -> onB.say("10.0.0.2", Talker.GROUP, "answer"))
              .arm(5_000_000_000L);
        });
    sim.run(ofSeconds(10));
    List<TraceRecord> records = sim.trace().records();
    TraceRecord answer = records.getLast();
    assertThat(answer.kind()).isEqualTo(TraceKind.ARRIVE);
    TraceRecord sent = records.get((int) answer.cause() - 1);
    assertThat(sent.kind()).isEqualTo(TraceKind.SEND);
    assertThat(sent.host()).isEqualTo("b");
    TraceRecord go = records.get((int) sent.cause() - 1);
    assertThat(go.detail()).as("a deadline is caused by what armed it").isEqualTo("go");
    assertThat(go.cause()).isZero();
  }

  @Test
  void vrrpMessagesAreReadable() {
    Talker onA = Talker.on(a);
    IpAddress source = IpAddress.parse("10.0.0.1");
    VrrpAdvert advert = VrrpAdvert.v3(51, 100, 10, List.of(IpAddress.parse("10.0.0.50")));
    byte[] bytes = VrrpCodec.encode(advert, source, Talker.GROUP, ChecksumForm.PSEUDO_HEADER);
    onA.port().send(source, Talker.GROUP, 254, bytes, bytes.length);
    assertThat(sim.trace().records().getLast().detail())
        .isEqualTo(
            "10.0.0.1 > 224.0.0.18 V3 vrid 51 priority 100 interval 10cs [10.0.0.50] ttl 254");
  }

  @Test
  void tailKeepsTheEndAndTheHashOfEverything() {
    Simulation all = Simulation.seeded(1);
    Simulation tail = Simulation.seeded(1).tracing(Trace.Mode.TAIL);
    for (int i = 0; i < 1_000; i++) {
      all.note("line " + i);
      tail.note("line " + i);
    }
    assertThat(tail.trace().hash()).isEqualTo(all.trace().hash());
    assertThat(tail.trace().count()).isEqualTo(1_000);
    assertThat(tail.trace().records()).hasSizeBetween(200, 400);
    assertThat(tail.trace().tail(50)).isEqualTo(all.trace().tail(50)).endsWith("line 999");
    assertThat(all.trace().text().lines()).hasSize(1_000);
  }

  @Test
  void offRecordsNothingAndChangesNothing() {
    sim.tracing(Trace.Mode.OFF);
    Talker onA = Talker.on(a);
    Talker onB = Talker.on(b);
    onA.say("10.0.0.1", "10.0.0.2", "hello");
    a.pause(ofMillis(1));
    sim.run(ofSeconds(1));
    assertThat(onB.heard).hasSize(1);
    assertThat(sim.trace().records()).isEmpty();
    assertThat(sim.trace().count()).isZero();
  }

  @Test
  void hashSeesEveryPartOfARecord() {
    long hash = hashOf("x", TraceKind.NOTE, "detail", 0, 0);
    assertThat(hashOf("y", TraceKind.NOTE, "detail", 0, 0)).isNotEqualTo(hash);
    assertThat(hashOf("x", TraceKind.SEND, "detail", 0, 0)).isNotEqualTo(hash);
    assertThat(hashOf("x", TraceKind.NOTE, "details", 0, 0)).isNotEqualTo(hash);
    assertThat(hashOf("x", TraceKind.NOTE, "detail", 1, 0)).isNotEqualTo(hash);
    assertThat(hashOf("x", TraceKind.NOTE, "detail", 0, 1)).isNotEqualTo(hash);
    assertThat(hashOf("x", TraceKind.NOTE, "detail", 0, 0)).isEqualTo(hash);
  }

  private static long hashOf(String host, TraceKind kind, String detail, long nanos, long cause) {
    Trace trace = new Trace();
    trace.add(nanos, host, kind, detail, cause);
    return trace.hash();
  }
}
