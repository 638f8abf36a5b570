package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Transport;
import io.havip.net.IpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The options of a line of unicast_peer. */
class PeerHopLimitTest {

  @Test
  void min_ttl_and_max_ttl_of_a_peer_bound_what_is_accepted_from_it() {
    Transport transport =
        Conf.router("unicast_peer {\n10.0.0.8 min_ttl 254\n10.0.0.9\n10.0.0.7 max_ttl 64\n}")
            .transport();

    assertThat(((Transport.Unicast) transport).accepted())
        .containsOnly(
            Map.entry(IpAddress.parse("10.0.0.8"), new Transport.HopLimits(254, 255)),
            Map.entry(IpAddress.parse("10.0.0.7"), new Transport.HopLimits(0, 64)));
  }

  @Test
  void a_range_that_accepts_nothing_is_not_used() {
    ReadResult result = Conf.body("unicast_peer {\n10.0.0.8 min_ttl 9 max_ttl 5\n}");

    assertThat(((Transport.Unicast) Conf.router(result).transport()).accepted()).isEmpty();
    assertThat(Conf.problems(result))
        .containsExactly("8:10: warning: min_ttl is above max_ttl (using any TTL)");
  }
}
