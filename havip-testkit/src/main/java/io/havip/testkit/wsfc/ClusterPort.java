package io.havip.testkit.wsfc;

import io.havip.net.IpAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.ReceivedAdvert;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Sends and receives what members and witness say to each other. */
final class ClusterPort implements AutoCloseable {

  /** What is said. */
  enum Kind {
    /** A candidate asks for a vote, or to keep it. */
    ASK(1),
    /** A voter lends its vote. */
    LEND(2),
    /** A candidate gives a vote back. */
    GIVE_BACK(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Optional<Kind> of(int code) {
      return Arrays.stream(values()).filter(k -> k.code == code).findFirst();
    }
  }

  /** Hears what is said; called on the loop. */
  interface Ear {

    /**
     * Something was said.
     *
     * @param asked when the candidate asked, on its own clock; the voter repeats it, so that the
     *     candidate's lease ends before the voter's
     */
    void heard(IpAddress from, Kind kind, long asked);
  }

  private static final int LENGTH = 1 + Long.BYTES;
  private static final int HOP_LIMIT = 255;

  private final IpAddress own;
  private final AdvertPort port;

  ClusterPort(FailoverCluster cluster, IpAddress own, Platform platform, Ear ear) {
    this.own = own;
    port = platform.adverts().open(cluster.interfaceName(), own.family(), new Receiver(ear));
  }

  void say(IpAddress to, Kind kind, long asked) {
    byte[] message = ByteBuffer.allocate(LENGTH).put((byte) kind.code).putLong(asked).array();
    port.send(own, to, HOP_LIMIT, message, LENGTH);
  }

  @Override
  public void close() {
    port.close();
  }

  private record Receiver(Ear ear) implements AdvertReceiver {

    @Override
    public void received(ReceivedAdvert message) {
      if (message.length() != LENGTH) {
        return; // not from a cluster
      }
      ByteBuffer bytes = ByteBuffer.wrap(message.buffer(), message.offset(), message.length());
      Kind.of(bytes.get()).ifPresent(kind -> ear.heard(message.source(), kind, bytes.getLong()));
    }

    /** What could not be sent is missing at the other end, which is what leases are for. */
    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {}
  }
}
