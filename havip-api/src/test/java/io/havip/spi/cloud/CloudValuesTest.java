package io.havip.spi.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.spi.PlatformException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the values of the cloud SPI refuse, and what they tell a person. */
class CloudValuesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aProviderThatDoesNotExist_isRefusedByName() {
    assertThatThrownBy(() -> CloudBindings.open("nowhere", new CloudOptions("n", Map.of())))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("\"nowhere\"")
        .hasMessageContaining("add the module of your cloud");
  }

  @Test
  void capabilities_refuseWhatMakesNoSense() {
    assertThatThrownBy(() -> CloudCapabilities.announced(0, Duration.ZERO, SECOND))
        .hasMessageContaining("calls per second");
    assertThatThrownBy(() -> CloudCapabilities.announced(1, SECOND.negated(), SECOND))
        .hasMessageContaining("spacing");
    assertThatThrownBy(() -> CloudCapabilities.announced(1, SECOND, Duration.ZERO))
        .hasMessageContaining("convergence");
    assertThatThrownBy(() ->
            new CloudCapabilities(
                TakeoverMode.MOVE,
                false,
                true,
                true,
                true,
                false,
                false,
                1,
                Duration.ZERO,
                SECOND,
                Duration.ZERO))
        .hasMessageContaining("can be observed");
  }

  @Test
  void aMemberWithoutAName_isRefused() {
    assertThatThrownBy(() -> new CloudMember("", " ")).hasMessageContaining("needs the id");
    assertThat(new CloudMember("ins-1", "eni-1")).hasToString("ins-1 (eni-1)");
    assertThat(new CloudMember("", "eni-1")).hasToString("eni-1");
    assertThat(new CloudMember("ins-1", "")).hasToString("ins-1");
  }

  @Test
  void anEpochBelowOne_isRefused() {
    IpAddress address = IpAddress.parse("10.0.0.3");
    assertThatThrownBy(() -> new TakeoverRequest(address, Optional.empty(), 0))
        .hasMessageContaining("at least 1");
  }

  @ParameterizedTest
  @EnumSource(CallOutcome.class)
  void aFailure_saysWhetherItMayHaveWorked(CallOutcome outcome) {
    CloudFailure failure =
        CloudFailure.of(
            CloudFailureKind.TIMEOUT,
            outcome,
            "take 10.0.0.3 over",
            "no reply within 2 s",
            "check the endpoint");
    assertThat(failure.describe())
        .startsWith("take 10.0.0.3 over failed: TIMEOUT: no reply within 2 s")
        .endsWith("; check the endpoint");
    assertThat(failure.describe().contains("it may have taken effect"))
        .isEqualTo(outcome == CallOutcome.UNKNOWN);
  }
}
