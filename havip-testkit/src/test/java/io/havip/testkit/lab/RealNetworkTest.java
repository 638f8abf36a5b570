package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The three modes, each with a program that no machine has. */
class RealNetworkTest {

  private static final List<String> MISSING = List.of("no-such-program");

  @Test
  void autoSkipsWithTheReason() {
    assertThatThrownBy(() -> RealNetwork.assume("auto", MISSING))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("'no-such-program' is not installed");
  }

  @Test
  void requireFailsWithTheReason() {
    assertThatThrownBy(() -> RealNetwork.assume("require", MISSING))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("'no-such-program' is not installed");
  }

  @Test
  void offSkipsWithoutLooking() {
    assertThatThrownBy(() -> RealNetwork.assume("off", MISSING))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("havip.realnet=off");
  }

  @Test
  void otherModesAreRefused() {
    assertThatThrownBy(() -> RealNetwork.assume("perhaps", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perhaps");
  }
}
