package io.havip.testkit.swarm;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.spi.Timers;
import io.havip.testkit.contract.Altered;
import io.havip.testkit.contract.Altered.AlteredPort;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpParse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Platforms with one planted bug each. */
final class BrokenPlatforms {

  private static final IpAddress STRANGER = IpAddress.parse("10.0.0.254");
  private static final IpAddress SOMEBODY = IpAddress.parse("10.0.0.253");
  private static final IpAddress VIP = IpAddress.parse("10.0.0.50");

  private BrokenPlatforms() {}

  /** Says that addresses are bound, and binds none. */
  static Platform bindsNothing(Platform sound) {
    return new Altered(sound) {
      @Override
      public Outcome add(String interfaceName, VirtualAddress address) {
        return Outcome.DONE;
      }
    };
  }

  /** Says that addresses are off, and leaves them. */
  static Platform removesNothing(Platform sound) {
    return new Altered(sound) {
      @Override
      public Outcome remove(String interfaceName, VirtualAddress address) {
        return Outcome.DONE;
      }
    };
  }

  /** Says that addresses are announced, and is silent. */
  static Platform announcesNothing(Platform sound) {
    return new Altered(sound) {
      @Override
      public Outcome announce(String interfaceName, IpAddress address) {
        return Outcome.DONE;
      }
    };
  }

  /** Does not tell when an address was taken off by somebody else. */
  static Platform hidesLosses(Platform sound) {
    return new Altered(sound) {
      @Override
      public LinkMonitor.Watch watch(String interfaceName, LinkMonitor.LinkListener listener) {
        return super.watch(
            interfaceName,
            new LinkMonitor.LinkListener() {
              @Override
              public void changed(Link link) {
                listener.changed(link);
              }

              @Override
              public void gone() {
                listener.gone();
              }

              @Override
              public void addressLost(VirtualAddress address) {}
            });
      }
    };
  }

