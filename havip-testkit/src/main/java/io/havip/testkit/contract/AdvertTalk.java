package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.testkit.contract.PlatformFixture.Host;
import io.havip.wire.VrrpCodec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port on each host for one address family, and what they hear. */
final class AdvertTalk implements AutoCloseable {

  static final int HOP_LIMIT = 255;

  private final PlatformFixture env;
  private final IpFamily family;
  private final Map<Host, AdvertPort> ports = new EnumMap<>(Host.class);
  private final Map<Host, Ears> ears = new EnumMap<>(Host.class);

  /** A message as it was heard, with its own copy of the bytes. */
  record Heard(
      IpAddress source,
      IpAddress destination,
      int hopLimit,
      long receivedAt,
      long deliveredAt,
      boolean inLoop,
      List<Byte> message) {

    /** The number that {@link #message(int)} put into it. */
    int number() {
      return message.get(1);
    }
  }

  /** A failure that was reported. */
  record Failure(IpAddress destination, Outcome.Failed failure, boolean inLoop) {}

  /** Writes down what a port hears. */
  static final class Ears implements AdvertReceiver {

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final List<Failure> failures = new CopyOnWriteArrayList<>();
    volatile Runnable onHeard = () -> {};
    private final Platform platform;

    Ears(Platform platform) {
      this.platform = platform;
    }

    @Override
    public void received(ReceivedAdvert m) {
      heard.add(
          new Heard(
              m.source(),
              m.destination(),
              m.hopLimit(),
              m.receivedAt(),
              platform.timers().now(),
              platform.inLoop(),
              bytes(Arrays.copyOfRange(m.buffer(), m.offset(), m.offset() + m.length()))));
      onHeard.run();
    }

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      failures.add(new Failure(destination, failure, platform.inLoop()));
    }
  }

  /** A port on each host, the first of which is in no group. */
  AdvertTalk(PlatformFixture env, IpFamily family) {
    this.env = env;
    this.family = family;
    for (Host host : Host.values()) {
      Platform platform = env.platform(host);
      Ears listening = new Ears(platform);
      ears.put(host, listening);
      ports.put(
          host,
          env.call(host, () -> platform.adverts().open(env.interfaceName(), family, listening)));
    }
    join(Host.SECOND);
  }

  /** A port on each host, both in the group. */
  static AdvertTalk open(PlatformFixture env, IpFamily family) {
    AdvertTalk talk = new AdvertTalk(env, family);
    talk.join(Host.FIRST);
    return talk;
  }

  void join(Host host) {
    boolean unused =
        env.call(
            host,
            () -> {
              port(host).join(group());
              return true;
            });
  }

  IpAddress group() {
    return VrrpCodec.group(family);
  }

  AdvertPort port(Host host) {
    AdvertPort port = ports.get(host);
    if (port == null) {
      throw new IllegalStateException("no port of " + host);
    }
    return port;
  }

  Ears ears(Host host) {
    Ears listening = ears.get(host);
    if (listening == null) {
      throw new IllegalStateException("no ears of " + host);
    }
    return listening;
  }

  List<Heard> heard(Host host) {
    return ears(host).heard;
  }

  static Host other(Host host) {
    return host == Host.FIRST ? Host.SECOND : Host.FIRST;
  }

  /** Something like an advert, whose second byte is a number. */
  static byte[] message(int number) {
    return new byte[] {0x31, (byte) number, 100, 1, 0, 100, 0, 0, 10, 0, 0, 50};
  }

  static List<Byte> bytes(byte[] array) {
    Byte[] boxed = new Byte[array.length];
    Arrays.setAll(boxed, i -> array[i]);
    return List.of(boxed);
  }

  /** Sends in a turn of the loop of a host. */
  void say(Host from, IpAddress destination, int hopLimit, int number) {
    byte[] message = message(number);
    IpAddress source = env.source(from, family);
    boolean unused =
        env.call(
            from,
            () -> {
              port(from).send(source, destination, hopLimit, message, message.length);
              return true;
            });
  }

  /** The other host sends to this one alone. */
  void sayTo(Host host, int number) {
    say(other(host), env.source(host, family), HOP_LIMIT, number);
  }

  /** Waits until a host has heard so many messages. */
  void awaitHeard(Host host, int messages) {
    env.await(host + " to hear message " + messages, () -> heard(host).size() >= messages);
  }

  @Override
  public void close() {
    for (Host host : Host.values()) {
      close(host);
    }
  }

  void close(Host host) {
    boolean unused =
        env.call(
            host,
            () -> {
              port(host).close();
              return true;
            });
  }
}
