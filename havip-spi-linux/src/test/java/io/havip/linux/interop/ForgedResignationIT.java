package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.RouterState;
import io.havip.net.IpAddress;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.Packet;
import io.havip.wire.ChecksumForm;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A third host resigns in the place of a holder that is alive and well. The backup claims quickly
 * when it believes in a resignation, as members do by default.
 */
class ForgedResignationIT extends OnScene {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Of priority 100 at one second. */
  private static final Duration SKEW = Duration.ofNanos(1_000_000_000L * (256 - 100) / 256);

  /**
   * After an advert: late enough that the next one comes before the skew is over, which is all that
   * a router of RFC 9568 has against it.
   */
  private static final Duration LATE = Duration.ofMillis(700);

  private static LabHost stranger;
  private static Injector injector;

  @BeforeAll
  static void openScene() {
    open("tcpdump");
    stranger = scene.lab.addHost("stranger", "172.17.16.66", "fd00:9::66/64");
    injector = new Injector(stranger);
    injector.poseAs(scene.ours);
  }

  @AfterAll
  static void closeInjector() {
    if (injector != null) {
      injector.close();
    }
  }

  /** Holder, backup, and the forger's message for them. */
  private record Group(Spec spec, Ours.InProcess holder, Ours.InProcess backup) {

    long forge(String source, String destination) {
      byte[] message = new byte[64];
      int length =
          VrrpCodec.encode(
              VrrpAdvert.v3(spec.vrid(), 0, 100, List.of(IpAddress.parse(spec.vip()))),
              IpAddress.parse(source),
              IpAddress.parse(destination),
              ChecksumForm.PSEUDO_HEADER,
              message,
              0);
      return injector.say(source, destination, Arrays.copyOf(message, length));
    }

    Frame advertAfter(long since) {
      return scene.capture.awaitFrame(
          "an advert of the holder",
          f -> f.isAdvert(spec.vrid()) && !isResignation(f),
          since,
          Scene.LIMIT);
    }

    /** Nobody changes his state, and nobody but the holder speaks, until two adverts more. */
    void assertNothingFollows(long since) {
      Frame next = advertAfter(since);
      advertAfter(next.nanos() + 1);
      assertThat(backup.changes()).as("changes of the backup").hasSize(1);
      assertThat(holder.changes()).as("changes of the holder").hasSize(2);
      assertThat(
              scene.capture.frames(
                  f -> f.nanos() > since && f.isAdvert(spec.vrid(), scene.theirs.address())))
          .isEmpty();
      assertThat(scene.theirs.hasAddress(spec.vip())).isFalse();
    }

    private static boolean isResignation(Frame frame) {
      return frame.packet() instanceof Packet.VrrpAdvert advert && advert.priority() == 0;
    }
  }

  private static Group group(boolean unicast) {
    Spec plain = scene.nextGroup(false, 200).withInterval(SECOND);
    Spec ours = unicast ? plain.withUnicast(scene.ours.address(), scene.theirs.address()) : plain;
    Spec theirs = unicast ? plain.withUnicast(scene.theirs.address(), scene.ours.address()) : plain;
    Ours.InProcess holder = scene.closeLater(Ours.inProcess(scene.ours, ours));
    holder.await(RouterState.ACTIVE, Scene.LIMIT);
    Ours.InProcess backup =
        scene.closeLater(Ours.inProcess(scene.theirs, theirs.withPriority(100)));
    backup.await(RouterState.BACKUP, Scene.LIMIT);
    return new Group(plain, holder, backup);
  }

  private static boolean isQuestion(Frame frame, Spec spec) {
    return frame.packet() instanceof Packet.Arp arp
        && arp.operation() == 1
        && arp.senderMac().equals(scene.theirs.mac())
        && arp.targetIp().equals(spec.vip());
  }

  private static void passUntil(long end) {
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** By the RFC it would be followed by a takeover after the skew, whoever sent it. */
  @Test
  void inUnicastThatOfAStrangerIsRefusedAndNothingFollows() {
    Group group = group(true);
    Frame advert = group.advertAfter(System.nanoTime());
    long forged = group.forge(stranger.address(), scene.theirs.address());
    passUntil(forged + SKEW.plusMillis(100).toNanos());

    group.assertNothingFollows(forged);
    assertThat(group.backup().router().refusals())
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_A_PEER);
          assertThat(refused.peer()).isEqualTo(IpAddress.parse(stranger.address()));
          assertThat(refused.count()).isOne();
        });
    assertThat(scene.capture.frames(f -> f.nanos() > forged && isQuestion(f, group.spec())))
        .as("it is not even asked about")
        .isEmpty();
    assertThat(advert.nanos()).isLessThan(forged);
  }

  @Test
  void byMulticastInTheNameOfTheHolderItIsAnsweredByTheAddressAndEndedByTheNextAdvert() {
    assertAskedAndEnded(group(false), VrrpCodec.GROUP_IPV4.toString());
  }

  @Test
  void inUnicastInTheNameOfTheHolderTheSame() {
    assertAskedAndEnded(group(true), scene.theirs.address());
  }

  private static void assertAskedAndEnded(Group group, String destination) {
    Frame advert = group.advertAfter(System.nanoTime());
    passUntil(advert.nanos() + LATE.toNanos());
    long forged = group.forge(scene.ours.address(), destination);

    Frame question =
        scene.capture.awaitFrame(
            "the backup's question", f -> isQuestion(f, group.spec()), forged, Scene.LIMIT);
    scene.capture.awaitFrame(
        "the holder's answer",
        f ->
            f.packet() instanceof Packet.Arp arp
                && arp.operation() == 2
                && arp.senderMac().equals(scene.ours.mac())
                && arp.senderIp().equals(group.spec().vip()),
        question.nanos(),
        Scene.LIMIT);
    group.assertNothingFollows(forged);
    assertThat(group.backup().router().refusals()).isEmpty();
  }
}
