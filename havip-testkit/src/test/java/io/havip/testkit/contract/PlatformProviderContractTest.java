package io.havip.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.Availability;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator keeps the rules of providers, and each rule catches a provider that breaks it. */
class PlatformProviderContractTest {

  private static final class Contract extends PlatformProviderContract {

    private final UnaryOperator<PlatformProvider> wrap;

    Contract(UnaryOperator<PlatformProvider> wrap) {
      this.wrap = wrap;
    }

    @Override
    protected ProviderFixture fixture() {
      return new SimProviderFixture(wrap);
    }
  }

  @Nested
  class Sound extends PlatformProviderContract {
    @Override
    protected ProviderFixture fixture() {
      return new SimProviderFixture(provider -> provider);
    }
  }

  /**
   * A broken provider.
   *
   * @param test the test that must notice
   * @param what what it does wrong
   * @param code runs the test
   * @param broken breaks it
   */
  record Mutant(
      String test,
      String what,
      Consumer<PlatformProviderContract> code,
      UnaryOperator<PlatformProvider> broken) {
    @Override
    public String toString() {
      return test + ": " + what;
    }
  }

  /** Forwards. */
  private static class Provider implements PlatformProvider {

    final PlatformProvider sound;

    Provider(PlatformProvider sound) {
      this.sound = sound;
    }

    @Override
    public String name() {
      return sound.name();
    }

    @Override
    public Availability availability() {
      return sound.availability();
    }

    @Override
    public Platform open(PlatformOptions options) {
      return sound.open(options);
    }
  }

  private static PlatformProvider available(PlatformProvider sound, Availability broken) {
    return new Provider(sound) {
      @Override
      public Availability availability() {
        return broken;
      }
    };
  }

  static Stream<Mutant> mutants() {
    return Stream.of(
        new Mutant(
            "o1_theNameIsOneShortWordAndAlwaysTheSame",
            "a sentence",
            PlatformProviderContract::o1_theNameIsOneShortWordAndAlwaysTheSame,
            sound ->
                new Provider(sound) {
                  @Override
                  public String name() {
                    return "The best platform there is";
                  }
                }),
        new Mutant(
            "o2_availabilityIsTheSameOnEveryThreadAndChangesNothing",
            "it belongs to the thread that asked first",
            PlatformProviderContract::o2_availabilityIsTheSameOnEveryThreadAndChangesNothing,
            sound -> {
              Thread first = Thread.currentThread();
              return new Provider(sound) {
                @Override
                public Availability availability() {
                  if (Thread.currentThread() != first) {
                    throw new IllegalStateException("the wrong thread");
                  }
                  return super.availability();
                }
              };
            }),
        new Mutant(
            "o2_availabilityIsTheSameOnEveryThreadAndChangesNothing",
            "only once",
            PlatformProviderContract::o2_availabilityIsTheSameOnEveryThreadAndChangesNothing,
            sound -> {
              AtomicInteger asked = new AtomicInteger();
              return new Provider(sound) {
                @Override
                public Availability availability() {
                  return asked.getAndIncrement() == 0
                      ? super.availability()
                      : new Availability.Unavailable("asked already");
                }
              };
            }),
        new Mutant(
            "o3_whatIsMissingIsAReasonAndNeverThrown",
            "it throws",
            PlatformProviderContract::o3_whatIsMissingIsAReasonAndNeverThrown,
            sound ->
                new Provider(sound) {
                  @Override
                  public Availability availability() {
                    throw new UnsatisfiedLinkError("no such library");
                  }
                }),
        new Mutant(
            "o3_whatIsMissingIsAReasonAndNeverThrown",
            "no reason",
            PlatformProviderContract::o3_whatIsMissingIsAReasonAndNeverThrown,
            sound -> available(sound, new Availability.Unavailable(""))),
        new Mutant(
            "o3_whatIsMissingIsAReasonAndNeverThrown",
            "it hopes for the best",
            PlatformProviderContract::o3_whatIsMissingIsAReasonAndNeverThrown,
            sound -> available(sound, new Availability.Available())),
        new Mutant(
            "o4_openWithoutWhatItNeedsSaysWhatIsMissing",
            "another exception",
            PlatformProviderContract::o4_openWithoutWhatItNeedsSaysWhatIsMissing,
            sound ->
                new Provider(sound) {
                  @Override
                  public Platform open(PlatformOptions options) {
                    try {
                      return super.open(options);
                    } catch (PlatformException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                }),
        new Mutant(
            "o5_anOpenedPlatformRuns",
            "its loop is not started",
            PlatformProviderContract::o5_anOpenedPlatformRuns,
            sound ->
                new Provider(sound) {
                  @Override
                  public Platform open(PlatformOptions options) {
                    return new Altered(super.open(options)) {
                      @Override
                      public void execute(Runnable task) {}
                    };
                  }
                }),
        new Mutant(
            "o5_eachPlatformHasALoopOfItsOwn",
            "one platform for all",
            PlatformProviderContract::o5_eachPlatformHasALoopOfItsOwn,
            sound -> {
              Platform[] shared = new Platform[1];
              return new Provider(sound) {
                @Override
                public Platform open(PlatformOptions options) {
                  if (shared[0] == null) {
                    shared[0] = super.open(options);
                  }
                  return shared[0];
                }
              };
            }));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aBrokenProvider_isCaught(Mutant mutant) {
    Contract contract = new Contract(mutant.broken());
    contract.open();
    assertThatThrownBy(() -> mutant.code().accept(contract)).isInstanceOf(AssertionError.class);
    contract.close();
  }

  @Test
  void everyTestOfTheContractHasItsMutant() {
    Set<String> caught = mutants().map(Mutant::test).collect(Collectors.toCollection(TreeSet::new));
    caught.add("o6_theThreadOfTheLoopNamesTheNode"); // the simulator has no threads; Linux shows it
    assertThat(caught).isEqualTo(new TreeSet<>(SpiDocument.tests(PlatformProviderContract.class)));
  }
}
