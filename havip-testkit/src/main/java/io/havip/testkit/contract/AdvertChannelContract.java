package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.PlatformException;
import io.havip.testkit.contract.AdvertTalk.Failure;
import io.havip.testkit.contract.AdvertTalk.Heard;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The rules of {@link io.havip.spi.AdvertChannel}. */
public abstract class AdvertChannelContract extends SeamContract {

  private static final int SHORTER = 8;

  /** How far the time of the kernel may be from that of the loop: two clocks are compared. */
  private static final long CLOCK_ERROR = 1_000_000;

  /** A kernel may begin to note times of arrival only after the first port has asked for them. */
  private static final int ATTEMPTS = 20;

  /** For subclasses. */
  protected AdvertChannelContract() {}

  private static void checkMessage(
      IpAddress source, IpAddress destination, int hopLimit, int number, Heard heard) {
    assertEquals(AdvertTalk.bytes(AdvertTalk.message(number)), heard.message());
    assertEquals(source, heard.source());
    assertEquals(destination, heard.destination());
    assertEquals(hopLimit, heard.hopLimit());
  }

  /** What is sent to a group arrives, in both directions. */
  @Test
  public void a1_multicastArrivesWithItsHeader() {
    for (IpFamily family : env().families()) {
      try (AdvertTalk talk = AdvertTalk.open(env(), family)) {
        for (Host from : Host.values()) {
          Host to = AdvertTalk.other(from);
          talk.say(from, talk.group(), AdvertTalk.HOP_LIMIT, 1);
          talk.awaitHeard(to, 1);
          checkMessage(
              env().source(from, family),
              talk.group(),
              AdvertTalk.HOP_LIMIT,
              1,
              talk.heard(to).getFirst());
        }
      }
    }
  }

  /** What is sent to one peer arrives, in both directions. */
  @Test
  public void a2_unicastArrivesWithItsHeader() {
    int hopLimit = 64;
    for (IpFamily family : env().families()) {
      try (AdvertTalk talk = AdvertTalk.open(env(), family)) {
        for (Host from : Host.values()) {
          Host to = AdvertTalk.other(from);
          IpAddress destination = env().source(to, family);
          talk.say(from, destination, hopLimit, 2);
          talk.awaitHeard(to, 1);
          checkMessage(
              env().source(from, family), destination, hopLimit, 2, talk.heard(to).getFirst());
        }
      }
    }
  }

  /** A message is heard on the loop, after it has arrived. */
  @Test
  public void a3_aMessageIsDeliveredOnTheLoopWithTheTimeOfItsArrival() {
    try (AdvertTalk talk = AdvertTalk.open(env(), anyFamily())) {
      long before = now();
      talk.sayTo(Host.FIRST, 3);
      talk.awaitHeard(Host.FIRST, 1);
      Heard heard = talk.heard(Host.FIRST).getFirst();
      assertTrue(heard.inLoop(), "a message is delivered on the loop");
      assertTrue(heard.receivedAt() >= before - CLOCK_ERROR, "it arrived before it was sent");
      assertTrue(heard.receivedAt() <= heard.deliveredAt() + CLOCK_ERROR, "it will arrive later");
    }
  }

  /** A stalled process learns when what it missed arrived. */
  @Test
  public void a3_aMessageThatWaitedCarriesTheTimeOfItsArrival() {
    needs(Ability.STALL);
    try (AdvertTalk talk = AdvertTalk.open(env(), anyFamily())) {
      long wrong = Long.MAX_VALUE;
      for (int i = 1; i <= ATTEMPTS && wrong > CLOCK_ERROR; i++) {
        AtomicLong arrived = new AtomicLong();
        int number = i;
        env()
            .stall(
                () -> {},
                () -> {
                  talk.sayTo(Host.FIRST, number);
                  settle();
                  arrived.set(now());
                  settle();
                });
        talk.awaitHeard(Host.FIRST, i);
        wrong = talk.heard(Host.FIRST).get(i - 1).receivedAt() - arrived.get();
      }
      long late = wrong;
      assertTrue(late <= CLOCK_ERROR, () -> "the time of arrival is " + late + " ns too late");
    }
  }

  /** Nobody hears groups in which he is not. */
  @Test
  public void a4_aGroupThatWasNotJoinedIsNotHeard() {
    try (AdvertTalk talk = new AdvertTalk(env(), anyFamily())) {
      talk.say(Host.SECOND, talk.group(), AdvertTalk.HOP_LIMIT, 1);
      talk.sayTo(Host.FIRST, 2);
      talk.awaitHeard(Host.FIRST, 1);
      assertEquals(2, talk.heard(Host.FIRST).getFirst().number(), "the group was not joined");
      talk.join(Host.FIRST);
      talk.join(Host.FIRST);
      talk.say(Host.SECOND, talk.group(), AdvertTalk.HOP_LIMIT, 3);
      talk.awaitHeard(Host.FIRST, 2);
      settle();
      assertEquals(2, talk.heard(Host.FIRST).size(), "joining twice is joining once");
    }
  }

