package io.havip.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudBinding;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulated VPC keeps the rules of administration, and each rule catches who breaks it. */
class CloudAdministrationContractTest {

  @Nested
  class Sound extends CloudAdministrationContract {
    @Override
    protected AdministrationFixture fixture() {
      return SimAdministrationFixture.of(binding -> binding);
    }
  }

  /** A binding whose administration is another. */
  private static final class Administrated extends BrokenBinding {

    private final CloudAdministration administration;

    Administrated(CloudBinding sound, UnaryOperator<CloudAdministration> broken) {
      super(sound);
      administration = broken.apply(sound.administration().orElseThrow());
    }

    @Override
    public Optional<CloudAdministration> administration() {
      return Optional.of(administration);
    }
  }

  /** One that can be closed without the administration's noticing. */
  private static final class NeverClosed extends BrokenBinding {

    NeverClosed(CloudBinding sound) {
      super(sound);
    }

    @Override
    public Optional<CloudAdministration> administration() {
      return sound.administration();
    }

    @Override
    public void close() {}
  }

  private static void isCaught(UnaryOperator<CloudBinding> wrap, String test) {
    CloudAdministrationContract contract =
        new CloudAdministrationContract() {
          @Override
          protected AdministrationFixture fixture() {
            return SimAdministrationFixture.of(wrap);
          }
        };
    contract.open();
    assertThatThrownBy(
            () -> {
              try {
                CloudAdministrationContract.class.getMethod(test).invoke(contract);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            })
        .isInstanceOf(AssertionError.class);
    contract.close();
  }

  static Stream<AdministrationMutant> mutants() {
    return AdministrationMutant.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aBrokenAdministration_isCaught(AdministrationMutant mutant) {
    isCaught(sound -> new Administrated(sound, mutant.broken()), mutant.test());
  }

  @Test
  void anAdministrationThatOutlivesItsBinding_isCaught() {
    isCaught(NeverClosed::new, "d10_afterClose_callsFailAndChangeNothing");
  }

  @Test
  void everyTestOfTheContractHasItsMutant() {
    Set<String> caught =
        mutants().map(AdministrationMutant::test).collect(Collectors.toCollection(TreeSet::new));
    caught.add("d10_afterClose_callsFailAndChangeNothing");
    assertThat(caught)
        .isEqualTo(new TreeSet<>(SpiDocument.tests(CloudAdministrationContract.class)));
  }
}
