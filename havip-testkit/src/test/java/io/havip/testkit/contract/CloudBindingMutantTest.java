package io.havip.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the contract catches a binding that breaks it, and passes the sound one. */
class CloudBindingMutantTest {

  /**
   * A broken binding.
   *
   * @param rule what it breaks
   * @param test what must notice
   * @param kind on which cloud
   * @param broken breaks it
   */
  record Mutant(
      String rule,
      Consumer<CloudBindingContract> test,
      Kind kind,
      UnaryOperator<CloudBinding> broken) {
    @Override
    public String toString() {
      return rule;
    }
  }

  enum Kind {
    ANNOUNCED,
    ONE_CALL,
    TWO_CALL,
    CARELESS_TWO_CALL
  }

  private static final class Contract extends CloudBindingContract {

    private final Kind kind;
    private final UnaryOperator<CloudBinding> wrap;

    Contract(Kind kind, UnaryOperator<CloudBinding> wrap) {
      this.kind = kind;
      this.wrap = wrap;
    }

    @Override
    protected CloudFixture fixture() {
      return switch (kind) {
        case ANNOUNCED -> SimCloudFixture.announced(wrap);
        case ONE_CALL -> SimCloudFixture.oneCall(wrap);
        case TWO_CALL -> SimCloudFixture.twoCall(wrap, false);
        case CARELESS_TWO_CALL -> SimCloudFixture.twoCall(wrap, true);
      };
    }
  }

