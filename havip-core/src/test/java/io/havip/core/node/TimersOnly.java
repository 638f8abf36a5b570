package io.havip.core.node;

import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Platform;
import io.havip.spi.Timers;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * A platform for what needs a loop, timers and workers, and no network. Unless it says otherwise,
 * all of these are the thread of the test.
 */
interface TimersOnly extends Platform, Timers {

  @Override
  default String description() {
    return getClass().getSimpleName();
  }

  @Override
  default void execute(Runnable task) {
    task.run();
  }

  @Override
  default boolean inLoop() {
    return true;
  }

  @Override
  default Executor workers() {
    return Runnable::run;
  }

  @Override
  default Instant wallTime() {
    return Instant.EPOCH;
  }

  @Override
  default void close() {}

  @Override
  default Timers timers() {
    return this;
  }

  @Override
  default AdvertChannel adverts() {
    throw new UnsupportedOperationException();
  }

  @Override
  default NeighborAnnouncer announcer() {
    throw new UnsupportedOperationException();
  }

  @Override
  default AddressBinder addresses() {
    throw new UnsupportedOperationException();
  }

  @Override
  default LinkMonitor links() {
    throw new UnsupportedOperationException();
  }
}
