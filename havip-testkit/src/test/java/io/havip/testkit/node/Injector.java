package io.havip.testkit.node;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimProgram;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpParse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Says what the test gives it, byte by byte, and notes what the members of the group say. */
final class Injector implements SimProgram, AdvertReceiver {

  private final IpAddress source;
  private final List<VrrpParse.Accepted> heard = new ArrayList<>();
  private AdvertPort port;

  private Injector(IpAddress source) {
    this.source = source;
  }

  static Injector on(SimHost host) {
    return on(host, "172.17.16.20");
  }

  static Injector on(SimHost host, String source) {
    Injector injector = new Injector(IpAddress.parse(source));
    host.start(injector);
    return injector;
  }

  @Override
  public AutoCloseable start(Platform platform) {
    port = platform.adverts().open("eth0", IpFamily.IPV4, this);
    port.join(VrrpCodec.GROUP_IPV4);
    return () -> {};
  }

  void say(IpAddress destination, int hopLimit, byte[] message) {
    port.send(source, destination, hopLimit, message, message.length);
  }

  List<VrrpParse.Accepted> heard() {
    return heard;
  }

  List<ChecksumForm> forms() {
    return heard.stream().map(VrrpParse.Accepted::form).toList();
  }

  @Override
  public void received(ReceivedAdvert message) {
    VrrpParse parse =
        VrrpCodec.parse(
            message.buffer(),
            message.offset(),
            message.length(),
            message.source(),
            message.destination(),
            EnumSet.allOf(ChecksumForm.class));
    if (parse instanceof VrrpParse.Accepted accepted) {
      heard.add(accepted);
    }
  }

  @Override
  public void sendFailed(IpAddress destination, Outcome.Failed failure) {
    throw new AssertionError(failure.describe());
  }
}
