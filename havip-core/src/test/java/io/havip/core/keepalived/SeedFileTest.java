package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Announcements;
import io.havip.Preemption;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.net.AddressScope;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The configuration that cloud documentation shows for a HAVIP, with its Indonesian comments. */
class SeedFileTest {

  private static final ReadResult RESULT = KeepalivedReader.read(seed(), Conf.OPTIONS);

  private static Path seed() {
    try {
      return Path.of(
          Objects.requireNonNull(SeedFileTest.class.getResource("seed-keepalived.conf")).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void every_value_is_taken_over() {
    VirtualRouterConfig router = Conf.router(RESULT);

    assertThat(router.name()).isEqualTo("VI_1");
    assertThat(router.interfaceName()).isEqualTo("eth0");
    assertThat(router.vrid()).isEqualTo(51);
    assertThat(router.version()).isEqualTo(VrrpVersion.V2);
    assertThat(router.priority()).isEqualTo(80);
    assertThat(router.advertInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(router.authentication()).isEqualTo(VrrpAuth.SimplePassword.of("1111"));
    assertThat(router.preemption()).isEqualTo(Preemption.NEVER);
    assertThat(router.transport())
        .isEqualTo(
            Transport.Unicast.to(
                IpAddress.parse("172.17.16.7"), List.of(IpAddress.parse("172.17.16.13"))));
    assertThat(router.addresses())
        .containsExactly(
            new VirtualAddress(
                IpAddress.parse("172.17.16.3"), 32, null, null, AddressScope.GLOBAL, null));
    assertThat(router.excludedAddresses()).isEmpty();
    assertThat(router.announcements())
        .isEqualTo(
            new Announcements(
                5, Duration.ofSeconds(1), Duration.ofSeconds(5), 1, 5, Duration.ofSeconds(5)));
    assertThat(router.tracks()).isEmpty();
    assertThat(router.trackOwnInterface()).isTrue();
    assertThat(router.downMultiplier()).isEqualTo(3);
    assertThat(router.replyToLowerPriority()).isTrue();
    assertThat(router.takeover()).isEmpty();
  }

  @Test
  void the_node_is_named_by_the_host_and_starts_at_once() {
    assertThat(Conf.config(RESULT).name()).isEqualTo("east.example");
    assertThat(Conf.config(RESULT).startDelay()).isEqualTo(Duration.ZERO);
  }

  @Test
  void exactly_two_warnings_with_their_places() {
    assertThat(Conf.problems(RESULT))
        .containsExactly(
            "28:9: warning: 'eth0' is the own interface, which is tracked anyway; this is not used",
            "32:9: warning: there is no vrrp_script 'checkhaproxy'; it is not used");
    assertThat(RESULT.diagnostics())
        .extracting(Diagnostic::keyword)
        .containsExactly("unicast_peer", "track_interface", "track_script");
  }

  @Test
  void one_note_about_senders_that_are_no_peers() {
    assertThat(Conf.notes(RESULT))
        .containsExactly(
            "14:5: note: adverts of senders that are no peers are refused; Keepalived accepts"
                + " them");
  }

  @Test
  void strict_reading_refuses_it_because_of_the_warnings() {
    ReadResult strict = KeepalivedReader.read(seed(), Conf.OPTIONS.withStrict(true));

    assertThat(strict.config()).isEmpty();
    assertThat(strict.diagnostics()).isEqualTo(RESULT.diagnostics());
  }
}