  /** Its clock runs four times as fast as time. */
  static Platform fastClock(Platform sound) {
    return new Altered(sound) {
      @Override
      public long now() {
        return 4 * super.now();
      }

      @Override
      public Deadline newDeadline(Runnable onDue) {
        return armedAt(super.newDeadline(onDue), at -> Math.ceilDiv(at, 4));
      }

      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return super.open(interfaceName, family, hearing(receiver, m -> at(m, 4 * m.receivedAt())));
      }
    };
  }

  /** Takes the wall clock for a monotonic one. */
  static Platform wallClock(Platform sound) {
    return new Altered(sound) {
      private long ahead() {
        long wall = ChronoUnit.NANOS.between(Instant.EPOCH, wallTime());
        return wall - super.now();
      }

      @Override
      public long now() {
        return super.now() + ahead();
      }

      @Override
      public Deadline newDeadline(Runnable onDue) {
        return armedAt(super.newDeadline(onDue), at -> at - ahead());
      }

      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return super.open(
            interfaceName, family, hearing(receiver, m -> at(m, m.receivedAt() + ahead())));
      }
    };
  }

  /** Loses what resigns. */
  static Platform hearsNoResignation(Platform sound) {
    return hears(sound, m -> m.buffer()[m.offset() + 2] == 0 ? null : m);
  }

  /** Does not look at checksums, and mends what is wrong. */
  static Platform mendsChecksums(Platform sound) {
    return hears(
        sound,
        m -> {
          if (m.source().equals(STRANGER) && !(read(m) instanceof VrrpParse.Accepted)) {
            m.buffer()[m.offset() + 6] ^= 0x55;
          }
          return m;
        });
  }

  /** Drops its own words where nobody counts them. */
  static Platform deafToItself(Platform sound, IpAddress own) {
    return hears(sound, m -> m.source().equals(own) ? null : m);
  }

  /** Takes its own words for those of somebody else. */
  static Platform hearsItself(Platform sound, IpAddress own) {
    return hears(sound, m -> m.source().equals(own) ? rewritten(m, SOMEBODY, null) : m);
  }

  /** Reads the addresses of its own group in every advert. */
  static Platform readsItsOwnAddresses(Platform sound) {
    return hears(
        sound, m -> m.source().equals(STRANGER) ? rewritten(m, m.source(), List.of(VIP)) : m);
  }

  /** Says again what it said last, whenever it hears something. */
  static Platform echoes(Platform sound) {
    return new Altered(sound) {
      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        Runnable[] again = {() -> {}};
        long[] said = {Long.MIN_VALUE};
        AdvertPort port =
            super.open(
                interfaceName,
                family,
                hearing(
                    receiver,
                    m -> {
                      if (said[0] < now() - 50_000_000) { // or echoes would have echoes
                        said[0] = now();
                        again[0].run();
                      }
                      return m;
                    }));
        return new AlteredPort(port) {
          @Override
          public void send(
              IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {
            byte[] kept = Arrays.copyOf(message, length);
            again[0] = () -> super.send(source, destination, hopLimit, kept, length);
            super.send(source, destination, hopLimit, message, length);
          }
        };
      }
    };
  }

  /** Drops what it is to send while somebody wants it to. */
  static Platform silent(Platform sound, BooleanSupplier when) {
    return sends(sound, message -> !when.getAsBoolean());
  }

  /** Drops every message after one of another virtual router. */
  static Platform choked(Platform sound, int vrid) {
    boolean[] other = {false};
    return sends(
        sound,
        message -> {
          boolean passes = !other[0];
          other[0] = (message[1] & 0xff) != vrid;
          return passes || other[0];
        });
  }

  private static Platform sends(Platform sound, Function<byte[], Boolean> passes) {
    return new Altered(sound) {
      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return new AlteredPort(super.open(interfaceName, family, receiver)) {
          @Override
          public void send(
              IpAddress source, IpAddress destination, int hopLimit, byte[] message, int length) {
            if (passes.apply(message)) {
              super.send(source, destination, hopLimit, message, length);
            }
          }
        };
      }
    };
  }

  private static Platform hears(
      Platform sound, Function<ReceivedAdvert, @Nullable ReceivedAdvert> change) {
    return new Altered(sound) {
      @Override
      public AdvertPort open(String interfaceName, IpFamily family, AdvertReceiver receiver) {
        return super.open(interfaceName, family, hearing(receiver, change));
      }
    };
  }

  private static AdvertReceiver hearing(
      AdvertReceiver receiver, Function<ReceivedAdvert, @Nullable ReceivedAdvert> change) {
    return new AdvertReceiver() {
      @Override
      public void received(ReceivedAdvert message) {
        ReceivedAdvert changed = change.apply(message);
        if (changed != null) {
          receiver.received(changed);
        }
      }

      @Override
      public void sendFailed(IpAddress destination, Outcome.Failed failure) {
        receiver.sendFailed(destination, failure);
      }
    };
  }

  private static Timers.Deadline armedAt(Timers.Deadline inner, Function<Long, Long> time) {
    return new Timers.Deadline() {
      @Override
      public void arm(long atNanos) {
        inner.arm(time.apply(atNanos));
      }

      @Override
      public void disarm() {
        inner.disarm();
      }
    };
  }

  private static ReceivedAdvert at(ReceivedAdvert m, long receivedAt) {
    return new ReceivedAdvert(
        m.source(), m.destination(), m.hopLimit(), receivedAt, m.buffer(), m.offset(), m.length());
  }

  private static VrrpParse read(ReceivedAdvert m) {
    return VrrpCodec.parse(
        m.buffer(),
        m.offset(),
        m.length(),
        m.source(),
        m.destination(),
        EnumSet.allOf(ChecksumForm.class));
  }

  /** The same from another sender or with other addresses. */
  private static ReceivedAdvert rewritten(
      ReceivedAdvert m, IpAddress source, @Nullable List<IpAddress> addresses) {
    if (!(read(m) instanceof VrrpParse.Accepted read)) {
      return m;
    }
    VrrpAdvert heard = read.advert();
    VrrpAdvert told =
        new VrrpAdvert(
            heard.version(),
            heard.vrid(),
            heard.priority(),
            heard.intervalCentiseconds(),
            addresses == null ? heard.addresses() : addresses,
            heard.auth());
    byte[] bytes = VrrpCodec.encode(told, source, m.destination(), read.form());
    return new ReceivedAdvert(
        source, m.destination(), m.hopLimit(), m.receivedAt(), bytes, 0, bytes.length);
  }
}
