package io.havip.core.check;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.spi.cloud.TakeoverRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A cloud of which a configuration tells, and which nobody calls. */
final class SilentCloud implements CloudBinding {

  @Override
  public String description() {
    return "a cloud nobody calls";
  }

  @Override
  public CloudCapabilities capabilities() {
    return new CloudCapabilities(
        TakeoverMode.MOVE,
        true,
        false,
        true,
        true,
        true,
        false,
        10,
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ZERO);
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    throw new UnsupportedOperationException("describe");
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    throw new UnsupportedOperationException("takeover");
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    throw new UnsupportedOperationException("relinquish");
  }

  @Override
  public void close() {}
}
