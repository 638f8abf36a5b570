package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VrrpAdvertTest {

  private static final List<IpAddress> IPV4 = List.of(IpAddress.parse("192.0.2.50"));
  private static final List<IpAddress> IPV6 = List.of(IpAddress.parse("fe80::50"));
  private static final VrrpAuth PASSWORD = VrrpAuth.SimplePassword.of("1111");

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 256})
  void rfc9568_5_2_3_aVridIs1To255(int vrid) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v3(vrid, 100, 100, IPV4))
        .withMessageContaining("VRID");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void rfc9568_5_2_4_aPriorityIs0To255(int priority) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v3(1, priority, 100, IPV4))
        .withMessageContaining("priority");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4096})
  void rfc9568_5_2_7_anIntervalIs1To4095Centiseconds(int interval) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v3(1, 100, interval, IPV4))
        .withMessageContaining("interval");
    assertThat(VrrpAdvert.v3(1, 100, 1, IPV4).withIntervalCentiseconds(4095))
        .isEqualTo(VrrpAdvert.v3(1, 100, 4095, IPV4));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50, 99, 150, 25_501, 25_600})
  void rfc3768_5_3_7_anIntervalOfVersion2IsWholeSeconds(int interval) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VrrpAdvert(VrrpVersion.V2, 1, 100, interval, IPV4, VrrpAuth.NONE))
        .withMessageContaining("interval");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 256, Integer.MAX_VALUE})
  void secondsOutOfRangeAreRefused(int seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v2(1, 100, seconds, IPV4, VrrpAuth.NONE))
        .withMessageContaining(" " + seconds);
  }

  @Test
  void rfc9568_5_2_5_oneTo255AddressesAreCarried() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v3(1, 100, 100, List.of()))
        .withMessageContaining("not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v3(1, 100, 100, Collections.nCopies(256, IPV4.get(0))))
        .withMessageContaining("not 256");
    assertThat(VrrpAdvert.v3(1, 100, 100, Collections.nCopies(255, IPV4.get(0))).addresses())
        .hasSize(255);
  }

  @Test
  void familiesAreNeverMixed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v3(1, 100, 100, List.of(IPV4.get(0), IPV6.get(0))));
    assertThat(VrrpAdvert.v3(1, 100, 100, IPV6).family()).isEqualTo(IpFamily.IPV6);
    assertThat(VrrpAdvert.v3(1, 100, 100, IPV4).family()).isEqualTo(IpFamily.IPV4);
  }

  @Test
  void version2HasNoIpv6() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VrrpAdvert.v2(1, 100, 1, IPV6, VrrpAuth.NONE));
  }

  @Test
  void rfc9568_9_version3HasNoAuthentication() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VrrpAdvert(VrrpVersion.V3, 1, 100, 100, IPV4, PASSWORD))
        .withMessageContaining("no authentication");
  }

  @Test
  void theListIsCopiedAndCannotBeChanged() {
    List<IpAddress> mutable = new ArrayList<>(IPV4);
    VrrpAdvert advert = VrrpAdvert.v3(1, 100, 100, mutable);
    mutable.clear();

    assertThat(advert.addresses()).isEqualTo(IPV4);
    assertThatThrownBy(() -> advert.addresses().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anAdvertWithAPasswordNeverShowsIt() {
    assertThat(VrrpAdvert.v2(1, 100, 1, IPV4, VrrpAuth.SimplePassword.of("s3cret")))
        .asString()
        .contains("hidden")
        .doesNotContain("s3cret");
  }

  @Test
  void rfc9568_5_2_4_priorityZeroResigns() {
    VrrpAdvert advert = VrrpAdvert.v3(1, 100, 100, IPV4);

    assertThat(advert.isResignation()).isFalse();
    assertThat(advert.withPriority(VrrpAdvert.PRIORITY_RESIGN).isResignation()).isTrue();
    assertThat(advert.withPriority(VrrpAdvert.PRIORITY_OWNER).isResignation()).isFalse();
  }
}