  private static void run(
      Kind kind, Consumer<CloudBindingContract> test, UnaryOperator<CloudBinding> wrap) {
    Contract contract = new Contract(kind, wrap);
    contract.open();
    try {
      test.accept(contract);
    } finally {
      contract.close();
    }
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aBrokenBinding_isCaught(Mutant mutant) {
    assertThatThrownBy(() -> run(mutant.kind(), mutant.test(), mutant.broken()))
        .isInstanceOf(AssertionError.class);
    Kind sound = mutant.kind() == Kind.CARELESS_TWO_CALL ? Kind.TWO_CALL : mutant.kind();
    assertThatCode(() -> run(sound, mutant.test(), b -> b)).doesNotThrowAnyException();
  }

  static Stream<Mutant> mutants() {
    return Stream.of(
        new Mutant(
            "C1: capabilities that change",
            CloudBindingContract::c1_capabilitiesAreAlwaysTheSame,
            Kind.ONE_CALL,
            ChangingCapabilities::new),
        new Mutant(
            "C2: a look that takes the address",
            CloudBindingContract::c2_describeChangesNothing,
            Kind.ONE_CALL,
            TakingLook::new),
        new Mutant(
            "C2: everybody believes to be the holder",
            CloudBindingContract::c2_describeTellsTheHolderToEverybody,
            Kind.ONE_CALL,
            b ->
                seeing(
                    b,
                    o ->
                        o instanceof Observation.HeldBy h
                            ? new Observation.HeldBy(h.holder(), true, h.details())
                            : o)),
        new Mutant(
            "C3: an error is nobody",
            CloudBindingContract::c3_anErrorIsUnknown_neverNobodyAndNeverAnother,
            Kind.TWO_CALL,
            b -> seeing(b, CloudBindingMutantTest::nobodyForUnknown)),
        new Mutant(
            "C3: an unknown address is held by nobody",
            CloudBindingContract::c3_anUnknownAddressIsUnknown,
            Kind.ANNOUNCED,
            b -> seeing(b, CloudBindingMutantTest::nobodyForUnknown)),
        new Mutant(
            "C4: a deadline that is not kept",
            CloudBindingContract::c4_aCallEndsByItsDeadline_withAValue,
            Kind.ONE_CALL,
            PatientBinding::new),
        new Mutant(
            "C5: a takeover that repeats itself as a new holder",
            CloudBindingContract::c5_takeoverByTheHolderIsDone_andChangesNothing,
            Kind.TWO_CALL,
            ReleasingTakeover::new),
        new Mutant(
            "C6: a takeover that does nothing",
            CloudBindingContract::c6_afterACompleteTakeover_thisMemberHoldsTheAddress,
            Kind.ONE_CALL,
            IdleTakeover::new),
        new Mutant(
            "C7: an unknown outcome called not applied",
            CloudBindingContract::c7_notAppliedMeansUnchanged_forEver,
            Kind.ONE_CALL,
            b -> ending(b, CallOutcome.NOT_APPLIED)),
        new Mutant(
            "C8: a lost reply called not applied",
            CloudBindingContract::c8_aLostReplyIsAnUnknownOutcome,
            Kind.ONE_CALL,
            b -> ending(b, CallOutcome.NOT_APPLIED)),
        new Mutant(
            "C9: a second step that never comes",
            CloudBindingContract::c9_aPartialMoveIsFinishedByCallingAgain,
            Kind.TWO_CALL,
            HalfTakeover::new),
        new Mutant(
            "C10: a relinquish that takes the address from whoever has it",
            CloudBindingContract::c10_relinquishRemovesOnlyTheOwnMapping,
            Kind.ONE_CALL,
            BlindRelinquish::new),
        new Mutant(
            "C11: fingerprints that nobody looks at",
            CloudBindingContract::c11_aTakeoverThatRestsOnAnOutdatedLookIsRefused,
            Kind.CARELESS_TWO_CALL,
            b -> b),
        new Mutant(
            "C12: an epoch that stands still",
            CloudBindingContract::c12_theEpochRisesWithEveryHolder,
            Kind.TWO_CALL,
            b ->
                seeing(
                    b,
                    o ->
                        o instanceof Observation.HeldBy h
                            ? new Observation.HeldBy(h.holder(), h.mine(), h.details().withEpoch(7))
                            : o)),
        new Mutant(
            "C13: every refusal is invalid",
            CloudBindingContract::c13_refusedCallsAreTypedAndNotApplied,
            Kind.ONE_CALL,
            b ->
                seeing(
                    b,
                    o ->
                        o instanceof Observation.Unknown u
                            ? new Observation.Unknown(kind(u.cause(), CloudFailureKind.INVALID))
                            : o)),
        new Mutant(
            "C14: a takeover that pretends",
            CloudBindingContract::c14_anAnnouncedAddressIsNotTakenOverByACall,
            Kind.ANNOUNCED,
            IdleTakeover::new),
        new Mutant(
            "C16: a binding that works on after close",
            CloudBindingContract::c16_afterClose_callsFailAndChangeNothing,
            Kind.ONE_CALL,
            DeafToClose::new),
        new Mutant(
            "C17: atomic takeover in two steps",
            CloudBindingContract::c17_anAtomicTakeoverIsCompleteAtOnce,
            Kind.ONE_CALL,
            b -> partly(b)));
  }

  private static Observation nobodyForUnknown(Observation seen) {
    return seen instanceof Observation.Unknown
        ? new Observation.Nobody(Observation.Details.NONE)
        : seen;
  }

  private static CloudFailure kind(CloudFailure failure, CloudFailureKind kind) {
    return CloudFailure.of(
        kind, failure.outcome(), failure.operation(), failure.message(), failure.advice());
  }

  private static CloudBinding seeing(CloudBinding sound, UnaryOperator<Observation> change) {
    return new BrokenBinding(sound) {
      @Override
      Observation seen(Observation observation) {
        return change.apply(observation);
      }
    };
  }

  private static CloudBinding partly(CloudBinding sound) {
    return new BrokenBinding(sound) {
      private boolean held;

      @Override
      CloudResult<Move> ended(CloudResult<Move> result) {
        held = !held;
        return held ? new CloudResult.Done<>(Move.PARTIAL) : result;
      }
    };
  }

  private static CloudBinding ending(CloudBinding sound, CallOutcome outcome) {
    return new BrokenBinding(sound) {
      @Override
      CloudResult<Move> ended(CloudResult<Move> result) {
        return result instanceof CloudResult.Failed<Move> f
            ? new CloudResult.Failed<>(
                CloudFailure.of(
                    f.failure().kind(),
                    outcome,
                    f.failure().operation(),
                    f.failure().message(),
                    ""))
            : result;
      }
    };
  }

  private static final class ChangingCapabilities extends BrokenBinding {
    private double rate = 1;

    ChangingCapabilities(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CloudCapabilities capabilities() {
      CloudCapabilities c = sound.capabilities();
      return new CloudCapabilities(
          c.mode(),
          c.observesHolder(),
          c.atomicSteal(),
          c.conditionalRelinquish(),
          c.refusesStaleWrites(),
          c.epochs(),
          c.asynchronousTasks(),
          rate++,
          c.announcementSpacing(),
          c.convergence(),
          c.staleness());
    }
  }

  private static final class TakingLook extends BrokenBinding {
    TakingLook(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
      return sound
          .takeover(new TakeoverRequest(address, Optional.empty(), 1), within)
          .thenCompose(done -> sound.describe(address, within));
    }
  }

  private static final class PatientBinding extends BrokenBinding {
    PatientBinding(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
      return sound.describe(address, within.multipliedBy(3));
    }
  }

  private static final class ReleasingTakeover extends BrokenBinding {
    ReleasingTakeover(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
      return sound
          .relinquish(request.address(), within)
          .thenCompose(done -> sound.describe(request.address(), within))
          .thenCompose(seen ->
              sound.takeover(
                  new TakeoverRequest(request.address(), revision(seen), request.epoch()), within));
    }

    private static Optional<String> revision(Observation seen) {
      return switch (seen) {
        case Observation.HeldBy held -> held.details().revision();
        case Observation.Nobody nobody -> nobody.details().revision();
        case Observation.Unknown unknown -> Optional.empty();
      };
    }
  }

  private static final class IdleTakeover extends BrokenBinding {
    IdleTakeover(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
      return CompletableFuture.completedFuture(new CloudResult.Done<>(Move.COMPLETE));
    }
  }

  /** Reports a finished move where only its first step was made. */
  private static final class HalfTakeover extends BrokenBinding {
    private boolean half;

    HalfTakeover(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
      if (half) {
        return CompletableFuture.completedFuture(new CloudResult.Done<>(Move.COMPLETE));
      }
      return super.takeover(request, within);
    }

    @Override
    CloudResult<Move> ended(CloudResult<Move> result) {
      half = result.equals(new CloudResult.Done<>(Move.PARTIAL));
      return result;
    }
  }

  private static final class BlindRelinquish extends BrokenBinding {
    BlindRelinquish(CloudBinding sound) {
      super(sound);
    }

    @Override
    public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
      return sound
          .takeover(new TakeoverRequest(address, Optional.empty(), 1), within)
          .thenCompose(done -> sound.relinquish(address, within));
    }
  }

  private static final class DeafToClose extends BrokenBinding {
    DeafToClose(CloudBinding sound) {
      super(sound);
    }

    @Override
    public void close() {}
  }
}
