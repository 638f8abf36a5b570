package io.havip.testkit.sim;

import io.havip.spi.Fence;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.wire.VrrpCodec;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fence of a host. It takes off whatever the process has bound, when the process dies or its
 * loop does not run: for that it needs no renewal. Where the host has a guardian, the open guards
 * are resigned then.
 */
final class SimFencing implements Fencing {

  private final SimProcess process;
  private final Set<SimGuard> guards = new LinkedHashSet<>();

  SimFencing(SimProcess process) {
    this.process = process;
  }

  @Override
  public Guard guard(GuardedRouter router, GuardListener listener) {
    SimGuard guard = new SimGuard(router, listener);
    guards.add(guard);
    return guard;
  }

  /**
   * The guardian does the process's last duty: everything it was ACTIVE for is free. If there is
   * another process already, it speaks for itself.
   */
  void resignAll() {
    SimProcess present = process.kernel().process();
    if (present != null && present != process) {
      return;
    }
    for (SimGuard guard : List.copyOf(guards)) {
      guard.resign();
    }
  }

  private void send(GuardedRouter.Resignation word) {
    Nic nic = process.kernel().nic(word.interfaceName());
    if (nic == null || !nic.up()) {
      return;
    }
    byte[] message = new byte[nic.mtu()];
    int length =
        VrrpCodec.encode(
            word.advert(), word.source(), word.destination(), word.checksum(), message, 0);
    byte[] copy = Arrays.copyOf(message, length);
    Watch watch = process.engine().watch();
    if (watch != null) {
      watch.sent(nic.owner, copy);
    }
    nic.send(new Datagram(word.source(), word.destination(), word.hopLimit(), copy));
  }

  /** One router's guard. */
  private final class SimGuard implements Guard {

    private final GuardListener listener;
    private GuardedRouter router;
    private boolean open;
    private boolean resigned;

    SimGuard(GuardedRouter router, GuardListener listener) {
      this.router = router;
      this.listener = listener;
    }

    @Override
    public void renew() {
      open = !resigned;
    }

    @Override
    public void shut() {
      open = false;
    }

    @Override
    public void update(GuardedRouter next) {
      router = next;
    }

    @Override
    public Fence fence() {
      return process.fence();
    }

    @Override
    public void close() {
      guards.remove(this);
    }

    void resign() {
      if (!open) {
        return;
      }
      open = false;
      Kernel kernel = process.kernel();
      kernel.note(TraceKind.PROCESS, "the guardian resigns for " + router.name());
      router.resignation().forEach(SimFencing.this::send);
      if (!process.ended()) {
        resigned = true;
        process.arrivedFirst(() -> {
          resigned = false;
          listener.resigned();
        });
      }
    }
  }
}
