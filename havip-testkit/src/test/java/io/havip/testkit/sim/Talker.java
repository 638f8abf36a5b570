package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor.LinkListener;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.wire.VrrpCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program that uses the SPI by hand: it says what the test tells it and notes what it hears. */
final class Talker implements SimProgram {

  static final String ETH0 = "eth0";
  static final IpAddress GROUP = VrrpCodec.GROUP_IPV4;

  /** What was heard, in order: one word and its details. */
  final List<String> log = new ArrayList<>();

  /** What to do for each message heard. */
  Runnable onHeard = () -> {};

  final List<Heard> heard = new ArrayList<>();
  private Platform platform;
  private AdvertPort port;

  record Heard(long at, long receivedAt, IpAddress source, IpAddress destination, String text) {}

  static Talker on(SimHost host) {
    Talker talker = new Talker();
    host.start(talker);
    return talker;
  }

  @Override
  public AutoCloseable start(Platform started) {
    platform = started;
    port = platform.adverts().open(ETH0, IpFamily.IPV4, new Ears());
    port.join(GROUP);
    platform.links().watch(ETH0, new Eyes());
    return () -> log.add("stop");
  }

  Platform platform() {
    return platform;
  }

  AdvertPort port() {
    return port;
  }

  /** Says something from an address of its own. */
  void say(String source, IpAddress destination, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    port.send(IpAddress.parse(source), destination, 255, bytes, bytes.length);
  }

  void say(String source, String destination, String text) {
    say(source, IpAddress.parse(destination), text);
  }

  List<String> texts() {
    return heard.stream().map(Heard::text).toList();
  }

  private final class Ears implements AdvertReceiver {
    @Override
    public void received(ReceivedAdvert message) {
      String text =
          new String(
              message.buffer(), message.offset(), message.length(), StandardCharsets.US_ASCII);
      heard.add(
          new Heard(
              platform.timers().now(),
              message.receivedAt(),
              message.source(),
              message.destination(),
              text));
      log.add("heard " + text);
      onHeard.run();
    }

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      log.add("send failed: " + failure.cause());
    }
  }

  private final class Eyes implements LinkListener {
    @Override
    public void changed(Link link) {
      log.add(
          (link.up() ? "up " : "down ") + link.addresses().stream().map(a -> a.address()).toList());
    }

    @Override
    public void gone() {
      log.add("gone");
    }

    @Override
    public void addressLost(VirtualAddress address) {
      log.add("lost " + address.address());
    }
  }
}
