package io.havip.core.node;

import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.LinkMonitor;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Platform;
import io.havip.spi.Timers;

/** A platform for what needs a loop, timers and workers, and no network. */
interface TimersOnly extends Platform, Timers {

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
