package io.havip.testkit.sim;

/** The way from one port of a segment to another, in one direction. */
final class Path {

  final Port from;
  final Port to;

  private final SimNetwork network;
  private final SimRandom random;
  private boolean cut;
  private long delay;
  private long jitter;
  private double loss;
  private double duplicate;
  private double reorder;
  private long heldBack;
  private long lastArrival;

  Path(Port from, Port to, SimNetwork network) {
    this.from = from;
    this.to = to;
    this.network = network;
    random = network.random().fork(from.owner + ">" + to.owner);
    cut = network.isCut(from.owner, to.owner);
    use(network.qualityBetween(from.owner, to.owner));
  }

  void use(Quality quality) {
    delay = quality.delay().toNanos();
    jitter = quality.jitter().toNanos();
    loss = quality.loss();
    duplicate = quality.duplicate();
    reorder = quality.reorder();
    heldBack = quality.heldBack().toNanos();
  }

  void cut(boolean value) {
    cut = value;
  }

  boolean open() {
    return !cut && !from.cableCut && !to.cableCut;
  }

  /** Sends a frame on its way. Frames that are not held back keep their order. */
  void carry(Frame frame) {
    if (!open()) {
      network.drop(from, to, frame, cut ? "the path is cut" : "the cable is cut");
      return;
    }
    if (loss > 0 && random.chance(loss)) {
      network.drop(from, to, frame, "lost");
      return;
    }
    Engine engine = network.engine();
    long at = engine.now() + delay + (jitter > 0 ? random.below(jitter + 1) : 0);
    if (reorder > 0 && random.chance(reorder)) {
      at += heldBack;
    } else {
      at = Math.max(at, lastArrival);
      lastArrival = at;
    }
    engine.schedule(new Delivery(this, frame), at);
    if (duplicate > 0 && random.chance(duplicate)) {
      engine.schedule(new Delivery(this, frame), at);
    }
  }

  /** Sends a frame that the network itself made: cuts between hosts do not touch it. */
  void carryFromFabric(Frame frame) {
    network.engine().schedule(new Delivery(this, frame), network.engine().now() + delay);
  }

  /** A frame arrives. */
  private static final class Delivery extends Event {

    private final Path path;
    private final Frame frame;

    Delivery(Path path, Frame frame) {
      this.path = path;
      this.frame = frame;
    }

    @Override
    void fire() {
      Port to = path.to;
      if (to.cableCut) {
        path.network.drop(path.from, to, frame, "the cable is cut");
      } else if (!to.connected()) {
        path.network.drop(
            path.from, to, frame, "the receiver's link is down or its kernel does not run");
      } else {
        to.receive(frame);
      }
    }

    @Override
    public String label() {
      return "a frame from " + path.from.owner + " to " + path.to.owner;
    }
  }
}
