package io.havip.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.wire.Refusal;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The faults a receiver is tested with, after parsing, and what becomes of each. */
class ReceiveRulesTest {

  private static final IpAddress OWN = ip("10.0.0.2");
  private static final IpAddress PEER = ip("10.0.0.1");
  private static final IpAddress STRANGER = ip("10.0.0.9");
  private static final IpAddress GROUP = ip("224.0.0.18");
  private static final IpAddress OWN6 = ip("fe80::2");
  private static final IpAddress PEER6 = ip("fe80::1");
  private static final IpAddress GROUP6 = ip("ff02::12");
  private static final VrrpAuth PASSWORD = VrrpAuth.SimplePassword.of("1111");

  private static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }

  private static ReceiveRules rules(
      VrrpVersion version, UnaryOperator<VirtualRouterConfigBuilder> change) {
    return new ReceiveRules(Machine.router(version, change));
  }

  private static ReceiveRules v3() {
    return rules(VrrpVersion.V3, b -> b);
  }

  private static ReceiveRules v6(UnaryOperator<VirtualRouterConfigBuilder> change) {
    return new ReceiveRules(
        change
            .apply(
                VirtualRouterConfig.builder("vr")
                    .interfaceName("eth0")
                    .vrid(52)
                    .address("fe80::50/64")
                    .address("fd00::50/64"))
            .build());
  }

  private static ReceiveRules unicast(boolean peersOnly) {
    return rules(
        VrrpVersion.V3,
        b -> b.transport(new Transport.Unicast(OWN, List.of(PEER), 255, peersOnly)));
  }

  private static VrrpAdvert v3Advert(int centiseconds, String... addresses) {
    List<IpAddress> list = List.of(addresses).stream().map(ReceiveRulesTest::ip).toList();
    return VrrpAdvert.v3(51, 150, centiseconds, list);
  }

  private static VrrpAdvert v2Advert(int seconds, VrrpAuth auth) {
    return VrrpAdvert.v2(51, 150, seconds, List.of(ip("10.0.0.50")), auth);
  }

  private static Refusal judge(ReceiveRules rules, VrrpAdvert advert) {
    return rules.judge(advert, PEER, GROUP, 255, OWN);
  }

  private static final VrrpAdvert GOOD = v3Advert(100, "10.0.0.50");
  private static final VrrpAdvert GOOD6 = v3Advert(100, "fe80::50", "fd00::50");

  @Test
  void a_good_advert_is_let_in() {
    assertThat(judge(v3(), GOOD)).isNull();
    assertThat(judge(rules(VrrpVersion.V2, b -> b), v2Advert(1, VrrpAuth.NONE))).isNull();
    assertThat(v6(b -> b).judge(GOOD6, PEER6, GROUP6, 255, OWN6)).isNull();
    assertThat(unicast(true).judge(GOOD, PEER, OWN, 255, OWN)).isNull();
  }

  @Test
  void ttl_254_on_multicast_is_refused() {
    assertThat(v3().judge(GOOD, PEER, GROUP, 254, OWN))
        .isEqualTo(new Refusal(RefusalReason.TTL_NOT_255, 255, 254));
    assertThat(v6(b -> b).judge(GOOD6, PEER6, GROUP6, 64, OWN6))
        .isEqualTo(new Refusal(RefusalReason.TTL_NOT_255, 255, 64));
  }

  /** Keepalived leaves the hop limit of IPv6 unicast at 64; who demands 255 loses all peers. */
  @Test
  void ttl_is_not_checked_on_unicast() {
    assertThat(unicast(true).judge(GOOD, PEER, OWN, 64, OWN)).isNull();
    assertThat(unicast(true).judge(GOOD, PEER, OWN, 1, OWN)).isNull();
    ReceiveRules six = v6(b -> b.unicast("fe80::2", "fe80::1"));
    assertThat(six.judge(GOOD6, PEER6, OWN6, 64, OWN6)).isNull();
  }

  @Test
  void wrong_version_is_refused_in_both_directions() {
    assertThat(judge(v3(), v2Advert(1, VrrpAuth.NONE)))
        .isEqualTo(new Refusal(RefusalReason.VERSION_NOT_OURS, 3, 2));
    assertThat(judge(rules(VrrpVersion.V2, b -> b), GOOD))
        .isEqualTo(new Refusal(RefusalReason.VERSION_NOT_OURS, 2, 3));
  }

  /** Keepalived 2.2.7 drops these, and has two masters after one down interval. */
  @Test
  void deviation_a_differing_address_count_is_accepted_and_noticed() {
    VrrpAdvert more = v3Advert(100, "10.0.0.50", "10.0.0.51");

    assertThat(judge(v3(), more)).isNull();
    assertThat(v3().sameAddresses(more)).isFalse();
  }

  @Test
  void deviation_a_differing_address_list_is_accepted_and_noticed() {
    VrrpAdvert other = v3Advert(100, "10.0.0.51");

    assertThat(judge(v3(), other)).isNull();
    assertThat(v3().sameAddresses(other)).isFalse();
  }

  @Test
  void the_order_of_the_addresses_is_no_difference() {
    ReceiveRules two = rules(VrrpVersion.V3, b -> b.address("10.0.0.51/24"));

    assertThat(two.sameAddresses(v3Advert(100, "10.0.0.50", "10.0.0.51"))).isTrue();
    assertThat(two.sameAddresses(v3Advert(100, "10.0.0.51", "10.0.0.50"))).isTrue();
  }

  @Test
  void an_address_given_twice_in_place_of_another_is_a_difference() {
    ReceiveRules two = rules(VrrpVersion.V3, b -> b.address("10.0.0.51/24"));

    assertThat(two.sameAddresses(v3Advert(100, "10.0.0.50", "10.0.0.50"))).isFalse();
    assertThat(two.sameAddresses(v3Advert(100, "10.0.0.50", "10.0.0.51", "10.0.0.50"))).isFalse();
  }

  @Test
  void excluded_addresses_do_not_belong_to_the_list() {
    ReceiveRules rules =
        rules(VrrpVersion.V3, b -> b.excludedAddress(VirtualAddress.parse("10.0.0.60/24")));

    assertThat(rules.sameAddresses(GOOD)).isTrue();
  }

  @Test
  void v2_interval_that_differs_is_refused() {
    assertThat(judge(rules(VrrpVersion.V2, b -> b), v2Advert(2, VrrpAuth.NONE)))
        .isEqualTo(new Refusal(RefusalReason.INTERVAL_MISMATCH, 100, 200));
    assertThat(
            judge(
                rules(VrrpVersion.V2, b -> b.advertInterval(Duration.ofSeconds(2))),
                v2Advert(2, VrrpAuth.NONE)))
        .isNull();
  }

  @Test
  void v3_interval_that_differs_is_accepted() {
    assertThat(judge(v3(), v3Advert(10, "10.0.0.50"))).isNull();
  }

  @Test
  void v3_interval_4095_is_accepted() {
    assertThat(judge(v3(), v3Advert(4095, "10.0.0.50"))).isNull();
  }

  @Test
  void v2_with_pass_when_none_is_set_is_refused() {
    assertThat(judge(rules(VrrpVersion.V2, b -> b), v2Advert(1, PASSWORD)))
        .isEqualTo(new Refusal(RefusalReason.AUTH_TYPE_MISMATCH, 0, 1));
  }

  @Test
  void v2_without_pass_when_one_is_set_is_refused() {
    assertThat(
            judge(
                rules(VrrpVersion.V2, b -> b.authentication(PASSWORD)), v2Advert(1, VrrpAuth.NONE)))
        .isEqualTo(new Refusal(RefusalReason.AUTH_TYPE_MISMATCH, 1, 0));
  }

  @Test
  void v2_with_another_password_is_refused_and_no_part_of_it_told() {
    ReceiveRules rules = rules(VrrpVersion.V2, b -> b.authentication(PASSWORD));

    assertThat(judge(rules, v2Advert(1, VrrpAuth.SimplePassword.of("1112"))))
        .isEqualTo(new Refusal(RefusalReason.AUTH_FAILED, 0, 0));
    assertThat(judge(rules, v2Advert(1, VrrpAuth.SimplePassword.of("1111")))).isNull();
  }

  @Test
  void unicast_to_a_multicast_router_is_refused() {
    assertThat(v3().judge(GOOD, PEER, OWN, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.NOT_MULTICAST));
  }

  @Test
  void multicast_to_a_unicast_router_is_refused() {
    assertThat(unicast(true).judge(GOOD, PEER, GROUP, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.NOT_UNICAST));
    assertThat(unicast(false).judge(GOOD, PEER, GROUP, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.NOT_UNICAST));
  }

  @Test
  void the_hop_limit_of_a_unicast_peer_is_checked_only_where_a_range_is_given() {
    Transport.HopLimits near = new Transport.HopLimits(254, 254);
    ReceiveRules ranged =
        rules(
            VrrpVersion.V3,
            b ->
                b.transport(
                    new Transport.Unicast(
                        OWN, List.of(PEER, STRANGER), 255, true, Map.of(PEER, near))));

    assertThat(ranged.judge(GOOD, PEER, OWN, 254, OWN)).isNull();
    assertThat(ranged.judge(GOOD, PEER, OWN, 253, OWN))
        .isEqualTo(new Refusal(RefusalReason.TTL_OUT_OF_RANGE, 254, 253));
    assertThat(ranged.judge(GOOD, PEER, OWN, 255, OWN))
        .isEqualTo(new Refusal(RefusalReason.TTL_OUT_OF_RANGE, 254, 255));
    assertThat(ranged.judge(GOOD, STRANGER, OWN, 1, OWN)).isNull();
  }

  /** Keepalived accepts any sender unless check_unicast_src is set. */
  @Test
  void deviation_a_unicast_source_that_is_no_peer_is_refused_by_default() {
    ReceiveRules byDefault = rules(VrrpVersion.V3, b -> b.unicast("10.0.0.2", "10.0.0.1"));

    assertThat(byDefault.judge(GOOD, STRANGER, OWN, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.NOT_A_PEER));
    assertThat(byDefault.judge(GOOD, PEER, OWN, 255, OWN)).isNull();
  }

  @Test
  void a_unicast_source_that_is_no_peer_is_accepted_on_request() {
    assertThat(unicast(false).judge(GOOD, STRANGER, OWN, 255, OWN)).isNull();
  }

  @Test
  void own_adverts_that_come_back_are_refused() {
    assertThat(v3().judge(GOOD, OWN, GROUP, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.OWN_ADDRESS));
    assertThat(unicast(false).judge(GOOD, OWN, OWN, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.OWN_ADDRESS));
  }

  @Test
  void a_resignation_is_judged_like_every_advert() {
    assertThat(judge(v3(), GOOD.withPriority(0))).isNull();
    assertThat(v3().judge(GOOD.withPriority(0), PEER, GROUP, 254, OWN))
        .isEqualTo(new Refusal(RefusalReason.TTL_NOT_255, 255, 254));
    assertThat(unicast(true).judge(GOOD.withPriority(0), STRANGER, OWN, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.NOT_A_PEER));
  }

  @Test
  void the_transport_is_judged_before_the_content() {
    assertThat(v3().judge(v2Advert(2, PASSWORD), PEER, GROUP, 254, OWN))
        .isEqualTo(new Refusal(RefusalReason.TTL_NOT_255, 255, 254));
    assertThat(judge(rules(VrrpVersion.V2, b -> b), v2Advert(2, PASSWORD)))
        .isEqualTo(new Refusal(RefusalReason.AUTH_TYPE_MISMATCH, 0, 1));
  }

  @Test
  void the_groups_are_the_standard_ones_unless_another_is_configured() {
    assertThat(ReceiveRules.group(Transport.Multicast.DEFAULT, IpFamily.IPV4)).isEqualTo(GROUP);
    assertThat(ReceiveRules.group(Transport.Multicast.DEFAULT, IpFamily.IPV6)).isEqualTo(GROUP6);

    IpAddress other = ip("224.0.0.99");
    Transport.Multicast transport = new Transport.Multicast(null, other);
    assertThat(ReceiveRules.group(transport, IpFamily.IPV4)).isEqualTo(other);
    ReceiveRules rules = rules(VrrpVersion.V3, b -> b.transport(transport));
    assertThat(rules.judge(GOOD, PEER, other, 255, OWN)).isNull();
    assertThat(rules.judge(GOOD, PEER, GROUP, 255, OWN))
        .isEqualTo(Refusal.of(RefusalReason.NOT_MULTICAST));
  }
}
