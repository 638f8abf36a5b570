package io.havip.testkit.cloud;

import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;

/**
 * A simulated cloud that moves an address by one unconditional call, whoever holds it, as AWS moves
 * a secondary private address. It cannot refuse a late call of a former holder.
 */
public final class OneCallCloud extends RegisterCloud {

  private static final CloudCapabilities CAPABILITIES =
      new CloudCapabilities(
          TakeoverMode.MOVE,
          true,
          true,
          true,
          false,
          false,
          false,
          10,
          Duration.ZERO,
          Duration.ofSeconds(2),
          Duration.ofSeconds(2));

  /**
   * Creates the cloud without addresses.
   *
   * @param sim whose time it lives in
   */
  public OneCallCloud(Simulation sim) {
    super(sim);
  }

  @Override
  public CloudCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  Observation.Details details(Entry entry) {
    return Observation.Details.NONE;
  }

  @Override
  CloudResult<Move> takeover(String member, TakeoverRequest request, Duration asked) {
    Entry entry = entry(request.address());
    if (entry == null) {
      return new CloudResult.Failed<>(unknownAddress("take over", request.address()));
    }
    if (!member.equals(entry.holder())) {
      set(request.address(), member, member, asked);
    }
    return new CloudResult.Done<>(Move.COMPLETE);
  }
}
