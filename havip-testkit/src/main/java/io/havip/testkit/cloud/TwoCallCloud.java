package io.havip.testkit.cloud;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.Optional;

/**
 * A simulated cloud in which an address must be removed from one member before another can have it,
 * each by a call that names the revision it rests on, as Google Cloud does with alias addresses and
 * fingerprints. It refuses what is outdated, and numbers its holders.
 */
public final class TwoCallCloud extends RegisterCloud {

  private static final CloudCapabilities CAPABILITIES =
      new CloudCapabilities(
          TakeoverMode.MOVE,
          true,
          false,
          true,
          true,
          true,
          true,
          10,
          Duration.ZERO,
          Duration.ofSeconds(2),
          Duration.ofSeconds(2));

  private boolean careless;

  /**
   * Creates the cloud without addresses.
   *
   * @param sim whose time it lives in
   */
  public TwoCallCloud(Simulation sim) {
    super(sim);
  }

  /**
   * Breaks the cloud on purpose: it no longer looks at revisions. For tests of tests.
   *
   * @return this
   */
  public TwoCallCloud careless() {
    careless = true;
    return this;
  }

  /**
   * Breaks the cloud on purpose: it gives an address to a second member without taking it from the
   * first. For tests of tests.
   *
   * @return this
   */
  public TwoCallCloud forgetful() {
    forgets();
    return this;
  }

  /**
   * Breaks the cloud on purpose: its epochs do not rise. For tests of tests.
   *
   * @return this
   */
  public TwoCallCloud timeless() {
    stopsCounting();
    return this;
  }

  @Override
  public CloudCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  Observation.Details details(Entry entry) {
    return Observation.Details.NONE.withRevision("fp-" + entry.revision()).withEpoch(entry.epoch());
  }

  @Override
  CloudResult<Move> takeover(String member, TakeoverRequest request, Duration asked) {
    Entry entry = entry(request.address());
    if (entry == null) {
      return new CloudResult.Failed<>(unknownAddress("take over", request.address()));
    }
    if (member.equals(entry.holder())) {
      return new CloudResult.Done<>(Move.COMPLETE);
    }
    if (!careless && !request.revision().equals(Optional.of("fp-" + entry.revision()))) {
      return new CloudResult.Failed<>(
          CloudFailure.of(
              CloudFailureKind.CONFLICT,
              CallOutcome.NOT_APPLIED,
              "take over " + request.address(),
              "the fingerprint " + request.revision().orElse("(none)") + " is outdated",
              ""));
    }
    boolean free = entry.holder() == null || forgetting();
    set(request.address(), free ? member : null, member, asked);
    return new CloudResult.Done<>(free ? Move.COMPLETE : Move.PARTIAL);
  }
}
