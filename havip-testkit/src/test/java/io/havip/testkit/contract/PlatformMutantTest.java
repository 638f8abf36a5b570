package io.havip.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.Platform;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the platform's seams catches a platform that breaks it, and passes the sound one.
 */
class PlatformMutantTest {

  /**
   * What the simulator cannot break, for it has one thread and one process on a host, and no gate.
   */
  private static final Set<String> NEED_A_REAL_HOST =
      Set.of(
          "p2_noOtherThreadIsTheLoop",
          "b7_aReservationHoldsForTheHostAndEndsWithThePlatform",
          "f7_theHostIsSilentAboutABoundAddressOnceTheGuardIsShut");

  static Stream<PlatformMutant> mutants() {
    return Stream.of(LoopMutants.all(), AdvertMutants.all(), SeamMutants.all()).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aBrokenPlatform_isCaught(PlatformMutant mutant) {
    assertThatThrownBy(() -> run(mutant, mutant.broken())).isInstanceOf(AssertionError.class);
    assertThatCode(() -> run(mutant, platform -> platform)).doesNotThrowAnyException();
  }

  @Test
  void everyTestOfAContractHasItsMutant() {
    Set<String> tests = new TreeSet<>();
    SpiDocument.SEAMS.stream()
        .filter(seam -> seam != VirtualMacsContract.class) // the simulator has none
        .flatMap(seam -> SpiDocument.tests(seam).stream())
        .filter(test -> !NEED_A_REAL_HOST.contains(test))
        .forEach(tests::add);
    Set<String> caught = mutants().map(PlatformMutant::test).collect(Collectors.toSet());
    assertThat(caught).isEqualTo(tests);
  }

  private static void run(PlatformMutant mutant, UnaryOperator<Platform> wrap) throws Throwable {
    SeamContract contract = contract(mutant.contract(), new SimPlatformFixture(wrap));
    contract.open();
    try {
      mutant.contract().getMethod(mutant.test()).invoke(contract);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      contract.close();
    }
  }

  private static SeamContract contract(
      Class<? extends SeamContract> type, PlatformFixture fixture) {
    List<SeamContract> all =
        List.of(
            new PlatformContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            },
            new TimersContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            },
            new AdvertChannelContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            },
            new NeighborAnnouncerContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            },
            new AddressBinderContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            },
            new FencingContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            },
            new LinkMonitorContract() {
              @Override
              protected PlatformFixture fixture() {
                return fixture;
              }
            });
    return all.stream().filter(type::isInstance).findFirst().orElseThrow();
  }
}
