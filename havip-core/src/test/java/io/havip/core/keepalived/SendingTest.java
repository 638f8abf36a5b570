package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualRouterConfig;
import io.havip.wire.ChecksumForm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Checksum forms and the spacing of announcements. */
class SendingTest {

  private static final String UNICAST = "version 3\nunicast_peer {\n10.0.0.8\n}\n";

  @Test
  void the_old_unicast_checksum_is_sent_and_accepted_only_on_request() {
    VirtualRouterConfig old = Conf.router(UNICAST + "old_unicast_checksum");
    VirtualRouterConfig never = Conf.router(UNICAST + "old_unicast_checksum never");
    VirtualRouterConfig unsaid = Conf.router(UNICAST);

    assertThat(old.checksum()).isEqualTo(ChecksumForm.PSEUDO_HEADER_MULTICAST);
    assertThat(old.acceptOldChecksum()).isTrue();
    assertThat(never).isEqualTo(unsaid);
    assertThat(unsaid.checksum()).isEqualTo(ChecksumForm.PSEUDO_HEADER);
    assertThat(unsaid.acceptOldChecksum()).isFalse();
  }

  @Test
  void announcements_are_spaced_as_the_globals_say() {
    String global = "vrrp_garp_interval 0.001\n vrrp_gna_interval 0.25";
    VirtualRouterConfig router = Conf.router(Conf.global(global, ""));

    assertThat(router.announcements().arpSpacing()).isEqualTo(Duration.ofMillis(1));
    assertThat(router.announcements().neighborAdvertSpacing()).isEqualTo(Duration.ofMillis(250));
    assertThat(Conf.router("").announcements().arpSpacing()).isZero();
  }

  @Test
  void a_spacing_of_zero_is_refused_as_in_keepalived() {
    ReadResult result = Conf.global("vrrp_garp_interval 0", "");

    assertThat(Conf.router(result).announcements().arpSpacing()).isZero();
    assertThat(Conf.problems(result)).hasSize(1);
  }
}
