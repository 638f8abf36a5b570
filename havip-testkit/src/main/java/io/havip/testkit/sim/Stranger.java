package io.havip.testkit.sim;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.Ipv4Address;
import io.havip.net.Ipv6Address;
import io.havip.net.MacAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpParse;
import io.havip.wire.VrrpVersion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends what does not belong to the group: packets made of the last one that was overheard. */
final class Stranger {

  private static final long NANOS_PER_CENTISECOND = 10_000_000;
  private static final int CHECKSUM = 6;

  private final SimNetwork network;
  private final Port port;
  private final Beat beat = new Beat();
  private Frame.@Nullable Message overheard;
  private @Nullable Port speaker;
  private int priority;

  Stranger(SimNetwork network) {
    this.network = network;
    port = new Mouth(network);
  }

  /** Whether another group is there. */
  boolean rivals() {
    return priority > 0;
  }

  void overhear(Port from, Frame.Message message) {
    speaker = from;
    overheard = message;
  }

  void rival(int value) {
    priority = value;
    network.engine().cancel(beat);
    if (value > 0) {
      network.engine().schedule(beat, network.engine().now());
    }
  }

  void forge(Forgery forgery) {
    Frame.Message model = overheard;
    Port from = speaker;
    if (model == null || from == null || !(read(model) instanceof VrrpParse.Accepted read)) {
      return;
    }
    VrrpAdvert advert = read.advert();
    Datagram heard = model.datagram();
    IpAddress self = address(network.cidr(), 1);
    VrrpAdvert claim = advert.withPriority(255);
    byte[] usual = encode(claim, self, heard.destination, read.form());
    switch (forgery) {
      case REFLECTED -> back(from, heard.source, model, heard.message);
      case SAME_ADDRESS ->
          back(
              from,
              heard.source,
              model,
              encode(claim, heard.source, heard.destination, read.form()));
      case OTHER_VRID -> {
        VrrpAdvert other =
            new VrrpAdvert(
                claim.version(),
                claim.vrid() % 255 + 1,
                255,
                claim.intervalCentiseconds(),
                claim.addresses(),
                claim.auth());
        say(model, self, 255, encode(other, self, heard.destination, read.form()));
      }
      case OTHER_VERSION -> say(model, self, 255, otherVersion(claim, self, heard.destination));
      case BAD_CHECKSUM -> {
        usual[CHECKSUM] ^= 0x55;
        say(model, self, 255, usual);
      }
      case LOW_HOP_LIMIT -> {
        if (heard.destination.isMulticast()) {
          say(model, self, 254, usual);
        }
      }
      case TRUNCATED -> say(model, self, 255, Arrays.copyOf(usual, usual.length - 3));
    }
  }

  private void back(Port to, IpAddress source, Frame.Message model, byte[] message) {
    Datagram heard = model.datagram();
    Datagram copy = new Datagram(source, heard.destination, heard.hopLimit, message);
    port.pathTo(to, network).carry(new Frame.Message(model.destination(), copy));
  }

  private void say(Frame.Message model, IpAddress source, int hopLimit, byte[] message) {
    IpAddress destination = model.datagram().destination;
    Frame.Message said =
        new Frame.Message(
            model.destination(), new Datagram(source, destination, hopLimit, message));
    if (destination.isMulticast()) {
      network.floodFrom(port, network, said);
    } else {
      Port to = network.byMac(model.destination());
      if (to != null) {
        port.pathTo(to, network).carry(said);
      }
    }
  }

  /** The same in the other version, or cut off where that has none for it. */
  private static byte[] otherVersion(VrrpAdvert advert, IpAddress from, IpAddress to) {
    int vrid = advert.vrid();
    if (advert.version() == VrrpVersion.V2) {
      return encode(
          VrrpAdvert.v3(vrid, 255, 100, advert.addresses()), from, to, ChecksumForm.PSEUDO_HEADER);
    }
    if (advert.family() == IpFamily.IPV6) {
      return new byte[] {0x21, (byte) vrid, (byte) 255};
    }
    VrrpAdvert old = VrrpAdvert.v2(vrid, 255, 1, advert.addresses(), VrrpAuth.NONE);
    return encode(old, from, to, ChecksumForm.MESSAGE_ONLY);
  }

  private static byte[] encode(VrrpAdvert advert, IpAddress from, IpAddress to, ChecksumForm form) {
    return VrrpCodec.encode(advert, from, to, form);
  }

  private static VrrpParse read(Frame.Message message) {
    Datagram datagram = message.datagram();
    return VrrpCodec.parse(
        datagram.message,
        0,
        datagram.message.length,
        datagram.source,
        datagram.destination,
        EnumSet.allOf(ChecksumForm.class));
  }

  /** An address near the end of the segment's, which nobody else is expected to have. */
  private static IpAddress address(Cidr cidr, int fromTheEnd) {
    return switch (cidr.last()) {
      case Ipv4Address four -> new Ipv4Address(four.bits() - fromTheEnd);
      case Ipv6Address six -> new Ipv6Address(six.high(), six.low() - fromTheEnd);
    };
  }

  /** The next word of the other group. */
  private final class Beat extends Event {
    @Override
    void fire() {
      Frame.Message model = network.stranger().overheard;
      long interval = 100;
      if (model != null && read(model) instanceof VrrpParse.Accepted heard) {
        VrrpAdvert advert = heard.advert();
        interval = advert.intervalCentiseconds();
        IpAddress self = address(network.cidr(), 1);
        VrrpAdvert own =
            new VrrpAdvert(
                advert.version(),
                advert.vrid(),
                priority,
                advert.intervalCentiseconds(),
                List.of(address(network.cidr(), 2)),
                advert.auth());
        IpAddress to = model.datagram().destination;
        say(model, self, VrrpCodec.TTL, encode(own, self, to, heard.form()));
      }
      network.engine().postpone(this, network.engine().now() + interval * NANOS_PER_CENTISECOND);
    }

    @Override
    public String label() {
      return "an advert of another group on " + network;
    }
  }

  /** Where its frames enter the segment; it hears nothing. */
  private static final class Mouth extends Port {

    Mouth(SimNetwork network) {
      super(network, "a stranger on " + network.name(), new MacAddress(0x02ff_ffff_fffeL));
    }

    @Override
    boolean connected() {
      return true;
    }

    @Override
    boolean takesMessages() {
      return false;
    }

    @Override
    void receive(Frame frame) {}
  }
}
