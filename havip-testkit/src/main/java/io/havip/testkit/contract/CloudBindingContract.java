package io.havip.testkit.contract;

import static io.havip.testkit.contract.CloudFixture.Member.FIRST;
import static io.havip.testkit.contract.CloudFixture.Member.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.testkit.contract.CloudFixture.Member;
import io.havip.testkit.contract.CloudFixture.Trouble;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@link io.havip.spi.cloud.CloudBinding}. An author of a binding extends this class
 * and supplies a {@link CloudFixture}; what the capabilities do not declare, or the fixture cannot
 * cause, is skipped and says so.
 *
 * <p>A test that takes longer than two minutes is interrupted and fails.
 */
@Timeout(120)
public abstract class CloudBindingContract {

  private CloudCalls cloud;

  /** For subclasses. */
  protected CloudBindingContract() {}

  /** {@return a new cloud with one address that nobody holds, and two members} */
  protected abstract CloudFixture fixture();

  /** Prepares a test. */
  @BeforeEach
  public void open() {
    cloud = new CloudCalls(fixture());
  }

  /** Ends a test. */
  @AfterEach
  public void close() {
    cloud.fixture.close();
  }

  private CloudCapabilities capabilities() {
    return cloud.capabilities();
  }

  private void needs(boolean capability, String what) {
    assumeTrue(capability, () -> "the binding does not declare: " + what);
  }

  private void needsMoves() {
    needs(capabilities().mode() != TakeoverMode.ANNOUNCE, "takeover by a call");
  }

  private void needsObservation() {
    needs(capabilities().observesHolder(), "a holder that can be observed");
  }

  private void needs(Trouble trouble) {
    assumeTrue(
        cloud.fixture.troubles().contains(trouble), () -> "the fixture cannot cause " + trouble);
  }

  /** The capabilities never change. */
  @Test
  public void c1_capabilitiesAreAlwaysTheSame() {
    CloudCapabilities before = capabilities();
    cloud.describe(FIRST);
    assertEquals(before, capabilities());
    assertEquals(before, cloud.fixture.binding(SECOND).capabilities());
  }

  /** Looking changes nothing. */
  @Test
  public void c2_describeChangesNothing() {
    needsObservation();
    Observation first = cloud.describe(FIRST);
    assertInstanceOf(Observation.Nobody.class, first, "nobody holds a new address");
    assertEquals(first, cloud.describe(FIRST));
    cloud.give(SECOND);
    Observation held = cloud.describe(FIRST);
    assertEquals(held, cloud.describe(FIRST));
  }

  /** The holder is the same for whoever looks, and mine for itself only. */
  @Test
  public void c2_describeTellsTheHolderToEverybody() {
    needsObservation();
    cloud.give(FIRST);
    var seenByItself = assertInstanceOf(Observation.HeldBy.class, cloud.describe(FIRST));
    var seenByOther = assertInstanceOf(Observation.HeldBy.class, cloud.describe(SECOND));
    assertTrue(seenByItself.mine(), "the holder must know that it is the holder");
    assertFalse(seenByOther.mine(), "another member must not believe to be the holder");
    assertEquals(seenByItself.holder(), seenByOther.holder());
  }

  /** What cannot be known is unknown. */
  @Test
  public void c3_anErrorIsUnknown_neverNobodyAndNeverAnother() {
    cloud.give(FIRST);
    for (Trouble trouble : Trouble.values()) {
      if (!cloud.fixture.troubles().contains(trouble)) {
        continue;
      }
      cloud.fixture.begin(trouble, FIRST);
      var seen =
          assertInstanceOf(
              Observation.Unknown.class, cloud.describe(FIRST), () -> "with " + trouble);
      assertEquals(CallOutcome.NOT_APPLIED, seen.cause().outcome(), "reading changes nothing");
      cloud.fixture.heal();
    }
  }

  /** An address that does not exist is no address without a holder. */
  @Test
  public void c3_anUnknownAddressIsUnknown() {
    var seen =
        assertInstanceOf(
            Observation.Unknown.class,
            cloud.fixture.await(
                cloud
                    .fixture
                    .binding(FIRST)
                    .describe(cloud.fixture.unknownAddress(), CloudCalls.WITHIN)));
    assertEquals(CloudFailureKind.NOT_FOUND, seen.cause().kind());
  }

