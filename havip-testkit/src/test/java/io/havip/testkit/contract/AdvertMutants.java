package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.wire.VrrpCodec;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Platforms that send or receive adverts wrongly. */
final class AdvertMutants {

  private static final long HOUR = Duration.ofHours(1).toNanos();

  private AdvertMutants() {}

  static Stream<PlatformMutant> all() {
    return Stream.of(
        advert(
            "a1_multicastArrivesWithItsHeader",
            "the wrong hop limit is told",
            p -> hearing(p, m -> copy(m, m.hopLimit() - 1, m.receivedAt()))),
        advert("a1_multicastArrivesWithItsHeader", "multicast never leaves", p -> sending(p, true)),
        advert("a2_unicastArrivesWithItsHeader", "unicast never leaves", p -> sending(p, false)),
        advert(
            "a3_aMessageIsDeliveredOnTheLoopWithTheTimeOfItsArrival",
            "the time of another clock",
            p -> hearing(p, m -> copy(m, m.hopLimit(), m.receivedAt() - HOUR))),
        advert(
            "a3_aMessageThatWaitedCarriesTheTimeOfItsArrival",
            "the time of delivery",
            p -> hearing(p, m -> copy(m, m.hopLimit(), p.timers().now()))),
        advert(
            "a4_aGroupThatWasNotJoinedIsNotHeard",
            "every port is in the group",
            p ->
                opening(
                    p,
                    (port, receiver) -> {
                      port.join(VrrpCodec.GROUP_IPV4);
                      return port;
                    })),
        advert("a5_ownMulticastIsNotHeard", "multicast comes back", AdvertMutants::echoing),
        advert("a6_bytesAreCopiedAndLeaveInOrder", "the caller's buffer is kept", p -> keeping(p)),
        advert(
            "a7_aFailedSendIsReportedOnTheLoopAfterwards",
            "a failure is reported to nobody",
            p -> failing(p, (receiver, report) -> {})),
        advert(
            "a7_aFailedSendIsReportedOnTheLoopAfterwards",
            "a failure is reported on another thread",
            p -> failing(p, (receiver, report) -> Altered.elsewhere(report))),
        advert(
            "a8_openRefusesLoopbackAndMissingInterfaces",
            "any name will do",
            p ->
                new Altered(p) {
                  @Override
                  public AdvertPort open(String name, IpFamily family, AdvertReceiver receiver) {
                    return super.open("eth0", family, receiver);
                  }
                }),
        advert(
            "a9_closeSendsWhatWasGivenAndEndsDelivery",
            "close does nothing",
            p ->
                opening(
                    p,
                    (port, receiver) ->
                        new Altered.AlteredPort(port) {
                          @Override
                          public void close() {}
                        })));
  }

  private static PlatformMutant advert(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(AdvertChannelContract.class, test, what, broken);
  }

  private static Platform opening(
      Platform sound, BiFunction<AdvertPort, AdvertReceiver, AdvertPort> change) {
    return new Altered(sound) {
      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return change.apply(super.open(interfaceName, family, receiver), receiver);
      }
    };
  }

  private static ReceivedAdvert copy(ReceivedAdvert m, int hopLimit, long receivedAt) {
    return new ReceivedAdvert(
        m.source(), m.destination(), hopLimit, receivedAt, m.buffer(), m.offset(), m.length());
  }

  private static Platform hearing(Platform sound, UnaryOperator<ReceivedAdvert> change) {
    return new Altered(sound) {
      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return super.open(
            interfaceName,
            family,
            new AlteredReceiver(receiver) {
              @Override
              public void received(ReceivedAdvert message) {
                super.received(change.apply(message));
              }
            });
      }
    };
  }

  /** Does not send messages to groups, or those to peers. */
  private static Platform sending(Platform sound, boolean groups) {
    return opening(
        sound,
        (port, receiver) ->
            new Altered.AlteredPort(port) {
              @Override
              public void send(
                  IpAddress source, IpAddress destination, int hopLimit, byte[] message, int n) {
                if (destination.isMulticast() != groups) {
                  super.send(source, destination, hopLimit, message, n);
                }
              }
            });
  }

  private static Platform echoing(Platform sound) {
    return opening(
        sound,
        (port, receiver) ->
            new Altered.AlteredPort(port) {
              @Override
              public void send(
                  IpAddress source, IpAddress destination, int hopLimit, byte[] message, int n) {
                super.send(source, destination, hopLimit, message, n);
                receiver.received(
                    new ReceivedAdvert(
                        source, destination, hopLimit, sound.timers().now(), message, 0, n));
              }
            });
  }

  private static Platform keeping(Platform sound) {
    return opening(
        sound,
        (port, receiver) ->
            new Altered.AlteredPort(port) {
              @Override
              public void send(
                  IpAddress source, IpAddress destination, int hopLimit, byte[] message, int n) {
                sound.execute(() -> super.send(source, destination, hopLimit, message, n));
              }
            });
  }

  private static Platform failing(Platform sound, BiConsumer<AdvertReceiver, Runnable> report) {
    return new Altered(sound) {
      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return super.open(
            interfaceName,
            family,
            new AlteredReceiver(receiver) {
              @Override
              public void sendFailed(IpAddress destination, Outcome.Failed failure) {
                report.accept(receiver, () -> super.sendFailed(destination, failure));
              }
            });
      }
    };
  }
}
