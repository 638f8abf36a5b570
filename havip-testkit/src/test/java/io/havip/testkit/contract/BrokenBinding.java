package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Passes everything on. Those that break a rule override one method. */
class BrokenBinding implements CloudBinding {

  final CloudBinding sound;

  BrokenBinding(CloudBinding sound) {
    this.sound = sound;
  }

  @Override
  public String description() {
    return sound.description();
  }

  @Override
  public CloudCapabilities capabilities() {
    return sound.capabilities();
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    return sound.describe(address, within).thenApply(this::seen);
  }

  Observation seen(Observation observation) {
    return observation;
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    return sound.takeover(request, within).thenApply(this::ended);
  }

  CloudResult<Move> ended(CloudResult<Move> result) {
    return result;
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    return sound.relinquish(address, within);
  }

  @Override
  public void close() {
    sound.close();
  }
}
