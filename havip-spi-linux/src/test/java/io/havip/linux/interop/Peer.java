package io.havip.linux.interop;

import io.havip.testkit.lab.Frr;
import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.LabHost;
import java.time.Duration;

/** The other program. */
sealed interface Peer extends AutoCloseable {

  /** Which program. */
  enum Kind {
    KEEPALIVED,
    FRR;

    Peer start(LabHost host, Spec spec) {
      return switch (this) {
        case KEEPALIVED -> new OfKeepalived(Keepalived.start(host, spec.keepalived()), spec.vrid());
        case FRR -> new OfFrr(Frr.start(host, spec.frr()), spec.vrid());
      };
    }
  }

  /** Waits until it holds the addresses, or until it listens. */
  void awaitHolding(boolean holding, Duration limit);

  /** SIGKILL; returns the time just before. */
  long kill();

  /** SIGTERM, and waits for the end; returns the time just before. */
  long stop();

  @Override
  void close();

  /** Keepalived. */
  record OfKeepalived(Keepalived program, int vrid) implements Peer {
    @Override
    public void awaitHolding(boolean holding, Duration limit) {
      program.awaitState(vrid, holding ? Keepalived.State.MASTER : Keepalived.State.BACKUP, limit);
    }

    @Override
    public long kill() {
      return program.kill();
    }

    @Override
    public long stop() {
      return program.stop();
    }

    @Override
    public void close() {
      program.close();
    }
  }

  /** FRR. */
  record OfFrr(Frr program, int vrid) implements Peer {
    @Override
    public void awaitHolding(boolean holding, Duration limit) {
      program.awaitState(vrid, holding ? Frr.State.MASTER : Frr.State.BACKUP, limit);
    }

    @Override
    public long kill() {
      return program.kill();
    }

    @Override
    public long stop() {
      return program.stop();
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