  /** Nobody hears himself. */
  @Test
  public void a5_ownMulticastIsNotHeard() {
    try (AdvertTalk talk = AdvertTalk.open(env(), anyFamily())) {
      talk.say(Host.FIRST, talk.group(), AdvertTalk.HOP_LIMIT, 1);
      talk.awaitHeard(Host.SECOND, 1);
      talk.sayTo(Host.FIRST, 2);
      talk.awaitHeard(Host.FIRST, 1);
      assertEquals(2, talk.heard(Host.FIRST).getFirst().number(), "its own message came back");
    }
  }

  /** The caller may use its buffer again. */
  @Test
  public void a6_bytesAreCopiedAndLeaveInOrder() {
    int messages = 5;
    IpFamily family = anyFamily();
    IpAddress source = env().source(Host.FIRST, family);
    try (AdvertTalk talk = AdvertTalk.open(env(), family)) {
      run(() -> {
        byte[] buffer = AdvertTalk.message(0);
        for (int i = 1; i <= messages; i++) {
          buffer[1] = (byte) i;
          talk.port(Host.FIRST).send(source, talk.group(), AdvertTalk.HOP_LIMIT, buffer, SHORTER);
        }
        buffer[1] = 99;
      });
      talk.awaitHeard(Host.SECOND, messages);
      for (int i = 1; i <= messages; i++) {
        byte[] expected = Arrays.copyOf(AdvertTalk.message(i), SHORTER);
        assertEquals(AdvertTalk.bytes(expected), talk.heard(Host.SECOND).get(i - 1).message());
      }
    }
  }

  /** What cannot be sent is reported, and keeps nothing else from leaving. */
  @Test
  public void a7_aFailedSendIsReportedOnTheLoopAfterwards() {
    IpFamily family = anyFamily();
    IpAddress foreign = env().freeAddress(family).address();
    try (AdvertTalk talk = AdvertTalk.open(env(), family)) {
      List<Failure> failures = talk.ears(Host.FIRST).failures;
      byte[] message = AdvertTalk.message(1);
      int within =
          call(() -> {
            talk.port(Host.FIRST)
                .send(foreign, talk.group(), AdvertTalk.HOP_LIMIT, message, message.length);
            return failures.size();
          });
      assertEquals(0, within, "a failure is reported after the call of send");
      talk.say(Host.FIRST, talk.group(), AdvertTalk.HOP_LIMIT, 2);
      talk.awaitHeard(Host.SECOND, 1);
      assertEquals(2, talk.heard(Host.SECOND).getFirst().number());
      await("the report of a send from a foreign address", () -> !failures.isEmpty());
      assertTrue(failures.getFirst().inLoop(), "a failure is reported on the loop");
      assertEquals(talk.group(), failures.getFirst().destination());
      assertFalse(failures.getFirst().failure().cause().isBlank(), "a failure says why");
      settle();
      assertEquals(1, failures.size(), "one failure, one report");
    }
  }

  /** What cannot be opened is named. */
  @Test
  public void a8_openRefusesLoopbackAndMissingInterfaces() {
    for (String name : List.of(env().loopbackName(), MISSING)) {
      PlatformException refused =
          assertThrows(
              PlatformException.class,
              () ->
                  call(() -> {
                    var ears = new AdvertTalk.Ears(platform());
                    try (AdvertPort port = platform().adverts().open(name, anyFamily(), ears)) {
                      return port.toString();
                    }
                  }));
      assertTrue(refused.getMessage().contains(name), refused::getMessage);
    }
  }

  /** A closed port is deaf, but what it was given leaves. */
  @Test
  public void a9_closeSendsWhatWasGivenAndEndsDelivery() {
    IpFamily family = anyFamily();
    IpAddress source = env().source(Host.FIRST, family);
    try (AdvertTalk talk = AdvertTalk.open(env(), family)) {
      byte[] message = AdvertTalk.message(1);
      run(() -> {
        AdvertPort port = talk.port(Host.FIRST);
        port.send(source, talk.group(), AdvertTalk.HOP_LIMIT, message, message.length);
        port.close();
        port.close();
      });
      talk.awaitHeard(Host.SECOND, 1);
      talk.say(Host.SECOND, talk.group(), AdvertTalk.HOP_LIMIT, 2);
      talk.sayTo(Host.FIRST, 3);
      settle();
      assertEquals(List.of(), talk.heard(Host.FIRST), "a closed port hears nothing");
    }
  }
}
