package io.havip.testkit.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfigException;
import io.havip.VirtualMac;
import org.junit.jupiter.api.Test;

/** The simulated platform has no virtual MAC addresses; the Linux module tests those. */
class VirtualMacTest {

  @Test
  void aPlatformWithoutThemRefusesARouterThatAsksForOne() {
    Pair pair = new Pair(1);
    assertThatThrownBy(() -> pair.a.start(Pair.router(100).virtualMac(VirtualMac.DEFAULT).build()))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("virtual MAC addresses do not exist on this platform");
  }
}