  /** A call ends by its deadline. */
  @Test
  public void c4_aCallEndsByItsDeadline_withAValue() {
    needs(Trouble.SILENCE);
    cloud.fixture.begin(Trouble.SILENCE, FIRST);
    var began = cloud.fixture.now();
    assertInstanceOf(Observation.Unknown.class, cloud.describe(FIRST));
    var took = cloud.fixture.now().minus(began);
    assertTrue(took.compareTo(CloudCalls.WITHIN.plus(CloudCalls.GRACE)) <= 0, () -> "took " + took);
  }

  /** Taking over what one holds is done. */
  @Test
  public void c5_takeoverByTheHolderIsDone_andChangesNothing() {
    needsMoves();
    needsObservation();
    cloud.give(FIRST);
    Observation before = cloud.describe(FIRST);
    assertEquals(new CloudResult.Done<>(Move.COMPLETE), cloud.takeover(FIRST, before));
    cloud.settle();
    assertEquals(before, cloud.describe(FIRST));
  }

  /** A complete takeover is one. */
  @Test
  public void c6_afterACompleteTakeover_thisMemberHoldsTheAddress() {
    needsMoves();
    needsObservation();
    cloud.give(FIRST);
    assertTrue(cloud.holds(FIRST));
    cloud.give(SECOND);
    assertTrue(cloud.holds(SECOND));
    assertFalse(cloud.holds(FIRST));
  }

  /** What was not applied was not, and is not later. */
  @Test
  public void c7_notAppliedMeansUnchanged_forEver() {
    needsMoves();
    needsObservation();
    cloud.give(SECOND);
    Observation before = cloud.describe(SECOND);
    for (Trouble trouble : cloud.fixture.troubles()) {
      Observation seen = cloud.describe(FIRST);
      cloud.fixture.begin(trouble, FIRST);
      CloudResult<Move> result = cloud.takeover(FIRST, seen);
      cloud.fixture.heal();
      if (cloud.failure(result).outcome() == CallOutcome.NOT_APPLIED) {
        cloud.settle();
        assertEquals(before, cloud.describe(SECOND), () -> "after " + trouble);
      } else {
        cloud.give(SECOND);
        before = cloud.describe(SECOND);
      }
    }
  }

  /** A lost reply is no failure one can rely on. */
  @Test
  public void c8_aLostReplyIsAnUnknownOutcome() {
    needsMoves();
    needs(Trouble.LOST_REPLY);
    Observation seen = cloud.describe(FIRST);
    cloud.fixture.begin(Trouble.LOST_REPLY, FIRST);
    CloudFailure failure = cloud.failure(cloud.takeover(FIRST, seen));
    cloud.fixture.heal();
    assertEquals(CallOutcome.UNKNOWN, failure.outcome());
    cloud.settle();
    if (capabilities().observesHolder()) {
      assertTrue(cloud.holds(FIRST), "the cloud had done what it was asked to");
    }
  }

  /** A move in steps goes on where it stopped. */
  @Test
  public void c9_aPartialMoveIsFinishedByCallingAgain() {
    needsMoves();
    needsObservation();
    cloud.give(FIRST);
    CloudResult<Move> result = cloud.takeover(SECOND, cloud.describe(SECOND));
    needs(result.equals(new CloudResult.Done<>(Move.PARTIAL)), "a move in several steps");
    cloud.settle();
    if (cloud.describe(SECOND) instanceof Observation.HeldBy held) {
      assertFalse(held.mine(), "a half done move is not done");
      assertTrue(cloud.holds(FIRST), "it stays with the old holder or with nobody");
    }
    cloud.give(SECOND);
    assertTrue(cloud.holds(SECOND));
  }

  /** Only what is mine is given up. */
  @Test
  public void c10_relinquishRemovesOnlyTheOwnMapping() {
    needs(capabilities().conditionalRelinquish(), "conditional relinquish");
    needsObservation();
    cloud.give(SECOND);
    Observation before = cloud.describe(SECOND);
    assertEquals(new CloudResult.Done<>(Move.COMPLETE), cloud.relinquish(FIRST));
    cloud.settle();
    assertEquals(before, cloud.describe(SECOND), "another member's mapping is untouched");
    assertEquals(new CloudResult.Done<>(Move.COMPLETE), cloud.relinquish(SECOND));
    cloud.settle();
    assertInstanceOf(Observation.Nobody.class, cloud.describe(SECOND));
    assertEquals(new CloudResult.Done<>(Move.COMPLETE), cloud.relinquish(SECOND));
  }

