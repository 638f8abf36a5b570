package io.havip.testkit.contract;

import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.contract.CloudFixture.Member;
import java.time.Duration;
import java.util.Optional;

/** The calls of a contract test, one after the other. */
final class CloudCalls {

  static final Duration WITHIN = Duration.ofSeconds(3);

  /** How much later than its deadline a call may end on a busy machine. */
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final int MOST_STEPS = 10;

  final CloudFixture fixture;
  private long epoch;

  CloudCalls(CloudFixture fixture) {
    this.fixture = fixture;
  }

  CloudCapabilities capabilities() {
    return fixture.binding(Member.FIRST).capabilities();
  }

  Observation describe(Member member) {
    Observation seen = fixture.await(fixture.binding(member).describe(fixture.address(), WITHIN));
    details(seen).flatMap(d -> d.epoch().stream().boxed().findAny()).ifPresent(this::know);
    return seen;
  }

  CloudResult<Move> takeover(Member member, Observation seen) {
    Optional<String> revision = details(seen).flatMap(Observation.Details::revision);
    return fixture.await(
        fixture
            .binding(member)
            .takeover(new TakeoverRequest(fixture.address(), revision, epoch + 1), WITHIN));
  }

  CloudResult<Move> relinquish(Member member) {
    return fixture.await(fixture.binding(member).relinquish(fixture.address(), WITHIN));
  }

  /** Makes a member the holder, as the node would, and waits until everybody sees it. */
  void give(Member member) {
    if (capabilities().mode() == TakeoverMode.ANNOUNCE) {
      fixture.announce(member);
      settle();
      return;
    }
    CloudResult<Move> result = takeover(member, describe(member));
    for (int i = 0; i < MOST_STEPS && result.equals(new CloudResult.Done<>(Move.PARTIAL)); i++) {
      settle();
      result = takeover(member, describe(member));
    }
    if (!result.equals(new CloudResult.Done<>(Move.COMPLETE))) {
      throw new AssertionError(member + " could not take the address over: " + result);
    }
    settle();
  }

  /** Lets the cloud show what was done. */
  void settle() {
    fixture.pass(
        capabilities().mode() == TakeoverMode.ANNOUNCE
            ? capabilities().convergence().plus(capabilities().staleness())
            : capabilities().staleness());
  }

  boolean holds(Member member) {
    return describe(member) instanceof Observation.HeldBy held && held.mine();
  }

  long epoch(Observation seen) {
    return details(seen)
        .orElseThrow(() -> new AssertionError("the holder is not known: " + seen))
        .epoch()
        .orElseThrow(() -> new AssertionError("the binding declares epochs, but tells none"));
  }

  CloudFailure failure(CloudResult<Move> result) {
    return switch (result) {
      case CloudResult.Failed<Move> failed -> failed.failure();
      case CloudResult.Done<Move> done ->
          throw new AssertionError("a call that cannot work ended as " + done);
    };
  }

  private void know(long seen) {
    epoch = Math.max(epoch, seen);
  }

  private static Optional<Observation.Details> details(Observation seen) {
    return switch (seen) {
      case Observation.HeldBy held -> Optional.of(held.details());
      case Observation.Nobody nobody -> Optional.of(nobody.details());
      case Observation.Unknown unknown -> Optional.empty();
    };
  }
}
