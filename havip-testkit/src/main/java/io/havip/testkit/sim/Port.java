package io.havip.testkit.sim;

import io.havip.net.MacAddress;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place at a segment where something is plugged in. */
abstract class Port {

  /** The segment, or null for an interface that is not plugged in anywhere. */
  final @Nullable SimNetwork network;

  /** Name of the host or client. */
  final String owner;

  final MacAddress mac;

  /** Place among the ports of the simulation. */
  final int number;

  /** Nothing passes between here and the segment, and nobody is told. */
  boolean cableCut;

  private @Nullable Path[] paths = new @Nullable Path[4];

  Port(@Nullable SimNetwork network, String owner, MacAddress mac) {
    this.network = network;
    this.owner = owner;
    this.mac = mac;
    number = network == null ? 0 : network.nextPort();
  }

  /** Whether frames can be sent and received here. */
  abstract boolean connected();

  /** Whether IP packets are of any use here, or only what tells of addresses. */
  abstract boolean takesMessages();

  abstract void receive(Frame frame);

  /** The way from here to another port. */
  final Path pathTo(Port other, SimNetwork through) {
    if (other.number >= paths.length) {
      paths = Arrays.copyOf(paths, Math.max(other.number + 1, 2 * paths.length));
    }
    Path path = paths[other.number];
    if (path == null) {
      path = new Path(this, other, through);
      paths[other.number] = path;
    }
    return path;
  }

  /** The ways from here that were ever used. */
  final Stream<Path> knownPaths() {
    return Arrays.stream(paths).flatMap(Stream::ofNullable);
  }
}
