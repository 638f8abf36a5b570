package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.Platform;
import io.havip.testkit.contract.PlatformFixture;
import io.havip.testkit.contract.VirtualMacsContract;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of virtual MAC addresses on real kernels, and platforms that break them. */
class VirtualMacsContractIT {

  private static Lab lab;
  private static LabHost first;
  private static LabHost second;
  private static Capture capture;

  @BeforeAll
  static void open() {
    RealNetwork.assume("tcpdump", "arping");
    lab = Lab.open();
    first = lab.addHost("a", "172.17.16.7");
    second = lab.addHost("b", "172.17.16.13");
    capture = lab.capture();
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private static final class Contract extends VirtualMacsContract {

    private final UnaryOperator<Platform> wrap;

    Contract(UnaryOperator<Platform> wrap) {
      this.wrap = wrap;
    }

    @Override
    protected PlatformFixture fixture() {
      return new LabPlatformFixture(first, second, capture, wrap);
    }
  }

  @Nested
  class Sound extends VirtualMacsContract {
    @Override
    protected PlatformFixture fixture() {
      return new LabPlatformFixture(first, second, capture, platform -> platform);
    }
  }

  static Stream<VirtualMacsMutant> mutants() {
    return VirtualMacsMutant.all(() -> first);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aPlatformThatBreaksTheRule_isCaught(VirtualMacsMutant mutant) {
    Contract contract = new Contract(mutant.broken());
    contract.open();
    try {
      assertThatThrownBy(() -> run(contract, mutant.test())).isInstanceOf(AssertionError.class);
    } finally {
      contract.close();
      first.exec("sh", "-c", VirtualMacsMutant.RELAXED);
    }
  }

  private static void run(VirtualMacsContract contract, String test) throws Throwable {
    try {
      VirtualMacsContract.class.getMethod(test).invoke(contract);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void everyTestOfTheContractHasItsMutant() {
    Set<String> caught = mutants().map(VirtualMacsMutant::test).collect(Collectors.toSet());
    assertThat(caught)
        .isEqualTo(
            Arrays.stream(VirtualMacsContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toSet()));
  }
}