  /** What rests on an outdated look is refused. */
  @Test
  public void c11_aTakeoverThatRestsOnAnOutdatedLookIsRefused() {
    needs(capabilities().refusesStaleWrites(), "refused stale writes");
    Observation outdated = cloud.describe(FIRST);
    cloud.give(SECOND);
    Observation before = cloud.describe(SECOND);
    CloudFailure failure = cloud.failure(cloud.takeover(FIRST, outdated));
    assertEquals(CloudFailureKind.CONFLICT, failure.kind());
    assertEquals(CallOutcome.NOT_APPLIED, failure.outcome());
    cloud.settle();
    assertEquals(before, cloud.describe(SECOND));
  }

  /** Holders are numbered upwards. */
  @Test
  public void c12_theEpochRisesWithEveryHolder() {
    needs(capabilities().epochs(), "epochs");
    long last = Long.MIN_VALUE;
    for (Member member : List.of(FIRST, SECOND, FIRST, SECOND)) {
      cloud.give(member);
      long epoch = cloud.epoch(cloud.describe(member));
      assertTrue(epoch > last, "the epoch " + epoch + " must be higher than " + last);
      assertEquals(epoch, cloud.epoch(cloud.describe(member)), "the epoch of one holder is one");
      last = epoch;
    }
  }

  /** Troubles are told apart. */
  @Test
  public void c13_refusedCallsAreTypedAndNotApplied() {
    for (Trouble trouble : cloud.fixture.troubles()) {
      boolean refused =
          switch (trouble) {
            case THROTTLED, AUTHENTICATION, CLOCK_SKEW -> true;
            case BLACKOUT, LOST_REPLY, SILENCE -> false;
          };
      if (refused) {
        cloud.fixture.begin(trouble, FIRST);
        var seen = assertInstanceOf(Observation.Unknown.class, cloud.describe(FIRST));
        cloud.fixture.heal();
        assertEquals(CloudFixture.kind(trouble), seen.cause().kind());
        assertFalse(seen.cause().message().isBlank(), "a failure says what the cloud said");
      }
    }
  }

  /** Where announcements move the address, calls do not. */
  @Test
  public void c14_anAnnouncedAddressIsNotTakenOverByACall() {
    needs(capabilities().mode() == TakeoverMode.ANNOUNCE, "takeover by announcement");
    cloud.give(SECOND);
    Observation before = cloud.describe(SECOND);
    CloudFailure failure = cloud.failure(cloud.takeover(FIRST, cloud.describe(FIRST)));
    assertEquals(CloudFailureKind.INVALID, failure.kind());
    assertEquals(CallOutcome.NOT_APPLIED, failure.outcome());
    assertEquals(before, cloud.describe(SECOND));
  }

  /** The cloud follows who announces. */
  @Test
  public void c14_describeFollowsAnnouncements() {
    needs(capabilities().mode() == TakeoverMode.ANNOUNCE, "takeover by announcement");
    needsObservation();
    cloud.give(FIRST);
    assertTrue(cloud.holds(FIRST));
    cloud.give(SECOND);
    assertTrue(cloud.holds(SECOND));
  }

  /** A closed binding refuses. */
  @Test
  public void c16_afterClose_callsFailAndChangeNothing() {
    Observation before = cloud.describe(SECOND);
    cloud.fixture.binding(FIRST).close();
    cloud.fixture.binding(FIRST).close();
    var seen = assertInstanceOf(Observation.Unknown.class, cloud.describe(FIRST));
    assertEquals(CloudFailureKind.UNAVAILABLE, seen.cause().kind());
    CloudFailure failure = cloud.failure(cloud.takeover(FIRST, before));
    assertEquals(CallOutcome.NOT_APPLIED, failure.outcome());
    assertNotEquals("", cloud.fixture.binding(FIRST).description());
    cloud.settle();
    assertEquals(before, cloud.describe(SECOND));
  }

  /** An atomic takeover is one step. */
  @Test
  public void c17_anAtomicTakeoverIsCompleteAtOnce() {
    needs(capabilities().atomicSteal(), "atomic takeover");
    needsMoves();
    cloud.give(FIRST);
    assertEquals(
        new CloudResult.Done<>(Move.COMPLETE), cloud.takeover(SECOND, cloud.describe(SECOND)));
  }
}
